"""Answers that were given lately, for as long as the articles behind them stay as they are."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from typing import Generic, TypeVar

from cachetools import LRUCache

MOST_REMEMBERED = 256
"""Of some 10 KB each."""

T = TypeVar("T")


class ThreadSafeCache(Generic[T]):
    """The values used last. Thread-safe.

    A key that names the state of the articles is never asked for again once they change, so what
    it names is forgotten in time.
    """

    def __init__(self, most: int = MOST_REMEMBERED) -> None:
        self._values: LRUCache[Hashable, T] = LRUCache(most)
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> T | None:
        """Return the value, if it is remembered."""
        with self._lock:
            return self._values.get(key)

    def put(self, key: Hashable, value: T) -> None:
        """Remember a value; what was not used for longest is forgotten."""
        with self._lock:
            self._values[key] = value
