"""What is said besides an answer: how the question was read, what is missing, what is near."""

from __future__ import annotations

from bot import words
from bot.rendering.fitting import fit
from bot.rendering.footnotes import head
from bot.rendering.payload import size
from index.model import Answer, Hit

NOTE_MAX = 300
"""How the question was read; what is missing."""
TITLE_LINK_MAX = 400
EXCERPT_MAX = 200
"""Of a passage: about two lines."""


def read_as(answer: Answer) -> str:
    """Return how the question was read as a line of small print, "" where as it was asked."""
    if not answer.understood:
        return ""
    return fit(" ".join(f"{words.UNDERSTOOD}{answer.understood}".split()), NOTE_MAX, prefix="-# ")


def refusal(answer: Answer, limit: int) -> str:
    """Return what is missing, how the question was read, and the nearest passages."""
    lacking = words.nothing_about(answer.missing.mentioned, answer.missing.absent)
    notes = (words.REFUSED, fit(" ".join(lacking.split()), NOTE_MAX), read_as(answer))
    lines = [note for note in notes if note]
    if answer.nearest:
        lines += ["", words.CLOSEST]
        left = limit - sum(size(line) + 1 for line in lines)
        budget = left // len(answer.nearest) - 1
        lines += [_near(hit, budget) for hit in answer.nearest]
    return "\n".join(lines)


def _near(hit: Hit, limit: int) -> str:
    """Return the title as an entry of a list, and the beginning of the passage below."""
    heading = f"- {head(hit.article, min(TITLE_LINK_MAX, limit // 2))}"
    room = min(EXCERPT_MAX, limit - size(heading) - 1)
    return f"{heading}\n{fit(' '.join(hit.text.split()), room, prefix='> ')}".rstrip("\n")
