"""Whose words "What does the town say?" asks for: a role or a group, by any of its names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answers import speakers
from index.answers.alone import stands_alone

_ALIKE = tuple(
    frozenset(line.split())
    for line in (
        "town city council municipality borough village mayor alderman alderwoman councillor"
        " authoritie authority administration hall",
        "police officer inspector detective constable sergeant superintendent investigator",
        "government minister ministry cabinet state chancellor secretary president premier",
        "company firm operator manufacturer maker manager management director boss chief executive",
        "club coach captain player team manager trainer chairman",
        "union worker staff employee dispute striker",
    )
)
"""What speaks for the same, in the singular; followups/lists/roles.txt has no such groups."""

SUBJECT_WORDS = 4
"""Of the sentence before, in which who is spoken of stands."""

_WORD = re.compile(r"[^\W_]+")


def role_asked_for(question: str) -> frozenset[str]:
    """Return the words for the role whose words are asked for; none where it is a name or "he"."""
    phrase = speakers.role_phrase(question)
    own = frozenset(_words(phrase.split(" of ")[0]))
    return own.union(*(alike for alike in _ALIKE if alike & own))


def speaker_lacks_role(role: frozenset[str], sentences: Sequence[str], index: int) -> bool:
    """Tell whether a sentence gives the words of one by name, who has not this role.

    The role, or what speaks for the same, stands elsewhere among the passage's sentences: else
    the article may call it anything.
    """
    names = [name.split()[-1] for name in speakers.named(sentences[index])] if role else []
    if not names or not any(role.intersection(_words(text)) for text in sentences):
        return False
    before = sentences[index - 1] if index and not stands_alone(sentences[index]) else ""
    if role.intersection((*_words(sentences[index]), *_words(before)[:SUBJECT_WORDS])):
        return False
    own = (text for text in sentences if role.intersection(_words(text)))
    return not any(name in text for text in own for name in names)


def _words(text: str) -> list[str]:
    return [word.casefold().removesuffix("s") for word in _WORD.findall(text)]
