"""The passages behind an answer or a refusal, one on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot import words
from bot.rendering.fitting import excerpt
from bot.rendering.footnotes import head
from bot.rendering.payload import Card, Payload, Tone
from bot.rendering.scrolling import scrolling_to
from index.model import Answer, Article, Citation, Hit, Span

HEAD_MAX = 1_300
"""Room for a title and the longest link."""
PASSAGE_MAX = 2_000


@dataclass(frozen=True, slots=True)
class Shown:
    """Words of an article; `quoted` are those that the answer quotes, as footnotes `numbers`."""

    article: Article
    text: str
    quoted: tuple[Span, ...] = ()
    numbers: tuple[int, ...] = ()


def passages(answer: Answer) -> tuple[Shown, ...]:
    """Return what the answer quotes, in the order of its footnotes, then what else was found."""
    found = [_hit(hit, answer.citations) for hit in answer.hits]
    known = {number for shown in found for number in shown.numbers}
    # A summary quotes passages that no search found.
    found += [_alone(c) for c in answer.citations if c.number not in known]
    quoted = sorted((shown for shown in found if shown.numbers), key=lambda shown: shown.numbers)
    return (*quoted, *(shown for shown in found if not shown.numbers))


def passage_page(answer: Answer, page: int) -> Payload:
    """Return one of the passages, counted from 0, with a link that leads to its words."""
    found = passages(answer)
    if not found:
        return Payload(content=words.NO_PASSAGES)
    shown = found[page]
    sought = shown.quoted[0].of(shown.text) if shown.quoted else shown.text
    article = replace(shown.article, source=scrolling_to(shown.article.source, sought))
    marks = "".join(f"[{number}]" for number in shown.numbers)
    note = f"{words.QUOTED}{marks}" if marks else words.NEAR
    text = excerpt(shown.text, PASSAGE_MAX, shown.quoted, prefix="> ")
    description = f"{head(article, HEAD_MAX)}\n{text}\n-# {note}"
    title = words.passage_title(page + 1, len(found))
    return Payload(card=Card(title, description, Tone.NEUTRAL))


def _alone(citation: Citation) -> Shown:
    whole = Span(0, len(citation.quote))
    return Shown(citation.article, citation.quote, (whole,), (citation.number,))


def _hit(hit: Hit, citations: Sequence[Citation]) -> Shown:
    places = dict(_places(hit, citations))
    return Shown(hit.article, hit.text, tuple(sorted(places.values())), tuple(places))


def _places(hit: Hit, citations: Sequence[Citation]) -> Iterator[tuple[int, Span]]:
    """Yield where in a hit the citations are quoted from, or have their words from as well."""
    for citation in citations:
        if hit.article == citation.article:
            start = citation.span.start - hit.passage.span.start
            end = citation.span.end - hit.passage.span.start
        elif hit.article in citation.also:
            start = hit.text.find(citation.quote)
            end = start + len(citation.quote) if start >= 0 else start
        else:
            continue
        start, end = max(start, 0), min(end, len(hit.text))
        if start < end:
            yield citation.number, Span(start, end)
