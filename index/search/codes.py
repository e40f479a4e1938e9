"""Binary codes of all passages, in memory: the search for passages that Chroma does not have yet.

A code takes 48 bytes and is compared in a few instructions; the nearest ones are then compared
exactly, by their vectors in the database. The codes are stored there too, so there is no further
file to check or repair.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from index.model import Space
from index.models.embedder import Codes, Vectors, binary_codes
from index.store.snapshot import ArticleVersion, Change, Place, Snapshot, key_of

Scored = tuple[ArticleVersion, int, float]
"""A version, the number of a passage in it, and its cosine similarity to the question."""

SHORTLIST = 500
"""Passages compared exactly."""

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
            changes = snapshot.changes(after, self._embedder)
            codes = snapshot.codes([c.article for c in changes if c.article])
            for change in changes:
                self._stale += self._current.pop((change.space, change.article_id), 0)
                if change.article:
                    self._current[change.space, change.article_id] = change.article.passages
                    self._passages += change.article.passages
                    rows = spaces.setdefault(change.space, _Rows(self._words))
                    rows.add(change, codes[key_of(change.article)])
            for rows in spaces.values():
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
        code = binary_codes(question[None])[0]
        asked = max(SHORTLIST, 2 * limit)
        while True:
            places = rows.nearest(code, asked, after)
            kept, vectors = snapshot.passage_vectors(places, space)
            if len(kept) >= limit or len(places) < asked:
                break
            asked *= 4  # many of them are of replaced versions
        if not kept:
            return []
        near = vectors @ question
        best = np.argsort(-near, kind="stable")[:limit]
        return [(*kept[row], float(near[row])) for row in best]


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

    def add(self, change: Change, codes: Codes) -> None:
        """Add an article's current version; `codes` are (passages, words)."""
        assert change.article
        start, end = self._size, self._size + len(codes)
        if end > self._capacity:
            self._capacity = max(2 * self._capacity, end, 1024)
            self._columns = [np.resize(one, self._capacity) for one in self._columns]
            self._others = [np.resize(one, self._capacity) for one in self._others]
        for column, words in zip(self._columns, codes.T, strict=True):
            column[start:end] = words
        versions, numbers, generations = self._others
        versions[start:end] = len(self._keys)
        numbers[start:end] = np.arange(len(codes))
        generations[start:end] = change.generation
        self._keys.append(key_of(change.article))
        self._size = end

    def publish(self) -> None:
        """Make what was added visible to searches."""
        self._view = _View(self._size, tuple(self._columns), *self._others)

    def nearest(self, code: Codes, count: int, after: int) -> list[Place]:
        """Return `count` passages of about the nearest codes; `code` is (words,)."""
        view = self._view
        first = int(np.searchsorted(view.generations[: view.size], after, side="right"))
        if view.size - first > COARSE_FROM:
            coarse = _distances(view.columns[:COARSE_WORDS], code, first, view.size)
            sample = coarse[::COARSE_SHARE]
            nth = len(sample) // COARSE_SHARE
            rows = first + np.flatnonzero(coarse <= np.partition(sample, nth)[nth])
        else:
            rows = np.arange(first, view.size)
        if len(rows) > count:
            distances = np.zeros(len(rows), np.uint16)
            for column, word in zip(view.columns, code, strict=True):
                distances += np.bitwise_count(column[rows] ^ word)
            rows = rows[np.argpartition(distances, count)[:count]]
        return [
            (self._keys[version], number)
            for version, number in zip(
                view.versions[rows].tolist(), view.numbers[rows].tolist(), strict=True
            )
        ]


def _distances(columns: tuple[Codes, ...], code: Codes, first: int, end: int) -> NDArray[np.uint16]:
    """Return the Hamming distances of rows `first` to `end` (exclusive)."""
    found = np.zeros(end - first, np.uint16)
    for start in range(first, end, CHUNK):
        stop = min(start + CHUNK, end)
        for column, word in zip(columns, code, strict=False):
            found[start - first : stop - first] += np.bitwise_count(column[start:stop] ^ word)
    return found
