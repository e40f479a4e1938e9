"""What articles of other days say instead of a value."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from index.answers import updates
from index.answers.candidates import Candidate, choose, sentence_texts
from index.answers.citing import cite
from index.answers.reader_scoring import MOST_READ
from index.model import PUBLIC, Certainty, Hit, Span, Thresholds
from index.models.reader import Reading, SentenceReading
from tests.builders import article, candidates, document, hit, open_library

OLD, NEW = (
    "Repairs to the Lenne bridge cost £38.4m.",
    "The bill in Lenne was put at £41m, and more.",
)
RESCUED = "Some 12 people in Lenne were glad."
COST = "What do the repairs cost?"


def answering(text, value, day, score, id):
    """Return a sentence in which the reader found the words of a value."""
    start = text.index(value)
    one = hit(text, of=article(id, f"Bridge of Lenne {id}", published=day))
    return Candidate(one, 0, text, score, words=(Span(start, start + len(value)),))


def shown(question, best, *others):
    rivals = updates.rivals(question, best, [best, *others])
    return [(s.text, s.earlier) for s in cite(choose([best, *others], rivals)).sentences]


OLD_ANSWER = answering(OLD, "£38.4m", "2026-11-03", 4.0, "a")


def test_another_value_in_other_words_stands_beside_the_best_and_the_newest_is_first():
    new = answering(NEW, "£41m", "2026-11-19T08:00:00Z", -1.8, "b")
    assert shown(COST, OLD_ANSWER, new) == [(NEW, False), (OLD, True)]


@pytest.mark.parametrize(
    "other",
    [
        answering(NEW, "£41m", "2026-11-19", -3.5, "b"),
        answering(RESCUED, "12", "2026-11-19", 0.0, "b"),
        answering(NEW, "£41m", "2026-11-03", 0.0, "b"),  # of the same day, with one name in common
    ],
)
def test_what_is_ruled_out_of_another_kind_or_perhaps_of_another_story_does_not(other):
    assert shown(COST, OLD_ANSWER, other) == [(OLD, False)]


def test_an_article_without_a_common_name_does_not():
    other = hit("The mill of Orm cost £41m.", of=article("b", "Mill", published="2026-11-19"))
    mill = Candidate(other, 0, other.text, 1.0, words=(Span(21, 25),))
    assert shown(COST, OLD_ANSWER, mill) == [(OLD, False)]


DEAD = "Four people died on the ferry Aurelia off Kest."
TOLL = "The death toll in Kest from the Aurelia has risen to seven."
ABOARD = "Some people of Kest, 212 in all, were on the Aurelia."


@pytest.mark.parametrize("words", ["seven", "The death toll", "Kest"])
def test_an_update_that_the_reader_doubts_is_told_where_it_measures_the_same(words):
    old = answering(DEAD, "Four people", "2026-10-20", 3.0, "a")
    new = answering(TOLL, words, "2026-10-24", -6.0, "b")
    assert shown("How many people died?", old, new) == [(TOLL, False), (DEAD, True)]
    assert shown("How many people died?", new, old)[:1] == [(TOLL, False)]


MORNING, EVENING = "2026-10-20T08:00:00", "2026-10-20T18:00:00"


@pytest.mark.parametrize("score", [-5.0, 6.0])
@pytest.mark.parametrize(
    ("first", "last", "is_known"),
    [
        (MORNING, EVENING, True),
        ("2026-10-20T19:00:00+03:00", "2026-10-20T12:30:00-04:00", True),
        ("2026-10-21T00:30:00+03:00", "2026-10-20T18:00:00-04:00", True),
        ("2026-10-20", "2026-10-20", False),
        ("2026-10-20T23:00:00", "2026-10-20", False),
        ("2026-10-20T00:00:00", EVENING, False),  # what has but a day is often of midnight
        (None, None, False),
    ],
)
def test_of_one_day_the_later_value_or_else_the_update_is_first(first, last, is_known, score):
    old = answering(DEAD, "Four people", first, 3.0, "a")
    new = answering(TOLL, "seven", last, score, "b")
    best, other = (old, new) if score < old.score else (new, old)
    assert shown("How many people died?", best, other) == [(TOLL, False), (DEAD, is_known)]


def test_where_nothing_tells_of_a_change_what_was_added_later_is_first():
    four, seven = (
        answering(f"{n} people died on the ferry Aurelia off Kest.", n, "2026-10-20", score, id)
        for n, score, id in (("Four", 3.0, "a"), ("Seven", 2.0, "b"))
    )
    later = replace(seven.hit.article, added="2026-10-20T20:00:00+00:00")
    seven = replace(seven, hit=replace(seven.hit, article=later))
    told = [(seven.text, False), (four.text, False)]
    assert shown("How many people died?", four, seven) == told


def test_a_name_may_begin_a_sentence_of_one_of_the_two():
    old = answering("The ferry Aurelia burned off Kest. Four died.", "Four", "2026-10-20", 3.0, "a")
    new = answering("Kest mourns. Aurelia: now seven are dead.", "seven", "2026-10-24", -6.0, "b")
    (found,) = updates.rivals("How many died?", old, [new])
    assert found.values[0].amount == 7


def test_what_measures_something_else_is_no_update():
    aboard = answering(ABOARD, "212", "2026-10-20", 3.0, "a")
    toll = answering(TOLL, "seven", "2026-10-24", -1.0, "b")
    assert shown("How many people were on board?", aboard, toll) == [(ABOARD, False)]


def test_what_a_sentence_says_was_replaced_is_no_value_of_it():
    now = "The price of the bridge in Lenne is now £41m, up from £38.4m."
    new = answering(now, "£41m", "2026-11-19", 4.0, "b")
    assert shown(COST, OLD_ANSWER, new) == [(now, False), (OLD, True)]
    up = "The bridge in Lenne costs £38.4m, up from £30m."
    same = answering(up, "£38.4m", "2026-11-19", 4.0, "b")
    assert (up, True) not in shown(COST, OLD_ANSWER, same)
    assert not updates.rivals(COST, OLD_ANSWER, [same])


def test_of_several_values_the_newest_are_shown_each_once():
    days = [("£39m", "2026-11-05"), ("£40m", "2026-11-08"), ("£41m", "2026-11-19")]
    others = [
        answering(f"The bill in Lenne is now {value}, it is said.", value, day, 1.0, value)
        for value, day in (*days, ("£41m", "2026-11-18"))
    ]
    found = updates.rivals(COST, OLD_ANSWER, others)
    assert [(one.values[0].amount, one.hit.article.published) for one in found] == [
        (41e6, "2026-11-19"), (40e6, "2026-11-08"), (39e6, "2026-11-05"),
    ]  # fmt: skip


class Finder:
    """Finds the words that it is told of, sure of the first of them alone."""

    def __init__(self, *words: str) -> None:
        self._words = words

    def read(self, _question: str, hits: Sequence[Hit]) -> list[Reading]:
        return [self._reading(sentence_texts(one)) for one in hits]

    def _reading(self, texts: Sequence[str]) -> Reading:
        found = tuple(map(self._sentence, texts))
        return Reading(max(one.score for one in found), found)

    def _sentence(self, text: str) -> SentenceReading:
        for n, words in enumerate(self._words):
            if words in text:
                start = text.index(words)
                return SentenceReading(-4.0 * n + 9.0, Span(start, start + len(words)))
        return SentenceReading(-9.0, Span(0, 1))


OTHERS = [
    document(f"Mill {n}", f"What will the mill {n} cost, and what will the bridge?", published=day)
    for n, day in enumerate(["2026-10-01"] * MOST_READ)
]


def sentences_of(library, question, **more):
    return [(s.text, s.earlier) for s in library.ask(question, **more).sentences]


def test_an_update_that_is_not_among_the_first_passages_is_searched_for(tmp_path):
    question = "What will the bridge cost?"
    old = "The bridge will cost £12m, said Petra Holt of Marn."
    new = "Petra Holt put the bill at £17m now, as Marn heard."
    other = "In Marn, Petra Holt said that £5m was lost at sea."
    with open_library(tmp_path, reader=Finder("£12m", "£17m", "£5m")) as library:
        library.ingest(
            [
                *OTHERS,
                document("Bridge", old, published="2026-10-03"),
                document("Dearer", new, published="2026-11-12"),
                document("Losses", other, published="2026-11-13"),
            ]
        )
        assert sentences_of(library, question) == [(new, False), (old, True)]
        (own,) = (one.id for one in library.list() if one.title == "Bridge")
        assert sentences_of(library, question, article_id=own) == [(old, False)]
        going_on = library.go_on(question, (PUBLIC,), [own])
        assert [one.text for one in going_on.sentences] == [new, old]
        alone = library.go_on(question, (PUBLIC,), [own], alone=True)
        assert [one.text for one in alone.sentences] == [old]
        told = library.go_on(question, (PUBLIC,), [own], earlier=[f"{old} [1]"])
        assert old not in told.text


def test_a_follow_up_gets_no_value_of_another_story_in_the_same_town(tmp_path):
    """ "How much is a ticket?", of a tram, got what the opera's seats cost as well."""
    tram = "A ticket of the tram in Marn costs £4."
    opera = "The opera in Marn cut the price of a ticket to £8 now."
    with open_library(tmp_path, reader=Finder("£4", "£8")) as library:
        library.ingest(
            [
                document("Tram", tram, published="2026-10-03"),
                document("Opera", opera, published="2026-11-12"),
            ]
        )
        (own,) = (one.id for one in library.list() if one.title == "Tram")
        answer = library.go_on("how much is a ticket?", (PUBLIC,), [own])
        assert [one.text for one in answer.sentences] == [tram]


