"""The sentences of an answer: bold where they answer, with linked footnotes, newest value first.

Those before the answer that tell who is meant are small print.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.cogs.ask import strings
from bot.discord.markdown import emphasise, fit, safe_url, scrolling_to, timestamp
from bot.text import size
from index.changes import changed_words
from index.dates import day, is_before
from index.model import Answer, AnswerSentence, Article, Citation, Span
from index.text.normalise import nearly_same

SENTENCE_MIN = 220
"""Below this a sentence says nothing, and the others are left out."""

MARKS_MAX = 8
VALUE_MAX = 60
"""Of the words that an earlier article has instead; longer ones are shown as their sentence."""

BOLD_MAX = 20
"""Of the marks for bold and the backslashes in a sentence that is to fit beside its links."""

_Cited = Mapping[int, Citation]


@dataclass(frozen=True, slots=True)
class Body:
    """The text, and the numbers of the quotes that stand in it word for word."""

    text: str
    quoted: frozenset[int]


def body(answer: Answer, limit: int) -> Body:
    """Return the sentences with their footnotes in at most `limit` UTF-16 units."""
    cited = {citation.number: citation for citation in answer.citations}
    parts: list[str] = []
    whole: defaultdict[int, str] = defaultdict(str)
    leads = answer.leads
    for newest, *earlier in _groups(_without_leads_of_earlier(answer), cited):
        room = limit - sum(size(part) + 1 for part in parts)
        if parts and room < SENTENCE_MIN:
            break
        ending = _ending(newest, earlier, cited, room)
        line, bold = " ".join(newest.text.split("\n")), _bold(newest, cited)
        text = fit(line, room - size(ending) - 1, bold)
        parts.append(f"\n-# {text}\n" if newest in leads else f"{text} {ending}".strip())
        if text == emphasise(line, bold):
            for number in newest.citations:
                whole[number] += f"{line} "
    quoted = {n for n, one in cited.items() if " ".join(one.quote.split()) in _flat(whole[n])}
    whole_text = re.sub(r" ?\n[ \n]*", "\n", " ".join(parts)).strip()
    return Body(whole_text or strings.ANSWER, frozenset(quoted))


def _without_leads_of_earlier(answer: Answer) -> list[AnswerSentence]:
    """Leave out what tells who is meant in a sentence of which only the value is shown."""
    replaced = {one.citations for one in answer.sentences if one.earlier}
    return [
        one for one in answer.sentences if one not in answer.leads or one.citations not in replaced
    ]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _groups(
    sentences: Sequence[AnswerSentence], cited: _Cited
) -> Iterator[tuple[AnswerSentence, ...]]:
    """Yield each sentence with those of earlier articles that have another value instead."""
    groups: list[list[AnswerSentence]] = []
    for one in sentences:
        later = [group for group in groups if _is_later(group[0], one, cited)]
        alike = [group for group in later if nearly_same(one.text, group[0].text)]
        replaced = [group for group in later if one.earlier and not group[0].earlier]
        if alike or replaced:
            (alike or replaced)[-1].append(one)
        else:
            groups.append([one])
    yield from map(tuple, groups)


def _is_later(newest: AnswerSentence, one: AnswerSentence, cited: _Cited) -> bool:
    """Tell whether the newest sentence is surely of a later article than another."""
    old, new = _article(one, cited), _article(newest, cited)
    return old is not None and new is not None and is_before(old, new)


def _article(sentence: AnswerSentence, cited: _Cited) -> Article | None:
    found = [cited[n].article for n in sentence.citations if n in cited]
    return found[0] if len(found) == 1 else None


def _ending(
    newest: AnswerSentence, earlier: Sequence[AnswerSentence], cited: _Cited, room: int
) -> str:
    """Return the footnote marks and what earlier articles say instead, each with its date.

    Where links would leave too little for the sentence, the marks are no links. Dates of one day
    have their times.
    """
    days = [day(article) for one in (newest, *earlier) if (article := _article(one, cited))]
    at = len(set(days)) < len(days)
    for linked in (True, False):
        ending = _dated("", newest, cited, linked=linked, at=at) if earlier else ""
        ending = ending.strip() or _marks(newest, cited, linked=linked)
        for n, one in enumerate(earlier):
            value = _value(one, newest, cited)
            ending += strings.earlier(_dated(value, one, cited, linked=linked, at=at), first=n == 0)
        if size(ending) + size(newest.text) + BOLD_MAX < room:
            break
    return ending


def _dated(value: str, sentence: AnswerSentence, cited: _Cited, *, linked: bool, at: bool) -> str:
    article = _article(sentence, cited)
    date = f"({timestamp(article.published, at=at)})" if article else ""
    return f"{value} {date} {_marks(sentence, cited, linked=linked)}"


def _value(one: AnswerSentence, newest: AnswerSentence, cited: _Cited) -> str:
    """Return the words that an earlier sentence has instead, in bold, else all of it."""
    bold = _bold(one, cited)
    if nearly_same(one.text, newest.text):
        pairs = changed_words(one.text, newest.text)
        differ = Span(pairs[0][0].start, pairs[-1][0].end) if pairs else Span(0, 0)
    else:
        differ = bold[0] if len(bold) == 1 else Span(0, 0)
    for span in bold:
        if span.start < differ.end and span.end > differ.start:
            differ = Span(min(span.start, differ.start), max(span.end, differ.end))
    value = differ.of(one.text)
    if value and len(value) <= VALUE_MAX:
        return emphasise(value, [Span(0, len(value))])
    return emphasise(" ".join(one.text.split("\n")), bold)


def _marks(sentence: AnswerSentence, cited: _Cited, *, linked: bool) -> str:
    return "".join(
        _mark(n, sentence.text, cited.get(n) if linked else None)
        for n in sentence.citations[:MARKS_MAX]
    )


def _mark(number: int, text: str, citation: Citation | None) -> str:
    """Return a mark that leads to the words on the page that they are from, if it is known.

    Discord's pattern for links knows brackets within brackets.
    """
    words = text if citation is None or text in citation.quote else citation.quote
    url = safe_url(scrolling_to(citation.article.source, words)) if citation else None
    return f"[[{number}]]({url})" if url else f"[{number}]"


def _bold(sentence: AnswerSentence, cited: _Cited) -> list[Span]:
    """Find the highlights of the quotes again in a sentence that repeats their words."""
    found: list[Span] = []
    for citation in (cited[n] for n in sentence.citations if n in cited):
        shift = -at if (at := citation.quote.find(sentence.text)) >= 0 else None
        if shift is None and (at := sentence.text.find(citation.quote)) >= 0:
            shift = at
        if shift is None:
            continue
        moved = ((span.start + shift, span.end + shift) for span in citation.highlights)
        found += [Span(max(start, 0), end) for start, end in moved if end > 0]
    return found
