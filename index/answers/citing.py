"""From chosen sentences to an answer: reading order, joined neighbours, numbered footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from index.answers.candidates import Candidate
from index.model import AnswerSentence, Article, Citation, Span


class Cited(NamedTuple):
    """The body of an answer."""

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]


def cite(chosen: Sequence[Candidate], elsewhere: Mapping[str, Sequence[Article]]) -> Cited:
    """Put the newest article first, each article in reading order; quote and number.

    `elsewhere` are further articles with the same wording.
    """
    articles = _newest_first({c.hit.article.id: c.hit.article for c in chosen}.values())
    ordered = sorted(chosen, key=lambda c: (articles.index(c.hit.article.id), c.span))
    sentences: list[AnswerSentence] = []
    citations: list[Citation] = []
    for number, run in enumerate(_runs(ordered), start=1):
        citations.append(_citation(number, run, elsewhere))
        sentences += [AnswerSentence(candidate.text, (number,)) for candidate in run]
    return Cited(tuple(sentences), tuple(citations))


def _newest_first(articles: Iterable[Article]) -> list[str]:
    """Return ids by date, newest first; undated ones last, as they were given."""
    dated = sorted(articles, key=lambda article: article.published or "", reverse=True)
    return [article.id for article in dated]


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


def _citation(
    number: int, run: Sequence[Candidate], elsewhere: Mapping[str, Sequence[Article]]
) -> Citation:
    hit = run[0].hit
    span = Span(run[0].span.start, run[-1].span.end)
    offset = hit.passage.span.start
    also = {a.id: a for c in run for a in elsewhere.get(c.wording, ()) if a.id != hit.article.id}
    return Citation(
        number=number,
        article=hit.article,
        span=span,
        quote=hit.text[span.start - offset : span.end - offset],
        highlights=tuple(
            Span(c.span.start - span.start + words.start, c.span.start - span.start + words.end)
            for c in run
            for words in c.words
        ),
        also=tuple(also[id_] for id_ in _newest_first(also.values())),
    )
