import asyncio
from contextlib import asynccontextmanager
from functools import partial

import pytest

from bot.runtime import folder_watch as watching
from bot.runtime.folder_watch import watch, watch_beside_questions
from index.errors import StorageError
from index.folder_sync import Folder
from index.store.connections import Ownership
from tests.waiting import WAIT_SECONDS, until

STORY = "{0}\n\nThe {0} of Fen was seen on Monday. Nobody knew why."


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(watching, "SETTLE_SECONDS", 0.05)


@pytest.fixture
def seeds(tmp_path):
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    return seeds


@pytest.fixture
def folder(library, seeds):
    return Folder(library, seeds)


class Lines:
    """What was reported, as words; `until` waits for some of it."""

    def __init__(self):
        self.lines, self._changed = [], asyncio.Event()

    def __call__(self, synced):
        self.lines += [f"{a.status} {a.article.title}" for a in synced.report.added]
        self.lines += [f"failed {f.reason}" for f in synced.report.failed]
        self.lines += [f"removed {a.title}" for a in synced.removed]
        self.lines += ["missing"] * synced.missing
        self._changed.set()

    async def until(self, *lines):
        async with asyncio.timeout(WAIT_SECONDS):
            while self.lines[-len(lines) :] != list(lines):
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def watched(folder, sync=None):
    reported = Lines()
    sync = sync or partial(asyncio.to_thread, folder.sync, settled=True)
    task = asyncio.create_task(watch(folder, sync, reported))
    try:
        yield reported
    finally:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task


async def test_files_come_change_and_go(folder, seeds):
    async with watched(folder) as reported:
        (seeds / "otter.txt").write_text(STORY.format("otter"))
        await reported.until("added otter")
        (seeds / "empty.txt").write_text("")
        await reported.until("failed it's empty")
        (seeds / "otter.txt").write_text(STORY.format("otter") + " It swam away.")
        await reported.until("replaced otter")
        (seeds / "otter.txt").unlink()
        await reported.until("removed otter")


async def test_a_page_watches_while_no_bot_leads_and_keeps_none_from_leading(
    folder, seeds, tmp_path, workers, caplog, monkeypatch
):
    caplog.set_level("INFO")
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 0)
    bots, pages = (Ownership(tmp_path / "data", "bot.lock") for _ in range(2))
    (seeds / "otter.txt").write_text(STORY.format("otter"))
    assert bots.obtain()
    task = asyncio.create_task(watch_beside_questions(folder, workers, pages))
    await asyncio.sleep(20 * watching.SETTLE_SECONDS)
    assert not caplog.messages
    bots.release()
    await until(lambda: caplog.messages)
    await until(bots.obtain)
    bots.release()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_folder_that_vanishes_is_reported_once_and_found_again(folder, seeds):
    async with watched(folder) as reported:
        (seeds / "otter.txt").write_text(STORY.format("otter"))
        await reported.until("added otter")
        seeds.rename(seeds.with_name("away"))
        await reported.until("missing")
        await asyncio.sleep(0.2)
        assert reported.lines == ["added otter", "missing"]
        seeds.with_name("away").rename(seeds)
        (seeds / "heron.txt").write_text(STORY.format("heron"))
        await reported.until("added heron")
        assert "removed otter" not in reported.lines


async def test_what_fails_is_logged_and_tried_again(folder, seeds, caplog, monkeypatch):
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 0.1)
    failures = [StorageError("footnote.db", "database or disk is full")]

    async def sync():
        if failures:
            raise failures.pop()
        return folder.sync(settled=True)

    async with watched(folder, sync) as reported:
        (seeds / "otter.txt").write_text(STORY.format("otter"))
        await reported.until("added otter")
    assert "disk is full" in caplog.text


async def test_a_folder_that_cannot_be_watched_is_scanned(folder, seeds, monkeypatch, caplog):
    def awatch(*_, **__):
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr(watching, "RESCAN_SECONDS", 0.1)
    monkeypatch.setattr(watching, "awatch", awatch)
    async with watched(folder) as reported:
        (seeds / "otter.txt").write_text(STORY.format("otter"))
        await reported.until("added otter")
    assert caplog.text.count("watch limit reached") == 1


async def test_without_events_the_folder_is_scanned_now_and_then(folder, seeds, monkeypatch):
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 0.1)
    scans = 0
    enough = asyncio.Event()

    async def sync():
        nonlocal scans
        scans += 1
        if scans == 3:
            enough.set()
        return folder.sync(settled=True)

    async with watched(folder, sync):
        await asyncio.wait_for(enough.wait(), WAIT_SECONDS)
