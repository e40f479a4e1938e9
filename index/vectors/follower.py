"""Keeps Chroma in step with SQLite, in a thread of its own, and says how it stands."""

from __future__ import annotations

import logging
import threading
import time

from index.catalog import ArticleVersion, Catalog, Snapshot
from index.follow import STALE_SECONDS, Follow
from index.model import Space
from index.vectors.chroma import BATCH, Chroma, ChromaPlace, make_sound

log = logging.getLogger(__name__)

RETRY_SECONDS = 30.0
"""Between attempts while Chroma cannot be reached."""

IN_STEP = "in step"
REBUILDING = "rebuilding"
NOT_AVAILABLE = "not available"

Key = tuple[Space, ArticleVersion]


class Follower:
    """A thread that opens Chroma, repairs it and copies every published version into it."""

    def __init__(self, catalog: Catalog, place: ChromaPlace, embedder: str, dimension: int) -> None:
        self._catalog = catalog
        self._place = place
        self._embedder = embedder
        self._dimension = dimension
        self._wake = threading.Condition(threading.RLock())
        self._stopping = False
        self._wanted = 0
        self._reached = 0
        self._follow: Follow[Key] = Follow()
        self._held: dict[Key, list[int]] = {}
        self.chroma: Chroma | None = None
        self.state = "starting"
        self._thread = threading.Thread(target=self._work, name="chroma", daemon=True)
        self._thread.start()

    def holds(self, space: Space, key: ArticleVersion, passages: int) -> bool:
        """Whether Chroma can be asked for this version."""
        return self.chroma is not None and len(self._held.get((space, key), ())) == passages

    def wake(self) -> None:
        """Say that something was published or removed."""
        with self._wake:
            self._wanted += 1
            self._wake.notify_all()

    def wait(self, timeout_seconds: float) -> bool:
        """Wait until what was published so far is in Chroma; False when that will take longer."""
        with self._wake:
            wanted = self._wanted
            self._wake.wait_for(
                lambda: self._in_step(wanted) or self.state.startswith(NOT_AVAILABLE),
                timeout_seconds,
            )
            return self._in_step(wanted)

    def _in_step(self, wanted: int) -> bool:
        return self._reached >= wanted and self.state == IN_STEP

    def lost(self, chroma: Chroma, reason: str) -> None:
        """Say that a search failed: exact search takes over until Chroma is opened anew."""
        with self._wake:
            if self.chroma is chroma:
                log.warning("chroma failed (%s); searching exactly until it works again", reason)
                self._give_up(reason)
                self.state = REBUILDING  # the thread tries again at once
                self._wanted += 1
                self._wake.notify_all()

    def close(self) -> None:
        """Stop after the batch at hand."""
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        self._thread.join()

    def _work(self) -> None:
        while not self._stopping:
            with self._wake:
                wanted = self._wanted
            try:
                if self.chroma is None:
                    self._open()
                finished = self._copy()
            except Exception as error:
                log.warning("chroma is not available, searching exactly: %s", error)
                log.debug("chroma's error in full", exc_info=True)
                self._give_up(str(error))
                self._sleep(RETRY_SECONDS, wanted=None)
                continue
            with self._wake:
                if finished:
                    self._reached, self.state = wanted, IN_STEP
                self._wake.notify_all()
            self._sleep(STALE_SECONDS if self._follow.stale_since else None, wanted=wanted)
        if self.chroma:
            self.chroma.close()

    def _open(self) -> None:
        if not make_sound(self._place):
            log.warning("chroma's folder was damaged by an unclean stop; rebuilding it")
        self.state = REBUILDING
        chroma = Chroma(self._place, self._embedder, self._dimension)
        self._held = {
            (space, key): numbers
            for space, versions in chroma.contents().items()
            for key, numbers in versions.items()
        }
        self.chroma = chroma

    def _give_up(self, reason: str) -> None:
        with self._wake:
            broken, self.chroma, self._held = self.chroma, None, {}
            self.state = f"{NOT_AVAILABLE}: {reason}"
            self._wake.notify_all()
        if broken:
            broken.release()

    def _sleep(self, seconds: float | None, *, wanted: int | None) -> None:
        """Sleep until woken with news (of which `wanted` are known), or to stop."""
        with self._wake:
            self._wake.wait_for(
                lambda: self._stopping or (wanted is not None and self._wanted != wanted), seconds
            )

    def _copy(self) -> bool:
        """Bring Chroma in step with one moment of SQLite; False when stopped halfway."""
        assert self.chroma is not None
        with self._catalog.snapshot() as snapshot:
            current = {
                (article.space, (article.id, article.version)): article.passages
                for article in snapshot.embedded_by(self._embedder)
            }
            for space, key in self._follow.missing(current, self._passages()):
                if not self._add(snapshot, space, key):
                    return False
        for space, key in self._follow.expired(current, self._passages()):
            if self._stopping:
                return False
            self.chroma.discard(space, key, self._held.pop((space, key)))
        return True

    def _passages(self) -> dict[Key, int]:
        return {key: len(numbers) for key, numbers in self._held.items()}

    def _add(self, snapshot: Snapshot, space: Space, key: ArticleVersion) -> bool:
        assert self.chroma is not None
        for _, vectors in snapshot.vectors([key]):
            for start in range(0, len(vectors), BATCH):
                if self._stopping:
                    return False
                self.chroma.add(space, key, start, vectors[start : start + BATCH])
                time.sleep(0)  # let waiting threads have the GIL between batches
            self._held[space, key] = list(range(len(vectors)))
        return True
