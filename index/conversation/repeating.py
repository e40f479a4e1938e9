"""Answers that tell a conversation nothing new."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.conversation.frames import bare
from index.conversation.turns import Turn

_ASKS_FOR_MORE = re.compile(
    r"^(?:(?:why|how come)(?: not| so| exactly)?"
    r"|why (?:did|does|do|would) (?:\w+ )?\w+ (?:say|think|claim) (?:so|that|this|it)"
    r"|(?:what|who|anything|anyone) else|(?:tell me )?more(?: please)?|go on)$",
    re.IGNORECASE,
)


def only_repeats(text: str, sentences: Iterable[str], turns: Sequence[Turn]) -> bool:
    """Whether who asks why, or for more, is answered with sentences given before.

    `text` is the follow-up as typed. To `when?` the same sentence may well be the answer; to
    `why?` it is none, and a caller should refuse.
    """
    told = [turn.answer for turn in turns if turn.answer]
    repeated = all(any(s in answer for answer in told) for s in sentences)
    return bool(_ASKS_FOR_MORE.match(bare(text))) and bool(told) and repeated
