"""Answers and hits as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.style import Style
from rich.text import Text

from bot.cli import strings
from bot.cli.terminal import one_line
from bot.strings import ALSO, NOT_FOUND, PERHAPS, READ_AS, YOU_COULD_ASK, lacking
from bot.text import and_more, fit_plain
from index.model import Answer, AnswerSentence, Article, Certainty, Citation, Form, Hit, Span
from index.text.sentences import in_one_line

MARK = Style(dim=True)
ANSWERING = Style(bold=True)

QUOTE_MAX = 300
"""Characters of the nearest sentence that a refusal shows: about four lines."""

ALSO_SHOWN = 3

MIN_COLUMNS = 20
"""A narrower terminal breaks the lines itself."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and the number of blanks before it."""

    text: Text = field(default_factory=Text)
    indent: int = 0


def show(console: Console, lines: Iterable[Line]) -> None:
    """Print lines: wrapped under their indent on a terminal, never wrapped elsewhere."""
    for line in lines:
        rows = [line.text]
        if console.is_terminal:
            rows = list(line.text.wrap(console, max(console.width - line.indent, MIN_COLUMNS)))
        for row in rows:
            row.rstrip()  # wrapping leaves the blank that it broke at
            console.print(Text(" " * line.indent) + row, soft_wrap=True)


def answer(given: Answer, remark: str = "") -> Iterator[Line]:
    """Yield an answer with its footnotes, or a refusal with the closest passages.

    The remark, on who wrote it or why no model did, comes last.
    """
    if not given.answered:
        yield from _refusal(given)
        return
    yield from _read_as(given)
    if given.certainty is Certainty.PERHAPS:
        yield Line(Text(PERHAPS))
    if given.note:
        yield Line(Text(one_line(given.note)))
    if given.form is not Form.HEADLINES:
        citations = {citation.number: citation for citation in given.citations}
        shown = (
            Text(one_line(one.text), MARK) if one in given.leads else _sentence(one, citations)
            for one in given.sentences
        )
        yield Line(Text(" ").join(shown))
    for citation in given.citations:
        yield Line()
        yield from _footnote(citation)
    if remark:
        yield Line()
        yield Line(Text(one_line(remark), MARK))


def _refusal(given: Answer) -> Iterator[Line]:
    if given.no_articles:
        yield Line(Text(strings.NO_ARTICLES))
        return
    yield Line(Text(NOT_FOUND))
    if told := lacking(given.missing):
        yield Line(Text(one_line(told)))
    yield from _read_as(given)
    if given.nearest:
        quote = fit_plain(one_line(given.nearest.quote), QUOTE_MAX)
        yield Line(Text(strings.CLOSEST))
        yield Line(_title(given.nearest.article), indent=2)
        yield Line(Text(f"“{quote}”", MARK), indent=4)
    elif given.suggested:
        yield Line(Text(YOU_COULD_ASK))
        for question in given.suggested:
            yield Line(Text(one_line(question)), indent=2)


def _read_as(given: Answer) -> Iterator[Line]:
    if given.rewritten:
        yield Line(Text(READ_AS + one_line(given.rewritten), MARK))


def hits(found: Sequence[Hit]) -> Iterator[Line]:
    """Yield hits, best first."""
    if not found:
        yield Line(Text("No passages found."))
    for n, hit in enumerate(found):
        if n:
            yield Line()
        where = f"  {hit.article.id} {hit.passage.span.start}-{hit.passage.span.end}"
        yield Line(Text.assemble(f"{hit.score:.3f}  ", _title(hit.article), (where, MARK)))
        yield Line(Text(one_line(in_one_line(hit.text))), indent=7)


def _sentence(sentence: AnswerSentence, citations: dict[int, Citation]) -> Text:
    spans: list[Span] = []
    for number in sentence.citations:
        if number in citations:
            spans += _spans_in(sentence.text, citations[number])
    marks = "".join(f"[{number}]" for number in sentence.citations)
    before = ""
    if sentence.earlier:
        cited = citations.get(sentence.citations[0]) if sentence.citations else None
        before = strings.earlier(_date(cited.article) if cited else "")
    return Text.assemble((before, MARK), _marked(sentence.text, spans), (f" {marks}", MARK))


def _spans_in(sentence: str, citation: Citation) -> Iterator[Span]:
    """Yield the citation's highlights as offsets into a sentence that its quote holds."""
    at = citation.quote.find(sentence)
    if at < 0:
        return
    for span in citation.highlights:
        start, end = max(span.start - at, 0), min(span.end - at, len(sentence))
        if start < end:
            yield Span(start, end)


def _footnote(citation: Citation) -> Iterator[Line]:
    number = f"[{citation.number}] "
    yield Line(Text.assemble((number, MARK), _title(citation.article)))
    indent = len(number)
    about = (_date(citation.article), one_line(citation.article.source_or_file or ""))
    if any(about):
        yield Line(Text(" · ".join(filter(None, about)), MARK), indent)
    yield Line(Text("“") + _marked(citation.quote.strip(), citation.highlights) + Text("”"), indent)
    if citation.also:
        yield Line(_also(citation.also), indent)


def _also(articles: Sequence[Article]) -> Text:
    """Name further articles with their dates, and count what is left out."""
    named = [
        Text(" · ").join(part for part in (_title(article), Text(_date(article))) if part)
        for article in articles[:ALSO_SHOWN]
    ]
    if more := len(articles) - len(named):
        named.append(Text(and_more(more)))
    return Text(ALSO, MARK) + Text("; ").join(named)


def _date(article: Article) -> str:
    return one_line((article.published or "").partition("T")[0])


def _title(article: Article) -> Text:
    source = one_line(article.source or "").strip()
    is_link = source.startswith(("http://", "https://")) and " " not in source
    return Text(one_line(article.title), Style(link=source) if is_link else "")


def _marked(text: str, spans: Iterable[Span]) -> Text:
    """Return the text with the words of `spans` in bold."""
    marked, at = Text(), 0
    for span in sorted(spans):
        start = max(span.start, at)
        if start < span.end:
            marked.append(one_line(text[at:start]))
            marked.append(one_line(span.of(text)[start - span.start :]), ANSWERING)
            at = span.end
    return marked.append(one_line(text[at:]))
