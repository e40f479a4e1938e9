"""Mails that are pasted or saved as text, with the lines that say who wrote them and when."""

from __future__ import annotations

import re
from email.utils import parseaddr, parsedate_to_datetime

from index.sources.document import ParsedSource
from index.text.bylines import days

_FIELDS = {
    "author": ("from", "von", "de", "da", "van", "från", "fra"),
    "title": ("subject", "betreff", "objet", "asunto", "oggetto", "onderwerp", "ämne", "emne"),
    "published": (
        "date",
        "sent",
        "datum",
        "gesendet",
        "envoyé",
        "fecha",
        "enviado",
        "data",
        "sendt",
    ),
}
_NAMED = {name: field for field, names in _FIELDS.items() for name in names}

_LINE = re.compile(r"\*{0,2}([^\W\d_][\w-]{0,40}):\*{0,2}[^\S\n]*([^\n]*)(?:\n|\Z)")
_OTHER = re.compile(r"()[ \t]+(\S[^\n]*)(?:\n|\Z)")
"""Goes on from the line before."""

_FORWARDED = re.compile(r"\s*(?:-{2,}[^-\n]{1,60}-{2,}|begin forwarded message:)?\s*", re.I)

_REPLY = re.compile(r"\A(?:(?:re|fwd?|aw|wg|tr|rv|sv|vs)\s?:\s*)+", re.I)

_MIN_LINES = 3


def parse(text: str) -> ParsedSource:
    """Read a text, and take off the lines of a mail that stand above it."""
    start = _FORWARDED.match(text)
    end = start.end() if start else 0
    said: dict[str, str] = {}
    count = 0
    while line := _LINE.match(text, end) or (_OTHER.match(text, end) if count else None):
        if field := _NAMED.get((line[1] or "").casefold()):
            said.setdefault(field, line[2].strip())
        count += 1
        end = line.end()
    whole = count < _MIN_LINES or not any(map(str.isalnum, text[end:]))
    if whole or not (said.get("author") and said.get("title")):
        return ParsedSource(text)
    name = parseaddr(said["author"])[0] or said["author"]
    return ParsedSource(
        text[end:],
        title=_REPLY.sub("", said["title"]),
        author=None if "@" in name else name,
        published=_date(said.get("published", "")),
    )


def _date(said: str) -> str | None:
    """Return the time that a mail's header says, or the day that a program shows in its place."""
    try:
        return parsedate_to_datetime(said).isoformat()
    except (ValueError, IndexError, OverflowError):
        return next((day for _, day in days(said.replace(". ", " "))), None)
