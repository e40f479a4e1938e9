"""Binary codes of all passages, in memory: the search for passages that Chroma does not have yet.

A code takes 48 bytes and is compared in a few instructions; the question's projections tell more
about the nearest ones than their signs do; the first by those are compared exactly, by their
vectors in the database. The codes are stored there too, so there is no further file to check or
repair.
"""

from __future__ import annotations

import heapq
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from index.model import Space
from index.models.embedder import Codes, Vectors, binary_codes, projected, signs
from index.store.snapshot import ArticleVersion, PassageKey, Snapshot

Scored = tuple[ArticleVersion, int, float]
"""A version, the number of a passage in it, and its cosine similarity to the question."""

SHORTLIST = 150
"""Passages compared exactly. Of 3,132 paragraphs .959 of the nearest 50 are among them, .989 among
250; by projections that are not at right angles it was .846 and .927."""

WEIGHED = 2_000
"""Passages whose bits are weighed by the question's projections."""

COARSE_WORDS = 3
"""Of a code, compared first where there are many: 192 bits."""

COARSE_FROM = 50_000
"""Passages."""

COARSE_LEFT, COARSE_SHARE = 5_000, 80
"""So many, and one in so many, are then compared by their whole codes."""

SAMPLED = 100
"""One in so many tells how near those are."""

CHUNK = 32_768
"""Passages compared at a time: 256 KB, which stay in the processor's cache."""

MOST_STALE = 10_000
"""Passages of replaced versions until all is read again, if they are the greater part as well."""

NEVER = 2**62
"""A generation after all others."""

Ints = NDArray[np.int64]

_Coded = tuple[ArticleVersion, int, Codes]
"""A version, the generation in which it was published, and its codes: (passages, words)."""


class CodeIndex:
    """The codes of all spaces, kept separately. Thread-safe."""

    def __init__(self, embedder: str, dimension: int) -> None:
        """`embedder` is the model whose vectors are searched."""
        self._embedder = embedder
        self._words = binary_codes(np.zeros((1, dimension), np.float32)).shape[1]
        self._lock = threading.Lock()
        self._generation = -1
        self._spaces: dict[Space, _Rows] = {}
        self._current: dict[tuple[Space, str], int] = {}  # the number of an article's key
        self._stale = 0  # passages of versions that are no longer current

    def sync(self, snapshot: Snapshot) -> None:
        """Read the changes up to this snapshot."""
        if snapshot.generation <= self._generation:
            return
        with self._lock:
            if snapshot.generation <= self._generation:
                return
            spaces, after = dict(self._spaces), self._generation
            if self._stale > max(MOST_STALE, sum(rows.size for rows in spaces.values()) / 2):
                spaces, after, self._current, self._stale = {}, -1, {}, 0
            added: dict[Space, list[_Coded]] = {}
            for change, codes in snapshot.coded_changes(after, self._embedder):
                replaced = self._current.pop((change.space, change.article_id), None)
                if replaced is not None:
                    self._stale += spaces[change.space].end(replaced, change.generation)
                if change.version and codes is not None:
                    key = (change.article_id, change.version)
                    added.setdefault(change.space, []).append((key, change.generation, codes))
            for space, versions in added.items():
                rows = spaces.setdefault(space, _Rows(self._words))
                for number, (key, _, _) in enumerate(versions, rows.add(versions)):
                    self._current[space, key[0]] = number
                rows.show()
            self._spaces, self._generation = spaces, snapshot.generation

    def search(
        self, snapshot: Snapshot, space: Space, question: Vectors, limit: int, after: int = -1
    ) -> list[Scored]:
        """Return the nearest current passages of articles that changed after a generation.

        Best first; `question` is (dimension,).
        """
        rows = self._spaces.get(space)
        if rows is None or rows.newest <= after:
            return []
        asked = max(SHORTLIST, 2 * limit)
        coded = rows.nearest(projected(question[None]), asked, after, snapshot.generation)
        near = snapshot.similarities(coded, question).items()
        best = heapq.nlargest(limit, near, key=itemgetter(1))
        return [(*place, similarity) for place, similarity in best]


@dataclass(frozen=True, slots=True)
class _View:
    """A snapshot: arrays whose first `size` entries no longer change, but for the ends."""

    size: int
    heads: tuple[Codes, ...]
    tails: Codes
    versions: Ints
    numbers: Ints
    generations: Ints
    ends: Ints


