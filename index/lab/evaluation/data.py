"""Question sets in SQuAD's format, and the questions asked of them."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from index import strings
from index.errors import QuestionSetError
from index.model import Document, Span

Part = Literal["train", "tune", "dev"]
"""The reader is trained on `train`; weights and thresholds are fitted on `tune`; `dev` is only
ever reported on."""

DEV_PERCENT, TUNE_PERCENT = 16, 12

_SALT = "417"
"""Of 3,000 salts one that leaves both smaller parts adversarial questions; chosen before any
training, by the number of questions alone."""

COLLECTION_PARAGRAPHS = 500
"""A topic with more is a collection of unrelated texts, and split by paragraph."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question and the paragraph that it was written for (`origin` of its document).

    `answers` are what annotators marked in the paragraph; none for an unanswerable question.
    `sort` is what the file says of it ("why", "number"), "" where it says nothing.
    """

    text: str
    paragraph: str
    answers: tuple[Span, ...]
    sort: str = ""

    @property
    def answerable(self) -> bool:
        """Tell whether the paragraph answers."""
        return bool(self.answers)


@dataclass(frozen=True, slots=True)
class Topic:
    """One SQuAD article: its paragraphs as documents of their own, and all questions on them."""

    title: str
    paragraphs: tuple[Document, ...]
    questions: tuple[GoldQuestion, ...]
    part: Part | None = None
    """The part that the file says it belongs to."""

    def of_part(self, part: Part) -> Topic:
        """Return the topic with the questions of one part; all of a topic's belong to the same."""
        if self.part:
            kept = self.questions if self.part == part else ()
        elif len(self.paragraphs) <= COLLECTION_PARAGRAPHS:
            kept = self.questions if _part_of(self.title) == part else ()
        else:
            kept = tuple(q for q in self.questions if _part_of(q.paragraph) == part)
        return replace(self, questions=kept)


def read(path: Path, texts: Mapping[str, str] | None = None) -> list[Topic]:
    """Read a file; paragraphs are named `title/number`. Raises QuestionSetError.

    `texts` are those of paragraphs that the file only names, by "passage" in place of "context".
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["data"]
        return [_topic(entry, texts or {}) for entry in entries]
    except ValueError as error:
        raise QuestionSetError(str(path), strings.not_json(error)) from error
    except (AttributeError, KeyError, TypeError) as error:
        raise QuestionSetError(str(path), strings.NOT_SQUAD) from error


def of_part(topics: Iterable[Topic], part: Part) -> list[Topic]:
    """Return the topics that have questions in a part, with those alone."""
    return [kept for topic in topics if (kept := topic.of_part(part)).questions]


def sample(
    topics: Iterable[Topic], count: int | None = None, *, answerable: bool
) -> list[GoldQuestion]:
    """Pick questions of one kind, the same ones each time; without a count all, shuffled."""
    kind = [q for topic in topics for q in topic.questions if q.answerable == answerable]
    return random.Random(0).sample(kind, min(count or len(kind), len(kind)))  # noqa: S311


def _part_of(name: str) -> Part:
    """Return the part that a name falls to, the same for every selection of articles."""
    percent = int(hashlib.sha256(f"{_SALT}:{name}".encode()).hexdigest()[:8], 16) % 100
    if percent < DEV_PERCENT:
        return "dev"
    return "tune" if percent < DEV_PERCENT + TUNE_PERCENT else "train"


def _topic(entry: dict[str, Any], texts: Mapping[str, str]) -> Topic:
    """Read a topic; copies of a paragraph are one with all questions, as in the catalog."""
    title = str(entry["title"]).replace("_", " ")
    names: dict[str, str] = {}
    questions: list[GoldQuestion] = []
    for number, paragraph in enumerate(entry["paragraphs"]):
        named = paragraph.get("passage")
        text = paragraph["context"] if named is None else texts[named]
        name = names.setdefault(_text(text), f"{title}/{number}")
        for question in paragraph["qas"]:
            marked = () if question.get("is_impossible", False) else question["answers"]
            spans = (Span(a["answer_start"], a["answer_start"] + len(a["text"])) for a in marked)
            answers = tuple(dict.fromkeys(spans))
            sort = _text(question.get("kind", ""))
            questions.append(GoldQuestion(_text(question["question"]), name, answers, sort))
    documents = (Document(title=title, text=text, origin=name) for text, name in names.items())
    return Topic(title, tuple(documents), tuple(questions), entry.get("part"))


def _text(value: object) -> str:
    """Return the value, where it is a text. Raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value
