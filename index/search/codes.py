"""Binary codes of all passages, in memory: the search for passages that Chroma does not have yet.

A code takes 48 bytes and is compared in a few instructions; the question's projections tell more
about the nearest ones than their signs do; the first by those are compared exactly, by their
vectors in the database. The codes are stored there too, so there is no further file to check or
repair.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.model import Space
from index.models.embedder import Codes, Vectors, binary_codes, projected, signs
from index.store.snapshot import ArticleVersion, Place, Snapshot

Scored = tuple[ArticleVersion, int, float]
"""A version, the number of a passage in it, and its cosine similarity to the question."""

SHORTLIST = 250
"""Passages compared exactly. Of 10,403 paragraphs .935 of the nearest 50 are among them; 500 by
Hamming distance had .939, 200 .831."""

WEIGHED = 2_000
"""Passages whose bits are weighed by the question's projections."""

COARSE_WORDS = 2
"""Of a code, compared first where there are many: 128 bits."""

COARSE_FROM = 50_000
"""Passages."""

COARSE_SHARE = 20
"""One in so many is then compared by its whole code."""

CHUNK = 32_768
"""Passages compared at a time: 256 KB, which stay in the processor's cache."""

MOST_STALE = 10_000
"""Passages of replaced versions until all is read again, if they are the greater part as well."""

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
        self._current: dict[tuple[Space, str], int] = {}  # passages by article
        self._passages = 0
        self._stale = 0  # of the passages, those of versions that are no longer current

    def sync(self, snapshot: Snapshot) -> None:
        """Read the changes up to this snapshot."""
        if snapshot.generation <= self._generation:
            return
        with self._lock:
            if snapshot.generation <= self._generation:
                return
            spaces, after = dict(self._spaces), self._generation
            if self._stale > max(MOST_STALE, self._passages - self._stale):
                spaces, after, self._current, self._passages, self._stale = {}, -1, {}, 0, 0
            added: dict[Space, list[_Coded]] = {}
            for change, codes in snapshot.coded_changes(after, self._embedder):
                self._stale += self._current.pop((change.space, change.article_id), 0)
                if change.version and codes is not None:
                    self._current[change.space, change.article_id] = len(codes)
                    self._passages += len(codes)
                    key = (change.article_id, change.version)
                    added.setdefault(change.space, []).append((key, change.generation, codes))
            for space, versions in added.items():
                rows = spaces.setdefault(space, _Rows(self._words))
                rows.add(versions)
                rows.publish()
            self._spaces, self._generation = spaces, snapshot.generation

    def search(
        self, snapshot: Snapshot, space: Space, question: Vectors, limit: int, after: int = -1
    ) -> list[Scored]:
        """Return the nearest current passages of articles that changed after a generation.

        Best first; `question` is (dimension,).
        """
        rows = self._spaces.get(space)
        if rows is None:
            return []
        weights = projected(question[None])
        asked = max(SHORTLIST, 2 * limit)
        while True:
            coded = rows.nearest(weights, asked, after)
            places, vectors = snapshot.passage_vectors(coded)
            near = vectors @ question if places else np.empty(0)
            order = np.argsort(-near, kind="stable").tolist()
            found = _current(snapshot, space, [(*places[n], float(near[n])) for n in order], limit)
            if len(found) == limit or len(coded) < asked:
                return found
            asked *= 4  # many of them are of replaced versions


def _current(snapshot: Snapshot, space: Space, near: Sequence[Scored], limit: int) -> list[Scored]:
    """Return the first of them that are of current versions; seldom many have to be looked up."""
    found: list[Scored] = []
    for start in range(0, len(near), limit):
        some = near[start : start + limit]
        current = snapshot.current({key for key, _, _ in some}, [space])
        found += [one for one in some if one[0] in current]
        if len(found) >= limit:
            break
    return found[:limit]


@dataclass(frozen=True, slots=True)
class _View:
    """A snapshot: arrays whose first `size` entries no longer change."""

    size: int
    columns: tuple[Codes, ...]
    versions: Ints
    numbers: Ints
    generations: Ints


@dataclass
class _Rows:
    """The codes of a space, word by word, in the order in which the articles changed."""

    words: int
    _keys: list[ArticleVersion] = field(default_factory=list)
    _size: int = 0
    _capacity: int = 0
    _columns: list[Codes] = field(init=False)
    _others: list[Ints] = field(init=False)  # which of the keys, number of the passage, generation
    _view: _View = field(init=False)

    def __post_init__(self) -> None:
        self._columns = [np.empty(0, np.uint64) for _ in range(self.words)]
        self._others = [np.empty(0, np.int64) for _ in range(3)]
        self.publish()

    def add(self, added: Sequence[_Coded]) -> None:
        """Add current versions of articles, in the order in which they changed."""
        keys, changed, of_each = zip(*added, strict=True)
        codes, sizes = np.concatenate(of_each), np.array([len(one) for one in of_each])
        start, end = self._size, self._size + len(codes)
        if end > self._capacity:
            self._capacity = max(2 * self._capacity, end, 1024)
            self._columns = [np.resize(one, self._capacity) for one in self._columns]
            self._others = [np.resize(one, self._capacity) for one in self._others]
        for column, words in zip(self._columns, codes.T, strict=True):
            column[start:end] = words
        versions, numbers, generations = self._others
        versions[start:end] = np.repeat(np.arange(len(sizes)) + len(self._keys), sizes)
        numbers[start:end] = np.arange(len(codes)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        generations[start:end] = np.repeat(changed, sizes)
        self._keys += keys
        self._size = end

    def publish(self) -> None:
        """Make what was added visible to searches."""
        self._view = _View(self._size, tuple(self._columns), *self._others)

    def nearest(self, weights: Vectors, count: int, after: int) -> list[Place]:
        """Return about the nearest `count` passages to a question; `weights` is (1, bits)."""
        view, (code,) = self._view, signs(weights)
        first = int(np.searchsorted(view.generations[: view.size], after, side="right"))
        compared = COARSE_WORDS if view.size - first > COARSE_FROM else 0
        if compared:
            coarse = _distances(view.columns[:compared], code, first, view.size)
            sample = coarse[::COARSE_SHARE]
            nth = len(sample) // COARSE_SHARE
            near = np.flatnonzero(coarse <= np.partition(sample, nth)[nth])
            rows, distances = first + near, coarse[near].astype(np.uint16)
        else:
            rows = np.arange(first, view.size)
            distances = np.zeros(len(rows), np.uint16)
        weighed = max(WEIGHED, count)
        if len(rows) > weighed:
            for column, word in zip(view.columns[compared:], code[compared:], strict=True):
                distances += np.bitwise_count(column.take(rows) ^ word)
            rows = rows[np.argpartition(distances, weighed)[:weighed]]
        if len(rows) > count:
            codes = np.stack([column.take(rows) for column in view.columns], axis=1)
            bits = np.unpackbits(codes.view(np.uint8), axis=1)
            farness = np.einsum("ij,j->i", bits.astype(np.float32), -weights[0])
            rows = rows[np.argpartition(farness, count)[:count]]
        return [
            (self._keys[version], number)
            for version, number in zip(
                view.versions[rows].tolist(), view.numbers[rows].tolist(), strict=True
            )
        ]


def _distances(columns: tuple[Codes, ...], code: Codes, first: int, end: int) -> NDArray[np.uint8]:
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
