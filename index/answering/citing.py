"""From chosen sentences to an answer: reading order, joined neighbours, numbered footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.answering.sentences import Candidate
from index.model import AnswerSentence, Citation, Span

Highlighter = Callable[[str, str], tuple[Span, ...]]
"""From a sentence and its language to the words that answer."""


@dataclass(frozen=True, slots=True)
class Cited:
    """The body of an answer."""

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]


def cite(chosen: Sequence[Candidate], highlight: Highlighter) -> Cited:
    """Put the best sentence's article first, each article in reading order; quote and number."""
    articles = list(dict.fromkeys(c.hit.article.id for c in chosen))
    ordered = sorted(chosen, key=lambda c: (articles.index(c.hit.article.id), c.span))
    sentences: list[AnswerSentence] = []
    citations: list[Citation] = []
    for number, run in enumerate(_runs(ordered), start=1):
        citations.append(_citation(number, run, highlight))
        sentences += [AnswerSentence(candidate.text, (number,)) for candidate in run]
    return Cited(tuple(sentences), tuple(citations))


def _runs(ordered: Iterable[Candidate]) -> list[list[Candidate]]:
    """Group sentences that follow one another in one passage."""
    runs: list[list[Candidate]] = []
    for candidate in ordered:
        last = runs[-1][-1] if runs else None
        if (
            last
            and last.hit.article.id == candidate.hit.article.id
            and last.hit.passage.n == candidate.hit.passage.n
            and last.index + 1 == candidate.index
        ):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return runs


def _citation(number: int, run: Sequence[Candidate], highlight: Highlighter) -> Citation:
    hit = run[0].hit
    span = Span(run[0].span.start, run[-1].span.end)
    offset = hit.passage.span.start
    return Citation(
        number=number,
        article=hit.article,
        span=span,
        quote=hit.text[span.start - offset : span.end - offset],
        highlights=tuple(
            Span(c.span.start - span.start + h.start, c.span.start - span.start + h.end)
            for c in run
            for h in highlight(c.text, hit.article.language)
        ),
    )
