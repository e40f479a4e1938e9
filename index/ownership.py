"""One process owns the index folders; the others do without them."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock, Timeout


class Ownership:
    """A lock on a data folder's indexes, freed by the system if the process dies."""

    def __init__(self, data: Path) -> None:
        self._lock = FileLock(data / "index.lock", timeout=0, thread_local=False)

    def obtain(self) -> bool:
        """Own the indexes from now on, unless another process does."""
        if not self._lock.is_locked:
            try:
                self._lock.acquire()
            except Timeout:
                return False
        return True

    def release(self) -> None:
        """Let another process own them."""
        self._lock.release()
