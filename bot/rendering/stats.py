"""A server's statistics as a card: all of it in words, and a picture of the days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.rendering.fitting import fit
from bot.rendering.markdown import timestamp
from bot.rendering.payload import FIELD_VALUE_MAX, Card, Field, Payload, Picture, Tone, size
from bot.words import stats as words

if TYPE_CHECKING:
    from bot.stats import Stats
    from index.catalog import Complaint, Gap

PICTURE_NAME = "stats.png"
QUESTION_MAX = 110
REASON_MAX = 90
REASONS = 3
"""Shown of one question; the others are counted."""


def stats_card(stats: Stats, picture: bytes | None) -> Payload:
    """Return the statistics; `picture` is a PNG, None where none could be drawn."""
    first, last = (timestamp(stats.days[n].day.isoformat()) for n in (0, -1))
    lines = [words.period(len(stats.days), first, last)]
    if stats.asked:
        lines.append(words.asked(stats.answered, stats.refused))
    else:
        lines.append(words.nothing_asked(len(stats.days)))
    lines.append(words.voted(stats.helpful, stats.unhelpful))
    if stats.median_ms is not None:
        lines.append(words.median(stats.median_ms))
    if stats.tokens:
        lines.append(words.tokens(stats.tokens))
    if stats.asked and picture is None:
        lines.append(words.NO_PICTURE)
    fields = (
        Field(words.GAPS, _list([_gap(gap) for gap in stats.gaps])),
        Field(words.COMPLAINTS, _list([_complaint(one) for one in stats.complaints])),
    )
    shown = Picture(PICTURE_NAME, picture, alt_text(stats)) if picture else None
    card = Card(words.TITLE, "\n".join(lines), Tone.NEUTRAL, fields, words.FOOTER, shown)
    return Payload(card=card)


def alt_text(stats: Stats) -> str:
    """Return what the picture shows, in plain words; something was asked."""
    busiest = max(stats.days, key=lambda day: day.answered + day.refused)
    asked = busiest.answered + busiest.refused
    medians = [(day.median_ms, day.day) for day in stats.days if day.median_ms is not None]
    (fastest, _), (slowest, slow_day) = min(medians), max(medians)
    return " ".join(
        (
            words.picture(str(stats.days[0].day), str(stats.days[-1].day)),
            words.questions_told(stats.answered, stats.refused, asked, str(busiest.day)),
            words.votes_told(stats.helpful, stats.unhelpful),
            words.times_told(fastest, slowest, str(slow_day), stats.median_ms or slowest),
        )
    )


def _list(entries: Sequence[str]) -> str:
    """Return as many of the entries as a field takes."""
    text = ""
    for entry in entries:
        longer = f"{text}\n{entry}".lstrip("\n")
        if size(longer) > FIELD_VALUE_MAX:
            break
        text = longer
    return text or words.NONE


def _gap(gap: Gap) -> str:
    return f"- {_line(gap.question, QUESTION_MAX)} · {words.times(gap.count)}"


def _complaint(complaint: Complaint) -> str:
    votes = words.tally(complaint.votes.helpful, complaint.votes.unhelpful)
    entry = f"- {_line(complaint.question, QUESTION_MAX)} · {votes}"
    if not complaint.reasons:
        return entry
    given = [_line(reason, REASON_MAX) for reason in complaint.reasons[:REASONS]]
    return f"{entry}\n  {words.reasons(given, len(complaint.reasons) - len(given))}"


def _line(text: str, limit: int) -> str:
    return fit(" ".join(text.split()), limit)
