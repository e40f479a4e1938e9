"""Questions that the newest articles answer, for people who do not know what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.answers import speakers
from index.model import Article
from index.store.snapshot import Snapshot

ARTICLES = 8
"""The newest ones are looked at."""

PASSAGES = 4
"""Of each."""

_LAST_NAMES = 2
"""Words of a name that a question has: before them titles stand."""


def proposed(snapshot: Snapshot, articles: Iterable[Article]) -> Iterator[str]:
    """Yield questions that are likely to have an answer, at most one for each article."""
    for article in list(articles)[:ARTICLES]:
        names = [name for text in _texts(snapshot, article) for name in speakers.named(text)]
        if names:
            name = next((one for one in names if " " in one), names[0])
            yield f"What did {' '.join(name.split()[-_LAST_NAMES:])} say?"


def _texts(snapshot: Snapshot, article: Article) -> Iterator[str]:
    for n in range(PASSAGES):
        if found := snapshot.passage(article, n):
            yield found[1]
