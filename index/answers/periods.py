"""Times that people name: "in August", "since Monday", "on 14 August 2026", "last week"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.text.spelt import MONTH, MONTHS, WEEKDAYS, month_number

_MONTH = rf"(?P<month>{MONTH})"

_YEAR = r"(?P<year>(?:19|20)\d\d|this year|last year)"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both included; `words` name it ("in August 2026").

    `any_year` is whether a month or day was named without its year.
    """

    first: date
    last: date
    words: str
    any_year: bool = False

    @property
    def named(self) -> str:
        """Return the month or day as texts name it without a year, "" for other periods.

        May alone is a verb as well.
        """
        month = MONTHS[self.first.month - 1].title()
        if self.any_year and self.first == self.last:
            return f"{self.first.day} {month}"
        return month if self.any_year and month != "May" else ""

    def holds(self, published: str | None) -> bool:
        """Tell whether an ISO 8601 date, as it is written, lies in the period."""
        return published is not None and (
            self.first.isoformat() <= published[:10] <= self.last.isoformat()
        )

    def in_year(self, year: int) -> Period | None:
        """Return the same days of another year, None where that has no such day."""
        try:
            first = self.first.replace(year=year)
            last = self.last.replace(year=year, day=1)
        except ValueError:
            return None
        end = self.last.day if self.first == self.last else monthrange(year, last.month)[1]
        words = self.words.replace(str(self.first.year), str(year))
        return replace(self, first=first, last=last.replace(day=end), words=words)


def find(text: str, today: date) -> tuple[Period, str] | None:
    """Return the one period that a text names, and the text without it; None without just one."""
    found = [
        (match, point, n)
        for n, (pattern, point) in enumerate(_PATTERNS)
        for match in pattern.finditer(text)
    ]
    if not found:
        return None
    match, point, _ = max(found, key=lambda one: (len(one[0][0]), -one[2]))
    if any(other.end() <= match.start() or match.end() <= other.start() for other, _, _ in found):
        return None
    try:
        period = _bounded(match["how"], point(match, today), today)
    except ValueError:  # 31 February
        return None
    rest = f"{text[: match.start()].rstrip(' ,')} {text[match.end() :].lstrip(' ,')}".strip()
    return period, rest


def day_in_words(day: date) -> str:
    """Return a date as people write it: 14 August 2026."""
    return f"{day.day} {MONTHS[day.month - 1].title()} {day.year}"


def _bounded(how: str | None, point: Period, today: date) -> Period:
    one_day = timedelta(days=1)
    match (how or "").lower():
        case "since":
            return Period(point.first, today, f"since {day_in_words(point.first)}")
        case "after":
            return Period(point.last + one_day, today, f"after {day_in_words(point.last)}")
        case "before":
            return Period(date.min, point.first - one_day, f"before {day_in_words(point.first)}")
        case "until" | "up to":
            return Period(date.min, point.last, f"until {day_in_words(point.last)}")
    return point


def _day(match: re.Match[str], today: date) -> Period:
    number = int(match["day"])
    month = month_number(match["month"])
    year, named = _year_of(match, month, number, today)
    day = date(year, month, number)
    return Period(day, day, f"on {day_in_words(day)}", any_year=not named)


def _iso(match: re.Match[str], _: date) -> Period:
    day = date.fromisoformat(match["iso"])
    return Period(day, day, f"on {day_in_words(day)}")


def _month(match: re.Match[str], today: date) -> Period:
    month = month_number(match["month"])
    year, named = _year_of(match, month, 1, today)
    last = "last" in match.groupdict()
    if last and (year, month) == (today.year, today.month):
        year -= 1
    end = monthrange(year, month)[1]
    words = f"in {MONTHS[month - 1].title()} {year}"
    return Period(date(year, month, 1), date(year, month, end), words, any_year=not (named or last))


