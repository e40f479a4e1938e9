"""Sums, numbers and dates in a sentence: what they measure, and whether two differ."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.model import Span
from index.text import words
from index.text.spelt import MONTHS, NUMBERS, ONES, TENS

_SCALES = {"hundred": 1e2, "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6,
           "b": 1e9, "bn": 1e9, "billion": 1e9}  # fmt: skip

_SEASONS = "spring summer autumn fall winter"

_SIGNS = {"£": "pound", "$": "dollar", "€": "euro", "¥": "yen"}

CURRENCIES = frozenset((*_SIGNS.values(), *"crown franc krona krone lira peso rouble ruble rupee"
                        " zloty".split()))  # fmt: skip

_SMALLER = {"year": ("month", 12), "week": ("day", 7), "hour": ("minute", 60)}
"""Durations are counted in the smaller unit: "30 months" is another value than "four years"."""

_COUNTING = CURRENCIES | _SCALES.keys() | NUMBERS.keys() | {"percent", "cent"}

_DURATIONS = frozenset(("month", "day", "minute", "second"))

_NUMBER = (
    rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|(?i:(?:{'|'.join(TENS)})(?:[ -](?:{'|'.join(ONES[:9])}))?\b"
    rf"|(?:{'|'.join(ONES)})\b))"
)

_ABOUT = (
    r"(?i:(?:at least|at most|about|around|some|nearly|almost|over|under|more than|less than|up to"
    r"|fewer than|roughly|only|just|an estimated|not before|before|after|by|on|in|until|from|early"
    r"|late|mid|the|a total of|as many as|another|to|at)[ -])*"
)

_VALUE = re.compile(
    rf"(?P<date>(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:(?:(?:{'|'.join(MONTHS).title()})\b"
    rf"|(?P<season>(?i:{'|'.join(_SEASONS.split())})\b))"
    r"(?: \d{1,2}(?:st|nd|rd|th)?\b(?![,.]?\d))?,?(?: (?:of )?(?:19|20)\d\d\b)?|(?:19|20)\d\d\b)"
    r"(?![,.]?\d))"
    rf"|(?:(?P<sign>[£$€¥])\s?)?(?P<amount>{_NUMBER})"
    rf"(?:[ -]?(?i:(?P<scale>{'|'.join(_SCALES)}))\b)?"
    r"(?P<percent> ?%| per ?cent\b)?(?![:.,–-]?\d)(?!\w)(?P<unit>(?:[ -][a-z]{3,}\b){0,2})"
)

_FROM_START = re.compile(_ABOUT + rf"(?:{_VALUE.pattern})")

_PART_OF_DATE = re.compile(r"[a-z]{3,}|\d+")

_WORD = re.compile(r"[^\W\d_]+")

_EDGES = " \t\n.,;:()\"'“”‘’"

_NO_UNIT = frozenset(
    """
    after ago against ahead all among and are around because been before being but can could did
    died does during each else ever for from had has have hurt into its just killed last later less
    like may might more most must near next not now off only other others out over passed past
    per previously said says shall should since than that the their them
    then there these they this those through til today under until was were when where which while
    who whom will with within without would yesterday yet
    """.split()
)
"""What follows a number and is not counted."""

_CLAUSE_END = re.compile(r"[,;:]\s")

PEOPLE = "people"

_OF_PEOPLE = frozenset(
    f"number:{one}" for one in "die hurt missing rescued arrested evacuated spectators".split()
)
"""Measures whose words count people."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value: `kind` is a currency, "percent", "date" or "number"; `unit` has what is counted.

    A date has `parts`, the name of its month and its numbers, in place of an amount.
    """

    kind: str
    amount: float = 0.0
    unit: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    def is_like(self, other: Value) -> bool:
        """Tell whether both may measure the same thing."""
        if self.kind != other.kind:
            return False
        if self.unit & other.unit:
            return True
        if not (self.unit and other.unit):
            return (self.unit | other.unit).isdisjoint(_DURATIONS)
        # "31 passengers" may be some of "40 people", "180 jobs" are not.
        mine, its = ({one for one in unit if ":" in one} for unit in (self.unit, other.unit))
        one_is_people = PEOPLE in self.unit | other.unit
        return one_is_people and not (mine or its or (self.unit | other.unit) & _DURATIONS)

    def is_same(self, other: Value) -> bool:
        """Tell whether both may be the same: "4 May" and "4 May 2026" are."""
        if self.kind == "date":
            return self.parts <= other.parts or other.parts <= self.parts
        return self.amount == other.amount

    def differs(self, other: Value) -> bool:
        """Tell whether it is another value of the same kind, and may be of the same thing."""
        return self.is_like(other) and not self.is_same(other)


def value_of(sentence: str, span: Span) -> Value | None:
    """Return the value that words of a sentence begin with; None where they are something else."""
    start = span.start
    while start < span.end and sentence[start] in _EDGES:
        start += 1
    found = _FROM_START.match(sentence, start)
    if not found or found.start("amount") >= span.end:
        return None
    at = max(found.start("amount"), found.start("date"))
    in_full = (value for one, value in all_in(sentence) if one.start <= at < one.end)
    return next(in_full, None) or _value(found)


def all_in(sentence: str) -> Iterator[tuple[Span, Value]]:
    """Yield all values of a sentence with their words; "from 5 crowns to 6" are both in crowns."""
    last: tuple[int, Value] | None = None
    for found in _VALUE.finditer(sentence):
        before = sentence[found.start() - 1 : found.start()] if found.start() else ""
        bare_season = found["season"] and not any(map(str.isdigit, found[0]))
        if before.isalnum() or before in {".", ",", "-"} or bare_season:
            continue
        if value := _value(found):
            words_of = found["date"] or found[0][: found.start("unit") - found.start()]
            if value.unit or value.kind in CURRENCIES:
                words_of += _unit_words(found["unit"])
            end = found.start() + len(words_of.rstrip(_EDGES))
            is_bare = value.kind == "number" and not value.unit
            if last and is_bare and sentence[last[0] : found.start()] == " to ":
                value = replace(last[1], amount=value.amount)
            last = end, value
            yield Span(found.start(), end), value


def _value(found: re.Match[str]) -> Value | None:
    """Return the value of a match, None for the "one" of "one of them"."""
    if date := found["date"]:
        named = {*MONTHS, *_SEASONS.split()}
        parts = _PART_OF_DATE.findall(date.casefold())
        return Value("date", parts=frozenset(p for p in parts if p in named or p.isdigit()))
    if found["amount"].casefold() == "one" and found.string.startswith(" of ", found.end("amount")):
        return None
    amount = _amount(found["amount"].casefold(), found["scale"])
    if found["percent"]:
        return Value("percent", amount)
    if found["sign"]:
        return Value(_SIGNS[found["sign"]], amount)
    counted = [word.removesuffix("s") for word in _WORD.findall(_unit_words(found["unit"]))]
    for unit in counted:
        if unit in CURRENCIES:
            return Value(unit, amount)
    if counted and counted[0] in _SMALLER:
        unit, times = _SMALLER[counted[0]]
        return Value("number", amount * times, frozenset([unit]))
    return Value("number", amount, frozenset(map(_counted, counted)))


def _amount(number: str, scale: str | None) -> float:
    said = re.split("[ -]", number)
    spelt = all(word in NUMBERS for word in said)
    amount = float(sum(NUMBERS[word] for word in said) if spelt else number.replace(",", ""))
    return round(amount * _SCALES.get((scale or "").casefold(), 1), 6)


def _unit_words(following: str) -> str:
    """Return what is counted, up to a word that is no part of it, with the space before."""
    end = 0
    for word in _WORD.finditer(following):
        if word[0] in _NO_UNIT:
            break
        end = word.end()
        if word[0].removesuffix("s") in CURRENCIES | _SMALLER.keys():
            break
    return following[:end]


def _counted(unit: str) -> str:
    """Return one word for all that count the same, as jobs and positions, or lives and people."""
    known = words.measures()
    measures = sorted(known.get(unit, ()) or known.get(f"{unit}s", ()))
    if unit in ("people", "person") or not _OF_PEOPLE.isdisjoint(measures):
        return PEOPLE
    return measures[0] if measures else unit


def measures_asked_for(question: str, value: Value) -> frozenset[str]:
    """Return what a question wants to have measured, of those measures that such values have."""
    return frozenset().union(*(one for _, one in _measures(question, value)))


def is_measure(word: str) -> bool:
    """Tell whether a word in lower case says what is measured, or in what."""
    return word in words.measures() or word.removesuffix("s") in _COUNTING


def measured(sentence: str, span: Span, value: Value) -> frozenset[str]:
    """Return what a value in a sentence measures: what the nearest words of its clause say."""
    near: dict[tuple[bool, int], frozenset[str]] = {}
    for word, measures in _measures(sentence, value):
        between = sentence[min(word.end, span.end) : max(word.start, span.start)]
        inside = span.start <= word.start and word.end <= span.end
        distance = (False, 0) if inside else (bool(_CLAUSE_END.search(between)), len(between))
        near[distance] = near.get(distance, frozenset()) | measures
    return near[min(near)] if near else frozenset()


def _measures(text: str, value: Value) -> Iterator[tuple[Span, frozenset[str]]]:
    kind = "sum" if value.kind in CURRENCIES else value.kind
    for word in _WORD.finditer(text):
        of_word = words.measures().get(word[0].casefold(), frozenset())
        if own := frozenset(one for one in of_word if one.startswith(kind)):
            yield Span(*word.span()), own
