"""Summaries in the article's own sentences: the most central ones that say different things."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from index.answers.candidates import Candidate, is_heading, sentence_texts
from index.answers.facts import same_title
from index.answers.scoring import SentenceVectors
from index.model import Article, Hit
from index.models.embedder import Vectors
from index.store.snapshot import Snapshot

SENTENCES = 3

PASSAGES_READ = 8
"""Of a long article only its most central passages are read sentence by sentence."""

NOVELTY_WEIGHT = 0.5
"""Of maximal marginal relevance (Carbonell and Goldstein 1998): against repeating oneself."""

LEAD_BONUS = 0.15
"""News says what matters first: the first sentence's head start, falling to 0 at the end."""

TITLE_MAX = 200
"""Characters of a title that a request names in quotation marks."""

_TITLE = rf"[\"“„«](?P<title>.{{1,{TITLE_MAX}}})[\"”“»]"

_REQUEST = re.compile(
    rf"\bwhat(?:['’]s| is| was) {_TITLE} about\W*$"
    r"|\b(?:summari[sz]e|summary|sum up|tl;?dr|the gist|main points?|key points?|overview)\b"
    r"|\bwhat(?:'s| is| are| was) (?:it|this|that|the (?:article|story|news|text|piece)s?)"
    r"(?: (?:all|mainly|mostly))? about\b"
    r"|\bwhat does (?:the|this) (?:article|story|text|piece) say(?: overall)?\s*\?*$",
    re.IGNORECASE,
)

_REQUEST_WORDS = {
    "summarise", "summarize", "summary", "sum", "tldr", "tl", "dr", "gist", "main", "key", "point",
    "points", "overview", "story", "text", "piece", "short", "brief", "briefly", "whole", "full",
}  # fmt: skip


def is_request(question: str) -> bool:
    """Tell whether the question asks for a summary rather than for a fact."""
    return bool(_REQUEST.search(question))


def question_about(title: str) -> str:
    """Ask what an article is about; it is found by its title."""
    return f"What is “{title}” about?"


def article_named(request: str, articles: Iterable[Article]) -> Article | None:
    """Return the first article whose whole title stands in the request in quotation marks."""
    found = re.search(_TITLE, request)
    if found is None:
        return None
    return next((one for one in articles if same_title(one, found["title"])), None)


def topic(subject_words: Sequence[str]) -> str:
    """Return what the summary is to be of, in the asker's words; "" when any article will do."""
    return " ".join(word for word in subject_words if word.lower() not in _REQUEST_WORDS)


def summarise(snapshot: Snapshot, reading: SentenceVectors, article: Article) -> list[Candidate]:
    """Return the sentences that say most of the article, in no particular order."""
    hits = _central_passages(snapshot, article)
    found = [(hit, index, text) for hit in hits for index, text in enumerate(sentence_texts(hit))]
    vectors = np.concatenate(reading.of(hits))
    lead = np.linspace(LEAD_BONUS, 0.0, num=len(found), dtype=np.float32)
    headings = np.array([is_heading(text) for _, _, text in found], dtype=np.float32)
    relevance = _centrality(vectors) + lead - headings
    return [
        Candidate(*found[row], score=float(relevance[row]))
        for row in _diverse(vectors, relevance, SENTENCES)
    ]


def _central_passages(snapshot: Snapshot, article: Article) -> list[Hit]:
    """Return the opening and the passages nearest to the article's mean, in reading order."""
    key = (article.id, article.version)
    (_, vectors) = next(iter(snapshot.vectors([key])))
    nearest = np.argsort(-_centrality(vectors), kind="stable")[: PASSAGES_READ - 1]
    return [
        Hit(article, *found, score=0.0, dense=0.0, bm25=0.0)
        for n in sorted({0, *map(int, nearest)})
        if (found := snapshot.passage(article, n))
    ]


def _centrality(vectors: Vectors) -> Vectors:
    mean = vectors.mean(axis=0)
    similarity: Vectors = vectors @ (mean / (np.linalg.norm(mean) or 1.0))
    return similarity


def _diverse(vectors: Vectors, relevance: Vectors, limit: int) -> list[int]:
    """Choose rows by maximal marginal relevance."""
    chosen: list[int] = []
    while len(chosen) < min(limit, len(vectors)):
        repeats = (vectors @ vectors[chosen].T).max(axis=1) if chosen else np.zeros(len(vectors))
        scores = (1 - NOVELTY_WEIGHT) * relevance - NOVELTY_WEIGHT * repeats
        scores[chosen] = -np.inf
        chosen.append(int(scores.argmax()))
    return chosen