def _year(match: re.Match[str], today: date) -> Period:
    year = _number_of_year(match["year"], today)
    return Period(date(year, 1, 1), date(year, 12, 31), f"in {year}")


def _weekday(match: re.Match[str], today: date) -> Period:
    """Return the last such day; today where it is one, unless "last" says otherwise."""
    back = (today.weekday() - WEEKDAYS.index(match["weekday"].lower())) % 7
    if back == 0 and (match["last"] or "").lower() == "last ":
        back = 7
    day = today - timedelta(days=back)
    return Period(day, day, f"on {match['weekday'].title()}, {day_in_words(day)}")


def _near(match: re.Match[str], today: date) -> Period:
    monday = today - timedelta(days=today.weekday())
    first_of_month = today.replace(day=1)
    before_month = first_of_month - timedelta(days=1)
    saturday = monday - timedelta(days=2) if today.weekday() < 5 else monday + timedelta(days=5)
    named = match["near"].lower()
    first, last = {
        "today": (today, today),
        "yesterday": (today - timedelta(days=1), today - timedelta(days=1)),
        "this week": (monday, today),
        "this month": (first_of_month, today),
        "last week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "last month": (before_month.replace(day=1), before_month),
    }.get(named, (saturday, saturday + timedelta(days=1)))
    if first == last:
        return Period(first, last, f"on {day_in_words(first)}")
    return Period(first, last, f"from {day_in_words(first)} to {day_in_words(last)}")


def _lately(match: re.Match[str], today: date) -> Period:
    unit = match["unit"].strip().lower().removesuffix("s")
    days = {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
    counted = match["count"] or "1"
    count = int(counted) if counted.isdigit() else 2 if counted == "couple of" else 3
    first = today - timedelta(days=days * count)
    return Period(first, today, f"since {day_in_words(first)}")


def _number_of_year(named: str, today: date) -> int:
    if named.isdigit():
        return int(named)
    return today.year - (named.lower() == "last year")


def _year_of(match: re.Match[str], month: int, day: int, today: date) -> tuple[int, bool]:
    """Return the year named, else the last in which the day is not to come, and whether it was."""
    if named := match.groupdict().get("year"):
        return _number_of_year(named, today), True
    return today.year - ((month, day) > (today.month, today.day)), False


_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"

_BEFORE = r"(?:in|on|during|over|within|for|from|of|at|dated)"

_FORMS: tuple[tuple[str, bool, Callable[[re.Match[str], date], Period]], ...] = (
    (r"(?P<iso>\d{4}-\d\d-\d\d)", False, _iso),
    (rf"(?:the )?{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?", False, _day),
    (rf"{_MONTH} {_DAY}(?:,? {_YEAR})?", False, _day),
    (rf"{_MONTH}(?:,?(?: of)? {_YEAR})?", True, _month),
    (rf"(?P<last>last ){_MONTH}", False, _month),
    (_YEAR, True, _year),
    (rf"(?P<last>last |this )?(?P<weekday>{'|'.join(WEEKDAYS)})", False, _weekday),
    (
        r"(?P<near>today|yesterday|(?:this|last) (?:week|month)|(?:the|this|last) weekend)",
        False,
        _near,
    ),
    (
        r"(?:the )?(?:last|past) (?:(?P<count>\d{1,3}|few|couple of) )?"
        r"(?P<unit>day|week|month|year)s?",
        False,
        _lately,
    ),
)
"""Patterns of a time, and whether a word such as "in" must stand before: May may be no month."""


def _pattern(form: str, *, needs_word: bool) -> re.Pattern[str]:
    how = rf"(?:(?P<how>since|after|before|until|up to) |{_BEFORE} ){'' if needs_word else '?'}"
    return re.compile(rf"(?<![\w’'-]){how}{form}(?![\w’'-])", re.IGNORECASE)


_PATTERNS = tuple((_pattern(form, needs_word=needs), point) for form, needs, point in _FORMS)
