"""What office files say of themselves: in metadata, often wrongly, and in their first lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.sources.decoding import clean
from index.sources.document import ParsedSource, iso_date, one_line
from index.text.bylines import days, writer

_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
"""Ligatures, which questions do not contain, as letters."""

_PRINT = str.maketrans({**_LIGATURES, "\u00ad": None})
_SOFT_HYPHEN_END = re.compile("\u00ad\\s*\\Z")

OPENING_BLOCKS = 12
_LINE_MAX_CHARS = 100
_ROW = re.compile(r"\| [^|]*\|[^|]*\|[^|]*\|")
"""Of a table of three columns; two are at times a page's head, with its date."""

_HEADLINE_MAX_CHARS = 200
_HEADLINE_MIN_LETTERS = 4

_NO_TITLE = re.compile(
    # What programs and templates write: a file's name, "Microsoft Word - draft3", "Document1".
    r"\s*(?:.*\.(?:docx?|dotx?|pdf|indd|qxp|rtf|odt|pptx?|xlsx?|txt|tex|html?)|untitled.*"
    r"|\(anonymous\)|microsoft \w+ - .*|.*\btemplate\b.*"
    r"|(?:slide|(?:word )?document|presentation|dokument)\s*\d*)\s*",
    re.I | re.S,
)

_NO_AUTHOR = re.compile(
    r"\s*(?:python-docx|(?:microsoft )?office.*|microsoft.*|user|owner|admin(?:istrator)?|root"
    r"|unknown|\(?anonymous\)?|\(?unspecified\)?|author|[\W\d_]*|.*\\.*)\s*",
    re.I | re.S,
)


def printed(text: str) -> str:
    """Return a line with single blanks, letters for ligatures, and soft hyphens as they show."""
    return " ".join(_SOFT_HYPHEN_END.sub("-", text).translate(_PRINT).split())


def describe(file: ParsedSource, opening: Sequence[str], headline: str | None) -> ParsedSource:
    """Return a file with the title, author and date that readers see, else those it states.

    The day of publication is that which a short line of the `opening` names, outside of tables.
    """
    lines = [line for line in opening if len(line) <= _LINE_MAX_CHARS and not _ROW.match(line)]
    author = one_line(clean(file.author or ""))
    return ParsedSource(
        file.text,
        title=_title(opening, one_line(clean(file.title or "")), headline),
        published=_date(lines),
        author=next(filter(None, map(writer, lines)), None)
        or (None if _NO_AUTHOR.fullmatch(author) else author),
        made=file.made and iso_date(file.made),
    )


def _title(opening: Sequence[str], named: str, headline: str | None) -> str | None:
    """Choose the title in the properties if it is seen in the opening, else the headline."""
    if _NO_TITLE.fullmatch(named) or not any(map(str.isalpha, named)):
        named = ""
    if named and _flat(named) in _flat(" ".join(opening)):
        return named
    if (
        headline
        and len(headline) <= _HEADLINE_MAX_CHARS
        and sum(map(str.isalpha, headline)) >= _HEADLINE_MIN_LETTERS
    ):
        return headline
    return named or None


def _flat(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _date(lines: Sequence[str]) -> str | None:
    """Return the first line's date, unless it names two, as "1 to 3 May" events do."""
    for line in lines:
        found = {day for _, day in days(line)}
        if len(found) == 1:
            return found.pop()
    return None
