"""What the reader learns from, and hard negatives mined by our own search."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from index.lab.evaluation.data import Topic
from index.model import Span
from index.text import passages, sentences

PASSAGE_WORDS = (70, 90, 110, 110, 140)
"""Of what passages are packed to, drawn for each example; the index packs to 110."""

Random = random.Random


@dataclass(frozen=True, slots=True)
class Example:
    """A question read with a passage; `answer` is in `passage`, None where it does not answer."""

    question: str
    heading: str
    passage: str
    answer: Span | None
    kind: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the question set, cut into sentences once."""

    title: str
    text: str

    @cached_property
    def sentences(self) -> list[Span]:
        """Its sentences, as offsets."""
        return sentences.sentences(self.text, title="", language="en")

    def passage(self, around: Span, rng: Random) -> Span:
        """The passage with the span, of a drawn size."""
        packed = passages.passages(self.text, self.sentences, max_words=rng.choice(PASSAGE_WORDS))
        for passage in packed:
            if passage.span.start <= around.start and around.end <= passage.span.end:
                return passage.span
        return Span(0, len(self.text))

    def any_passage(self, rng: Random) -> Span:
        """One of its passages."""
        packed = passages.passages(self.text, self.sentences, max_words=rng.choice(PASSAGE_WORDS))
        return rng.choice(packed).span if packed else Span(0, len(self.text))


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the set with its paragraph; `answers` are in the paragraph."""

    question: str
    paragraph_name: str
    paragraph: Paragraph
    answers: tuple[Span, ...]
    topic: int


def items(topics: Sequence[Topic]) -> list[Item]:
    """All questions of the topics."""
    found: list[Item] = []
    for number, topic in enumerate(topics):
        by_name = {d.origin: Paragraph(d.title, d.text) for d in topic.paragraphs}
        found += [
            Item(" ".join(q.text.split()), q.paragraph, by_name[q.paragraph], q.answers, number)
            for q in topic.questions
        ]
    return found


def as_asked(item: Item, rng: Random) -> Example:
    """The question with its own passage, answerable or not, as the set has it."""
    text = item.paragraph.text
    if not item.answers:
        span = item.paragraph.any_passage(rng)
        return Example(item.question, item.paragraph.title, span.of(text), None, "adversarial")
    answer = rng.choice(item.answers)
    span = item.paragraph.passage(answer, rng)
    moved = Span(answer.start - span.start, answer.end - span.start)
    return Example(item.question, item.paragraph.title, span.of(text), moved, "answerable")


def without_answer(item: Item, rng: Random) -> Example | None:
    """The passage without the sentence that answers; None where the rest says it as well."""
    if not item.answers:
        return None
    example = as_asked(item, rng)
    assert example.answer is not None
    spans = sentences.sentences(example.passage, title="", language="en")
    kept = [s for s in spans if s.end <= example.answer.start or s.start >= example.answer.end]
    rest = " ".join(s.of(example.passage) for s in kept)
    said = {answer.of(item.paragraph.text).casefold() for answer in item.answers}
    if not kept or any(words in rest.casefold() for words in said):
        return None
    return Example(example.question, example.heading, rest, None, "sentence removed")