def test_an_answer_that_lacks_what_is_asked_for_is_not_sure(tmp_path):
    with open_library(tmp_path, reader=Finder("£12m")) as library:
        library.ingest([document("Bridge", "The bridge will cost £12m, said Petra Holt of Marn.")])
        assert library.ask("What will the bridge cost?").certainty is Certainty.SURE
        assert library.ask("What will the tunnel cost?").certainty is Certainty.PERHAPS
        strict = Thresholds(0.7, 0.7)
        answer = library.ask("What will the tunnel cost?", thresholds=strict)
    assert answer.certainty is Certainty.NONE


BILL = "The collapsed roof leaves Velmar, Helga Ronne says, with a bill of £3m."
INSURER = "The insurer in Velmar, Helga Ronne says, pays £1m of it."


@pytest.mark.parametrize(
    ("newer", "score", "is_shown"),
    [(BILL, -3.5, True), (BILL, -6.0, False), (INSURER, -3.5, False)],
)
def test_the_same_measure_of_the_same_thing_needs_no_word_for_a_change(newer, score, is_shown):
    start = newer.index("£")
    old = "The roof will cost Velmar £2m, said Helga Ronne."
    best = answering(old, "£2m", "2026-11-03", 1.0, "a")
    new = answering(newer, newer[start : start + 3], "2026-11-19", score, "b")
    told = [(newer, False), (old, True)] if is_shown else [(old, False)]
    assert shown("What did the collapse of the roof cost?", best, new) == told


