"""Unanswerable questions made from answerable ones, by one word or name that differs.

Rajpurkar et al. 2018 (SQuAD 2.0) found of what people write when asked for unanswerable questions:
entity swaps 21 %, antonyms 20 %, mutual exclusion 15 %, negation 9 %, impossible conditions 4 %.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.lab.training.examples import Example, Item, Random
from index.model import Span
from index.text.words import antonyms

_NAME = re.compile(
    r"\b[A-Z]\w*(?:['’-]\w{2,})*(?:(?: (?:of|the|de|la|von|van|and))? [A-Z]\w*(?:['’-]\w{2,})*)*"
)

_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d+\b")

_WORD = re.compile(r"(?<!\b[Hh]ow )\b[a-z]+")  # "how long" asks nothing of length

_ASKING = {
    "What", "Who", "Whom", "Whose", "When", "Where", "Why", "How", "Which", "In", "On", "At", "The",
    "A", "An", "Is", "Are", "Was", "Were", "Did", "Do", "Does", "Can", "Could", "Has", "Have",
    "Had", "By", "For", "From", "To", "During", "After", "Before", "Of", "With", "Under", "I",
    "According", "As", "If", "Besides", "Along", "It", "He", "She", "They", "This", "That", "Name",
}  # fmt: skip

_AUXILIARY = re.compile(
    r"\b(is|are|was|were|can|could|will|would|should|has|have|had|does|do|did)\b"
)

_NEGATIVE = re.compile(r"\b(?:not|never|no|nor|cannot)\b|n['’]t\b", re.IGNORECASE)

NEAR_MISS_SHARE = 0.25
"""Of swapped names, how many stand in the passage too, though not in the sentence that answers."""


@dataclass(frozen=True, slots=True)
class Swap:
    """One expression in place of another."""

    old: str
    new: str

    def of(self, text: str) -> str:
        """The text with every occurrence swapped."""
        return _whole(self.old).sub(lambda _: self.new, text)

    def within(self, example: Example) -> Example | None:
        """The passage and heading swapped; None where that touches the answer."""
        found = [Span(*match.span()) for match in _whole(self.old).finditer(example.passage)]
        answer = example.answer
        if answer is None or not found:
            return None
        if any(span.start < answer.end and answer.start < span.end for span in found):
            return None
        shift = sum(span.end <= answer.start for span in found) * (len(self.new) - len(self.old))
        moved = Span(answer.start + shift, answer.end + shift)
        passage, heading = self.of(example.passage), self.of(example.heading)
        if moved.of(passage) != answer.of(example.passage):
            return None
        return replace(example, passage=passage, heading=heading, answer=moved)


class Swaps:
    """Draws swaps for questions; names come from the same topic, so that they are likely."""

    def __init__(self, items: Sequence[Item]) -> None:
        by_topic: defaultdict[int, set[str]] = defaultdict(set)
        for item in items:
            by_topic[item.topic].update(_names(item.question))
            by_topic[item.topic].update(
                words for a in item.answers if _is_name(words := a.of(item.paragraph.text))
            )
        self._by_topic = {topic: sorted(found) for topic, found in by_topic.items()}
        self._all = sorted(set().union(*by_topic.values()))

    def draw(self, example: Example, topic: int, rng: Random) -> Swap | None:
        """A swap that makes the question one that its passage does not answer."""
        kinds = [self._name, self._number, self._antonym]
        rng.shuffle(kinds)
        for kind in kinds:
            swap = kind(example, topic, rng)
            if swap and swap.of(example.question) != example.question:
                return swap
        return None

    def _name(self, example: Example, topic: int, rng: Random) -> Swap | None:
        names = list(_names(example.question))
        if not names:
            return None
        old = rng.choice(names)
        answering = _sentence(example)
        near = rng.random() < NEAR_MISS_SHARE
        pool = self._by_topic[topic] if rng.random() < 0.8 else self._all
        for _ in range(20):
            new = rng.choice(pool)
            apart = not (_words(new) & _words(f"{example.question} {answering}"))
            stands = bool(_whole(new).search(example.passage))
            if apart and stands == near and abs(len(new.split()) - len(old.split())) <= 1:
                return Swap(old, new)
        return None

    @staticmethod
    def _number(example: Example, _topic: int, rng: Random) -> Swap | None:
        numbers = _NUMBER.findall(example.question)
        if not numbers:
            return None
        old = rng.choice(numbers)
        digits = re.sub(r"\D", "", old)
        step = rng.choice([1, 1, 2, 3, 5, 10, 20]) * rng.choice([-1, 1])
        new = str(max(1, int(digits) + step))
        return Swap(old, new) if new not in example.passage and new != old else None

    @staticmethod
    def _antonym(example: Example, _topic: int, rng: Random) -> Swap | None:
        known = [word for word in _WORD.findall(example.question) if word in antonyms()]
        if not known:
            return None
        old = rng.choice(known)
        return Swap(old, rng.choice(antonyms()[old]))


def in_question(example: Example, swap: Swap) -> Example:
    """Ask for something else of the same passage: not answered."""
    question = swap.of(example.question)
    return replace(example, question=question, answer=None, kind="swapped in question")


def in_passage(example: Example, swap: Swap) -> Example | None:
    """Ask the same of a passage that speaks of something else: not answered."""
    swapped = swap.within(example)
    return swapped and replace(swapped, answer=None, kind="swapped in passage")


def in_both(example: Example, swap: Swap) -> Example | None:
    """Swap on both sides: still answered, so that no word by itself gives the label away."""
    swapped = swap.within(example)
    return swapped and replace(swapped, question=swap.of(example.question), kind="swapped in both")


def negated(example: Example) -> Example | None:
    """Ask what is not so: not answered."""
    match = _AUXILIARY.search(example.question)
    if not match or _NEGATIVE.search(example.question):
        return None
    question = f"{example.question[: match.end()]}n't{example.question[match.end() :]}"
    question = question.replace("cann't", "can't").replace("willn't", "won't")
    return replace(example, question=question, answer=None, kind="negated")


def _names(question: str) -> Iterator[str]:
    """Names in a question, without a question word at its start."""
    for match in _NAME.finditer(question):
        words = match[0].split()
        while words and words[0] in _ASKING:
            words = words[1:]
        if words and (match.start() > 0 or len(words) < len(match[0].split())):
            yield " ".join(words)


def _is_name(text: str) -> bool:
    match = _NAME.fullmatch(text)
    return bool(match) and text.split()[0] not in _ASKING


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 1}


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")


def _sentence(example: Example) -> str:
    """The words around the answer, up to the sentence's ends."""
    if example.answer is None:
        return ""
    start = example.passage.rfind(". ", 0, example.answer.start) + 1
    end = example.passage.find(". ", example.answer.end)
    return example.passage[start : end if end >= 0 else len(example.passage)]
