"""What was asked and answered before, as far as a follow-up looks back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MAX_TURNS = 6
"""People refer to what was said just now; older turns would only add wrong antecedents."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as rewritten, and the sentences that answered it; None for a refusal."""

    question: str
    answer: str | None = None


def recent(pairs: Iterable[tuple[str, str | None]]) -> tuple[Turn, ...]:
    """The last turns of a conversation, from (question, answer) pairs, oldest first.

    White space is made single; pairs without a question are left out; a blank answer is a refusal.
    """
    turns = [Turn(_line(question), _line(answer or "") or None) for question, answer in pairs]
    return tuple([turn for turn in turns if turn.question][-MAX_TURNS:])


def _line(text: str) -> str:
    return " ".join(text.split())
