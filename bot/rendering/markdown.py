"""Article words as Discord markdown that shows exactly those words.

Discord drops a backslash before any character that is neither letter, digit nor space, so what
could start something is escaped, not removed.
https://support.discord.com/hc/articles/210298617 lists what Discord reads as markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from urllib.parse import quote, urlsplit

from index.model import Span
from index.plain import INVISIBLE

_SPECIAL = re.compile(
    r"(?P<ping>@)(?=everyone|here)"
    r"|[\\*_~`|<\[\]@]"  # styles, links, spoilers, and everything in angle brackets
    r"|:(?=//|[\w+-]+:|[\w+-]*[^\W\d][\w+-]*\s*$)"  # https://, :smile:, :smile before our colon
    r"|(?<=discord\.gg)/|(?<=discord\.com)/|(?<=discordapp\.com)/",  # invites need no scheme
    re.IGNORECASE,
)
_LINE_START = re.compile(
    r"^(\s*)([#>]|[+-](?=[\s#]|$))"  # headings, quotes, lists, small print
    r"|^(\s*\d+)(\.)(?=\s|$)",  # 1. one
    re.MULTILINE,
)
_CONTROLS = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARKS = re.compile(r"\\(.)\u200b?|\*\*", re.DOTALL)
_UNSAFE_IN_LINK = re.compile(
    r"[\s()<>\[\]\"'\\^`{|}*\0-\x20\x7f]|@(?=everyone|here)", re.IGNORECASE
)


def escape(text: str, *, starts: bool = True) -> str:
    """Return markdown that shows `text`, one line or many, and does nothing else.

    `starts` tells whether the text is the start of a line (or of bold, where Discord looks for
    the same marks).
    """
    text = _SPECIAL.sub(_escaped, visible(text))
    return _LINE_START.sub(_escaped_start, text) if starts else text


def visible(text: str) -> str:
    """Return the text without what cannot be seen, or turns around what can."""
    return INVISIBLE.sub("", _SURROGATE.sub("\ufffd", _CONTROLS.sub(" ", text)))


def _escaped(match: re.Match[str]) -> str:
    # Whatever else fails, the words that call everybody are not there in one piece.
    return f"\\{match[0]}" + ("\u200b" if match["ping"] else "")


def _escaped_start(match: re.Match[str]) -> str:
    blank, mark, number, dot = match.groups(default="")
    return f"{blank}{number}\\{mark}{dot}"


def plain(markdown: str) -> str:
    """Return the words that `escape` and `emphasise` made markdown of."""
    return _MARKS.sub(lambda match: match[1] or "", markdown)


def emphasise(text: str, bold: Sequence[Span] = (), *, prefix: str = "") -> str:
    """Escape `text`, set the spans `bold` in bold, and begin every line with `prefix`.

    Bold never runs over the end of a line; lines without words are left out.
    """
    spans = _joined(text, bold)
    lines = (
        prefix + "".join(_pieces(text, Span(*line.span()), spans)).strip()
        for line in re.finditer(r"[^\n]+", text)
        if line[0].strip()
    )
    return "\n".join(lines)


def _pieces(text: str, line: Span, bold: Sequence[Span]) -> Iterator[str]:
    at = line.start
    for span in bold:
        start, end = max(span.start, at), min(span.end, line.end)
        words = text[start:end]
        start, end = (
            start + len(words) - len(words.lstrip()),
            end - len(words) + len(words.rstrip()),
        )
        if start >= end:
            continue
        yield escape(text[at:start], starts=at == line.start)
        yield f"**{escape(text[start:end])}**"
        at = end
    yield escape(text[at : line.end], starts=at == line.start)


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Clip spans to the text and join those with nothing but blanks between them."""
    joined: list[Span] = []
    for span in sorted(spans):
        start, end = max(span.start, 0), min(span.end, len(text))
        if start >= end:
            continue
        if joined and not text[joined[-1].end : start].strip():
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return joined


def safe_url(url: str | None) -> str | None:
    """Return an http(s) link in a form that cannot end a masked link early, else None."""
    try:
        parts = urlsplit((url or "").strip())
        parts.geturl().encode()
        if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
            return None
    except ValueError:  # a lone surrogate among them, which no request could carry
        return None
    return _UNSAFE_IN_LINK.sub(lambda match: quote(match[0], safe=""), parts.geturl())


def timestamp(published: str | None) -> str:
    """Return the date as each reader's own calendar writes it; what is no date stays words."""
    if not published:
        return ""
    try:
        if len(published) <= len("2025-02-14"):
            # Noon in UTC is the same day nearly everywhere.
            moment = datetime.combine(date.fromisoformat(published), time(12), UTC)
        else:
            moment = datetime.fromisoformat(published)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return f"<t:{int(moment.timestamp())}:D>"
    except (ValueError, OverflowError):
        return escape(published[:40])
