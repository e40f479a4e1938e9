"""Examples as rows of tokens with their targets, and rows as batches of arrays."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lab.training.examples import Example, Random, Read
from index.model import Span
from index.models.encoding import NO_ANSWER, PAD, Pair, PairEncoder
from index.models.reader import Floats, Reading, reading

PADDED_TO = 8
"""Rows are padded to a multiple: few shapes, little waste."""

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class EncodedExample:
    """An example's tokens, and which of them are right.

    `starts`, `ends`: the tokens at which an answer may start and end; `within`: those of the
    sentences it stands in. All are NO_ANSWER where the passage has none.
    """

    example: Example
    pair: Pair
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    within: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Arrays of (rows, tokens). `open`: tokens that may answer, with NO_ANSWER."""

    rows: Sequence[EncodedExample]
    ids: Ints
    mask: Ints
    open: Bools
    starts: Bools
    ends: Bools
    within: Bools

    @property
    def tokens(self) -> int:
        """Tokens that are not padding."""
        return int(self.mask.sum())


class ExampleEncoder:
    """The reader's tokenizer, for examples."""

    def __init__(self) -> None:
        self._pairs = PairEncoder()

    def encode(self, examples: Sequence[Example]) -> list[EncodedExample]:
        """Encode examples; those whose answers were all cut off are left out."""
        pairs = self._pairs.encode([(e.question, e.heading, e.passage) for e in examples])
        rows = (_row(example, pair) for example, pair in zip(examples, pairs, strict=True))
        return [row for row in rows if row]


def _row(example: Example, pair: Pair) -> EncodedExample | None:
    if not pair.offsets:
        return None
    if not example.answers:
        none = (NO_ANSWER,)
        return EncodedExample(example, pair, none, none, none)
    offsets = np.array(pair.offsets, np.int64)
    tokens = [found for a in example.answers if len(found := touching(offsets, a))]
    if not tokens or example.answers[0].end > offsets[-1, 1]:
        return None
    holding = [
        touching(offsets, s)
        for s in example.sentences
        if any(s.start < a.end and a.start < s.end for a in example.answers)
    ]
    within = np.concatenate(holding) if holding else tokens[0]
    return EncodedExample(
        example,
        pair,
        tuple(sorted({pair.first + int(found[0]) for found in tokens})),
        tuple(sorted({pair.first + int(found[-1]) for found in tokens})),
        tuple(pair.first + int(n) for n in within),
    )


def touching(offsets: NDArray[np.int64], span: Span) -> NDArray[np.int64]:
    """Return the tokens that share characters with a span."""
    return np.flatnonzero((offsets[:, 0] < span.end) & (offsets[:, 1] > span.start))


def batches(rows: Sequence[EncodedExample], tokens: int, rng: Random) -> Iterator[Batch]:
    """Yield batches of rows of like length, at most `tokens` tokens each, in a drawn order."""
    rows = sorted(rows, key=lambda row: len(row.pair.ids) + rng.random())
    groups: list[list[EncodedExample]] = [[]]
    for row in rows:
        if groups[-1] and _padded(len(row.pair.ids)) * (len(groups[-1]) + 1) > tokens:
            groups.append([])
        groups[-1].append(row)
    rng.shuffle(groups)
    yield from map(collate, groups)


def collate(rows: Sequence[EncodedExample]) -> Batch:
    """Pad rows to the longest."""
    shape = (len(rows), _padded(max(len(row.pair.ids) for row in rows)))
    ids, mask = np.full(shape, PAD, np.int64), np.zeros(shape, np.int64)
    open_, starts, ends, within = (np.zeros(shape, np.bool_) for _ in range(4))
    open_[:, NO_ANSWER] = True
    for n, row in enumerate(rows):
        ids[n, : len(row.pair.ids)] = row.pair.ids
        mask[n, : len(row.pair.ids)] = 1
        open_[n, row.pair.first : row.pair.last] = True
        starts[n, list(row.starts)] = True
        ends[n, list(row.ends)] = True
        within[n, list(row.within)] = True
    return Batch(rows, ids, mask, open_, starts, ends, within)


def reader(
    run: Callable[[Sequence[Batch]], Iterable[Sequence[Floats]]],
    encoder: ExampleEncoder,
    tokens: int,
) -> Read:
    """Return a reader of examples, in batches of at most `tokens` tokens.

    `run` returns the logits of start, end and answerable for each batch.
    """

    def read(examples: Sequence[Example]) -> list[Reading]:
        found: dict[int, Reading] = {}
        order = random.Random(0)  # noqa: S311 - it does not matter
        drawn = list(batches(encoder.encode(examples), tokens, order))
        for batch, (starts, ends, heads) in zip(drawn, run(drawn), strict=True):
            for n, row in enumerate(batch.rows):
                found[id(row.example)] = reading(
                    row.pair, row.example.sentences, starts[n], ends[n], float(heads[n])
                )
        return [found[id(example)] for example in examples]

    return read


def _padded(tokens: int) -> int:
    return -(-tokens // PADDED_TO) * PADDED_TO
