import pytest

from index.answers.candidates import MAX_SENTENCES, Candidate, choose, is_heading, is_label, nearest
from tests.builders import article, candidates, hit


def chosen(ranked):
    return [c.text for c in choose(ranked)]


def test_the_best_is_chosen_alone_unless_others_are_good_enough():
    ranked = candidates("One came. Two came. Three came.", scores=[1, 3, 2])
    assert chosen(ranked) == ["Two came."]
    ranked = candidates("One came. Two came. Three came.", scores=[1, 3, 2], good_enough=2)
    assert chosen(ranked) == ["Two came.", "Three came."]
    ranked = candidates("One came. Two came. Three came.", scores=[0.5, 3, 0.9], good_enough=0)
    assert chosen(ranked) == ["Two came."]


def test_no_more_than_three_sentences():
    many = " ".join(f"Number {n} came." for n in range(6))
    ranked = candidates(many, scores=[0.1 * n for n in range(6)], good_enough=0)
    assert len(choose(ranked)) == MAX_SENTENCES


def test_other_articles_that_answer_come_before_more_of_the_same():
    own, other = hit("One. Two. Three. Four.", of=article("a")), hit("Five.", of=article("b"))
    ranked = [Candidate(own, n, f"{n} came.", 1.0 - n / 10, good_enough=True) for n in range(4)]
    ranked.append(Candidate(other, 0, "Five came.", 0.5, good_enough=True))
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


LABELS = (
    "Mill reopens",
    "Mill on the Arle reopens after two years of repairs and a long dispute over money",
    "Five things to know about the mill in 2026",
    "Orlen, Tuesday.",
    "ORLEN (VP)",
    "Orlen, 3 March 2026.",
    "Posted by Jane Doe, 3 March 2026",
    "By Jane Doe, Science Editor.",
    "The mill on Sunday. Photo: Max Thom",
    "The mill in 2019. (AP Photo)",
    "The mill in the floods of last year (Photo by Max Thom/Getty Images).",
    "Pictured: The mill in the floods of last year.",
)


@pytest.mark.parametrize("label", LABELS)
def test_the_nearest_is_no_line_beside_the_story(label):
    own = hit("x" * 200)
    ranked = [Candidate(own, 0, label, 2.0), Candidate(own, 0, "It reopens in May.", 1.0)]
    assert [c.text for c in nearest(ranked)] == ["It reopens in May."]
    assert [c.text for c in nearest(ranked[:1])] == [label]


@pytest.mark.parametrize("label", [label for label in LABELS if is_label(label)])
def test_an_unsure_answer_is_no_line_beside_the_story(label):
    own = hit("x" * 200)
    ranked = [Candidate(own, 0, label, 2.0), Candidate(own, 0, "It reopens in May.", 1.0)]
    assert [c.text for c in choose(ranked, alone=True)] == ["It reopens in May."]


@pytest.mark.parametrize(
    "text",
    [
        "The council paid 40 euros.",
        "Adults: £4.50, children free",
        "She sold a picture by Max Thom.",
        "“I saw the picture,” he said.",
        "By Friday it was over.",
    ],
)
def test_facts_and_sentences_may_be_the_nearest(text):
    own = hit("x" * 200)
    ranked = [Candidate(own, 0, text, 2.0), Candidate(own, 0, "It reopens in May.", 1.0)]
    assert [c.text for c in nearest(ranked)] == [text]


def test_nothing_is_nearest_to_nothing():
    assert nearest([]) == []
