import asyncio

import pytest

from bot.cogs.subscriptions import notifying as module
from bot.cogs.subscriptions.matching import Matcher
from bot.cogs.subscriptions.notifying import ARTICLES, Poller
from index.errors import StorageError
from index.model import PUBLIC
from tests.unit.bot.cogs.subscriptions.conftest import GUILD

QUESTION = "What is the latest on strike?"


@pytest.fixture
def matcher(harness):
    return Matcher(harness.client, harness.services)


@pytest.fixture
def poller(harness):
    return Poller(harness.client, harness.services)


async def match_all(matcher):
    while await matcher.match_next():
        pass


async def test_only_what_an_article_answers_to_is_matched(harness, matcher):
    harness.subscribe("strike")
    harness.subscribe("buns", who="8")
    harness.arrive("a", "strike")
    await match_all(matcher)
    assert [
        (m.subscription.topic, m.article) for m in harness.matches.waiting(harness.clock.now)
    ] == [("strike", "a")]


async def test_the_same_is_asked_once(harness, matcher):
    for who in "789":
        harness.subscribe("Strike" if who == "7" else "strike", who=who)
    harness.arrive("a", "strike", "Strike")
    await match_all(matcher)
    assert len(harness.library.asked) == 1
    assert len(harness.waiting()) == 3


async def test_the_settings_of_the_server_count(harness, matcher):
    harness.subscribe()
    harness.services.server_settings.change(GUILD, "public", False, 7)
    harness.arrive("a", "strike", space=PUBLIC)
    await match_all(matcher)
    assert harness.waiting() == []


async def test_a_topic_that_breaks_the_answering_holds_up_no_other(harness, matcher, caplog):
    broken = harness.subscribe("broken")
    harness.subscribe("strike")
    harness.library.broken = [RuntimeError("a bug")]
    harness.arrive("a", "strike", "broken")
    await match_all(matcher)
    assert f"subscription {broken.id}: article a cannot be asked" in caplog.text
    assert [m.subscription.topic for m in harness.matches.waiting(harness.clock.now)] == ["strike"]


async def test_what_cannot_be_read_for_now_is_matched_later(harness, matcher):
    harness.subscribe()
    harness.library.broken = [StorageError("footnote.db", "the disk is away")]
    harness.arrive("a", "strike")
    with pytest.raises(StorageError):
        await matcher.match_next()
    await match_all(matcher)
    assert harness.waiting() == ["a"]


async def test_nothing_is_posted_while_articles_keep_coming(harness, poller):
    harness.subscribe()
    await poller.poll()
    for n in range(4):
        harness.arrive(str(n), "strike")
        await poller.poll()
        assert harness.client.to(7).sent == []
    await poller.poll()
    assert [titles for _, titles, _ in harness.client.to(7).sent] == [["New articles"]]


async def test_but_nobody_waits_for_ever(harness, poller, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.0)
    harness.subscribe()
    harness.arrive("a", "strike")
    await poller.poll()
    assert len(harness.client.to(7).sent) == 1


async def test_a_poll_is_bounded_and_many_articles_are_one_card(harness, poller):
    harness.subscribe()
    for n in range(ARTICLES + 5):
        harness.arrive(str(n), "strike")
    await poller.poll()
    assert len(harness.waiting()) == ARTICLES
    await poller.poll()
    assert len(harness.client.to(7).sent) == 1


async def test_what_fails_is_tried_again_and_it_stops_when_cancelled(harness, monkeypatch, caplog):
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.0)
    poller = Poller(harness.client, harness.services, 0.0)
    harness.subscribe()
    harness.library.broken = [StorageError("footnote.db", "away")]
    harness.arrive("a", "strike")
    harness.arrive("b", "strike")
    running = asyncio.create_task(poller.run())
    async with asyncio.timeout(20):
        while not harness.client.to(7).sent:  # noqa: ASYNC110 (nothing signals it)
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert "new articles cannot be matched: StorageError" in caplog.text
