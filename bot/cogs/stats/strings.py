"""Strings of /stats."""

from __future__ import annotations

from collections.abc import Sequence

from bot.text import plural

# The command, as Discord lists it.
STATS = "See what was asked here, what I couldn't answer, and which answers didn't help"
STATS_DAYS = "How many days back, 1 to 365 (30 if left out)"

# The card.
TITLE = "Questions in this server"
GAPS = "Not in the articles"
NOT_FOUND = "Perhaps in the articles, but not found"
COMPLAINTS = "Answers marked not helpful"
NONE = "None."
FOOTER = "Days begin at midnight UTC. Refused questions are kept for 90 days."
NO_PICTURE = "I couldn't draw the charts this time."
NEEDS_PLOTS = "For charts, install `footnote-bot[plots]` and restart me."
NO_VOTES = "no votes"

# In the picture.
ANSWERED = "answered"
REFUSED = "refused"
HELPFUL = "helpful"
UNHELPFUL = "not helpful"
MILLISECONDS = "ms"
SECONDS = "s"
TIMES_CHART = "Median time to answer, in {}"
PICTURE = "Three charts for {first} to {last} (UTC)."


def period(days: int, first: str, last: str) -> str:
    return f"Today, {last}" if days == 1 else f"The last {days:,} days, {first} to {last}"


def nothing_asked(days: int) -> str:
    when = "today" if days == 1 else f"in the last {days:,} days"
    return f"Nothing was asked in this server {when}."


def asked(answered: int, refused: int) -> str:
    """Count the questions, at least one."""
    total = answered + refused
    counts = f"{answered:,} answered ({answered / total:.0%}), {refused:,} refused"
    return f"**{plural(total, 'question')}**: {counts} ({refused / total:.0%})"


def voted(helpful: int, unhelpful: int) -> str:
    if not helpful + unhelpful:
        return "**No votes** on answers"
    return f"**{plural(helpful + unhelpful, 'vote')}** on answers: {tally(helpful, unhelpful)}"


def tally(helpful: int, unhelpful: int) -> str:
    return f"{helpful:,} helpful, {unhelpful:,} not helpful"


def median(milliseconds: float) -> str:
    return f"**{duration(milliseconds)}** median time to answer"


def tokens(count: int) -> str:
    return f"**{plural(count, 'language model token')}**"


def reasons(given: Sequence[str], more: int) -> str:
    quoted = "; ".join(f"“{reason}”" for reason in given)
    return f"{quoted} and {more:,} more" if more else quoted


def duration(milliseconds: float) -> str:
    """Write a time with two digits."""
    if milliseconds < 995:
        return f"{float(f'{milliseconds:.2g}'):g} {MILLISECONDS}"
    return f"{float(f'{milliseconds / 1_000:.2g}'):g} {SECONDS}"


def per_day(what: str, *, weekly: bool) -> str:
    return f"{what} per day, weekly average" if weekly else f"{what} per day"


def questions_described(answered: int, refused: int, most: int, day: str) -> str:
    total = plural(answered + refused, "question")
    return f"{total}: {answered:,} answered, {refused:,} refused; most on {day}: {most:,}."


def votes_described(helpful: int, unhelpful: int) -> str:
    total = helpful + unhelpful
    return f"{plural(total, 'vote')}: {tally(helpful, unhelpful)}." if total else "No votes."


def times_described(fastest: float, slowest: float, day: str, middle: float) -> str:
    days = f"by day from {duration(fastest)} to {duration(slowest)} (on {day})"
    return f"Median time to answer: {duration(middle)}; {days}."
