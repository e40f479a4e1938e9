"""Whether a name is somebody's who speaks, by the words it stands among."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.conversation import lexicon
from index.conversation.turns import Turn

Speaks = Callable[[str], bool]
"""Whether the articles know a name (any case) as a speaker's."""

_BESIDE_WORDS = 2
"""`Trump later commented`: so many words may stand between a name and its verb."""


def is_speaker(name: str, texts: Iterable[str]) -> bool:
    """Whether in one of the texts the name has a title or stands before a verb of speaking.

    For a `Speaks`: pass the passages that a search for the name finds.
    """
    titles, verbs = "|".join(lexicon.TITLES), "|".join(lexicon.SPOKE)
    given = r"(?:[A-Z][\w.'’-]*\s+){0,2}"
    known = re.compile(
        rf"\b(?:{titles})\s+(?-i:{given})(?:{re.escape(name)})\b"
        rf"|\b{re.escape(name)}(?:,[^,.]{{1,60}},)?(?:\s+\w+){{0,{_BESIDE_WORDS}}}\s+(?:{verbs})\b",
        re.IGNORECASE,
    )
    return any(known.search(text) for text in texts)


def nobody(_name: str) -> bool:
    """A `Speaks` that knows no speakers."""
    return False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells a speaker: the texts of the earlier turns, then the articles."""

    texts: Sequence[str]
    in_articles: Speaks

    @classmethod
    def of(cls, turns: Iterable[Turn], speaks: Speaks) -> Evidence:
        """Gather it, asking the articles once for each name."""
        texts = [text for turn in turns for text in (turn.question, turn.answer) if text]
        return cls(texts, functools.cache(speaks))

    def of_speaker(self, name: str) -> bool:
        """Whether the name is somebody's who speaks."""
        return is_speaker(name, self.texts) or self.in_articles(name)
