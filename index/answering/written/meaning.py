"""Whom a sentence that begins with a pronoun means: the subject of the one before it."""

from __future__ import annotations

import re

from index.answering.written import wording

_PERSON = re.compile(r"\A(?:(he|she)|(his|her))\b(?!['’])", re.IGNORECASE)
_THING = re.compile(r"\A(?:they|it|their|its|this|these|that|those)\b", re.IGNORECASE)


def resolved(sentence: str, before: str | None) -> str | None:
    """The sentence with the name that `He` or `Her` means; None where nobody can tell.

    `before` is the sentence before it, None where that was not kept.
    """
    person = _PERSON.match(sentence)
    if not person:
        return None if before is None and _THING.match(sentence) else sentence
    subject = _subject(before) if before else None
    if subject is None:
        return None
    return f"{subject}{'’s' if person[2] else ''}{sentence[person.end() :]}"


def _subject(sentence: str) -> str | None:
    """The first name that begins a clause, else the first one."""
    names = wording.names(sentence)
    leading = (n for n in names if re.search(r"(?:\A|, )\Z", sentence[: sentence.find(n)]))
    return next(leading, next(iter(names), None))
