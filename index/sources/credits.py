"""Who wrote an article, and when, as the lines at its head and its foot say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.text.bylines import byline, dates, days, writer
from index.text.sentences import ends_sentence

HEAD_LINES = 10

DATELINE_CHARS = 100
"""Of a line, in which a dateline stands."""

FOOT_LINES = 5
"""Lines that are not blank. What stands between head and foot is the story."""


def author(text: str) -> str | None:
    """Return the writers that a line at the head names, else one at the foot."""
    head, foot = _ends(text)
    run_on = (line[: byline(line, above_text=True)] for line in head)
    return next(filter(None, map(writer, (*head, *foot, *run_on))), None)


def published(text: str) -> str | None:
    """Return the day, in ISO 8601, that a line at the head or the foot says it is from.

    That of an update counts where no other is named. A date without a word counts beside a byline
    and between title and text: elsewhere it may be that of an event. What begins a sentence, as in
    "ORM, 3 March 2026 — The ferry", comes last.
    """
    head, foot = _ends(text)
    said = [one for line in (*head, *foot) for one in dates(line)]
    found = [day for day, kind in said if kind == "published"]
    near = (*_beside(head), *_beside(foot), *_above(head))
    alone = {day for line in near for day, kind in dates(line) if not kind}
    if not found and len(alone) == 1:
        return alone.pop()
    updated = (day for day, kind in said if kind == "updated")
    return next(iter(found), None) or next(updated, None) or _dateline(head)


_PLACE = re.compile(
    r"(?!(?:In|At|On|Near|From)\b)[A-ZÀ-Ž][\w.'’-]+(?:,? [A-ZÀ-Ž][\w.'’-]+){0,3},? "
)

_GOES_ON = re.compile(r"(?: \([A-Z][\w ]{1,20}\))? ?[—–-] ")


def _dateline(head: Sequence[str]) -> str | None:
    """Return the day between the place and the dash with which a line begins."""
    for line in head:
        for match, day in days(line[:DATELINE_CHARS]):
            if _PLACE.fullmatch(line[: match.start()]) and _GOES_ON.match(line, match.end()):
                return day
    return None


def _beside(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines that name a writer with those next to them."""
    for number, line in enumerate(lines):
        if writer(line):
            yield from lines[max(0, number - 1) : number + 2]


def _above(head: Sequence[str]) -> list[str]:
    """Return the lines between the title and the text, if they are all of this kind."""
    lines = list(_before_text(head))
    others = [line for line in lines if byline(line, above_text=True) < len(line)]
    return lines if others in ([], lines[:1]) else []


def _before_text(head: Sequence[str]) -> Iterator[str]:
    for line in head:
        if ends_sentence(line):
            return
        yield line


def _ends(text: str) -> tuple[list[str], list[str]]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return lines[:HEAD_LINES], lines[HEAD_LINES:][-FOOT_LINES:]
