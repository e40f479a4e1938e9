"""201 questions to the seed article: what it answers is answered, what it does not is refused.

The floors are just below what is reached: raise them with the reader. An answer is right when it
quotes one of the entry's `sentences`; an entry without any has no answer there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.ingest import files
from index.library import Library
from index.model import Answer
from tests.builders import SEED

ANSWERED_RIGHT = 0.87
REFUSED = 0.97
ANSWERED_WRONG = 0.03
"""Of answerable questions that are answered: no right sentence is among the quotes."""

QUESTIONS = Path(__file__).with_name("seed_questions.jsonl")

ANSWERABLE_KINDS = {
    "who-said", "who-is", "fact", "why", "yes-no", "paraphrase", "keywords", "misspelt",
}  # fmt: skip
UNANSWERABLE_KINDS = {
    "other-subject", "other-person", "detail", "number", "mentioned-only", "swapped", "foreign",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A line of the file."""

    question: str
    kind: str
    sentences: tuple[str, ...]

    def is_right(self, answer: Answer) -> bool:
        """Whether a quote holds the answer, or nothing is quoted where there is none."""
        if not self.sentences:
            return not answer.answered
        quotes = [citation.quote for citation in answer.citations]
        return any(sentence in quote for sentence in self.sentences for quote in quotes)


def entries() -> list[Entry]:
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [_entry(**json.loads(line)) for line in lines]


def _entry(question: str, kind: str, sentences: Sequence[str] = ()) -> Entry:
    return Entry(question, kind, tuple(sentences))


ENTRIES = entries()


def test_every_line_is_well_formed():
    text = SEED.read_text(encoding="utf-8")
    for entry in ENTRIES:
        assert entry.question.strip() == entry.question != ""
        assert entry.kind in (ANSWERABLE_KINDS if entry.sentences else UNANSWERABLE_KINDS), entry
        for sentence in entry.sentences:
            assert sentence.strip() == sentence != ""
            assert text.count(sentence) == 1, sentence


def test_no_question_is_asked_twice():
    asked = [entry.question.casefold() for entry in ENTRIES]
    assert len(asked) == len(set(asked))


def test_there_are_many_of_either_kind():
    answerable = sum(bool(entry.sentences) for entry in ENTRIES)
    assert min(answerable, len(ENTRIES) - answerable) >= 100


@pytest.fixture(scope="module")
def answers(tmp_path_factory, embedder, reader) -> Iterator[list[tuple[Entry, Answer]]]:
    """What the real models answer."""
    folder = tmp_path_factory.mktemp("data")
    with Library.open(folder, embedder, reader, chroma=False) as library:
        library.ingest(files([SEED.parent]))
        yield [(entry, library.ask(entry.question)) for entry in ENTRIES]


@pytest.mark.model
def test_what_the_article_answers_is_answered_with_the_right_sentence(answers):
    check([pair for pair in answers if pair[0].sentences], ANSWERED_RIGHT)


@pytest.mark.model
def test_what_the_article_does_not_answer_is_refused(answers):
    check([pair for pair in answers if not pair[0].sentences], REFUSED)


@pytest.mark.model
def test_an_answer_is_hardly_ever_a_wrong_one(answers):
    answered = [pair for pair in answers if pair[0].sentences and pair[1].answered]
    check(answered, 1 - ANSWERED_WRONG)


def check(asked: list[tuple[Entry, Answer]], floor: float) -> None:
    wrong = [(entry, answer) for entry, answer in asked if not entry.is_right(answer)]
    share = 1 - len(wrong) / len(asked)
    assert share >= floor, "\n".join(
        [f"{share:.3f} of {len(asked)} are right; wrong are:", *(line(*pair) for pair in wrong)]
    )


def line(entry: Entry, answer: Answer) -> str:
    said = answer.text if answer.answered else "refused"
    return f"{entry.kind:<14} {answer.confidence:.2f}  {entry.question}  ->  {said}"
