"""The training examples in fixed shares: those of a round depend on the seed and its number alone.

So training can be taken up anywhere, on any machine. Every source is gone through in a shuffled
order, and again in another one when it is used up.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from index.lab.training.examples import (
    PASSAGE_WORDS,
    WHOLE_WORDS,
    Example,
    Item,
    Paragraph,
    Random,
    as_asked,
    heading,
    load,
    words_of,
)

COUNTS = {
    "natural": 152,
    "natural near miss": 92,
    "squad": 76,
    "adversarial": 96,
    "discourse": 24,
    "new_wiki": 14,
    "search": 12,
    "sentences": 8,
    "mined natural": 22,
    "mined squad": 16,
}
"""Examples of each source in a round (512). Answerable: 56 %. Natural and its near misses are used
up at the same time."""

ROUND_EXAMPLES = sum(COUNTS.values())

HARDEST = 3
"""A mined negative is drawn among so many passages that share most with the question."""

FILES: Mapping[str, tuple[str, ...]] = {
    "natural": ("natural_news",),
    "squad": ("squad2_train_part", *(f"squad2_train_rebuilt_{n}" for n in range(8))),
    "discourse": ("qadiscourse_wikinews",),
    "new_wiki": ("squadshifts_new_wiki",),
    "search": ("qed_nq",),
    "sentences": ("selqa_dev", "selqa_test"),
}


@dataclass(frozen=True)
class Sources:
    """Questions by the name of their source, and the paragraphs of every topic."""

    items: Mapping[str, Sequence[Item]]
    paragraphs: Mapping[str, Sequence[Paragraph]]


def sources(folder: Path) -> Sources:
    """Read the train part of every file; no article of natural_news's other parts is in it."""
    natural = folder / "natural_news.json"
    kept_back = {_number(i.topic) for i in (*load(natural, "tune"), *load(natural, "dev"))}
    items: dict[str, list[Item]] = {}
    paragraphs: dict[str, dict[str, Paragraph]] = {}
    for source, names in FILES.items():
        found = [
            item
            for name in names
            for item in load(folder / f"{name}.json", "train", everywhere="rebuilt" in name)
            if not ("wikinews" in item.topic.lower() and _number(item.topic) in kept_back)
        ]
        for item in found:
            of_topic = paragraphs.setdefault(item.topic, {})
            of_topic.setdefault(item.paragraph.text, item.paragraph)
        items[source] = [item for item in found if item.answers]
        unanswered = [item for item in found if not item.answers]
        if source == "natural":
            items["natural near miss"] = unanswered
        elif source == "squad":
            items["adversarial"] = unanswered
    items["discourse"] = _capped(items["discourse"])
    items["mined natural"], items["mined squad"] = items["natural"], items["squad"]
    return Sources(items, {name: tuple(found.values()) for name, found in paragraphs.items()})


class Mixture:
    """Draws examples, round by round."""

    def __init__(self, given: Sources, seed: int) -> None:
        self._given = given
        self._seed = seed
        natural = {id(item.paragraph): item.paragraph for item in given.items["natural"]}
        self._natural = list(natural.values())
        self._idf = _idf([p for found in given.paragraphs.values() for p in found])

    def draw(self, number: int) -> list[Example]:
        """Return the examples of one round, in no order that matters."""
        rng = random.Random(f"{self._seed}:{number}")  # noqa: S311 - examples, not secrets
        return [
            self._made(source, self._item(source, place), rng)
            for source, count in COUNTS.items()
            for place in range(number * count, (number + 1) * count)
        ]

    def _item(self, source: str, place: int) -> Item:
        """The item at a place of the source's endless order."""
        items = self._given.items[source]
        epoch, index = divmod(place, len(items))
        order = list(range(len(items)))
        random.Random(f"{self._seed}:{source}:{epoch}").shuffle(order)  # noqa: S311
        return items[order[index]]

    def _made(self, source: str, item: Item, rng: Random) -> Example:
        if source.startswith("mined"):
            return self._mined(item, source, rng)
        words = WHOLE_WORDS if source.startswith("natural") else rng.choice(PASSAGE_WORDS)
        if source == "adversarial":
            words = max(PASSAGE_WORDS)
        return as_asked(item, source, words, rng)

    def _mined(self, item: Item, source: str, rng: Random) -> Example:
        """Pair the question with a like passage that has no answer, of its article or another."""
        said = [answer.of(item.paragraph.text).casefold() for answer in item.answers]
        own = self._given.paragraphs[item.topic]
        pool: Sequence[Paragraph] = own
        if len(own) < 2 or ("natural" in source and rng.random() < 0.4):
            pool = self._natural if "natural" in source else own
        asked = words_of(item.question)
        pool = [
            p
            for p in pool
            if p is not item.paragraph and not any(s in p.text.casefold() for s in said)
        ]
        if not pool:
            return as_asked(item, source, max(PASSAGE_WORDS), rng)
        pool.sort(key=lambda p: -sum(self._idf[w] for w in asked & p.words))
        paragraph = rng.choice(pool[:HARDEST])
        other = Item(item.question, paragraph, (), item.topic)
        made = as_asked(other, source, rng.choice(PASSAGE_WORDS), rng)
        return Example(
            made.question, heading(paragraph.title, rng), made.passage, (), made.sentences, source
        )


def _idf(paragraphs: Sequence[Paragraph]) -> Mapping[str, float]:
    seen: Counter[str] = Counter()
    for paragraph in paragraphs:
        seen.update(paragraph.words)
    rarity = {word: log(len(paragraphs) / count) for word, count in seen.items()}
    return Counter(rarity)


def _capped(items: Sequence[Item]) -> list[Item]:
    """Keep questions for a reason or a consequence: other openings are made by a pattern."""
    wanted = ("why", "what is the reason", "what is the result", "despite", "in what manner", "how")
    return [item for item in items if item.question.lower().startswith(wanted)]


def _number(title: str) -> str:
    """The article's number: "Wikinews 629745" and "Wiki1k:wikinews:629745" are the same one."""
    return title.replace(":", " ").split()[-1]
