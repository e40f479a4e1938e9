"""Questions of forms that question sets have few of: whether something is so, and why it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.model import Span
from index.reader.training.clauses import Turned, turn
from index.reader.training.examples import Example, Item, Random

UNANSWERED_SHARE = 0.4
"""Of each form, how many come with a passage that does not answer, so that the form alone tells
nothing."""

UNEXPLAINED_SHARE = 0.6
"""Of the unanswered why questions, how many come with a passage that has the fact without its
reason; the others come without the sentence."""

MIN_CHARS, MAX_CHARS = 10, 110
"""Of what a question says of its subject."""

_REASON = re.compile(
    r"^(?P<fact>.{20,160}?)(?P<because>(?:,? (?:because of|because|due to|owing to|in order to|"
    r"so that|thanks to|as a result of)|, since) )(?P<reason>[^.;]{8,200}?)[.]?$"
)


def whether(item: Item, rng: Random) -> Example | None:
    """Turn a sentence of the item's paragraph into a yes/no question that it decides."""
    for sentence in _shuffled(item, rng):
        if turned := _turned(sentence.of(item.paragraph.text).rstrip(".!").split(",")[0]):
            question = f"{turned.question[0].upper()}{turned.question[1:]}?"
            example = _read(item, question, sentence, sentence, rng)
            answered = rng.random() >= UNANSWERED_SHARE
            return _named(example if answered else _less(example, example.answer), "yes or no")
    return None


def why(item: Item, rng: Random) -> Example | None:
    """Turn a sentence that gives a reason into a question for it."""
    text = item.paragraph.text
    for sentence in _shuffled(item, rng):
        match = _REASON.match(sentence.of(text))
        if not match or not (turned := _turned(match["fact"])):
            continue
        begins = sentence.start + match.start("reason")
        reason = Span(begins, begins + len(match["reason"]))
        example = _read(item, f"Why {turned.question}?", sentence, reason, rng)
        assert example.answer is not None
        if rng.random() >= UNANSWERED_SHARE:
            return _named(example, "why")
        ends = example.answer.end
        if rng.random() < UNEXPLAINED_SHARE:
            cut = Span(example.answer.start - len(match["because"]), ends)
        else:
            stop = ends + len(sentence.of(text)) - match.end("reason")
            cut = Span(stop - len(sentence.of(text)), stop)
        return _named(_less(example, cut), "why")
    return None


def explains(item: Item) -> bool:
    """Whether `why` finds a question."""
    text = item.paragraph.text
    matches = (_REASON.match(sentence.of(text)) for sentence in item.paragraph.sentences)
    return any(match and _turned(match["fact"]) for match in matches)


def _shuffled(item: Item, rng: Random) -> Iterator[Span]:
    sentences = list(item.paragraph.sentences)
    rng.shuffle(sentences)
    yield from sentences


def _turned(statement: str) -> Turned | None:
    turned = turn(statement)
    return turned if turned and MIN_CHARS <= len(turned.rest) <= MAX_CHARS else None


def _read(item: Item, question: str, sentence: Span, answer: Span, rng: Random) -> Example:
    """The question with the passage of the sentence; `answer` as offsets into the paragraph."""
    span = item.paragraph.passage(sentence, rng)
    moved = Span(answer.start - span.start, answer.end - span.start)
    passage = span.of(item.paragraph.text)
    return Example(question, item.paragraph.title, passage, moved, "")


def _less(example: Example, cut: Span | None) -> Example | None:
    """The passage without some words, not answered; None where nothing is left."""
    assert cut is not None
    before, after = example.passage[: cut.start], example.passage[cut.end :].lstrip()
    rest = f"{before}{after}" if after.startswith(".") else f"{before} {after}"
    rest = " ".join(rest.split())
    return Example(example.question, example.heading, rest, None, "") if rest else None


def _named(example: Example | None, kind: str) -> Example | None:
    return example and Example(
        example.question, example.heading, example.passage, example.answer, kind
    )
