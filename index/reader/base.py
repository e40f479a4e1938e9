"""What answering needs of a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.model import Hit, Span


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """What one sentence of a passage says to the question.

    `score` is the log odds that the answer stands in it, against the passage having none (above 0:
    more likely than not); `span` are the words of the best answer, as offsets into the sentence.
    """

    score: float
    span: Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of a passage: `answerable` is the log odds that it answers at all.

    `sentences` are in the passage's order.
    """

    answerable: float
    sentences: tuple[SentenceReading, ...]

    @property
    def best(self) -> float:
        """The highest score of a sentence."""
        return max(sentence.score for sentence in self.sentences)


class Reader(Protocol):
    """Reads passages with a question in mind."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Return one reading per hit, in order. Blocks; thread-safe."""
        ...
