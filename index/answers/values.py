"""Sums, numbers and dates that answer: whether one article has another value than a second."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.model import Hit, Span

_SMALL = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}

_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9,
           "billion": 1e9}  # fmt: skip

_MONTHS = "january february march april may june july august september october november december"

_SEASONS = "spring summer autumn fall winter"

_CURRENCIES = {"£": "pound", "$": "dollar", "€": "euro", "¥": "yen"}

_AMOUNT = (
    rf"(?P<digits>\d[\d,]*(?:\.\d+)?|{'|'.join(_SMALL)})(?:[ -]?(?P<scale>{'|'.join(_SCALES)})\b)?"
)

_ABOUT = (
    r"(?:(?:at least|at most|about|around|some|nearly|almost|over|under|more than|less than|up to"
    r"|fewer than|roughly|only|just|an estimated|not before|before|after|by|on|in|until|from|early"
    r"|late|mid|the|a total of|to|at)[ -])*"
)

_QUANTITY = re.compile(
    rf"{_ABOUT}(?P<sign>[£$€¥])?\s?{_AMOUNT}(?P<percent> ?%| per ?cent)?"
    r"(?P<unit>(?: [a-z-]+){0,2})",
    re.IGNORECASE,
)

_DATE = re.compile(
    rf"{_ABOUT}(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:(?:{'|'.join(_MONTHS.split() + _SEASONS.split())})"
    r"(?: \d{1,2}(?:st|nd|rd|th)?\b)?,?(?: (?:of )?(?:19|20)\d\d)?|(?:19|20)\d\d)",
    re.IGNORECASE,
)

_PART_OF_DATE = re.compile(r"[a-z]{3,}|\d+", re.IGNORECASE)

_EDGES = " \t\n.,;:()\"'“”‘’"


@dataclass(frozen=True, slots=True)
class Value:
    """A value: `kind` is a currency, "percent", "date" or "number"; `unit` what is counted.

    A date has `parts`, the name of its month and its numbers, in place of an amount.
    """

    kind: str
    amount: float = 0.0
    unit: str = ""
    parts: frozenset[str] = frozenset()

    def differs(self, other: Value) -> bool:
        """Tell whether it is another value of the same kind, and may be of the same thing."""
        if self.kind == other.kind == "date":  # "4 May" and "4 May 2026" are the same
            return not (self.parts <= other.parts or other.parts <= self.parts)
        same_unit = not (self.unit and other.unit) or self.unit == other.unit
        return self.kind == other.kind and same_unit and self.amount != other.amount


def of(sentence: str, span: Span) -> Value | None:
    """Return the value that words of a sentence consist of; None where they are something else."""
    words = span.of(sentence).strip(_EDGES)
    if _DATE.fullmatch(words):
        named = " ".join((_MONTHS, _SEASONS)).split()
        parts = [one.casefold() for one in _PART_OF_DATE.findall(words)]
        said = frozenset(one for one in parts if one in named or one.isdigit())
        return Value("date", parts=said)
    found = _QUANTITY.fullmatch(words)
    if found is None:
        return None
    digits = found["digits"].casefold().replace(",", "")
    amount = float(_SMALL.get(digits, digits)) * _SCALES.get((found["scale"] or "").casefold(), 1)
    amount = round(amount, 6)
    unit = next(iter(found["unit"].split()), "").casefold().removesuffix("s")
    if found["percent"]:
        return Value("percent", amount)
    if found["sign"]:
        return Value(_CURRENCIES[found["sign"]], amount)
    if unit in _CURRENCIES.values():
        return Value(unit, amount)
    following = re.match(r"\s+([a-z]{3,})", sentence[span.end :])
    if not unit and following:
        unit = following[1].removesuffix("s")
    return Value("number", amount, unit)


def differ(one: Iterable[Value], other: Iterable[Value]) -> bool:
    """Tell whether two sentences answer with different values of the same kind."""
    others = list(other)
    return any(mine.differs(theirs) for mine in one for theirs in others)


_NAME = re.compile(r"(?<=[\w,;”\"'’] )[A-ZÀ-ÞĀ-Ž][\w-]{2,30}")

_DAYS = "monday tuesday wednesday thursday friday saturday sunday"

_NO_NAMES = frozenset(f"{_DAYS} {_MONTHS} the and but".split())


def same_story(one: Hit, other: Hit) -> bool:
    """Tell whether two articles of different days may report on the same thing: by a name."""
    dates = [hit.article.published for hit in (one, other)]
    if not all(dates) or len({date[:10] for date in dates if date}) < len(dates):
        return False
    return not set(_names(one)).isdisjoint(_names(other))


def _names(hit: Hit) -> Iterator[str]:
    found = (word.casefold() for word in _NAME.findall(f"{hit.article.title}\n{hit.text}"))
    return (word for word in found if word not in _NO_NAMES)
