"""Articles as the sources of an answer: a title with its link, and the quote below."""

from __future__ import annotations

from collections.abc import Sequence

from bot import words
from bot.rendering.fitting import excerpt, link, words_of
from bot.rendering.markdown import timestamp
from bot.rendering.payload import size
from index.model import Article, Citation

HEAD_MAX = 500
SOURCE_MAX = 80
ALSO_MAX = 300
ALSO_AROUND = 60
"""For the words beside a title, its date and the count of further ones."""


def footnote(citation: Citation, limit: int) -> str:
    """Return title, source and date on one line, the quote below, and who has it too."""
    also = _also(citation.also, min(ALSO_MAX, limit // 3))
    limit -= size(also)
    heading = head(citation.article, min(HEAD_MAX, limit // 2))
    quote = excerpt(citation.quote, limit - size(heading) - 1, citation.highlights, prefix="> ")
    return f"{heading}\n{quote}".rstrip("\n") + also


def head(article: Article, limit: int) -> str:
    """Return the title, the source's words where it is no link, and the date."""
    tail = "".join(
        f" · {part}"
        for part in (words_of(article.source_or_file, SOURCE_MAX), timestamp(article.published))
        if part
    )
    if size(tail) > limit // 2:
        tail = ""
    return link(article.title, article.source, limit - size(tail)) + tail


def _also(articles: Sequence[Article], limit: int) -> str:
    """Return a line that names further articles, as many as fit, and counts the rest."""
    line, named = "", list[str]()
    for article in articles:
        title = link(article.title, article.source, limit - ALSO_AROUND)
        date = timestamp(article.published)
        named.append(f"{title} · {date}" if date else title)
        longer = f"\n-# {words.also_in(named, len(articles) - len(named))}"
        if size(longer) > limit:
            break
        line = longer
    return line
