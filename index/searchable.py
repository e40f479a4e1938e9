"""The words by which a passage is found: its article's heading over its own. Never quoted."""

from __future__ import annotations

from collections.abc import Iterable

from index.model import Article, Document, Passage


def heading(article: Article | Document) -> str:
    """Title, publisher and date of an article."""
    is_link = article.source is not None and "://" in article.source
    publisher = None if is_link else article.source
    return " · ".join(part for part in (article.title, publisher, article.published) if part)


def searchable(article: Article | Document, text: str, passages: Iterable[Passage]) -> list[str]:
    """Put the heading over the words of each passage of `text`."""
    above = heading(article)
    return [f"{above}\n{passage.span.of(text)}" for passage in passages]
