"""From chosen sentences to an answer: reading order, joined neighbours, numbered footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from index.answers.candidates import Candidate, says_otherwise
from index.answers.updates import differ, tells_of_change
from index.dates import is_before, newest_first
from index.model import AnswerSentence, Article, Citation, Span
from index.text.normalise import same_words


class Cited(NamedTuple):
    """The body of an answer."""

    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]


def cite(chosen: Sequence[Candidate], ranked: Sequence[Candidate] = ()) -> Cited:
    """Put the newest article first, each article in reading order; quote and number.

    Of different values, where the order is unknown, what tells of a change comes first, then what
    was added later. Among `ranked` further articles with the same words are found.
    """
    latest = sorted(chosen, key=_likely_latest, reverse=True)
    articles = newest_first({c.hit.article.id: c.hit.article for c in latest}.values())
    ids = [article.id for article in articles]
    ordered = sorted(chosen, key=lambda c: (ids.index(c.hit.article.id), c.span))
    sentences: list[AnswerSentence] = []
    citations: list[Citation] = []
    for number, run in enumerate(_runs(ordered), start=1):
        citations.append(_citation(number, run, ranked))
        sentences += [
            AnswerSentence(one.text, (number,), earlier=_is_replaced(one, ordered)) for one in run
        ]
    return Cited(tuple(sentences), tuple(citations))


def _likely_latest(one: Candidate) -> tuple[bool, str]:
    return (tells_of_change(one.text), one.hit.article.added) if one.disputed else (False, "")


def _is_replaced(one: Candidate, chosen: Iterable[Candidate]) -> bool:
    """Tell whether a later article has another value in place of a sentence's."""
    return any(
        is_before(one.hit.article, other.hit.article)
        and (says_otherwise(one, other) or _gives_another_value(one, other))
        for other in chosen
    )


def _gives_another_value(one: Candidate, other: Candidate) -> bool:
    return one.disputed and other.disputed and differ(one, other)


def _runs(ordered: Iterable[Candidate]) -> list[list[Candidate]]:
    """Group sentences that follow one another."""
    runs: list[list[Candidate]] = []
    for candidate in ordered:
        if runs and candidate.follows(runs[-1][-1]):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    return runs


def _citation(number: int, run: Sequence[Candidate], ranked: Sequence[Candidate]) -> Citation:
    hit = run[0].hit
    offset = hit.passage.span.start
    span = Span(run[0].span.start, run[-1].span.end)
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
        also=_also(hit.article, run, ranked),
    )


def _also(
    article: Article, run: Sequence[Candidate], ranked: Sequence[Candidate]
) -> tuple[Article, ...]:
    """Return the other articles that have all the sentences of a quotation, newest first.

    One that has a single one of them may say the contrary in another.
    """
    elsewhere: dict[str, list[Candidate]] = {}
    for one in ranked:
        if one.hit.article.id != article.id:
            elsewhere.setdefault(one.hit.article.id, []).append(one)
    found = {
        id_: others[0].hit.article
        for id_, others in elsewhere.items()
        if all(any(same_words(own.text, other.text) for other in others) for own in run)
    }
    return tuple(newest_first(found.values()))
