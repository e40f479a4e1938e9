"""The words by which a passage is found: its article's heading over its own. Never quoted."""

from __future__ import annotations

from collections.abc import Iterable

from index.model import Article, Document, Passage


def searchable(article: Article | Document, text: str, passages: Iterable[Passage]) -> list[str]:
    """Put title, publisher and date over the words of each passage of `text`."""
    is_link = article.source is not None and "://" in article.source
    publisher = None if is_link else article.source
    heading = " · ".join(part for part in (article.title, publisher, article.published) if part)
    return [f"{heading}\n{passage.span.of(text)}" for passage in passages]
