"""A server's statistics as a card: all of it in words, and a picture of the days."""

from __future__ import annotations

from collections.abc import Sequence

from bot.cogs.stats import strings
from bot.cogs.stats.reader import Stats
from bot.discord.embeds import FIELD_VALUE_MAX, Card, Field, Payload, Picture, Tone
from bot.discord.markdown import fit, fit_lines, timestamp
from bot.text import plural
from index.store.usage import Complaint, Gap

PICTURE_NAME = "stats.png"
QUESTION_MAX = 110
REASON_MAX = 90

REASONS = 3
"""Shown of one question; the others are counted."""


def stats_card(stats: Stats, picture: bytes | None, *, drawable: bool = True) -> Payload:
    """Return the statistics; `picture` is a PNG, None where none could be drawn.

    `drawable` tells whether the extra for charts is installed.
    """
    first, last = (timestamp(stats.days[n].day.isoformat()) for n in (0, -1))
    lines = [strings.period(len(stats.days), first, last)]
    if stats.asked:
        lines.append(strings.asked(stats.answered, stats.refused))
    else:
        lines.append(strings.nothing_asked(len(stats.days)))
    lines.append(strings.voted(stats.helpful, stats.unhelpful))
    if stats.median_ms is not None:
        lines.append(strings.median(stats.median_ms))
    if stats.tokens:
        lines.append(strings.tokens(stats.tokens))
    if stats.asked and picture is None:
        lines.append(strings.NO_PICTURE if drawable else strings.NEEDS_PLOTS)
    fields = [Field(strings.GAPS, _list([_gap(gap) for gap in stats.gaps]))]
    if stats.not_found:
        fields.append(Field(strings.NOT_FOUND, _list([_gap(gap) for gap in stats.not_found])))
    fields.append(Field(strings.COMPLAINTS, _list([_complaint(one) for one in stats.complaints])))
    shown = Picture(PICTURE_NAME, picture, alt_text(stats)) if picture else None
    card = Card(strings.TITLE, "\n".join(lines), Tone.NEUTRAL, tuple(fields), strings.FOOTER, shown)
    return Payload(card=card)


def alt_text(stats: Stats) -> str:
    """Return what the picture shows, in plain words; something was asked."""
    busiest = max(stats.days, key=lambda day: day.answered + day.refused)
    asked = busiest.answered + busiest.refused
    medians = [(day.median_ms, day.day) for day in stats.days if day.median_ms is not None]
    (fastest, _), (slowest, slow_day) = min(medians), max(medians)
    return " ".join(
        (
            strings.PICTURE.format(first=str(stats.days[0].day), last=str(stats.days[-1].day)),
            strings.questions_described(stats.answered, stats.refused, asked, str(busiest.day)),
            strings.votes_described(stats.helpful, stats.unhelpful),
            strings.times_described(fastest, slowest, str(slow_day), stats.median_ms or slowest),
        )
    )


def _list(entries: Sequence[str]) -> str:
    """Return as many of the entries as a field takes."""
    return fit_lines(entries, FIELD_VALUE_MAX, more=None) or strings.NONE


def _gap(gap: Gap) -> str:
    return f"- {_line(gap.question, QUESTION_MAX)} · {plural(gap.count, 'time')}"


def _complaint(complaint: Complaint) -> str:
    votes = strings.tally(complaint.votes.helpful, complaint.votes.unhelpful)
    entry = f"- {_line(complaint.question, QUESTION_MAX)} · {votes}"
    if not complaint.reasons:
        return entry
    given = [_line(reason, REASON_MAX) for reason in complaint.reasons[:REASONS]]
    return f"{entry}\n  {strings.reasons(given, len(complaint.reasons) - len(given))}"


def _line(text: str, limit: int) -> str:
    return fit(" ".join(text.split()), limit)
