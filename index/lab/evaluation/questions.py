"""Which questions are asked of which corpus: answerable, and three ways of being unanswerable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index import strings
from index.errors import QuestionSetError
from index.lab.evaluation.bench import Bench
from index.lab.evaluation.data import GoldQuestion, Part, Topic, of_part, read, sample
from index.model import Span
from index.models.embedder import Embedder
from index.search.hybrid import Scope

QuestionKind = Literal["answerable", "adversarial", "gold removed", "other article"]

KINDS: tuple[QuestionKind, ...] = ("answerable", "adversarial", "gold removed", "other article")

PRIOR: dict[QuestionKind, float] = {
    "answerable": 1 / 2,
    "adversarial": 1 / 4,
    "gold removed": 1 / 8,
    "other article": 1 / 8,
}
"""The mixture that a confidence is calibrated to: half of what is asked has an answer, and what has
none is mostly about the articles' people and subjects."""


_NUMBER = re.compile(r"\d{5,}$")


@dataclass(frozen=True, slots=True)
class Posed:
    """A question to a scope. `gold` are the answers in the paragraph, where it is answerable.

    `sort` is what its file says of it, "" where it says nothing.
    """

    kind: QuestionKind
    text: str
    paragraph: str
    gold: tuple[Span, ...]
    gold_texts: tuple[str, ...]
    scope: Scope
    sort: str = ""


def pose(
    bench: Bench, topics: Sequence[Topic], part: Part, foreign: Sequence[GoldQuestion], limit: int
) -> Iterator[Posed]:
    """Pose a part's questions to all paragraphs of the bench, at most `limit` of each kind.

    Gold removed: an answerable question to all paragraphs but its own (and its copies). Other
    article: questions on topics that the bench does not have.
    """
    texts = {d.origin or "": d.text for topic in topics for d in topic.paragraphs}
    own = of_part(topics, part)
    for asked in sample(own, limit, answerable=True):
        text = texts[asked.paragraph]
        said = tuple(span.of(text) for span in asked.answers)
        gold = (asked.answers, said)
        yield Posed("answerable", asked.text, asked.paragraph, *gold, bench.scope, sort=asked.sort)
        rest = (a for a in bench.articles if texts[a.origin or ""] != text)
        yield Posed("gold removed", asked.text, "", (), (), Scope.of(rest))
    for asked in sample(own, limit, answerable=False):
        yield Posed("adversarial", asked.text, "", (), (), bench.scope)
    for asked in foreign[:limit]:
        yield Posed("other article", asked.text, "", (), (), bench.scope)


@dataclass(frozen=True, slots=True)
class Corpus:
    """One file's paragraphs, indexed, and questions of all kinds on them."""

    name: str
    bench: Bench
    questions: Sequence[Posed]


def names(data: Path) -> list[str]:
    """Return the files that answers are evaluated on: articles, not reviews and posts."""
    found = sorted(path.stem for path in data.glob("*.json"))
    articles = [name for name in found if "reddit" not in name and "amazon" not in name]
    return articles or found


def askable(data: Path, part: Part) -> list[str]:
    """Return those of `names` that have answerable questions in a part.

    Raises QuestionSetError where none has, or one cannot be read.
    """
    found = names(data)
    if not found:
        raise QuestionSetError(str(data), strings.NO_JSON)
    kept = [
        name
        for name in found
        if sample(of_part(read(data / f"{name}.json"), part), answerable=True)
    ]
    if not kept:
        raise QuestionSetError(str(data), strings.no_questions(part))
    return kept


@contextmanager
def corpus(
    data: Path, name: str, part: Part, work: Path, embedder: Embedder, limit: int
) -> Iterator[Corpus]:
    """Index a file's paragraphs, all of them, and pose the questions of one part."""
    topics = read(data / f"{name}.json")
    bench = Bench(work, topics, embedder)
    try:
        foreign = list(_foreign(data, name, topics, part))
        yield Corpus(name, bench, list(pose(bench, topics, part, foreign, limit)))
    finally:
        bench.close()


def _foreign(data: Path, name: str, topics: Sequence[Topic], part: Part) -> Iterator[GoldQuestion]:
    """Yield questions of that part of the other files, on topics that this one does not have."""
    own = {_subject(topic.title) for topic in topics}
    for other in names(data):
        if other != name:
            topics = of_part(read(data / f"{other}.json"), part)
            foreign = (topic for topic in topics if _subject(topic.title) not in own)
            yield from sample(foreign, answerable=True)


def _subject(title: str) -> str:
    """Return what tells an article apart: Wikinews has numbers, which each file names anew."""
    numbered = _NUMBER.search(title)
    return numbered[0] if numbered else title
