"""Whether a name is somebody's who speaks, by the words it stands among."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from index.answering.conversation import lexicon

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
