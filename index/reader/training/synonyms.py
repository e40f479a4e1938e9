"""Words and what may stand for them, in the same form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple

from index.reader.training.thesaurus import NOUNS, OTHERS, VERBS
from index.reader.training.verbs import forms


def _groups(table: str) -> Iterator[list[str]]:
    for line in table.split("\n"):
        for group in line.split("  "):
            if "/" in group:
                yield group.strip().split("/")


def _plural(noun: str) -> str:
    if noun.endswith(("s", "folk", "people", "youth", "military", "ten years", "clothing")):
        return noun
    if noun.endswith(("man", "men")) and noun not in {"human", "men"}:
        return f"{noun[:-3]}men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("sh", "ch", "x")) else f"{noun}s"


def _said_of(rows: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for word in row:
            if " " not in word:
                found[word] += [w for w in row if w not in (word, *found[word])]
    return {word: tuple(others) for word, others in found.items() if others}


def _verbs(which: Sequence[int]) -> Iterator[Sequence[str]]:
    """The groups of verbs in some of their forms, by place in `Forms`."""
    for group in _groups(VERBS):
        rows = list(zip(*(astuple(forms(verb)) for verb in group), strict=True))
        yield from (rows[place] for place in which)


_BASE, _PAST, _PARTICIPLE, _GERUND = 0, 2, 3, 4

AFTER_TO = _said_of(_verbs([_BASE]))
"""A verb's base form, as after "did" or "to", and what may stand for it."""

WORDS = _said_of(
    [
        *_verbs([_PAST, _PARTICIPLE, _GERUND]),
        *_groups(NOUNS),
        *([_plural(noun) for noun in group] for group in _groups(NOUNS)),
        *_groups(OTHERS),
    ]
)
"""Any other lower-case word and what may stand for it."""
