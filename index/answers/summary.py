"""Summaries in the article's own sentences: its opening and what is most central beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from index.answers.alone import stands_alone
from index.answers.candidates import Candidate, is_heading, sentence_texts
from index.answers.facts import same_title
from index.answers.scoring import SentenceVectors
from index.answers.summary_requests import title_named
from index.model import Article, Hit
from index.models.embedder import Vectors
from index.store.snapshot import Snapshot
from index.text.sentences import count_words

SENTENCES = 3

PASSAGES_READ = 8
"""Of a long article only its beginning and its most central passages are read by sentence."""

OPENING_PASSAGES = 2

NOVELTY_WEIGHT = 0.35
"""Of maximal marginal relevance (Carbonell and Goldstein 1998): against repeating oneself."""

LEAD_BONUS = 0.4
"""News says what matters first: the head start of the first sentence, which opens the summary."""

LEAD_SENTENCES = 5
"""After so many sentences the head start has fallen to a third, as exp(-1)."""

DRAWBACK = 0.25
"""Taken from a sentence that cannot stand alone, is mostly somebody's words, or is very
short or long."""

MIN_WORDS, MAX_WORDS = 8, 45

ARTICLES = 1_000
"""The newest, among which a title is looked up; older ones are found by searching for it."""


def article_named(request: str, articles: Iterable[Article]) -> Article | None:
    """Return the first article whose whole title stands in the request in quotation marks."""
    title = title_named(request)
    return next((one for one in articles if title and same_title(one, title)), None)


def summarise(snapshot: Snapshot, reading: SentenceVectors, article: Article) -> list[Candidate]:
    """Return the article's opening and the sentences that say most beside it, the best first.

    Beside the first three sentences, judged by eye on nine articles of Wikinews and the seed:
    better on four, where the article has several subjects; the same on three; worse on three.
    """
    hits = _passages_read(snapshot, article)
    found = [(hit, index, text) for hit in hits for index, text in enumerate(sentence_texts(hit))]
    vectors = np.concatenate(reading.of(hits))
    places = np.arange(len(found), dtype=np.float32)
    lead = LEAD_BONUS * np.exp(-places / LEAD_SENTENCES)
    drawbacks = np.array([_drawbacks(text) for _, _, text in found], dtype=np.float32)
    relevance = _centrality(vectors) + lead - drawbacks
    opening = int((lead - drawbacks).argmax())
    return [
        Candidate(*found[row], score=float(relevance[row]))
        for row in _diverse(vectors, relevance.astype(np.float32), opening)
    ]


def _drawbacks(text: str) -> float:
    """Return what is taken from a sentence; a heading says nothing at all."""
    quoted = sum(len(quote) for quote in _QUOTED.findall(text))
    drawbacks = (
        not stands_alone(text),
        2 * quoted > len(text),
        not MIN_WORDS <= count_words(text) <= MAX_WORDS,
        bool(_GOES_ON.match(text)),
        text.rstrip().endswith("?"),
    )
    return is_heading(text) + DRAWBACK * sum(drawbacks)


_GOES_ON = re.compile(r"[a-z]|(?:Th(?:is|ese|ose)|That|Such|But|And|Also|However|Meanwhile)\b")
"""The beginnings of a sentence that is about what stands before it."""

_QUOTED = re.compile(r"[\"“][^\"”]{1,1000}[\"”]?")


def _passages_read(snapshot: Snapshot, article: Article) -> list[Hit]:
    """Return the beginning and the passages nearest to the article's mean, in reading order."""
    key = (article.id, article.version)
    (_, vectors) = next(iter(snapshot.vectors([key])))
    nearest = np.argsort(-_centrality(vectors), kind="stable")
    chosen = [*range(min(OPENING_PASSAGES, len(nearest))), *map(int, nearest)]
    return [
        Hit(article, *found, score=0.0, dense=0.0, bm25=0.0)
        for n in sorted(list(dict.fromkeys(chosen))[:PASSAGES_READ])
        if (found := snapshot.passage(article, n))
    ]


def _centrality(vectors: Vectors) -> Vectors:
    mean = vectors.mean(axis=0)
    similarity: Vectors = vectors @ (mean / (np.linalg.norm(mean) or 1.0))
    return similarity


def _diverse(vectors: Vectors, relevance: Vectors, opening: int) -> list[int]:
    """Choose the opening and further rows by maximal marginal relevance."""
    chosen = [opening]
    while len(chosen) < min(SENTENCES, len(vectors)):
        repeats = (vectors @ vectors[chosen].T).max(axis=1)
        scores = (1 - NOVELTY_WEIGHT) * relevance - NOVELTY_WEIGHT * repeats
        scores[chosen] = -np.inf
        chosen.append(int(scores.argmax()))
    return chosen
