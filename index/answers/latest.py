"""The latest on a topic: of the articles that bear on it the newest, a sentence of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.answers.candidates import Candidate, Judge, Judged, is_heading, sentence_texts
from index.answers.question import Question
from index.model import Article, Hit
from index.store.snapshot import Snapshot

ARTICLES = 4
"""Told of at most."""

LOOKED_AT = 8
"""Articles whose sentences are judged, newest first: each takes about as long as an answer."""

HITS = 40
"""Passages among which the articles are found."""

HITS_OF_EACH = 2

NEAR = 0.5
"""Of the best passage's hybrid score: what an article's best needs to be looked at."""

_NEWS = r"(?:news|update|development|headline|article|report|stor(?:y|ie))s?"

_ON = r"(?:on|about|with|from|in|regarding|concerning|around)"

_REQUEST = re.compile(
    rf"\b(?:latest|newest|most recent)(?: {_NEWS})?(?: {_ON}\b| *[?!.]*$)"
    rf"|\b(?:latest|newest|most recent|recent) {_NEWS}\b"
    rf"|\b(?:what['’]?s|what is|anything|something) new(?: {_ON}\b| *[?!.]*$)"
    rf"|\bany (?:news|updates?)\b"
    rf"|^(?:the )?(?:news|updates?) {_ON}\b",
    re.IGNORECASE,
)

_REQUEST_WORDS = {
    "latest", "newest", "most", "recent", "recently", "new", "news", "update", "updates",
    "development", "developments", "headline", "headlines", "article", "articles", "report",
    "reports", "story", "stories", "regarding", "concerning", "around", "today", "anything",
    "what's", "what’s", "whats",
}  # fmt: skip


def is_request(question: str) -> bool:
    """Tell whether the question asks for what is newest rather than for a fact."""
    return bool(_REQUEST.search(question.strip()))


def topic(subject_words: Sequence[str]) -> str:
    """Return what the news is to be on, in the asker's words; "" when any will do."""
    return " ".join(word for word in subject_words if word.lower() not in _REQUEST_WORDS)


def on_topic(judge: Judge, question: Question, hits: Sequence[Hit], needed: float) -> Judged:
    """Return the best sentence of each of the newest articles that bear on the topic.

    `hits` are those of the topic, best first; an article bears on it from a probability of `needed`
    on. The probability returned is the highest, also where nothing does.
    """
    by_article: dict[str, list[Hit]] = {}
    for hit in hits:
        by_article.setdefault(hit.article.id, []).append(hit)
    least = NEAR * hits[0].score if hits else 0.0
    near = [found for found in by_article.values() if found[0].score >= least]
    near.sort(key=lambda found: _date(found[0].article), reverse=True)
    highest, chosen = 0.0, list[Candidate]()
    for found in near[:LOOKED_AT]:
        judged = judge.judge(question, found[:HITS_OF_EACH])
        highest = max(highest, judged.probability)
        if judged.probability >= needed:
            chosen.append(_prose(judged.ranked))
        if len(chosen) == ARTICLES:
            break
    return Judged(chosen, highest)


def openings(snapshot: Snapshot, articles: Iterable[Article]) -> list[Candidate]:
    """Return the first sentence of each of the newest articles."""
    newest = sorted(articles, key=_date, reverse=True)[:ARTICLES]
    found = ((article, snapshot.passage(article, 0)) for article in newest)
    return [_opening(Hit(a, *first, score=0.0, dense=0.0, bm25=0.0)) for a, first in found if first]


def _opening(hit: Hit) -> Candidate:
    return _prose([Candidate(hit, n, text, 0.0) for n, text in enumerate(sentence_texts(hit))])


def _prose(ranked: Sequence[Candidate]) -> Candidate:
    """Return the first that is no heading, else the first."""
    return next((c for c in ranked if not is_heading(c.text)), ranked[0])


def _date(article: Article) -> str:
    """When it was published or, where that is not known, added (ISO 8601 sorts by time)."""
    return article.published or article.added
