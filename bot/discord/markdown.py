"""Articles' text as Discord markdown: escaped, cut to a length, linked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from bot.text import CUT, and_more, cut, size, visible
from index.model import Article, Span

if TYPE_CHECKING:
    from bot.places import Places

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


def timestamp(published: str | None, *, at: bool = False) -> str:
    """Return the date as each reader's own calendar writes it; what is no date stays words.

    With `at` the time stands beside it, if there is one.
    """
    if not published:
        return ""
    try:
        if len(published) <= len("2025-02-14"):
            at = False
            # Noon in UTC is the same day nearly everywhere.
            moment = datetime.combine(date.fromisoformat(published), time(12), UTC)
        else:
            moment = datetime.fromisoformat(published)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return f"<t:{int(moment.timestamp())}:{'f' if at else 'D'}>"
    except (ValueError, OverflowError):
        return escape(published[:40])


URL_MAX = 600
"""A longer link is left out, so that it never crowds out a quote."""

LEAD_WORDS = 10


def fit(text: str, limit: int, bold: Sequence[Span] = (), *, prefix: str = "") -> str:
    """Return `text` as markdown of at most `limit` UTF-16 units, cut after a word if it must be.

    Only where not even the first word fits is that word cut.
    """
    return cut(text, limit, lambda end: emphasise(text[:end], bold, prefix=prefix))


def fit_lines(
    lines: Sequence[str], limit: int, more: Callable[[int], str] | None = and_more
) -> str:
    """Return as many lines of markdown as fit; `more` says of how many others there are."""
    text = ""
    for n, line in enumerate(lines):
        longer = f"{text}\n{line}" if n else line
        left = f"\n{more(len(lines) - n)}" if more else ""
        if size(longer) + size(left) * (n < len(lines) - 1) > limit:
            return f"{text}{left}".strip()
        text = longer
    return text


def excerpt(quote: str, limit: int, bold: Sequence[Span], *, prefix: str = "") -> str:
    """Cut like `fit`, but begin later where the first bold words would otherwise be cut off."""
    whole = fit(quote, limit, bold, prefix=prefix)
    first = min(bold, default=Span(0, 0))
    if first.end <= limit // 2 or size(emphasise(quote, bold, prefix=prefix)) <= limit:
        return whole
    starts = [m.start() for m in re.finditer(r"\S+", quote) if m.start() <= first.start]
    start = starts[max(0, len(starts) - LEAD_WORDS)] if starts else 0
    lead = f"{CUT} " if start else ""
    moved = [Span(s.start - start + len(lead), s.end - start + len(lead)) for s in bold]
    return fit(lead + quote[start:], limit, moved, prefix=prefix)


def link(title: str, source: str | None, limit: int, place: str | None = None) -> str:
    """Return the title as a link to its source, or plain where the source is no web page.

    `place` is where it leads then instead: an address that is safe as it is.
    """
    title = " ".join(title.split())
    title = title if fit(title, limit) else "?"  # nothing is left of one of unseen characters
    url = safe_url(source) or place
    if url is None or size(url) > min(URL_MAX, limit // 2):
        return fit(title, limit)
    # Discord's pattern for links does not know escaped brackets.
    label = title.replace("[", "(").replace("]", ")")
    return f"[{fit(label, limit - size(url) - len('[]()'))}]({url})"


def article_link(article: Article, limit: int, places: Places | None) -> str:
    """Return an article's title as a link to its source, else to where the web page shows it."""
    return link(article.title, article.source, limit, places.of(article) if places else None)


def dated_link(article: Article, limit: int, places: Places | None) -> str:
    """Return `article_link` and the date of the article, if it has one."""
    return " · ".join(
        filter(None, (article_link(article, limit, places), timestamp(article.published)))
    )


def words_of(source: str | None, limit: int) -> str:
    """Return a source that is no link as words, else nothing."""
    return fit(" ".join((source or "").split()), limit) if not safe_url(source) else ""


WHOLE_MAX = 12
"""Words that are looked for as they are."""

END_WORDS = 6
"""Of the start and of the end, where the words are more."""


def scrolling_to(source: str | None, words: str) -> str | None:
    """Return a web page's link with the words to scroll to; any other source as it is."""
    url = safe_url(source)
    if url is None or not words.strip():
        return source
    page, _, place = url.partition("#")
    scrolling = f"{page}#{place.split(':~:')[0]}:~:text={_directive(words)}"
    return scrolling if size(scrolling) <= URL_MAX else url


def _directive(words: str) -> str:
    """Return start and end; neither may run over the end of a line, which a browser never does."""
    lines = [line.split() for line in words.split("\n") if line.strip()]
    first, last = lines[0], lines[-1]
    if len(lines) == 1 and len(first) <= WHOLE_MAX:
        return _encoded(first)
    return f"{_encoded(first[:END_WORDS])},{_encoded(last[-END_WORDS:])}"


def _encoded(words: Sequence[str]) -> str:
    # "-", "," and "&" mean something here; `quote` leaves the first of them.
    return quote(" ".join(words), safe="", errors="replace").replace("-", "%2D")
