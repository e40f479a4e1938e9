"""Questions that the newest articles answer, for people who do not know what to ask."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from index.answers import speakers
from index.answers.summary_requests import TITLE_MAX, question_about
from index.model import Article
from index.store.snapshot import Snapshot

ARTICLES = 40
"""The newest ones are looked at for somebody who says something."""

PASSAGES = 4
"""Of each."""

MOST_OF_A_KIND = 6
"""Whether a question has an answer takes as long to find out as that answer."""

_LAST_NAMES = 2
"""Words of a name that a question has: before them titles stand."""


def proposed(snapshot: Snapshot, articles: Iterable[Article]) -> Iterator[str]:
    """Yield questions that are likely to have an answer, at most two for each article.

    `articles` are the newest first. Where they name few speakers, what they are about is asked.
    """
    newest = list(islice(articles, ARTICLES))
    speaking = (name for article in newest if (name := _speaker(snapshot, article)))
    for name in islice(speaking, MOST_OF_A_KIND):
        yield f"What did {' '.join(name.split()[-_LAST_NAMES:])} say?"
    titles = (article.title for article in newest if len(article.title) <= TITLE_MAX)
    yield from map(question_about, islice(titles, MOST_OF_A_KIND))


def turned(questions: Sequence[str], text: str) -> tuple[str, ...]:
    """Return questions in the same order, begun at one that depends on a text; "" is the first."""
    start = (
        zlib.crc32(text.strip().casefold().encode()) % len(questions) if text and questions else 0
    )
    return (*questions[start:], *questions[:start])


def _speaker(snapshot: Snapshot, article: Article) -> str | None:
    """Return a name whose words the article gives, one of several words if there is any."""
    names = [name for text in _texts(snapshot, article) for name in speakers.named(text)]
    return next((one for one in names if " " in one), names[0] if names else None)


def _texts(snapshot: Snapshot, article: Article) -> Iterator[str]:
    for n in range(PASSAGES):
        if found := snapshot.passage(article, n):
            yield found[1]
