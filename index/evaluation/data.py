"""Question sets in the format of SQuAD 2.0 (Rajpurkar et al. 2018)."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

from index.model import Document


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the paragraph that it was written for (`origin` of its document).

    `answer_start` is the first answer's offset in the paragraph, None for an unanswerable question.
    """

    text: str
    paragraph: str
    answer_start: int | None


@dataclass(frozen=True, slots=True)
class Topic:
    """One SQuAD article: its paragraphs as documents of their own, and all questions on them."""

    title: str
    paragraphs: tuple[Document, ...]
    questions: tuple[Asked, ...]

    def sample(self, count: int, *, answerable: bool, seed: int = 0) -> list[Asked]:
        """Pick questions of one kind, the same ones for the same seed."""
        kind = [q for q in self.questions if (q.answer_start is not None) == answerable]
        return random.Random(seed).sample(kind, min(count, len(kind)))  # noqa: S311


def read(path: Path) -> list[Topic]:
    """Read a file; paragraphs are named `title/number`."""
    return [_topic(entry) for entry in json.loads(path.read_text(encoding="utf-8"))["data"]]


def _topic(entry: dict[str, object]) -> Topic:
    title = str(entry["title"]).replace("_", " ")
    paragraphs: list[Document] = []
    questions: list[Asked] = []
    assert isinstance(entry["paragraphs"], list)
    for number, paragraph in enumerate(entry["paragraphs"]):
        name = f"{title}/{number}"
        paragraphs.append(Document(title=title, text=paragraph["context"], origin=name))
        for question in paragraph["qas"]:
            starts = [answer["answer_start"] for answer in question["answers"]]
            unanswerable = question.get("is_impossible", False)
            start = None if unanswerable or not starts else starts[0]
            questions.append(Asked(question["question"], name, start))
    return Topic(title, tuple(paragraphs), tuple(questions))
