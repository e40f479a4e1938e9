"""How people type questions: in other words, in keywords, in haste.

A manner is drawn without regard to what is asked, so that it tells nothing of there being an
answer.
"""

from __future__ import annotations

import re
import string
from dataclasses import replace

from index import words
from index.reader.training.examples import Example, Random
from index.reader.training.rewording import passage_reworded, reworded

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

_FILLERS = (
    "hey, {}|hi {}|do you know {}|can you tell me {}|tell me {}|ok so {}|please, {}|so {}|um, {}|"
    "quick question: {}|{} please|{} thanks|{} anyone know|I was wondering, {}|{} I forgot|"
    "according to the article, {}|one more: {}|and {}|I'd like to know: {}|could you say {}"
).split("|")


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
        question = rng.choice(_FILLERS).format(question)
    if rng.random() < 0.65:
        for _ in range(rng.choice([1, 1, 2, 3])):
            question = with_slip(question, rng)
    return question


def with_slip(question: str, rng: Random) -> str:
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
