"""Texts that are all but the same, as when one article is copied with a word changed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from index.model import Hit

NEARLY = 90.0
"""Percent of the characters that two texts have in common, in order."""

MAX_COPIES = 3
"""Of one passage in other articles among the hits: enough to cite it and say where else it is."""

_NUMBER = re.compile(r"\d+")


def nearly_same(one: str, other: str) -> bool:
    """Whether two sentences say the same; with another number they do not."""
    return one == other or (_alike(one, other) and _NUMBER.findall(one) == _NUMBER.findall(other))


def varied(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """The first hits, without a passage that MAX_COPIES hits of other articles have already."""
    kept: list[Hit] = []
    for hit in hits:
        if len(kept) == limit:
            break
        others = (one for one in kept if one.article.id != hit.article.id)
        copies = sum(_alike(one.text, hit.text) for one in others)
        if copies < MAX_COPIES:
            kept.append(hit)
    return kept


def _alike(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=NEARLY) > 0
