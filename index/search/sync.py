"""How an index follows SQLite: what it lacks, and what it holds that is no longer current."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key")

STALE_SECONDS = 60.0
"""How long replaced versions stay, for questions that were asked before they were replaced."""


@dataclass
class SyncState(Generic[Key]):
    """Compares passage counts by version; remembers since when a version has been stale."""

    clock: Callable[[], float] = time.monotonic
    stale_since: dict[Key, float] = field(default_factory=dict)

    def missing(self, current: Mapping[Key, int], held: Mapping[Key, int]) -> list[Key]:
        """Versions that the index lacks, wholly or in part."""
        return [key for key, passages in current.items() if held.get(key) != passages]

    def expired(self, current: Mapping[Key, int], held: Mapping[Key, int]) -> list[Key]:
        """Versions that have not been current for STALE_SECONDS and may be deleted."""
        now = self.clock()
        self.stale_since = {
            key: self.stale_since.get(key, now) for key in held if key not in current
        }
        return [key for key, since in self.stale_since.items() if now - since >= STALE_SECONDS]
