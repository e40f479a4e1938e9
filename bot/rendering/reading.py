"""Cards of answers read back: what was asked, how it was understood, what was said."""

from __future__ import annotations

from bot import words
from bot.rendering.markdown import plain

_SMALL = "-# "
"""Begins what is said about an answer: how it was understood, who wrote it."""

_UNDERSTOOD = f"{_SMALL}{words.UNDERSTOOD}"


def read_back(title: str, description: str, *, footnotes: bool) -> tuple[str, str | None] | None:
    """Return the question of a card and its answer, None for the answer of a refusal.

    The title is the question as it was asked; where the card says how that was read, this is the
    question that was answered. Returns None for a card that answers nothing.
    """
    if not footnotes and not description.startswith(words.REFUSED):
        return None
    # Below an empty line stand the passages nearest to a question that was refused.
    lines = description.partition("\n\n")[0].split("\n")
    read_as = [line.removeprefix(_UNDERSTOOD) for line in lines if line.startswith(_UNDERSTOOD)]
    said = "\n".join(line for line in lines if not line.startswith(_SMALL))
    question = plain(read_as[0] if read_as else title)
    return question, plain(said) if footnotes else None
