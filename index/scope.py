"""What one question is asked of: the current versions that the asker may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from index.catalog import ArticleVersion
from index.model import Article, Space


@dataclass(frozen=True, slots=True)
class Scope:
    """Articles in the order given, by version; `passages` counts those of each, by space."""

    current: Mapping[ArticleVersion, Article]
    passages: Mapping[Space, Mapping[ArticleVersion, int]]
    languages: frozenset[str]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        """Arrange articles for searching."""
        current: dict[ArticleVersion, Article] = {}
        passages: dict[Space, dict[ArticleVersion, int]] = {}
        for article in articles:
            key = (article.id, article.version)
            current[key] = article
            passages.setdefault(article.space, {})[key] = article.passages
        return cls(current, passages, frozenset(a.language for a in current.values()))

    @property
    def only(self) -> Article | None:
        """The article, where it is a single one."""
        return next(iter(self.current.values())) if len(self.current) == 1 else None