def test_an_undated_article_gives_another_value_beside_and_not_as_earlier():
    old = "The roof will cost Velmar £2m, said Helga Ronne."
    best = answering(old, "£2m", None, 1.0, "a")
    new = answering(BILL, "£3m", "2026-11-19", 0.5, "b")
    assert sorted(shown("What will the roof cost?", best, new)) == [(BILL, False), (old, False)]
    other = hit("The mill of Velmar costs £3m.", of=article("b", "Mill"))
    mill = Candidate(other, 0, other.text, 1.0, words=(Span(25, 28),))
    assert shown("What will the roof cost?", best, mill) == [(old, False)]


ELECTED = "The council of Velmar has elected Ada Kern, the clerk Otto Ness said."
WHO = "Who was elected by the council?"


def naming(text, name, day, score, id, title="Council of Velmar"):
    one = hit(text, of=article(id, title, published=day))
    texts, start = sentence_texts(one), text.index(name)
    n = next(n for n, s in enumerate(one.passage.sentences) if start < s.end)
    start -= one.passage.sentences[n].start
    return Candidate(one, n, texts[n], score, words=(Span(start, start + len(name)),))


@pytest.mark.parametrize(
    "correction",
    [
        "In Velmar Lea Lind got the post, not Kern. Otto Ness had read out the wrong name.",
        "Lea Lind won the vote in Velmar. An earlier report named somebody else.",
        "After the recount in Velmar the winner is Lea Lind, said Otto Ness.",
    ],
)
@pytest.mark.parametrize("score", [-2.0, 6.0])
def test_another_name_by_a_later_correction_is_told_and_the_earlier_one_as_such(correction, score):
    old = naming(ELECTED, "Ada Kern", "2026-11-03", 3.0, "a")
    new = naming(correction, "Lea Lind", "2026-11-04", score, "b")
    best, other = (old, new) if score < old.score else (new, old)
    assert shown(WHO, best, other) == [(new.text, False), (ELECTED, True)]


