from index.answers.candidates import MAX_SENTENCES, Candidate, choose, is_heading
from tests.builders import article, candidates, hit


def chosen(ranked):
    return [c.text for c in choose(ranked)]


def test_the_best_is_chosen_alone_unless_others_are_good_enough():
    ranked = candidates("One came. Two came. Three came.", scores=[1, 3, 2])
    assert chosen(ranked) == ["Two came."]
    ranked = candidates("One came. Two came. Three came.", scores=[1, 3, 2], good_enough=2)
    assert chosen(ranked) == ["Two came.", "Three came."]


def test_no_more_than_three_sentences():
    many = " ".join(f"Number {n} came." for n in range(6))
    ranked = candidates(many, scores=range(6), good_enough=0)
    assert len(choose(ranked)) == MAX_SENTENCES


def test_other_articles_that_answer_come_before_more_of_the_same():
    own, other = hit("One. Two. Three. Four.", of=article("a")), hit("Five.", of=article("b"))
    ranked = [Candidate(own, n, f"{n} came.", 9.0 - n, good_enough=True) for n in range(4)]
    ranked.append(Candidate(other, 0, "Five came.", 1.0, good_enough=True))
    assert chosen(ranked) == ["0 came.", "Five came.", "1 came."]


def test_no_wording_twice():
    one, other = hit("The pier burned."), hit("The  pier BURNED.", of=article("b"))
    ranked = [Candidate(h, 0, h.text, 1.0, good_enough=True) for h in (one, other)]
    assert chosen(ranked) == ["The pier burned."]


def test_an_article_that_says_otherwise_stands_beside_the_best():
    said, otherwise = "The pool closes in June, they said.", "The pool closes in July, they said."
    own, other = hit(said), hit(otherwise, of=article("b"))
    ranked = [Candidate(h, 0, h.text, 1.0) for h in (own, other)]
    assert chosen(ranked) == [said, otherwise]
    assert [c.text for c in choose(ranked, alone=True)] == [said, otherwise]


def test_headings_are_not_quoted_unless_there_is_nothing_else():
    text = "Mill reopens\n\nThe mill reopens on Tuesday after two years of repairs."
    ranked = candidates(text, scores=[2, 1])
    assert chosen(ranked) == ["The mill reopens on Tuesday after two years of repairs."]
    assert chosen(candidates("Mill reopens", scores=[1])) == ["Mill reopens"]


def test_a_short_line_with_a_number_is_a_fact():
    assert is_heading("Repairs")
    assert not is_heading("Repairs: 40 euros")
    assert not is_heading("Repairs went on.")
