"""Links that make a browser scroll to words and mark them.

`#:~:text=start` or, for many words, `#:~:text=start,end`:
https://wicg.github.io/scroll-to-text-fragment/#syntax
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from bot.rendering.fitting import URL_MAX
from bot.rendering.markdown import safe_url
from bot.rendering.payload import size

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