@dataclass
class _Rows:
    """The codes of a space, in the order in which the articles changed.

    Those of a code's words that are compared first, of all passages, stand word by word; the
    others passage by passage, as they are looked up.
    """

    words: int
    size: int = 0
    _keys: list[ArticleVersion] = field(default_factory=list)
    _capacity: int = 0
    _heads: list[Codes] = field(init=False)
    _tails: Codes = field(init=False)
    _others: list[Ints] = field(init=False)  # key's number, passage's, generations: first, end
    _view: _View = field(init=False)

    def __post_init__(self) -> None:
        first = min(COARSE_WORDS, self.words)
        self._heads = [np.empty(0, np.uint64) for _ in range(first)]
        self._tails = np.empty((0, self.words - first), np.uint64)
        self._others = [np.empty(0, np.int64) for _ in range(4)]
        self.show()

    def add(self, added: Sequence[_Coded]) -> int:
        """Add current versions of articles, in the order in which they changed.

        Returns the number of the first, for `end`.
        """
        keys, changed, of_each = zip(*added, strict=True)
        codes, sizes = np.concatenate(of_each), np.array([len(one) for one in of_each])
        start, end = self.size, self.size + len(codes)
        if end > self._capacity:
            self._capacity = max(2 * self._capacity, end, 1024)
            self._heads = [np.resize(one, self._capacity) for one in self._heads]
            self._tails = np.resize(self._tails, (self._capacity, self._tails.shape[1]))
            self._others = [np.resize(one, self._capacity) for one in self._others]
        for head, words in zip(self._heads, codes.T, strict=False):
            head[start:end] = words
        self._tails[start:end] = codes[:, len(self._heads) :]
        versions, numbers, generations, ends = self._others
        number = len(self._keys)
        versions[start:end] = np.repeat(np.arange(len(sizes)) + number, sizes)
        numbers[start:end] = np.arange(len(codes)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        generations[start:end] = np.repeat(changed, sizes)
        ends[start:end] = NEVER
        self._keys += keys
        self.size = end
        return number

    @property
    def newest(self) -> int:
        """Return the generation in which the last visible version was published; -1: none."""
        view = self._view
        return int(view.generations[view.size - 1]) if view.size else -1

    def end(self, number: int, generation: int) -> int:
        """Note since when a version is no longer current, and count its passages."""
        versions, *_, ends = self._others
        first, end = np.searchsorted(versions[: self.size], (number, number + 1))
        ends[first:end] = generation
        return int(end - first)

    def show(self) -> None:
        """Make what was added visible to searches."""
        self._view = _View(self.size, tuple(self._heads), self._tails, *self._others)

    def nearest(self, weights: Vectors, count: int, after: int, until: int) -> list[PassageKey]:
        """Return about the nearest `count` passages to a question; `weights` is (1, bits).

        They are of versions that came after a generation and are current in another.
        """
        view, (code,) = self._view, signs(weights)
        first, size = np.searchsorted(view.generations[: view.size], (after, until), side="right")
        distances = _distances(view.heads, code, int(first), int(size))
        rows = _coarse(distances)
        rows = rows[view.ends[first:size].take(rows) > until]
        if len(rows) < count:  # there are no more, or replaced ones crowd them out
            rows = np.flatnonzero(view.ends[first:size] > until)
        near, rows = distances.take(rows), rows + first
        if len(rows) > (weighed := max(WEIGHED, count)):
            whole = near + _tail_distances(view, code, rows)
            rows = rows[np.argpartition(whole, weighed)[:weighed]]
        if len(rows) > count:
            heads = [head.take(rows) for head in view.heads]
            codes = np.column_stack([*heads, view.tails.take(rows, axis=0)])
            bits = np.unpackbits(codes.view(np.uint8), axis=1)
            farness = np.einsum("ij,j->i", bits.astype(np.float32), -weights[0])
            rows = rows[np.argpartition(farness, count)[:count]]
        keys = map(self._keys.__getitem__, view.versions.take(rows).tolist())
        return list(zip(keys, view.numbers.take(rows).tolist(), strict=True))


def _coarse(distances: NDArray[np.uint8]) -> Ints:
    """Return which distances are of passages that may be near; all where they are few."""
    if len(distances) <= COARSE_FROM:
        return np.arange(len(distances))
    sample = distances[::SAMPLED]
    nth = len(sample) // COARSE_SHARE + COARSE_LEFT // SAMPLED
    return np.flatnonzero(distances <= np.partition(sample, nth)[nth])


def _tail_distances(view: _View, code: Codes, rows: Ints) -> NDArray[np.uint16]:
    """Return by how many bits the last words of some rows differ."""
    distances = np.zeros(len(rows), np.uint16)
    tails = np.bitwise_count(view.tails.take(rows, axis=0) ^ code[len(view.heads) :])
    for bits in tails.T:  # sum() takes three times as long
        distances += bits
    return distances


def _distances(columns: Sequence[Codes], code: Codes, first: int, end: int) -> NDArray[np.uint8]:
    """Return the Hamming distances of rows `first` to `end` (exclusive), by up to three words."""
    found = np.zeros(end - first, np.uint8)
    differing, bits = np.empty(CHUNK, np.uint64), np.empty(CHUNK, np.uint8)
    for start in range(first, end, CHUNK):
        size = min(CHUNK, end - start)
        part = found[start - first : start - first + size]
        for column, word in zip(columns, code, strict=False):
            np.bitwise_xor(column[start : start + size], word, out=differing[:size])
            part += np.bitwise_count(differing[:size], out=bits[:size])
    return found