@pytest.mark.parametrize(
    ("text", "name", "day", "score", "title"),
    [
        ("Lea Lind was elected in Velmar too, said Otto Ness.", "Lea Lind", "2026-11-04", 1, "V"),
        ("Not Kern but Lea Lind won in Velmar.", "Lea Lind", "2026-11-04", -4, "V"),  # ruled out
        ("Not Hale but Lea Lind won in Orm.", "Lea Lind", "2026-11-04", 1, "Elsewhere"),
        ("Not Kern but Lea Lind won in Velmar.", "Lea Lind", "2026-11-01", 1, "V"),  # older
        ("Corrected: Ms Kern was elected in Velmar.", "Ms Kern", "2026-11-04", 1, "V"),  # the same
        ("Lea Lind said the election in Velmar was wrong.", "Lea Lind", "2026-11-04", 1, "V"),
        ("Corrected: she was elected in Velmar.", "she", "2026-11-04", 1, "V"),
        ("Corrected: Nobody was elected in Velmar.", "elected in", "2026-11-04", 1, "V"),
    ],
)
def test_a_name_of_no_later_correction_is_not(text, name, day, score, title):
    old = naming(ELECTED, "Ada Kern", "2026-11-03", 3.0, "a")
    other = naming(text, name, day, score, "b", title)
    assert shown(WHO, old, other) == [(ELECTED, False)]


def test_a_correction_of_a_name_is_searched_for(tmp_path):
    old = "The bridge will be built by Norvik, said Petra Holt of Marn."
    new = "Petra Holt had wrongly named another firm: Brandt is the builder, as Marn heard."
    with open_library(tmp_path, reader=Finder("Norvik", "Brandt")) as library:
        first = document("Bridge", old, published="2026-10-03")
        library.ingest([*OTHERS, first, document("Builder", new, published="2026-11-12")])
        assert sentences_of(library, "Who builds the bridge?") == [(new, False), (old, True)]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("An earlier article said it carried 4,000 tonnes. It was 400 tonnes.", "400 tonnes"),
        ("An earlier version said 4,000 tonnes, but it was 400 tonnes.", "400 tonnes"),
        ("It carried 4,000 tonnes. It was late.", None),
        ("It was wrongly said to carry 4,000 tonnes. It had 400 tonnes of fuel.", None),
    ],
)
def test_what_a_correction_calls_wrong_is_no_answer(text, right):
    one = candidates(text, scores=[1.0] * (text.count(". ") + 1))[0]
    start = text.index("4,000 tonnes")
    found = updates.corrected(replace(one, words=(Span(start, start + len("4,000 tonnes")),)))
    if right is None:
        assert found.text == one.text
    else:
        assert found.words[0].of(found.text) == right


BUSES = "Thirty-one electric buses burned in Hallworth, Tarn Transit said."

BURNED = "How many buses burned?"


def shown_with(correction, day="2026-06-19", id="b"):
    """Return what stands beside the first report, whichever sentence of the correction is read."""
    old = answering(BUSES, "Thirty-one", "2026-06-03", 3.0, "a")
    of = old.hit.article if id == "a" else article(id, "Hallworth", published=day)
    one = hit(f"Tarn Transit is in Hallworth. {correction}", of=of)
    read = [Candidate(one, n, text, -9.0) for n, text in enumerate(sentence_texts(one))]
    return shown(BURNED, old, *read)


@pytest.mark.parametrize(
    ("correction", "right"),
    [
        (
            "Correction: an earlier report said that 31 buses burned. The number is 29; two stay.",
            "The number is 29; two stay.",
        ),
        ("We wrongly reported that 31 buses had burned; it was 29.", None),
        ("This article was amended on June 4: 29 buses burned, not 31 as first reported.", None),
        ("Clarification: 29 buses burned, and not 31 as we said on June 3.", None),
        ("A story of June 3 incorrectly put the number of buses at 31. It was 29.", "It was 29."),
    ],
)
def test_a_correction_of_a_value_stands_before_it_however_little_the_reader_thinks_of_it(
    correction, right
):
    new = right or correction
    assert shown_with(correction) == [(new, False), (BUSES, True)]
    assert (new, False) in shown_with(correction, id="a")


@pytest.mark.parametrize(
    "text",
    [
        "An earlier report said that 31 buses burned. It is 29 miles to Leeds.",
        "An earlier report said that 40 buses had burned. The number is 31.",
        "Police wrongly said that 31 people had died. The number is 29.",
    ],
)
def test_what_corrects_another_value_is_no_correction_of_it(text):
    assert shown_with(text) == [(BUSES, False)]


def test_a_correction_comes_with_the_sentence_that_says_what_was_wrong():
    wrong = "In a report of November 5 the share of wages was wrongly given as 80 percent."
    one = answering(f"{wrong} It is 70 percent.", "80 percent", "2026-11-20", 1.0, "b")
    found = updates.corrected(replace(one, text=wrong))
    assert (found.text, found.words[0].of(found.text)) == ("It is 70 percent.", "70 percent")
    assert found.named_in == 0


