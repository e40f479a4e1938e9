"""An Answer as a card, and as plain words for channels where cards may not be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot import words
from bot.rendering.fitting import fit
from bot.rendering.footnotes import footnote
from bot.rendering.notes import read_as, refusal
from bot.rendering.payload import (
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
    size,
)
from index.model import Answer, AnswerSentence, Citation, Span

ANSWER_MAX = 3_000
"""Leaves half of a card to the quotes."""
FIELD_MIN = 220
"""Below this a quote says nothing; further footnotes are counted instead."""
PLAIN_ANSWER_MAX = 1_000
REMARK_MAX = 200
MARKS_MAX = 8


def render(answer: Answer, *, cards: bool = True, remark: str = "") -> Payload:
    """Return the message that shows an answer or a refusal.

    The remark is small print under an answer: who wrote it, or why no model did.
    """
    if not cards:
        plain = _plain(answer, remark) if answer.answered else refusal(answer, CONTENT_MAX)
        return Payload(content=plain)
    return Payload(card=_card(answer, remark) if answer.answered else _refusal_card(answer))


def _card(answer: Answer, remark: str) -> Card:
    title = fit(" ".join(answer.question.split()), TITLE_MAX) or words.ANSWER
    text = _remarked(_text(answer, ANSWER_MAX), remark)
    left = CARD_MAX - size(title) - size(text) - size(words.more_footnotes(len(answer.citations)))
    fields = tuple(_fields(answer.citations, left))
    missing = len(answer.citations) - len(fields)
    footer = words.more_footnotes(missing) if missing else ""
    return Card(title, text, Tone.ANSWERED, fields, footer)


def _fields(citations: tuple[Citation, ...], left: int) -> Iterator[Field]:
    shown = citations[: min(FIELDS_MAX, left // FIELD_MIN)]
    for i, citation in enumerate(shown):
        name = f"[{citation.number}]"
        budget = min(FIELD_VALUE_MAX, left // (len(shown) - i) - size(name))
        value = footnote(citation, budget)
        left -= size(name) + size(value)
        yield Field(name, value)


def _text(answer: Answer, limit: int) -> str:
    """Return how the question was read, and the sentences.

    Each sentence has its answering words in bold and ends with its footnote marks.
    """
    understood = read_as(answer)
    text = _sentences(answer, limit - size(understood) - 1)
    return f"{understood}\n{text}".lstrip("\n")


def _sentences(answer: Answer, limit: int) -> str:
    citations = {citation.number: citation for citation in answer.citations}
    parts: list[str] = []
    for sentence in answer.sentences:
        marks = "".join(f"[{n}]" for n in sentence.citations[:MARKS_MAX])
        room = limit - sum(size(part) + 1 for part in parts) - size(marks) - 1
        if parts and room < FIELD_MIN:
            break
        text = fit(" ".join(sentence.text.split("\n")), room, _bold(sentence, citations))
        parts.append(f"{text} {marks}".strip())
    return " ".join(parts) or words.ANSWER


def _bold(sentence: AnswerSentence, citations: Mapping[int, Citation]) -> list[Span]:
    """Find the highlights of the quotes again in a sentence that repeats their words."""
    found: list[Span] = []
    for citation in (citations[n] for n in sentence.citations if n in citations):
        shift = -at if (at := citation.quote.find(sentence.text)) >= 0 else None
        if shift is None and (at := sentence.text.find(citation.quote)) >= 0:
            shift = at
        if shift is None:
            continue
        moved = ((span.start + shift, span.end + shift) for span in citation.highlights)
        found += [Span(max(start, 0), end) for start, end in moved if end > 0]
    return found


def _remarked(text: str, remark: str) -> str:
    small = fit(" ".join(remark.split()), REMARK_MAX, prefix="-# ")
    return f"{text}\n{small}".rstrip("\n")


def _refusal_card(answer: Answer) -> Card:
    title = fit(" ".join(answer.question.split()), TITLE_MAX) or words.REFUSED
    return Card(title, refusal(answer, DESCRIPTION_MAX), Tone.REFUSED)


def _plain(answer: Answer, remark: str) -> str:
    parts = [_remarked(_text(answer, PLAIN_ANSWER_MAX), remark)]
    left = CONTENT_MAX - size(parts[0])
    for i, citation in enumerate(answer.citations):
        mark = f"\n[{citation.number}] "
        budget = left // min(len(answer.citations) - i, 3) - size(mark)
        if budget < FIELD_MIN:
            break
        note = mark + footnote(citation, budget)
        left -= size(note)
        parts.append(note)
    return "".join(parts)
