"""Answers, refusals and passages as cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.cogs.ask import strings
from bot.cogs.ask.body import Body, body
from bot.discord.embeds import (
    CARD_MAX,
    CONTENT_MAX,
    DESCRIPTION_MAX,
    FIELD_VALUE_MAX,
    FIELDS_MAX,
    TITLE_MAX,
    Card,
    Field,
    Payload,
    Tone,
)
from bot.discord.markdown import (
    dated_link,
    escape,
    excerpt,
    fit,
    link,
    safe_url,
    scrolling_to,
    timestamp,
    words_of,
)
from bot.discord.strings import no_articles
from bot.places import Places
from bot.strings import PERHAPS, READ_AS, YOU_COULD_ASK, lacking
from bot.text import size
from index.model import Answer, Article, Certainty, Citation, Form, Hit, Span

HEAD_MAX = 500
SOURCE_MAX = 80
ALSO_MAX = 300

ALSO_AROUND = 60
"""For the words beside a title, its date and the count of further ones."""


def footnote(
    citation: Citation, limit: int, places: Places | None = None, *, shown: bool = False
) -> str:
    """Return title, source and date on one line, the quote, and other articles that have it.

    The quote is left out where the answer has `shown` all of it.
    """
    also = _also(citation.also, min(ALSO_MAX, limit // 3), places)
    limit -= size(also)
    place = places.of(citation.article, citation.span.start) if places else None
    heading = head(citation.article, min(HEAD_MAX, limit // 2), place)
    if shown:
        return heading + also
    quote = excerpt(citation.quote, limit - size(heading) - 1, citation.highlights, prefix="> ")
    return f"{heading}\n{quote}".rstrip("\n") + also


def head(article: Article, limit: int, place: str | None = None) -> str:
    """Return the title, the source's words where it is no link, and the date.

    `place` is where the title leads where the source is no link.
    """
    tail = "".join(
        f" · {part}"
        for part in (words_of(article.source_or_file, SOURCE_MAX), timestamp(article.published))
        if part
    )
    if size(tail) > limit // 2:
        tail = ""
    return link(article.title, article.source, limit - size(tail), place) + tail


def _also(articles: Sequence[Article], limit: int, places: Places | None) -> str:
    """Return a line that names as many further articles as fit and counts the rest."""
    line, named = "", list[str]()
    for article in articles:
        named.append(dated_link(article, limit - ALSO_AROUND, places))
        longer = f"\n-# {strings.also_in(named, len(articles) - len(named))}"
        if size(longer) > limit:
            break
        line = longer
    return line


NOTE_MAX = 300
"""How the question was read; what is missing."""


def read_as(answer: Answer) -> str:
    """Return how the question was read, in small print, or "" if as it was asked."""
    if not answer.rewritten:
        return ""
    return fit(" ".join(f"{READ_AS}{answer.rewritten}".split()), NOTE_MAX, prefix="-# ")


def refusal(
    answer: Answer, limit: int, *, direct: bool = False, places: Places | None = None
) -> str:
    """Return what is missing, how the question was read, and the nearest sentence."""
    if answer.no_articles:
        return no_articles(direct=direct)
    missing = " ".join(lacking(answer.missing).split())
    notes = (strings.REFUSED, fit(missing, NOTE_MAX), read_as(answer))
    lines = [note for note in notes if note]
    if direct:
        lines.append(f"-# {strings.IN_DIRECT}")
    if answer.nearest:
        lines += ["", strings.CLOSEST]
        left = limit - sum(size(line) + 1 for line in lines)
        lines.append(footnote(answer.nearest, left, places))
    elif answer.suggested:
        lines += ["", YOU_COULD_ASK, *(f"- {escape(one)}" for one in answer.suggested)]
    return "\n".join(lines)


ANSWER_MAX = 3_000
"""Leaves half of a card to the quotes."""

FIELD_MIN = 220
"""Below this a quote says nothing; further footnotes are counted instead."""

PLAIN_ANSWER_MAX = 1_000
REMARK_MAX = 200


def render(
    answer: Answer,
    *,
    cards: bool = True,
    remark: str = "",
    direct: bool = False,
    places: Places | None = None,
) -> Payload:
    """Return the message that shows an answer or a refusal.

    The remark is small print under an answer: who wrote it, or why no model did. In direct messages
    what is not found, listed or counted has one on what is searched there. `places` are where
    articles are shown that have no web page of their own.
    """
    if direct and answer.form in (Form.HEADLINES, Form.FACTS):
        remark = strings.IN_DIRECT
    if not cards:
        short = refusal(answer, CONTENT_MAX, direct=direct, places=places)
        return Payload(content=_plain(answer, remark, places) if answer.answered else short)
    if answer.answered:
        return Payload(card=_card(answer, remark, places))
    title = fit(" ".join(answer.question.split()), TITLE_MAX) or strings.REFUSED
    text = refusal(answer, DESCRIPTION_MAX, direct=direct, places=places)
    return Payload(card=Card(title, text, Tone.FAILED))


def _card(answer: Answer, remark: str, places: Places | None) -> Card:
    title = _title(answer)
    if answer.form is Form.HEADLINES:
        return Card(title, _headlines(answer, DESCRIPTION_MAX, remark, places), Tone.ANSWERED)
    found = _text(_linked(answer, places), ANSWER_MAX)
    text = _remarked(found.text, remark)
    left = CARD_MAX - size(title) - size(text) - size(strings.more_footnotes(len(answer.citations)))
    fields = tuple(_fields(answer.citations, left, found.quoted, places))
    missing = len(answer.citations) - len(fields)
    footer = strings.more_footnotes(missing) if missing else ""
    tone = Tone.ANSWERED if answer.certainty is Certainty.SURE else Tone.UNSURE
    return Card(title, text, tone, fields, footer)


def _title(answer: Answer) -> str:
    """Return the question; a summary has the title of its article."""
    summed_up = answer.form is Form.SUMMARY and answer.citations
    title = answer.citations[0].article.title if summed_up else answer.question
    return fit(" ".join(title.split()), TITLE_MAX) or strings.ANSWER


def _headlines(answer: Answer, limit: int, remark: str, places: Places | None) -> str:
    """Return how the question was read, what is listed, and a quote of each article."""
    limit -= size(_remarked("", remark))
    parts = [part for part in (read_as(answer), answer.note) if part]
    limit -= sum(size(part) + 1 for part in parts)
    for left, citation in zip(range(len(answer.citations), 0, -1), answer.citations, strict=True):
        mark = f"[{citation.number}] "
        room = min(FIELD_VALUE_MAX, limit // left - 1) - size(mark)
        parts.append(mark + footnote(citation, room, places))
        limit -= size(parts[-1]) + 1
    return _remarked("\n".join(parts), remark)


def _fields(
    citations: tuple[Citation, ...], left: int, quoted: frozenset[int], places: Places | None
) -> Iterator[Field]:
    shown = citations[: min(FIELDS_MAX, left // FIELD_MIN)]
    for i, citation in enumerate(shown):
        name = f"[{citation.number}]"
        budget = min(FIELD_VALUE_MAX, left // (len(shown) - i) - size(name))
        value = footnote(citation, budget, places, shown=citation.number in quoted)
        left -= size(name) + size(value)
        yield Field(name, value)


def _text(answer: Answer, limit: int) -> Body:
    """Return how the question was read, whether the answer is unsure, and its sentences."""
    unsure = PERHAPS if answer.certainty is Certainty.PERHAPS else ""
    above = "\n".join(filter(None, (read_as(answer), unsure)))
    found = body(answer, limit - size(above) - 1)
    return replace(found, text=f"{above}\n{found.text}".lstrip("\n"))


def _linked(answer: Answer, places: Places | None) -> Answer:
    """Return the answer; articles without a link have their page on the web as source."""

    def linked(one: Citation) -> Citation:
        if places is None or safe_url(one.article.source):
            return one
        place = places.of(one.article, one.span.start)
        return replace(one, article=replace(one.article, source=place))

    return replace(answer, citations=tuple(map(linked, answer.citations)))


def _remarked(text: str, remark: str) -> str:
    small = fit(" ".join(remark.split()), REMARK_MAX, prefix="-# ")
    return f"{text}\n{small}".rstrip("\n")


def _plain(answer: Answer, remark: str, places: Places | None) -> str:
    if answer.form is Form.HEADLINES:
        return _headlines(answer, CONTENT_MAX, remark, places)
    found = _text(_linked(answer, places), PLAIN_ANSWER_MAX)
    parts = [_remarked(found.text, remark)]
    left = CONTENT_MAX - size(parts[0])
    for i, citation in enumerate(answer.citations):
        mark = f"\n[{citation.number}] "
        budget = left // min(len(answer.citations) - i, 3) - size(mark)
        if budget < FIELD_MIN:
            break
        note = mark + footnote(citation, budget, places, shown=citation.number in found.quoted)
        left -= size(note)
        parts.append(note)
    return "".join(parts)


PASSAGE_HEAD_MAX = 1_300
"""Room for a title and the longest link."""

PASSAGE_MAX = 2_000


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """Words of an article; `quoted` are those that the answer quotes, as footnotes `numbers`.

    `start` is where the words begin in the article.
    """

    article: Article
    text: str
    start: int
    quoted: tuple[Span, ...] = ()
    numbers: tuple[int, ...] = ()

    @property
    def at(self) -> int:
        """Return the offset of the quoted words in the article, else of the passage."""
        return self.start + (self.quoted[0].start if self.quoted else 0)


def passages(answer: Answer) -> tuple[ShownPassage, ...]:
    """Return the quoted passages in the order of the footnotes, then the others found."""
    found = [_hit(hit, answer.citations) for hit in answer.hits]
    known = {number for shown in found for number in shown.numbers}
    # A summary quotes passages that no search found.
    found += [_alone(c) for c in answer.citations if c.number not in known]
    quoted = sorted((shown for shown in found if shown.numbers), key=lambda shown: shown.numbers)
    return (*quoted, *(shown for shown in found if not shown.numbers))


def passage_page(answer: Answer, page: int, places: Places | None = None) -> Payload:
    """Return the passage of a page (from 0) with a link to its words in the article."""
    found = passages(answer)
    if not found:
        return Payload(content=strings.NO_PASSAGES)
    shown = found[page]
    sought = shown.quoted[0].of(shown.text) if shown.quoted else shown.text
    article = replace(shown.article, source=scrolling_to(shown.article.source, sought))
    place = places.of(shown.article, shown.at) if places else None
    marks = "".join(f"[{number}]" for number in shown.numbers)
    note = f"{strings.QUOTED}{marks}" if marks else strings.NEAR
    text = excerpt(shown.text, PASSAGE_MAX, shown.quoted, prefix="> ")
    description = f"{head(article, PASSAGE_HEAD_MAX, place)}\n{text}\n-# {note}"
    title = strings.PASSAGE_TITLE.format(page=page + 1, pages=len(found))
    return Payload(card=Card(title, description, Tone.NEUTRAL))


def _alone(citation: Citation) -> ShownPassage:
    whole = Span(0, len(citation.quote))
    start = citation.span.start
    return ShownPassage(citation.article, citation.quote, start, (whole,), (citation.number,))


def _hit(hit: Hit, citations: Sequence[Citation]) -> ShownPassage:
    places = dict(_places(hit, citations))
    quoted, start = tuple(sorted(places.values())), hit.passage.span.start
    return ShownPassage(hit.article, hit.text, start, quoted, tuple(places))


def _places(hit: Hit, citations: Sequence[Citation]) -> Iterator[tuple[int, Span]]:
    """Yield number and span of each citation that quotes a hit or has words of it."""
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
