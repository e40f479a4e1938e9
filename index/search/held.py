"""Which versions of articles an index holds, and since when they have been replaced."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

STALE_SECONDS = 60.0
"""How long replaced versions stay, for questions that were asked before they were replaced."""


class Held(Generic[K]):
    """Numbers of passages by article (of whatever names one) and version."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._passages: dict[K, dict[str, int]] = {}
        self._replaced: dict[tuple[K, str], float] = {}  # in the order of the times

    def __iter__(self) -> Iterator[tuple[K, str, int]]:
        """Yield all versions, replaced ones included, with their number of passages."""
        # A copy, since other threads count while an index grows.
        for article, versions in list(self._passages.items()):
            for version, passages in list(versions.items()):
                yield article, version, passages

    def articles(self) -> list[K]:
        """Return all articles of which there is a version."""
        return list(self._passages)

    def passages(self, article: K, version: str) -> int:
        """Return how many passages of a version are there."""
        return self._passages.get(article, {}).get(version, 0)

    def put(self, article: K, version: str, passages: int) -> None:
        """Note how many passages of a version are there now."""
        self._passages.setdefault(article, {})[version] = passages

    def drop(self, article: K, version: str) -> None:
        """Forget a version."""
        versions = self._passages.get(article, {})
        versions.pop(version, None)
        if not versions:
            self._passages.pop(article, None)
        self._replaced.pop((article, version), None)

    def set_current(self, article: K, current: str | None) -> None:
        """Note which version of an article is the current one, if any."""
        for version in self._passages.get(article, {}):
            if version != current:
                self._replaced.setdefault((article, version), self._clock())
        if current:
            self._replaced.pop((article, current), None)

    @property
    def stale(self) -> bool:
        """Tell whether any version has been replaced."""
        return bool(self._replaced)

    def expired(self) -> list[tuple[K, str]]:
        """Return versions that were replaced STALE_SECONDS ago or earlier."""
        now, found = self._clock(), []
        for key, since in self._replaced.items():
            if now - since < STALE_SECONDS:
                break
            found.append(key)
        return found
