"""The background task, with a client that only knows its servers."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from bot.cogs.feeds import schedule
from bot.cogs.feeds.checking import FeedCheck
from bot.cogs.feeds.schedule import Schedule
from index.errors import StorageError, UnknownFeed
from index.model import Space
from tests.waiting import WAIT_SECONDS

NOW = datetime.now(UTC)


class Client:
    guilds = (SimpleNamespace(id=42),)

    async def wait_until_ready(self):
        pass

    def get_guild(self, _):
        return None


class FakeChecker:
    """Records which feeds are checked; each then is due no more, unless its check fails."""

    def __init__(self, feeds):
        self.feeds, self.checked, self.failures = feeds, [], {}
        self.begun, self.ended = asyncio.Event(), asyncio.Event()

    def turn(self, feed):
        return asyncio.Lock()

    async def check(self, feed):
        self.checked.append(feed.title)
        self.begun.set()
        failure = self.failures.get(feed.title)
        if callable(failure):
            await failure()
        elif failure:
            raise failure
        later = NOW + timedelta(days=1)
        self.feeds.succeeded(feed.id, feed.title, later, etag=None, last_modified=None)
        self.ended.set()
        return FeedCheck(feed)


@pytest.fixture
def checker(services):
    return FakeChecker(services.feeds)


@pytest.fixture
async def running(services, checker):
    task = asyncio.create_task(Schedule(Client(), services, checker, 0.01).run())
    yield task
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def follow(services, title, space="42", due=NOW):
    return services.feeds.add(Space(space), f"https://a.example/{title}", title, "7", due)


async def test_what_is_due_is_checked_once(services, checker, running):
    follow(services, "now")
    follow(services, "later", due=NOW + timedelta(hours=1))
    follow(services, "of a server that threw us out", space="43")
    await asyncio.wait_for(checker.ended.wait(), WAIT_SECONDS)
    await asyncio.sleep(0.1)
    assert checker.checked == ["now"]


@pytest.mark.parametrize("failure", [UnknownFeed("1"), RuntimeError("a bug"), OSError("gone")])
async def test_a_check_that_breaks_stops_no_other_and_waits(services, checker, running, failure):
    checker.failures["bad"] = failure
    follow(services, "bad")
    await asyncio.wait_for(checker.begun.wait(), WAIT_SECONDS)
    follow(services, "good")
    await asyncio.wait_for(checker.ended.wait(), WAIT_SECONDS)
    assert "good" in checker.checked
    if not isinstance(failure, UnknownFeed):
        assert checker.checked.count("bad") == 1
    assert not running.done()


@pytest.mark.parametrize("failure", [StorageError("db", "connection failed"), TimeoutError()])
async def test_a_check_during_an_outage_of_the_database_is_made_again_soon(
    services, checker, running, failure, caplog, monkeypatch
):
    monkeypatch.setattr(schedule, "OUTAGE_SECONDS", 0.0)

    async def fails_once():
        del checker.failures["now"]
        raise failure

    checker.failures["now"] = fails_once
    follow(services, "now")
    await asyncio.wait_for(checker.ended.wait(), WAIT_SECONDS)
    assert checker.checked == ["now", "now"]
    assert [record.exc_info for record in caplog.records if "waits" in record.message] == [None]


async def test_slow_feeds_leave_room_and_end_when_the_bot_does(
    services, checker, running, monkeypatch
):
    cancelled = []

    async def slow():
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            cancelled.append(True)
            raise

    for n in range(schedule.AT_ONCE - 1):
        checker.failures[f"slow{n}"] = slow
        follow(services, f"slow{n}")
    await asyncio.wait_for(checker.begun.wait(), WAIT_SECONDS)
    follow(services, "quick")
    await asyncio.wait_for(checker.ended.wait(), WAIT_SECONDS)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(cancelled) == schedule.AT_ONCE - 1
