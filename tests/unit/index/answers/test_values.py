"""Values that answer, and whether one replaces another."""

import pytest

from index.answers import values
from index.answers.candidates import Candidate, choose
from index.answers.citing import cite
from index.model import Span
from tests.builders import article, hit


def of(text):
    return values.of(text, Span(0, len(text)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("£38.4m", "£41m"),
        ("38.4 million pounds", "£41m"),
        ("12 euros", "€15"),
        ("At least 14", "23"),
        ("14 people", "23 people"),
        ("three", "about five"),
        ("12 %", "15 per cent"),
        ("4 May", "18 June"),
        ("before 18 June", "4 May 2026"),
        ("March 2028", "autumn 2028"),
        ("2027", "2028"),
    ],
)
def test_they_differ(one, other):
    assert of(one).differs(of(other))
    assert of(other).differs(of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("£38.4m", "38.4 million pounds"),
        ("£2,000", "£2000"),
        ("12 euros", "£15"),
        ("140 bakers", "90,000 loaves"),
        ("4 May", "May 4th"),
        ("4 May", "4 May 2026"),
        ("15 %", "15"),
        ("2028", "14"),
    ],
)
def test_they_are_the_same_or_of_different_kinds(one, other):
    assert not of(one).differs(of(other))


@pytest.mark.parametrize(
    "text", ["The bridge closed in June.", "the mayor", "£3m for the old mill", "."]
)
def test_no_value(text):
    assert of(text) is None


OLD, NEW = (
    "Repairs to the Lenne bridge cost £38.4m.",
    "The bill in Lenne was put at £41m, and more.",
)
RESCUED = "Some 12 people in Lenne were glad."


def answering(text, value, day, score, id):
    start = text.index(value)
    one = hit(text, of=article(id, f"Bridge of Lenne {id}", published=day))
    return Candidate(one, 0, text, score, words=(Span(start, start + len(value)),))


def shown(*ranked):
    return [(s.text, s.earlier) for s in cite(choose(ranked)).sentences]


def test_another_value_in_other_words_stands_beside_the_best_and_the_newest_is_first():
    old = answering(OLD, "£38.4m", "2026-11-03", 4.0, "a")
    new = answering(NEW, "£41m", "2026-11-19T08:00:00Z", -1.8, "b")
    assert shown(old, new) == [(NEW, False), (OLD, True)]


def test_what_is_ruled_out_or_of_another_kind_does_not():
    old = answering(OLD, "£38.4m", "2026-11-03", 4.0, "a")
    assert shown(old, answering(NEW, "£41m", "2026-11-19", -3.5, "b")) == [(OLD, False)]
    assert shown(old, answering(RESCUED, "12", "2026-11-19", 0.0, "b")) == [(OLD, False)]
    assert shown(old, answering(NEW, "£41m", "2026-11-03", 0.0, "b")) == [(OLD, False)]


def test_an_article_without_a_common_name_does_not():
    old = answering(OLD, "£38.4m", "2026-11-03", 4.0, "a")
    other = hit("The mill of Orm cost £41m.", of=article("b", "Mill", published="2026-11-19"))
    assert shown(old, Candidate(other, 0, other.text, 1.0, words=(Span(21, 25),))) == [(OLD, False)]
