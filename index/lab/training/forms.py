"""Questions in forms and manners that question sets have few of."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import replace

from index.lab.training.examples import Example, Item, Random
from index.lab.training.grammar import Turned, turn
from index.lab.training.rewording import passage_reworded, reworded
from index.model import Span
from index.text import words
from index.text.words import entries

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


REWORDED_SHARE = 0.35

PASSAGE_REWORDED_SHARE = 0.15

KEYWORDS_SHARE = 0.08

HASTY_SHARE = 0.18

MIN_KEYWORDS = 2

MIN_LETTERS = 4
"""Of a word with a slip."""

_ASKING = re.compile(r"\b(when|where|who|why|how many|how much|which year)\b", re.IGNORECASE)

_LONG_WORD = re.compile(rf"[^\W\d_]{{{MIN_LETTERS},}}")

_HINT_SHARE = 0.3
"""Of keywords, how many keep the question word."""

_NEIGHBOURS = dict(
    zip(
        string.ascii_lowercase,
        "sqwz vghn xdfv serfcx wsdr dertgv ftyhbv gyujnb ujko huikmn jiolm kop njk bhjm iklp ol wa "
        "edft wedxza rfgy yhji cfgb qase zsdc tghu asx".split(),
        strict=True,
    )
)
"""Keys beside each key."""


def in_a_manner(example: Example, rng: Random) -> Example:
    """The example as somebody else may have put it."""
    if rng.random() < PASSAGE_REWORDED_SHARE:
        example = passage_reworded(example, rng)
    question = example.question
    if rng.random() < REWORDED_SHARE:
        question = reworded(question, rng)
    if example.kind != "negated" and rng.random() < KEYWORDS_SHARE:
        question = keywords(question, rng)
    if rng.random() < HASTY_SHARE:
        question = hasty(question, rng)
    return replace(example, question=question)


def keywords(question: str, rng: Random) -> str:
    """What a question is about, as typed into a search box; a question of one word stays."""
    kept = words.subject_words(question)
    if len(kept) < MIN_KEYWORDS:
        return question
    if (asking := _ASKING.search(question)) and rng.random() < _HINT_SHARE:
        kept.insert(rng.choice([0, len(kept)]), asking[0])
    text = " ".join(kept)
    return text.lower() if rng.random() < 0.7 else text


def hasty(question: str, rng: Random) -> str:
    """Without capitals, without the mark, with slips of the fingers or with words too many."""
    if rng.random() < 0.65:
        question = question.lower()
    if rng.random() < 0.65:
        question = question.rstrip("?. ")
    if rng.random() < 0.25:
        question = rng.choice(entries("index.lab.training", "fillers")).format(question)
    if rng.random() < 0.65:
        for _ in range(rng.choice([1, 1, 2, 3])):
            question = with_typo(question, rng)
    return question


def with_typo(question: str, rng: Random) -> str:
    """One letter left out, doubled, swapped with the next or hit beside in one of the words."""
    if not (found := list(_LONG_WORD.finditer(question))):
        return question
    match = rng.choice(found)
    word = match[0]
    at = rng.randrange(1, len(word) - 1)
    beside = rng.choice(_NEIGHBOURS.get(word[at].lower(), word[at]))
    slipped = rng.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + beside + word[at + 1 :],
        ]
    )
    return question[: match.start()] + slipped + question[match.end() :]
