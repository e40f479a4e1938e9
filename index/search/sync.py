"""Keep BM25 and Chroma in step with SQLite."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Mapping, Sequence
from enum import Enum
from functools import partial

from index import strings
from index.model import Article, Space
from index.search.bm25 import Bm25Index, Passages
from index.search.chroma import BATCH, Chroma, ChromaPlace, make_sound
from index.search.held import STALE_SECONDS, Held
from index.store.catalog import Catalog
from index.store.database import Lock
from index.store.snapshot import ArticleVersion, Change, Snapshot
from index.text.passages import searchable
from index.text.words import names_in

log = logging.getLogger(__name__)


WAIT_SECONDS = 1.0
"""For a question, until it is answered without what another thread is indexing. An article takes 10
to 100 ms, a large import longer."""


class Bm25Sync:
    """Keep BM25 in step in the calling thread: it indexes 20,000 passages a second."""

    def __init__(self, bm25: Bm25Index) -> None:
        self._bm25 = bm25
        self._held: Held[str] = Held()
        for (article_id, version), passages in bm25.contents().items():
            self._held.put(article_id, version, passages)
        self.generation = -1
        self._lock = threading.Lock()

    @property
    def versions(self) -> Mapping[ArticleVersion, int]:
        """Return the versions in the index, stale ones included, with their number of passages."""
        return {(article_id, version): n for article_id, version, n in self._held}

    def in_step(self, snapshot: Snapshot) -> bool:
        """Tell whether every current version of the snapshot is in the index."""
        return snapshot.generation <= self.generation

    def sync(self, snapshot: Snapshot, *, wait: bool = True) -> bool:
        """Index every current version of the snapshot; False where all were already.

        Without `wait` it is also left, once the index has been in step, to another thread that has
        not finished in WAIT_SECONDS what came before.
        """
        if self.in_step(snapshot):
            return False
        forever = wait or self.generation < 0
        if not self._lock.acquire(timeout=-1 if forever else WAIT_SECONDS):
            return False
        try:
            if self.in_step(snapshot):
                return False
            self._sync_changes(snapshot)
        finally:
            self._lock.release()
        return True

    def close(self) -> None:
        """Leave the index to other processes."""
        with self._lock:
            self._bm25.close()

    def _sync_changes(self, snapshot: Snapshot) -> None:
        first = self.generation < 0
        changes = snapshot.changes(self.generation)
        current = {c.article_id: c for c in changes if c.version}
        # An id may have been given to an article of another space since it was removed.
        gone = {c.article_id for c in changes} - current.keys()
        if first:
            gone |= set(self._held.articles()) - current.keys()
        for article_id in gone:
            self._held.set_current(article_id, None)
        for change in current.values():
            self._held.set_current(change.article_id, change.version)
        held = self._held.passages
        missing = [c for c in current.values() if held(c.article_id, c.version or "") != c.passages]
        expired = self._held.expired()
        if missing or expired:
            self._update(snapshot, missing, expired)
        self.generation = snapshot.generation

    def _update(
        self, snapshot: Snapshot, missing: Sequence[Change], expired: Sequence[ArticleVersion]
    ) -> None:
        articles = _articles(snapshot, missing)
        try:
            self._bm25.update(expired, (_passages(snapshot, article) for article in articles))
        except (ValueError, OSError) as error:
            log.warning("BM25's folder cannot be written (%s); it is kept in memory", error)
            articles = _articles(snapshot, snapshot.changes())
            self._bm25.leave_folder(_passages(snapshot, article) for article in articles)
            self._held = Held()
        else:
            for article_id, version in expired:
                self._held.drop(article_id, version)
        for article in articles:
            self._held.put(article.id, article.version, article.passages)


def _articles(snapshot: Snapshot, changes: Sequence[Change]) -> list[Article]:
    keys = [(c.article_id, c.version) for c in changes if c.version]
    return list(snapshot.current(keys, {c.space for c in changes}).values())


def _passages(snapshot: Snapshot, article: Article) -> Passages:
    text = snapshot.text(article)
    passages = snapshot.passages(article)
    named = passages if article.language == "en" else ()  # spelling is corrected in English alone
    return Passages(
        version=(article.id, article.version),
        space=article.space,
        language=article.language,
        texts=searchable(article, text, passages),
        names=[names_in(text, passage) for passage in named],
    )


RETRY_SECONDS = 30.0
"""Between attempts while Chroma cannot be reached."""

BUSY_RETRY_SECONDS = 2.0
"""Between attempts to own the indexes, or (with a server) to see how far their owner is."""

REST_SECONDS = 0.025
"""The most between two writes: as much as one takes (of 20 vectors, on a machine of its own), and
no more where others make it take longer, or 10,000 passages would take over a minute."""

BULK_PASSAGES = 20_000
"""Lacking more takes minutes in any case, and gives way to questions, which are searched exactly
meanwhile."""

ASKED_SECONDS = 1.0
"""After a question others are expected for so long."""

GIVE_WAY_SECONDS = 0.1
"""Between two writes of a bulk while people ask: most searches then meet none."""

QUIET_SECONDS = 5.0
"""Without news, until Chroma is written to: a write holds the GIL for 25 ms, and for 70 while
articles are embedded on the same cores, which is when news come one after another. With 50 people
asking meanwhile the event loop was late by up to 150 ms (p99 75 to 100); so by 75 (p99 30)."""

MOST_POSTPONED_SECONDS = 300.0
"""However much comes. What waits is searched exactly."""


class Status(Enum):
    """How Chroma stands; the value is what people read."""

    STARTING = strings.STARTING
    REBUILDING = strings.REBUILDING
    IN_STEP = strings.IN_STEP
    OTHER_PROCESS = strings.OTHER_PROCESS
    FAILED = strings.NOT_AVAILABLE


class ChromaSync:
    """Open Chroma in a thread, repair it and copy every published version into it.

    One process does so, whichever holds the lock. The others read what it wrote to a server, and do
    without a folder.
    """

    def __init__(
        self,
        catalog: Catalog,
        place: ChromaPlace,
        ownership: Lock,
        embedder: str,
        dimension: int,
    ) -> None:
        self._catalog = catalog
        self._place = place
        self._ownership = ownership
        self._embedder = embedder
        self._dimension = dimension
        self._wake = threading.Condition(threading.RLock())
        self._stopping = False
        self._hurried = False
        self._wanted = 0
        self._done = 0
        self._synced = -1
        self._asked = -math.inf
        self._is_bulk = False
        self.chroma: Chroma | None = None
        self.status = Status.STARTING
        self._reason = ""
        self._thread = threading.Thread(target=self._work, name="chroma", daemon=True)
        self._thread.start()

    @property
    def described(self) -> str:
        """Say how it stands, and why it failed if it did."""
        failed = self.status is Status.FAILED
        return strings.not_available(self._reason) if failed else self.status.value

    def behind(self, snapshot: Snapshot) -> int:
        """Return how many passages Chroma may lack now; all where it is not open."""
        chroma = self.chroma
        return snapshot.passages_after(chroma.reached if chroma else -1, self._embedder)

    def note_question(self) -> None:
        """Have a bulk that is being written give way for a moment."""
        self._asked = time.monotonic()

    def wake(self) -> None:
        """Have the thread look for what was published or removed."""
        with self._wake:
            self._wanted += 1
            self._wake.notify_all()

    def wait(self, timeout_seconds: float) -> bool:
        """Wait until what was published so far is in Chroma; False when that will take longer."""
        with self._wake:
            wanted = self._wanted
            self._hurried = not self._in_step(wanted)
            self._wake.notify_all()
            self._wake.wait_for(
                lambda: (
                    self._in_step(wanted) or self.status in (Status.OTHER_PROCESS, Status.FAILED)
                ),
                timeout_seconds,
            )
            return self._in_step(wanted)

    def _in_step(self, wanted: int) -> bool:
        return wanted == 0 or (self._done >= wanted and self.status is Status.IN_STEP)

    def lost(self, chroma: Chroma, reason: str) -> None:
        """Close Chroma after a failed search; exact search takes over until it is open again."""
        with self._wake:
            if self.chroma is chroma:
                log.warning("chroma failed (%s); searching exactly until it works again", reason)
                self._give_up(Status.FAILED, reason)
                self.status = Status.REBUILDING  # the thread tries again
                self._wanted += 1
                self._wake.notify_all()

    def close(self, wait_seconds: float = 0.0) -> None:
        """Stop after the current batch, or once in step, if that takes no longer than this."""
        self.wait(wait_seconds)
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        self._thread.join()

    def _work(self) -> None:
        # Until there is news: opening Chroma takes a second that embedding has better use for.
        self._sleep(None, wanted=0)
        follows = False
        while not self._stopping:
            owns = self._ownership.obtain()
            if owns and not follows:  # what another process left behind has waited before
                self._let_news_pass()
                owns = self._ownership.obtain()  # that may have taken minutes
            follows = not owns
            with self._wake:
                wanted = self._wanted
            if not owns and not self._place.url:
                self._give_up(Status.OTHER_PROCESS)
                self._sleep(BUSY_RETRY_SECONDS, wanted=None)
                continue
            try:
                self._open(writes=owns)
                finished = self._copy() if owns else self._sync_reached()
            except Exception as error:
                log.warning("chroma is not available, searching exactly: %s", error)
                log.debug("chroma's error in full", exc_info=True)
                self._give_up(Status.FAILED, str(error))
                self._sleep(RETRY_SECONDS, wanted=None)
                continue
            with self._wake:
                if finished:
                    self._done, self.status = wanted, Status.IN_STEP
                    self._hurried = self._hurried and self._wanted != wanted
                self._wake.notify_all()
            self._sleep(self._rest_seconds(owns), wanted=wanted)
        if self.chroma:
            self.chroma.close()

    def _rest_seconds(self, owns: bool) -> float | None:
        """Return how long nothing is to be done if there is no news."""
        if not owns:
            return BUSY_RETRY_SECONDS
        if self._place.url:
            return RETRY_SECONDS  # it may have lost what it had, and the lock may be lost
        return STALE_SECONDS if self.chroma and self.chroma.versions.stale else None

    def _open(self, *, writes: bool) -> None:
        """Open it, unless it is; raises OSError where a server has lost what it had."""
        if self.chroma and self.chroma.writes == writes:
            if writes:
                self.chroma.verify()
            return
        if self.chroma:  # the lock was obtained, or lost
            self._give_up(Status.STARTING)
        if not make_sound(self._place):
            log.warning("chroma's folder was damaged; rebuilding it")
        self.status = Status.REBUILDING
        self._synced = -1
        self.chroma = Chroma(self._place, self._embedder, self._dimension, writes=writes)

    def _sync_reached(self) -> bool:
        """Look how far another process has brought Chroma; False where it has not begun."""
        chroma = self.chroma
        assert chroma is not None
        chroma.sync_reached()
        if chroma.reached < 0:
            self.status = Status.REBUILDING
        return chroma.reached >= 0

    def _give_up(self, status: Status, reason: str = "") -> None:
        with self._wake:
            broken, self.chroma = self.chroma, None
            self.status, self._reason = status, reason
            self._wake.notify_all()
        if broken:
            broken.release()

    def _sleep(self, seconds: float | None, *, wanted: int | None) -> None:
        """Sleep until there is news (of which `wanted` are known), or until stopping."""
        with self._wake:
            self._wake.wait_for(
                lambda: self._stopping or (wanted is not None and self._wanted != wanted), seconds
            )

    def _let_news_pass(self) -> None:
        """Wait for a pause in publications, unless `wait` was called."""
        ends = time.monotonic() + MOST_POSTPONED_SECONDS
        with self._wake:
            while (left := ends - time.monotonic()) > 0:
                disturbed = partial(self._disturbed, self._wanted)
                if not self._wake.wait_for(disturbed, min(QUIET_SECONDS, left)):
                    return
                if self._stopping or self._hurried:
                    return

    def _disturbed(self, wanted: int) -> bool:
        return self._stopping or self._hurried or self._wanted != wanted

    def _copy(self) -> bool:
        """Bring Chroma in step with one moment of the database; return False when stopped halfway.

        No snapshot stays open, as a bulk takes hours: SQLite could not truncate its WAL meanwhile,
        nor PostgreSQL remove dead rows. So each version is read by itself. One that was replaced
        since is left out; the version that replaced it is copied the next time.
        """
        chroma = self.chroma
        assert chroma is not None
        with self._catalog.snapshot() as snapshot:
            generation = snapshot.generation
            changes = snapshot.changes(self._synced, self._embedder)
        if self._synced < 0:  # just opened: find out what of it is gone
            there = {(c.space, c.article_id) for c in changes}
            for key in set(chroma.versions.articles()) - there:
                chroma.versions.set_current(key, None)
        lacking = (c.passages for c in changes if c.version and not chroma.holds(c))
        self._is_bulk = sum(lacking) > BULK_PASSAGES
        for change in changes:
            chroma.versions.set_current((change.space, change.article_id), change.version)
            if change.version and not chroma.holds(change):
                chroma.lack(change.generation)
                if not self._add(chroma, change.space, (change.article_id, change.version)):
                    return False
        chroma.reach(generation)
        self._synced = generation
        for (space, article_id), version in chroma.versions.expired():
            if self._stopping:
                return False
            chroma.discard(space, (article_id, version))
        return True

    def _add(self, chroma: Chroma, space: Space, key: ArticleVersion) -> bool:
        with self._catalog.snapshot() as snapshot:
            read = list(snapshot.vectors([key]))
        for places, vectors in read:
            for start in range(0, len(places), BATCH):
                if self._stopping:
                    return False
                began = time.perf_counter()
                end = start + BATCH
                chroma.add(space, places[start:end], vectors[start:end])
                time.sleep(self._between_writes(time.perf_counter() - began))
        return True

    def _between_writes(self, seconds: float) -> float:
        """Return how long to rest after a write of so many seconds, which held the GIL."""
        if self._is_bulk and time.monotonic() - self._asked < ASKED_SECONDS:
            return GIVE_WAY_SECONDS
        return min(seconds, REST_SECONDS)