VOTED = "The chair and the farmer Ivo Sands voted for it on Monday; the vicar did not."


@pytest.mark.parametrize(
    ("correction", "right"),
    [
        (
            "In our report on Lindau we wrongly said that the farmer Ivo Sands voted for it."
            " He voted against.",
            ["He voted against."],
        ),
        (
            "An earlier version said that the farmer Ivo Sands had voted for it; he was against.",
            ["An earlier version said that the farmer Ivo Sands had voted for it; he was against."],
        ),
        ("We wrongly said that Ivo Sands keeps 40 cows. He keeps goats.", []),
        ("The vicar wrongly said that the farmer Ivo Sands voted for it. He smiled.", []),
    ],
)
@pytest.mark.parametrize("day", ["2026-09-03", "2026-09-01"])
def test_a_correction_of_what_somebody_did_stands_beside_it(correction, right, day):
    old = hit(VOTED, of=article("a", "Lindau", published="2026-09-01"))
    best = Candidate(old, 0, VOTED, 2.0, words=(Span(14, 30),))
    new = hit(correction, of=article("b", "Lindau", published=day))
    texts = sentence_texts(new)
    read = [Candidate(new, n, text, -9.0) for n, text in enumerate(texts)]
    found = updates.rivals("How did Ivo Sands vote?", best, [best, *read])
    assert [one.text for one in found] == right
    assert all(one.named_in == 0 for one in found if one.index)


def test_a_corrected_name_comes_with_the_sentence_that_says_which_was_wrong():
    old = naming("The fitter Dennis Orth won in Selwick.", "Dennis Orth", "2026-05-04", 3.0, "a")
    text = "An earlier article gave the winner's name as Dennis Orth. He is Dennis Roth of Selwick."
    new = naming(text, "Dennis Orth", "2026-05-20", -4.0, "b")
    right = "He is Dennis Roth of Selwick."
    assert shown("Who won?", old, new) == [(right, False), (old.text, True)]
    assert updates.rivals("Who won?", old, [new])[0].named_in == 0


def test_what_is_read_for_another_value_may_have_the_answer(tmp_path):
    """Where 1,200 people were put was answered with their number, though that was read as well."""
    old = "The bridge will cost £12m, said Petra Holt of Marn."
    new = "Petra Holt put her bill at £17m, as Marn heard. Larch is what they take."
    with open_library(tmp_path, reader=Finder("Larch", "-", "-", "£12m")) as library:
        library.ingest([*OTHERS, document("Bridge", old), document("Larches", new)])
        question, low = "What will the bridge be made of?", Thresholds(sure=0.1, perhaps=0.1)
        assert sentences_of(library, question, thresholds=low) == [
            ("Larch is what they take.", False)
        ]
        (own,) = (one.id for one in library.list() if one.title == "Bridge")
        assert sentences_of(library, question, article_id=own, thresholds=low) == [(old, False)]
        going_on = library.go_on(question, (PUBLIC,), [own], thresholds=low)
        assert [one.text for one in going_on.sentences] == [old]


STANDS = "Rosa Quint of Pell said on Monday that she would stand for a third term."


@pytest.mark.parametrize(
    ("question", "before", "later", "told"),
    [
        (
            "Is Rosa Quint standing again?",
            STANDS,
            "In Pell, Rosa Quint will not stand again.",
            True,
        ),
        ("Is Rosa Quint standing again?", STANDS, "Rosa Quint has turned down a peerage.", False),
        ("Is Rosa Quint standing again?", STANDS, "In Pell, Rosa Quint opened a school.", False),
        ("Is Rosa Quint standing again?", STANDS, "It will not rain in Pell.", False),
        (
            "Who will lead?",
            "The board of Pell chose Rosa Quint.",
            "Rosa Quint was not chosen.",
            True,
        ),
        ("Who will lead?", "The board of Pell chose Rosa Quint.", "Pell was not told.", False),
    ],
)
def test_a_later_article_tells_that_it_came_to_nothing(question, before, later, told):
    """ "Is Quint standing again?" was answered surely with what she had said before."""
    old = hit(before, of=article("a", "Quint of Pell", published="2026-03-02"))
    new = hit(later, of=article("b", "Pell and Rosa Quint", published="2026-04-20"))
    best, other = Candidate(old, 0, before, 2.0), Candidate(new, 0, later, -6.0)
    if question.startswith("Who"):
        best = replace(best, words=(Span(before.index("Rosa"), before.index("Quint") + 5),))
    found = updates.rivals(question, best, [best, other])
    assert [one.text for one in found] == [later] * told
    assert updates.rivals(question, other, [other, best]) == []
