"""Vary the questions of evaluation as training does, to fit the weights on more of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.lab.evaluation.data import Topic
from index.lab.evaluation.questions import Posed
from index.lab.training.examples import Random, as_asked, items
from index.lab.training.forms import hasty, keywords
from index.lab.training.rewording import reworded
from index.lab.training.swaps import Swaps, in_question
from index.search.hybrid import Scope

MADE_UP_SHARE = 0.5
"""Of the answerable questions, how many are asked with a name, number or antonym swapped."""

VARIED_SHARE = 0.35
"""Of all questions, how many are asked once more in another manner."""

_MANNERS = (reworded, keywords, hasty)


def variants(
    posed: Sequence[Posed], topics: Sequence[Topic], scope: Scope, seed: int = 0
) -> Iterator[Posed]:
    """Questions like those posed; `topics` have the answerable ones of the same part."""
    rng = random.Random(seed)  # noqa: S311 - drawing questions, not secrets
    answerable = sum(one.kind == "answerable" for one in posed)
    made_up = list(_made_up(topics, scope, round(MADE_UP_SHARE * answerable), rng))
    yield from made_up
    for one in (*posed, *made_up):
        text = rng.choice(_MANNERS)(one.text, rng)
        if rng.random() < VARIED_SHARE and text != one.text:
            yield replace(one, text=text)


def _made_up(topics: Sequence[Topic], scope: Scope, count: int, rng: Random) -> Iterator[Posed]:
    """Answerable questions with something swapped, so that their paragraph does not answer."""
    pool = [item for item in items(topics) if item.answers]
    swaps = Swaps(pool)
    rng.shuffle(pool)
    for item in pool:
        if count <= 0:
            return
        example = as_asked(item, rng)
        if swap := swaps.draw(example, item.topic, rng):
            count -= 1
            yield Posed("adversarial", in_question(example, swap).question, "", (), (), scope)
