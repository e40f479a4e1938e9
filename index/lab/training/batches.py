"""Examples to batches, and the loss over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from index.lab.training.examples import Example, Random
from index.models.encoding import NO_ANSWER, Pair, PairEncoder
from index.models.network import Network, Tensor

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """`ids`, `types`, `mask`: (rows, tokens). `passage`: the tokens that may answer, with [CLS].

    `starts`, `ends`: (rows,) token indexes, both NO_ANSWER where there is no answer.
    """

    ids: Ints
    types: Ints
    mask: Ints
    passage: NDArray[np.bool_]
    starts: Ints
    ends: Ints

    @property
    def tokens(self) -> int:
        """Tokens that are not padding."""
        return int(self.mask.sum())


@dataclass(frozen=True, slots=True)
class _Row:
    pair: Pair
    start: int
    end: int


def batches(
    examples: Sequence[Example], encoder: PairEncoder, *, tokens: int, rng: Random
) -> Iterator[Batch]:
    """Yield batches of at most `tokens` tokens, padding counted, in a drawn order."""
    pairs = encoder.encode([(e.question, e.heading, e.passage) for e in examples])
    rows = [row for e, p in zip(examples, pairs, strict=True) if (row := _row(e, p))]
    rows.sort(key=lambda row: len(row.pair.ids))
    groups = list(_groups(rows, tokens))
    rng.shuffle(groups)
    yield from map(collate, groups)


def _row(example: Example, pair: Pair) -> _Row | None:
    """Find the answer's tokens; None where they were cut off."""
    if example.answer is None:
        return _Row(pair, NO_ANSWER, NO_ANSWER)
    if not pair.offsets or pair.offsets[-1][1] < example.answer.end:
        return None
    inside = [
        pair.first + i
        for i, (start, end) in enumerate(pair.offsets)
        if start < example.answer.end and end > example.answer.start
    ]
    return _Row(pair, inside[0], inside[-1]) if inside else None


def _groups(rows: Sequence[_Row], tokens: int) -> Iterator[list[_Row]]:
    group: list[_Row] = []
    for row in rows:
        if group and len(row.pair.ids) * (len(group) + 1) > tokens:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def collate(rows: Sequence[_Row]) -> Batch:
    """Pad rows to the longest."""
    shape = (len(rows), max(len(row.pair.ids) for row in rows))
    ids, types, mask = (np.zeros(shape, np.int64) for _ in range(3))
    passage = np.zeros(shape, np.bool_)
    passage[:, NO_ANSWER] = True
    for n, row in enumerate(rows):
        length = len(row.pair.ids)
        ids[n, :length] = row.pair.ids
        types[n, :length] = row.pair.types
        mask[n, :length] = 1
        passage[n, row.pair.first : row.pair.last] = True
    starts = np.array([row.start for row in rows], np.int64)
    ends = np.array([row.end for row in rows], np.int64)
    return Batch(ids, types, mask, passage, starts, ends)


def loss(network: Network, batch: Batch) -> Tensor:
    """Cross entropy of start and end over the passage and [CLS], plus that of answerable."""
    ids, types, mask = (torch.from_numpy(a) for a in (batch.ids, batch.types, batch.mask))
    device = next(network.parameters()).device
    with torch.autocast(device.type, torch.bfloat16):
        starts, ends, answerable = network(ids.to(device), types.to(device), mask.to(device))
    outside = ~torch.from_numpy(batch.passage).to(device)
    start, end = (torch.from_numpy(a).to(device) for a in (batch.starts, batch.ends))
    found = (start != NO_ANSWER).float()
    return (
        cross_entropy(starts.float().masked_fill(outside, -1e4), start)
        + cross_entropy(ends.float().masked_fill(outside, -1e4), end)
    ) / 2 + binary_cross_entropy_with_logits(answerable.float(), found)
