"""Answers that tell a conversation nothing new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.answering.conversation.turns import Turn

_ASKS_FOR_MORE = re.compile(r"^(?:why|how come|what else|who else|which other)\b", re.IGNORECASE)


def only_repeats(question: str, sentences: Iterable[str], turns: Sequence[Turn]) -> bool:
    """Whether a question for a reason, or for more, is answered with sentences already given.

    `question` is as understood. Of `When did he say that?` the same sentence may well be the
    answer; to `Why?` it is none, and a caller should refuse.
    """
    told = [turn.answer for turn in turns if turn.answer]
    repeated = all(any(s in answer for answer in told) for s in sentences)
    return bool(_ASKS_FOR_MORE.match(question)) and bool(told) and repeated
