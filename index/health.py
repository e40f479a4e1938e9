"""What can be said about the state of a data folder."""

from __future__ import annotations

from index.catalog import Snapshot
from index.lexical_follower import LexicalFollower
from index.model import Health
from index.vectors import Follower
from index.vectors.follower import ELSEWHERE

CHROMA_SECONDS = 5.0
"""How long a check waits for Chroma to start."""


def examine(
    snapshot: Snapshot, embedder: str, words: LexicalFollower, vectors: Follower | None
) -> Health:
    """Check the database and how far the indexes are in step with it."""
    articles = snapshot.articles(snapshot.spaces())
    searchable = sum(words.versions.get((a.id, a.version), 0) for a in articles)
    problems = [(damage, "restore a backup: footnote restore FILE") for damage in snapshot.damage()]
    if vectors and not vectors.wait(CHROMA_SECONDS) and ELSEWHERE not in vectors.state:
        problems.append((f"Chroma is {vectors.state}", "questions are searched exactly meanwhile"))
    return Health(
        articles=len(articles),
        passages=sum(article.passages for article in articles),
        spaces=len({article.space for article in articles}),
        embedder=embedder,
        vectors=vectors.state if vectors else "not in use, exact search",
        words=f"{searchable} passages",
        problems=tuple(problems),
    )
