"""Questions that go on from earlier ones, in Discord and in the terminal alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.conversation import Turn, is_speaker, only_repeats, understood

if TYPE_CHECKING:
    from index.library import Library
    from index.model import Answer, Space

SPEAKER_HITS = 5
"""Passages in which a name of a follow-up is looked for among those who say something."""


def ask_on(
    library: Library,
    question: str,
    turns: Sequence[Turn],
    spaces: Sequence[Space],
    *,
    article_id: str | None = None,
    threshold: float | None = None,
    whole: str | None = None,
) -> Answer:
    """Ask a question that may go on from earlier turns, oldest first.

    `whole` is how a language model made it whole, if one did. An answer that only repeats what
    was said is a refusal. Raises UnknownArticle.
    """

    def speaks(name: str) -> bool:
        hits = library.search(name, spaces, article_id=article_id, limit=SPEAKER_HITS)
        return is_speaker(name, (hit.text for hit in hits))

    asked = whole or understood(question, turns, speaks)
    answer = library.ask(asked, spaces, article_id=article_id, threshold=threshold)
    if asked == question:
        return answer
    if only_repeats(question, [sentence.text for sentence in answer.sentences], turns):
        answer = replace(answer, answered=False, sentences=(), citations=())
    return replace(answer, question=question, understood=answer.understood or asked)


def turn(answer: Answer) -> Turn:
    """Return an answer as a turn of its conversation."""
    return Turn(answer.understood or answer.question, answer.text if answer.answered else None)
