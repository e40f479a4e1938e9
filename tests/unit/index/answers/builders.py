"""Hits and questions made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from index.answers.candidates import Candidate, sentence_texts
from index.answers.question import Question
from index.model import PUBLIC, Article, Hit, Passage, Span
from index.models.embedder import HashingEmbedder
from index.search.bm25 import analyze, field_of
from index.text import sentences

EMBEDDER = HashingEmbedder()


def article(id_: str = "a", title: str = "Title") -> Article:
    """An article of one passage."""
    return Article(
        id=id_,
        space=PUBLIC,
        version="1",
        title=title,
        source=None,
        published=None,
        author=None,
        language="en",
        origin=None,
        added="2026-01-01T00:00:00+00:00",
        words=1,
        passages=1,
    )


def hit(
    text: str, *, of: Article | None = None, n: int = 0, offset: int = 0, score: float = 1.0
) -> Hit:
    """A passage that begins at `offset` of its article."""
    spans = [
        Span(s.start + offset, s.end + offset)
        for s in sentences.sentences(text, title="", language="en")
    ]
    passage = Passage(0, Span(offset, offset + len(text)), tuple(spans))
    return Hit(of or article(), passage, text, score, dense=0.5, bm25=1.0)


def question(
    text: str, weights: Mapping[str, float] | None = None, names: Sequence[str] = ()
) -> Question:
    """A question whose words all weigh the same, unless told otherwise."""
    terms = analyze(text, field_of("en"))
    by_term = dict.fromkeys(terms, 1.0)
    for word, weight in (weights or {}).items():
        by_term |= dict.fromkeys(analyze(word, field_of("en")), weight)
    return Question(text, EMBEDDER.embed([text])[0], {"en": by_term}, names)


def candidates(text: str, *, scores: Iterable[float], good_enough: float = 99.0) -> list[Candidate]:
    """The sentences of one passage with these scores, best first."""
    one = hit(text)
    found = [
        Candidate(one, index, sentence, float(score), good_enough=score >= good_enough)
        for index, (sentence, score) in enumerate(zip(sentence_texts(one), scores, strict=False))
    ]
    return sorted(found, key=lambda c: -c.score)
