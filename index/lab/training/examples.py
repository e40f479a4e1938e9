"""Questions of the sets, and what the network learns from: a question, a passage, its answers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from index.lab.evaluation.data import Part, of_part, read
from index.model import Span
from index.models.reader import Reading
from index.text import passages, sentences

PASSAGE_WORDS = (60, 80, 110)
"""Of what long paragraphs are packed to, drawn for each example; the index packs to 110. The
shorter ones cost less to train on."""

WHOLE_WORDS = 145
"""Paragraphs of a natural set are not cut: every near miss was written for its whole paragraph."""

DATES = ("2024-03-11", "2025-11-02", "2023-08-29", "2026-01-17", "2022-06-05")

Random = random.Random

_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(r"\d{5,}\Z")


@dataclass(frozen=True, slots=True)
class Example:
    """A question read with a passage; `answers` are in `passage`, none where it does not answer.

    `sentences` are the passage's, in order, as offsets.
    """

    question: str
    heading: str
    passage: str
    answers: tuple[Span, ...]
    sentences: tuple[Span, ...]
    kind: str


Read = Callable[[Sequence[Example]], list[Reading]]
"""Reads examples, in order."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a set, cut into sentences once."""

    title: str
    text: str

    @cached_property
    def sentences(self) -> list[Span]:
        """Its sentences, as offsets."""
        return sentences.sentences(self.text, title="", language="en") or [Span(0, len(self.text))]

    @cached_property
    def words(self) -> frozenset[str]:
        """Its words in lower case."""
        return words_of(self.text)

    def passage(self, words: int, near: Span | frozenset[str]) -> tuple[Span, tuple[Span, ...]]:
        """Return the passage with a span, or most like some words, and its sentences."""
        if sentences.count_words(self.text) <= max(words, 1) * 1.3:
            return Span(0, len(self.text)), tuple(self.sentences)
        packed = passages.passages(self.text, self.sentences, max_words=words)
        if isinstance(near, Span):
            for one in packed:
                if one.span.start <= near.start and near.end <= one.span.end:
                    return one.span, tuple(one.sentences)
            return Span(0, len(self.text)), tuple(self.sentences)
        best = max(packed, key=lambda one: len(near & words_of(one.span.of(self.text))))
        return best.span, tuple(best.sentences)


@dataclass(frozen=True, slots=True)
class Item:
    """A question of a set with its paragraph; `answers` are in the paragraph."""

    question: str
    paragraph: Paragraph
    answers: tuple[Span, ...]
    topic: str


def load(
    path: Path,
    part: Part,
    *,
    everywhere: bool = False,
    texts: Mapping[str, str] | None = None,
) -> list[Item]:
    """Read a file's questions of one part (split by article).

    `everywhere` takes each place where the answer's words stand as right, for sets that were put
    together without offsets. `texts` are those of paragraphs that the file only names.
    """
    found: list[Item] = []
    for topic in of_part(read(path, texts), part):
        paragraphs = {d.origin: Paragraph(d.title, d.text) for d in topic.paragraphs}
        for asked in topic.questions:
            paragraph = paragraphs[asked.paragraph]
            answers = tuple(a for a in asked.answers if a.of(paragraph.text).strip())
            if asked.answers and not answers:
                continue
            if everywhere:
                answers = _everywhere(paragraph.text, answers)
            found.append(Item(" ".join(asked.text.split()), paragraph, answers, topic.title))
    return found


def words_of(text: str) -> frozenset[str]:
    """Return the different words of a text in lower case."""
    return frozenset(_WORD.findall(text.lower()))


def as_asked(item: Item, kind: str, words: int, rng: Random | None = None) -> Example:
    """Return the question with its own passage, cut to about `words`.

    With `rng` the heading is drawn as articles have it: with or without a date, or none where the
    title is only a number.
    """
    text = item.paragraph.text
    near = item.answers[0] if item.answers else words_of(item.question)
    span, sentences = item.paragraph.passage(words, near)
    answers = _moved([a for a in item.answers if span.start <= a.start and a.end <= span.end], span)
    return Example(
        item.question,
        heading(item.paragraph.title, rng),
        span.of(text),
        tuple(answers),
        tuple(_moved(sentences, span)),
        kind,
    )


def heading(title: str, rng: Random | None) -> str:
    """Return a title as the product puts it in front of a passage."""
    if rng is None:
        return title
    if _NUMBERED.search(title) and rng.random() < 0.5:
        title = rng.choice(("", "Wikinews"))
    if rng.random() < 0.2:
        title = " · ".join(part for part in (title, rng.choice(DATES)) if part)
    return title


def _moved(spans: Iterable[Span], within: Span) -> list[Span]:
    return [Span(s.start - within.start, s.end - within.start) for s in spans]


def _everywhere(text: str, answers: Sequence[Span]) -> tuple[Span, ...]:
    found = (
        Span(*match.span())
        for words in dict.fromkeys(answer.of(text) for answer in answers)
        for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    )
    return tuple(found) or tuple(answers)
