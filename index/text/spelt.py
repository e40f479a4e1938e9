"""Months, days of the week and numbers in words, in lower case."""

from __future__ import annotations

MONTHS = tuple(
    "january february march april may june july august september october november december".split()
)

WEEKDAYS = tuple("monday tuesday wednesday thursday friday saturday sunday".split())

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""A pattern of a month, in full or abbreviated."""

ONES = tuple(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen".split()
)

TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())

NUMBERS = {word: n for n, word in enumerate(ONES, start=1)} | {
    word: 10 * n for n, word in enumerate(TENS, start=2)
}


def month_number(name: str) -> int:
    """Return 1 to 12 for what MONTH matches, in any case."""
    return next(n for n, month in enumerate(MONTHS, 1) if month.startswith(name[:3].lower()))
