"""Turns of a conversation, and what an answer only repeats of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.followups.english import bare
from index.text.times import TIME

MAX_TURNS = 6
"""People refer to what was said just now; older turns would only add wrong antecedents."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was read, and the sentences that answered it; None for a refusal.

    `article` is the id of the article that was asked or that answered, where that is known.
    """

    question: str
    answer: str | None = None
    article: str | None = None


_WHY = re.compile(
    r"(?:why|how come)(?: not| so| exactly)?"
    r"|why (?:did|does|do|would) (?:\w+ )?\w+ (?:say|think|claim) (?:so|that|this|it)"
    r"|(?:who|anyone) else",
    re.IGNORECASE,
)

_HOW = re.compile(
    r"(?:why|(?:for )?how (?:did|does|do|could|can|was|is|long|often))\b", re.IGNORECASE
)

_WHEN = re.compile(
    r"when(?P<said> (?:did|does|was|has) [\w.'’ -]{1,40} (?:say|said|claim|claimed|announce"
    r"|announced) (?:that|this|so|it))?",
    re.IGNORECASE,
)

_TIME = re.compile(TIME, re.IGNORECASE)

_IN_WORDS = re.compile(r"[\"“][^\"”]*[\"”]?|\b(?:say|said|claim|announce)\w*\s+that\b.*", re.DOTALL)
"""What somebody says, which tells nothing of when."""

_SINCE = re.compile(r"\bsince\b[^,.;]*", re.IGNORECASE)


def only_repeats(
    text: str, sentences: Iterable[str], turns: Sequence[Turn], *, sure: bool = True
) -> bool:
    """Tell whether a follow-up is answered only with what was said before, which is no answer.

    `text` is the follow-up as typed. To `when?` the same sentence may well be the answer, if it has
    a time; to `why?` it is none, nor to another `how` unless the reader is sure.
    """
    answers = [turn.answer for turn in turns if turn.answer]
    found = list(sentences)
    if not answers or not all(any(s in answer for answer in answers) for s in found):
        return False
    said = bare(text)
    if when := _WHEN.fullmatch(said):
        told = (_IN_WORDS.sub("", one) if when["said"] else one for one in found)
        return not any(_TIME.search(_SINCE.sub("", one)) for one in told)
    return bool(_WHY.fullmatch(said) or (not sure and _HOW.match(said)))


def asks_why(text: str) -> bool:
    """Tell whether a follow-up asks for a reason, or for others, of what was said before."""
    return bool(_WHY.fullmatch(bare(text)))
