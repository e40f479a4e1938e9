"""What one question is asked of, and the words by which a passage is found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from index.model import Article, Space
from index.store.snapshot import ArticleVersion, Snapshot


@dataclass(frozen=True, slots=True)
class Scope:
    """Articles in the order given, by version; `passages` counts those of each, by space.

    `version` names their state (16 hex digits): it is another as soon as one of them is.
    """

    current: Mapping[ArticleVersion, Article]
    passages: Mapping[Space, Mapping[ArticleVersion, int]]
    languages: frozenset[str]
    version: str

    @classmethod
    def of(cls, articles: Iterable[Article]) -> Self:
        """Arrange articles for searching."""
        current: dict[ArticleVersion, Article] = {}
        passages: dict[Space, dict[ArticleVersion, int]] = {}
        for article in articles:
            key = (article.id, article.version)
            current[key] = article
            passages.setdefault(article.space, {})[key] = article.passages
        names = "\n".join(sorted(f"{article_id} {version}" for article_id, version in current))
        version = hashlib.sha256(names.encode()).hexdigest()[:16]
        return cls(current, passages, frozenset(a.language for a in current.values()), version)

    @property
    def only(self) -> Article | None:
        """The article, where it is a single one."""
        return next(iter(self.current.values())) if len(self.current) == 1 else None


class Scopes:
    """The scopes of whole spaces, made anew when something was published or removed."""

    def __init__(self) -> None:
        self._known: dict[tuple[Space, ...], tuple[int, Scope]] = {}

    def of(self, snapshot: Snapshot, spaces: Sequence[Space]) -> Scope:
        """All articles of the spaces, as the snapshot has them."""
        key = tuple(sorted(set(spaces)))
        generation, scope = self._known.get(key, (-1, None))
        if scope is None or generation != snapshot.generation:
            scope = Scope.of(snapshot.articles(key))
            self._known[key] = (snapshot.generation, scope)
        return scope
