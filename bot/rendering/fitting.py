"""Cutting to a length without cutting through a word, a link or a pair of marks.

Words are cut before they are escaped, so no mark is ever cut.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from bot.rendering.markdown import emphasise, safe_url, visible
from bot.rendering.payload import size
from index.model import Span

CUT = "…"
URL_MAX = 600
"""A longer link is left out, so that it never crowds out a quote."""
LEAD_WORDS = 10


def fit(text: str, limit: int, bold: Sequence[Span] = (), *, prefix: str = "") -> str:
    """Return `text` as markdown of at most `limit` UTF-16 units, cut after a word if it must be.

    Only where not even the first word fits is that word cut.
    """
    return _fit(text, limit, lambda end: emphasise(text[:end], bold, prefix=prefix))


def fit_plain(text: str, limit: int) -> str:
    """Cut a text that Discord shows as it is (the name of a choice)."""
    text = " ".join(visible(text).split())
    return _fit(text, limit, lambda end: text[:end])


def _fit(text: str, limit: int, render: Callable[[int], str]) -> str:
    whole = render(len(text))
    if size(whole) <= limit:
        return whole
    words = [match.end() for match in re.finditer(r"\S+", text)]
    for ends in (words, range(1, len(text))):
        # A longer prefix is a longer text, but for a unit or two: hence the second look.
        n = bisect_right(ends, limit - len(CUT), key=lambda end: size(render(end)))
        while n and size(render(ends[n - 1])) > limit - len(CUT):
            n -= 1
        if n:
            return render(ends[n - 1]) + CUT
    return CUT if limit >= len(CUT) else ""


def excerpt(quote: str, limit: int, bold: Sequence[Span], *, prefix: str = "") -> str:
    """Like `fit`, but begin later where the first bold words would otherwise be cut off."""
    whole = fit(quote, limit, bold, prefix=prefix)
    first = min(bold, default=Span(0, 0))
    if first.end <= limit // 2 or size(emphasise(quote, bold, prefix=prefix)) <= limit:
        return whole
    starts = [m.start() for m in re.finditer(r"\S+", quote) if m.start() <= first.start]
    start = starts[max(0, len(starts) - LEAD_WORDS)] if starts else 0
    lead = f"{CUT} " if start else ""
    moved = [Span(s.start - start + len(lead), s.end - start + len(lead)) for s in bold]
    return fit(lead + quote[start:], limit, moved, prefix=prefix)


def link(title: str, source: str | None, limit: int) -> str:
    """Return the title as a link to its source, or plain where the source is no web page."""
    title = " ".join(title.split())
    title = title if fit(title, limit) else "?"  # nothing is left of one of unseen characters
    url = safe_url(source)
    if url is None or size(url) > min(URL_MAX, limit // 2):
        return fit(title, limit)
    # Discord's pattern for links does not know escaped brackets.
    label = title.replace("[", "(").replace("]", ")")
    return f"[{fit(label, limit - size(url) - len('[]()'))}]({url})"


def words_of(source: str | None, limit: int) -> str:
    """Return a source that is no link as words, else nothing."""
    return fit(" ".join((source or "").split()), limit) if not safe_url(source) else ""
