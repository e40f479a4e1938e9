"""Which articles report on the same story as one, so that a follow-up may go on in them."""

from __future__ import annotations

from collections.abc import Iterable

from index.answers.updates import NAMES_IN_COMMON, names_in_common
from index.model import Article, Hit

SEARCHED = 20
"""Passages near an article's beginning among which the others of its story are looked for."""

OPENING_CHARS = 400
"""Of an article, to look for them by."""

MOST = 5
"""Articles of a story, the one that it is known by included."""


def search_text(own: Hit) -> str:
    """Return what to search for articles like one: its title and how it begins."""
    return f"{own.article.title}\n{own.text[:OPENING_CHARS]}"


def on_same_story(own: Hit, near: Iterable[Hit]) -> list[Article]:
    """Return an article, as one passage, with those near it that have several of its names."""
    found = {own.article.id: own.article}
    for hit in near:
        if len(found) < MOST and len(names_in_common(own, hit)) >= NAMES_IN_COMMON:
            found.setdefault(hit.article.id, hit.article)
    return list(found.values())
