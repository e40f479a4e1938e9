"""Values in a sentence, what they measure, and whether two differ."""

import pytest

from index.answers import values
from index.model import Span


def of(text):
    return values.value_of(text, Span(0, len(text)))


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
        ("six years in prison", "30 months"),
        ("forty-five", "46 workers"),
        ("300 jobs", "180 positions"),
        ("14 people", "23 lives"),
        ("31 passengers", "40 people"),
        ("60 hospital beds", "30 beds"),
        ("780 crowns a month", "800 crowns"),
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
        ("four years", "48 months"),
        ("two hundred", "200 firefighters"),
        ("14 months", "11 people"),
        ("180 jobs", "1,100 people"),
    ],
)
def test_they_are_the_same_or_of_different_kinds(one, other):
    assert not of(one).differs(of(other))


@pytest.mark.parametrize(
    "text", ["The bridge closed in June.", "the mayor", "one of the ministers", "."]
)
def test_no_value(text):
    assert of(text) is None


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("The price has risen to 17.4 million euros, Marn said.", {"17.4 million euros": "cost"}),
        ("It cost 23 lives and injured 140 people.", {"23 lives": "die", "140 people": "hurt"}),
        ("Half stay: 30 of the beds will close.", {"30": "bed"}),
        ("A term of six years for bribes.", {"six years": "prison"}),
        ("The opening is now 20 June, not 4 May.", {"20 June": "open", "4 May": "open"}),
        ("Rents rose by 6 percent to £780 in 2026.", {"6 percent": "grew", "£780": "rent"}),
        ("They won 3-1 in the F-16 at 11:30, the Mayor may say.", {}),
    ],
)
def test_what_each_value_of_a_sentence_measures(sentence, found):
    told = {
        span.of(sentence): [one.partition(":")[2] for one in values.measured(sentence, span, value)]
        for span, value in values.all_in(sentence)
    }
    assert {words: one for words, (one, *_) in ((w, m) for w, m in told.items() if m)} == found


@pytest.mark.parametrize(
    ("text", "number", "other"),
    [
        ("It rose from 640 million crowns to 700 million on Monday.", "700", "650 million crowns"),
        ("They went from 40 jobs to 30.", "30", "50 jobs"),
    ],
)
def test_a_bare_number_is_of_the_kind_that_it_comes_from(text, number, other):
    """A forecast of 700 million did not replace one of 640 million crowns."""
    start = text.index(number)
    assert of(other).differs(values.value_of(text, Span(start, len(text))))
    assert [value.kind for _, value in values.all_in(text)][:2] == [of(other).kind] * 2
