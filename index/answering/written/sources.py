"""The passages that a model may write from: those that answer first, then the nearest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index import segment
from index.answering.written.wording import LANGUAGE
from index.model import Answer, Citation, Hit, Passage, Span

MOST_SOURCES = 6


@dataclass(frozen=True, slots=True)
class Source:
    """A passage and the number by which the model cites it, from 1."""

    number: int
    hit: Hit


def sources_of(answer: Answer) -> tuple[Source, ...]:
    """The passages behind an answer; none where it rests on a language that is not checked."""
    if any(c.article.language != LANGUAGE for c in answer.citations):
        return ()
    cited = [_hit(citation, answer) for citation in answer.citations]
    near = [hit for hit in answer.hits if hit.article.language == LANGUAGE]
    hits = {(hit.article.id, hit.passage.span): hit for hit in (*cited, *near)}
    return tuple(Source(n, hit) for n, hit in enumerate([*hits.values()][:MOST_SOURCES], start=1))


def _hit(citation: Citation, answer: Answer) -> Hit:
    """The passage that a citation is of; the quote alone where a summary took it elsewhere."""
    found = (hit for hit in answer.hits if _within(citation, hit))
    return next(found, None) or Hit(
        citation.article, _passage(citation), citation.quote, score=1.0, dense=0.0, bm25=0.0
    )


def _within(citation: Citation, hit: Hit) -> bool:
    span = hit.passage.span
    same = hit.article.id == citation.article.id
    return same and span.start <= citation.span.start and citation.span.end <= span.end


def _passage(citation: Citation) -> Passage:
    sentences = tuple(_sentences(citation)) or (citation.span,)
    return Passage(0, citation.span, sentences)


def _sentences(citation: Citation) -> Iterator[Span]:
    start = citation.span.start
    for span in segment.sentences(citation.quote, title="", language=citation.article.language):
        yield Span(start + span.start, start + span.end)
