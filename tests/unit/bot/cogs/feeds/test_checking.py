"""Checks on a real library and store, of a site that is made up."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.cogs.feeds import checking
from bot.cogs.feeds.checking import (
    ATTEMPTS,
    INTERVAL,
    LONGEST,
    MOST_NEW,
    PATIENCE,
    Checker,
    next_check,
)
from index.errors import UnknownFeed
from index.model import Space
from index.web.fetch import FetchedPage, FetchError, Validators

SPACE = Space("42")
URL = "https://news.example/feed"
LATER = datetime.now(UTC) + timedelta(days=2)


WALL = (
    b"<!doctype html><title>Daily</title><h1>We value your privacy</h1><p>We and our 812 partners"
    b" store information on a device, such as cookies.</p><button>Accept all</button>"
)


class NewsSite:
    """A feed of numbered articles; those in `missing` have no page, those in `walled` a notice."""

    def __init__(self):
        self.entries, self.missing, self.failure = [], set(), None
        self.walled, self.scheme = set(), "https"
        self.known, self.fetched = [], []

    async def fetch_feed(self, link, known):
        self.known.append(known)
        await asyncio.sleep(0)
        if self.failure:
            raise self.failure
        validators = Validators(f'"{len(self.entries)}"')
        if known == validators:
            return None
        items = "".join(
            f"<item><title>Story {n}</title><link>{self.scheme}://news.example/{n}</link>"
            f"<pubDate>2025-03-{n:02}</pubDate></item>"
            for n in self.entries
        )
        feed = f'<rss version="2.0"><channel><title>Daily</title>{items}</channel></rss>'
        return FetchedPage(URL, "feed", feed.encode(), validators)

    async def fetch(self, link):
        self.fetched.append(link)
        n = int(link.rpartition("/")[2])
        if n in self.missing:
            raise FetchError(link, "the site answered 404")
        if n in self.walled:
            return FetchedPage(link, f"{n}.html", WALL)
        text = f"Story {n} is told at some length here. It has a second sentence as well."
        return FetchedPage(link, f"{n}.txt", text.encode())


@pytest.fixture
def site():
    return NewsSite()


@pytest.fixture
def feed(services):
    return services.feeds.add(SPACE, URL, "Daily", "7", datetime.now(UTC))


@pytest.fixture
def check(services, feed):
    checker = Checker(services)

    async def check():
        async with checker.turn(feed):
            return await checker.check(feed)

    return check


def titles(check):
    return [article.title for article in check.added]


async def test_new_articles_come_newest_first_and_once(services, site, check):
    site.entries = [1, 3, 2]
    assert titles(await check()) == ["Story 3", "Story 2", "Story 1"]
    assert titles(await check()) == []
    site.entries += [4]
    done = await check()
    assert titles(done) == ["Story 4"]
    assert done.feed.articles == 4
    assert [known.etag for known in site.known] == [None, '"3"', '"3"']
    assert len(services.library.list([SPACE])) == 4


async def test_the_first_check_leaves_out_what_is_older(site, check):
    site.entries = list(range(1, MOST_NEW + 4))
    done = await check()
    assert (len(done.added), done.older, done.waiting) == (MOST_NEW, 3, 0)
    site.entries += [30]
    assert titles(await check()) == ["Story 30"]


async def test_later_checks_leave_nothing_out(site, check, monkeypatch):
    monkeypatch.setattr(checking, "MOST_NEW", 2)
    site.entries = [1]
    await check()
    site.entries = [1, 2, 3, 4]
    done = await check()
    assert (titles(done), done.older, done.waiting) == (["Story 4", "Story 3"], 0, 1)
    assert titles(await check()) == ["Story 2"], "although the feed has not changed"


async def test_a_page_that_cannot_be_read_is_tried_some_times(site, check):
    site.entries, site.missing = [1, 2], {1}
    done = await check()
    assert titles(done) == ["Story 2"]
    assert [(f.name, f.reason) for f in done.failed] == [("Story 1", "the site answered 404")]
    assert (done.waiting, done.feed.unread) == (1, 1)
    for _ in range(ATTEMPTS + 2):
        done = await check()
    assert site.fetched.count("https://news.example/1") == ATTEMPTS
    assert (done.waiting, done.feed.unread) == (0, 1)


async def test_a_notice_is_no_article_and_stops_no_other(site, check):
    site.entries, site.walled = [1, 2, 3], {2}
    done = await check()
    assert titles(done) == ["Story 3", "Story 1"]
    (failed,) = done.failed
    assert failed.name == "Story 2"
    assert failed.reason.startswith("it looks like a cookie notice, not an article")


async def test_a_feed_that_changes_to_https_has_nothing_new(services, site, check):
    site.entries, site.scheme = [1, 2], "http"
    await check()
    site.entries, site.scheme = [1, 2, 3], "https"
    assert titles(await check()) == ["Story 3"]


async def test_what_was_removed_does_not_come_back(services, site, check):
    site.entries = [1, 2]
    (_, first) = (await check()).added
    services.library.remove(first.id, [SPACE])
    site.entries += [3]
    assert titles(await check()) == ["Story 3"]


async def test_what_is_indexed_already_is_no_news(services, site, check, feed):
    site.entries = [1]
    await check()
    services.feeds.remove(SPACE, feed.id)
    again = services.feeds.add(SPACE, URL, "Daily", "7", datetime.now(UTC))
    done = await Checker(services).check(again)
    assert titles(done) == []
    assert done.feed.articles == 1


async def test_a_failure_is_noted_and_backed_off_from(site, check):
    site.failure = FetchError(URL, "the site answered 503", LATER)
    done = await check()
    assert (done.error, done.feed.failures) == ("the site answered 503", 1)
    assert done.feed.next_check >= LATER - timedelta(seconds=1)
    site.failure = None
    done = await check()
    assert (done.error, done.feed.failures, done.feed.last_error) == (None, 0, None)


async def test_time_runs_out(site, check, monkeypatch):
    monkeypatch.setattr(checking, "MAX_SECONDS", -1.0)
    site.entries = [1, 2]
    done = await check()
    assert (titles(done), done.waiting) == ([], 2)


async def test_two_checks_of_a_feed_wait_for_each_other(site, check):
    site.entries = [1, 2]
    one, two = await asyncio.gather(check(), check())
    assert len(one.added) + len(two.added) == 2


async def test_a_feed_that_was_removed_is_not_checked(services, site, check, feed):
    services.feeds.remove(SPACE, feed.id)
    with pytest.raises(UnknownFeed):
        await check()
    assert not site.known


NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def wait(*given, chance=0.0):
    return next_check(NOW, *given, chance=lambda: chance) - NOW


def test_a_check_that_went_well_is_followed_by_another_a_little_sooner_or_later():
    assert wait() == INTERVAL
    assert wait(chance=1.0) == INTERVAL * 0.8


def test_each_failure_doubles_the_time_up_to_a_day():
    assert [wait(n) / INTERVAL for n in range(4)] == [1, 2, 4, 8]
    assert wait(7) == wait(1_000_000) == LONGEST


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (timedelta(hours=3), timedelta(hours=3)),
        (timedelta(seconds=5), 2 * INTERVAL),
        (timedelta(days=-3), 2 * INTERVAL),
        (timedelta(days=3_000), PATIENCE),
    ],
)
def test_a_site_may_ask_for_more_time_within_reason(asked, expected):
    assert wait(1, NOW + asked) == expected
