"""What an undo did, as a card or as words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import words
from bot.rendering.fitting import fit
from bot.rendering.payload import CONTENT_MAX, Card, Payload, Tone, size
from bot.words import indexing as words_indexing

if TYPE_CHECKING:
    from index.catalog import Undone

TITLE_MAX = 200
LINES_MAX = CONTENT_MAX - 100
"""Leaves room for who pressed the button, or for how many are left out."""


def undone_card(undone: Sequence[Undone], user: int) -> Payload:
    """Return what became of each article, and who pressed the button (a mention pings nobody)."""
    text = f"{undone_lines(undone)}\n{words_indexing.undone_by(user)}"
    return Payload(card=Card(words_indexing.UNDONE_TITLE, text, Tone.NEUTRAL))


def undone_lines(undone: Sequence[Undone]) -> str:
    """Return a line for each article."""
    lines: list[str] = []
    for one in undone:
        line = words_indexing.undone(f"“{fit(one.title, TITLE_MAX)}”", one.status)
        if size("\n".join([*lines, line])) > LINES_MAX:
            return "\n".join([*lines, words.and_more(len(undone) - len(lines))])
        lines.append(line)
    return "\n".join(lines)
