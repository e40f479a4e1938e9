"""The training examples in their shares, the same for the same seed and round."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from index.lab.training import swaps
from index.lab.training.examples import Example, Item, as_asked, without_answer
from index.lab.training.forms import UNANSWERED_SHARE, explains, in_a_manner, whether, why
from index.lab.training.mining import Mined, mined_key
from index.lab.training.statements import Statements
from index.lab.training.swaps import Swaps
from index.text import words

SHARES = {
    "answerable": 0.28,
    "contrast": 0.12,
    "swapped in both": 0.05,
    "statement": 0.09,
    "yes or no": 0.05,
    "why": 0.03,
    "adversarial": 0.10,
    "swapped in question": 0.09,
    "swapped in passage": 0.02,
    "negated": 0.01,
    "sentence removed": 0.04,
    "mined": 0.12,
}
"""Of all examples; of the statements, yes/no and why questions three of five are answered. About
55 % are answerable.

Contrast are answerable questions on the topics that have adversarial ones, as often as those: else
the reader learns to tell the topic instead of the question.
"""

FILE_WEIGHTS = {"squad2": 3.0, "wiki": 2.0}
"""How much more often than its size a question is drawn from the files whose name has the word:
the others are reviews and posts, far from news."""

OTHER_WORDS_WEIGHT = 2.0
"""How much more often a question is drawn that shares few words with the sentence that answers."""

FEW_WORDS = 0.5

STEM_LETTERS = 5

DATES = ("2024-03-11", "2025-11-02", "2023-08-29", "2026-01-17", "2022-06-05")

DATED_SHARE = 0.15
"""Of the headings, how many have a date, as those of dated articles do."""


class Mixture:
    """Draws examples, round by round, so that training can be taken up between two."""

    def __init__(
        self, files: Sequence[tuple[str, Sequence[Item]]], mined: Mined, seed: int
    ) -> None:
        """`files` are names with their questions. Raises ValueError for mined of others."""
        self._seed = seed
        self._random = random.Random(seed)  # noqa: S311 - drawing examples, not secrets
        self._mined = {key: found for key, found in mined.items() if found}
        self._items: list[Item] = []
        weights: list[float] = []
        nearness: list[float] = []
        adversarial: list[Item] = []
        offset = 0
        for name, items in files:
            weight = max((w for word, w in FILE_WEIGHTS.items() if word in name), default=1.0)
            answerable = [item for item in items if item.answers]
            adversarial += [_renumbered(item, offset) for item in items if not item.answers]
            self._items += [_renumbered(item, offset) for item in answerable]
            weights += [
                weight * (OTHER_WORDS_WEIGHT if _in_other_words(i) else 1.0) for i in answerable
            ]
            nearness += [weight] * len(answerable)
            offset += 1 + max((item.topic for item in items), default=0)
        if self._mined and not any(_key(item) in self._mined for item in self._items):
            raise ValueError("the mined passages are of other questions")
        self._weights = list(_cumulative(weights))
        self._adversarial = adversarial
        topics = {item.topic for item in adversarial}
        self._contrast = [item for item in self._items if item.topic in topics] or self._items
        self._swaps = Swaps(self._items)
        near_news = [item for item, near in zip(self._items, nearness, strict=True) if near > 1]
        near_news = near_news or self._items
        self._statements = Statements(near_news)
        by_paragraph = {item.paragraph_name: item for item in near_news}
        self._asking_why = [i for i in self._items if i.question.lower().startswith("why ")]
        self._paragraphs = list(by_paragraph.values())
        self._explaining = [item for item in self._paragraphs if explains(item)]
        self._makers = self._kinds()

    def draw(self, number: int, count: int) -> list[Example]:
        """Return the examples of one round."""
        self._random.seed(f"{self._seed}:{number}")
        kinds = self._random.choices(list(SHARES), list(SHARES.values()), k=count)
        return [self._dated(in_a_manner(self._made(kind), self._random)) for kind in kinds]

    def _kinds(self) -> dict[str, Callable[[], Example | None]]:
        """How an example of each kind is made; one that cannot be is None."""
        return {
            "answerable": lambda: as_asked(self._item(), self._random),
            "contrast": lambda: as_asked(self._random.choice(self._contrast), self._random),
            "swapped in both": lambda: self._swapped(swaps.in_both),
            "statement": lambda: self._statements.draw(self._random),
            "yes or no": self._whether,
            "why": self._why,
            "adversarial": self._from_adversarial,
            "swapped in question": lambda: self._swapped(swaps.in_question),
            "swapped in passage": lambda: self._swapped(swaps.in_passage),
            "negated": lambda: swaps.negated(as_asked(self._item(), self._random)),
            "sentence removed": lambda: without_answer(self._item(), self._random),
            "mined": self._from_mined,
        }

    def _made(self, kind: str) -> Example:
        while True:
            if example := self._makers[kind]():
                return example

    def _item(self) -> Item:
        (item,) = self._random.choices(self._items, cum_weights=self._weights)
        return item

    def _swapped(self, how: Callable[[Example, swaps.Swap], Example | None]) -> Example | None:
        item = self._item()
        example = as_asked(item, self._random)
        swap = self._swaps.draw(example, item.topic, self._random)
        return how(example, swap) if swap else None

    def _from_adversarial(self) -> Example | None:
        """A question that people wrote to look answerable; without any, one that is answerable."""
        pool = self._adversarial or self._items
        return as_asked(self._random.choice(pool), self._random)

    def _whether(self) -> Example | None:
        return whether(self._random.choice(self._paragraphs), self._random)

    def _why(self) -> Example | None:
        """A question for a reason, made or of the set; where there is none, whether it is so."""
        if self._explaining and (not self._asking_why or self._random.random() < 0.5):
            return why(self._random.choice(self._explaining), self._random)
        if not self._asking_why:
            return self._whether()
        item = self._random.choice(self._asking_why)
        unanswered = self._random.random() < UNANSWERED_SHARE
        example = (without_answer if unanswered else as_asked)(item, self._random)
        return example and replace(example, kind="why")

    def _from_mined(self) -> Example | None:
        item = self._item()
        if not (found := self._mined.get(_key(item))):
            return None if self._mined else without_answer(item, self._random)
        heading, passage = self._random.choice(found)
        return Example(item.question, heading, passage, None, "mined")

    def _dated(self, example: Example) -> Example:
        if self._random.random() >= DATED_SHARE:
            return example
        heading = f"{example.heading} · {self._random.choice(DATES)}"
        return Example(example.question, heading, example.passage, example.answer, example.kind)


def _key(item: Item) -> str:
    return mined_key(item.question, item.paragraph_name)


def _in_other_words(item: Item) -> bool:
    """Whether the sentence that answers has few of the question's words."""
    text, answer = item.paragraph.text, item.answers[0]
    sentences = [s for s in item.paragraph.sentences if s.start <= answer.start < s.end]
    said = {word[:STEM_LETTERS].lower() for s in sentences for word in s.of(text).split()}
    asked = [word[:STEM_LETTERS].lower() for word in words.subject_words(item.question)]
    return sum(word in said for word in asked) < FEW_WORDS * len(asked)


def _renumbered(item: Item, offset: int) -> Item:
    return replace(item, topic=item.topic + offset)


def _cumulative(weights: Sequence[float]) -> Iterator[float]:
    total = 0.0
    for weight in weights:
        total += weight
        yield total
