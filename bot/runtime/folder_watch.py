"""Keep a folder's articles in step with the disk while the process runs."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing, nullcontext
from functools import partial
from pathlib import Path

from watchfiles import awatch

from bot.runtime.leadership import leading
from bot.runtime.threads import Workers
from index.errors import FootnoteError
from index.folder_sync import Folder, Synced
from index.store.database import Lock

SETTLE_SECONDS = 1.0
"""A file that has not changed for so long is taken to be whole."""

RESCAN_SECONDS = 60.0
"""Between two scans without an event: network disks send none, and busy ones lose some."""

log = logging.getLogger(__name__)


async def watch(
    folder: Folder, sync: Callable[[], Awaitable[Synced]], report: Callable[[Synced], None]
) -> None:
    """Call `sync` whenever the folder may have changed, and `report` the outcome. Endless.

    A folder that is gone is reported once, and watched again when it is back.
    """
    missing = False
    looked = time.monotonic()
    async with aclosing(_moments(folder.path)) as moments:
        async for changed in moments:
            if not (changed or folder.waiting or time.monotonic() - looked >= RESCAN_SECONDS):
                continue
            looked = time.monotonic()
            try:
                synced = await sync()
            except (FootnoteError, OSError) as error:
                log.error("%s could not be brought in step: %s", folder.path, error)
                continue
            if not (synced.missing and missing):
                report(synced)
            missing = synced.missing


async def watch_beside_questions(
    folder: Folder, workers: Workers, lock: Lock | None = None
) -> None:
    """Watch a folder in the pool for indexing, and log what came of it. Endless.

    With `lock` that of whoever leads is held for each sync; while another process leads, it is for
    that one to watch the folder.
    """

    def sync() -> Synced:
        with leading(lock) if lock else nullcontext(True) as leads:
            if not leads:
                return Synced()
            return folder.sync(settled=True, progress=lambda *_: workers.check())

    await watch(folder, partial(workers.index, sync), partial(log_synced, folder.path))


async def _moments(path: Path) -> AsyncGenerator[bool, None]:
    """Yield True when something changed at the path, and False every SETTLE_SECONDS."""
    warned = ""
    while True:
        try:
            if watched := _identity(path):
                async with aclosing(_events(path, watched)) as events:
                    async for changed in events:
                        yield changed
                continue
        except (OSError, RuntimeError) as error:  # the latter is of watchfiles
            if warned != str(error):  # Linux watches so many folders and no more
                warned = str(error)
                log.warning("%s is looked at now and then: %s", path, error)
        yield False
        await asyncio.sleep(SETTLE_SECONDS)


async def _events(path: Path, watched: tuple[int, int]) -> AsyncGenerator[bool, None]:
    """Yield for as long as the folder that is watched is the one at the path."""
    new = True  # what happened before it was watched has no event
    changes = awatch(
        path,
        rust_timeout=int(SETTLE_SECONDS * 1_000),
        yield_on_timeout=True,
        ignore_permission_denied=True,
    )
    async with aclosing(changes):
        async for found in changes:
            yield new or bool(found)
            new = False
            if _identity(path) != watched:
                yield True
                return


def _identity(path: Path) -> tuple[int, int] | None:
    """Identify the folder at a path, as another may take its place; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def log_synced(path: Path, synced: Synced) -> None:
    """Log the outcome of a sync."""
    for added in synced.report.added:
        if added.indexed:
            log.info("%s: %s as article %s", added.article.origin, added.status, added.article.id)
    for failed in synced.report.failed:
        log.warning("%s cannot be read: %s", failed.name, failed.reason)
    for article in synced.removed:
        log.warning("%s is gone; article %s was removed", article.origin, article.id)
    if synced.missing:
        log.warning("%s is gone; its articles stay", path)
