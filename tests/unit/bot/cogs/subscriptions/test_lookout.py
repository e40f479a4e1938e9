import asyncio

import pytest

from bot.cogs.subscriptions import notifying as module
from bot.cogs.subscriptions.matching import Matcher
from bot.cogs.subscriptions.notifying import ARTICLES, Lookout
from index.errors import StorageError
from index.model import PUBLIC
from tests.unit.bot.cogs.subscriptions.conftest import GUILD

QUESTION = "What is the latest on strike?"


@pytest.fixture
def matcher(town):
    return Matcher(town.client, town.services)


@pytest.fixture
def lookout(town):
    return Lookout(town.client, town.services)


async def match_all(matcher):
    while await matcher.match_next():
        pass


async def test_only_what_an_article_answers_to_is_matched(town, matcher):
    town.follow("strike")
    town.follow("buns", who="8")
    town.arrive("a", "strike")
    await match_all(matcher)
    assert [(m.follow.topic, m.article) for m in town.matches.waiting(town.clock.now)] == [
        ("strike", "a")
    ]


async def test_the_same_is_asked_once(town, matcher):
    for who in "789":
        town.follow("Strike" if who == "7" else "strike", who=who)
    town.arrive("a", "strike", "Strike")
    await match_all(matcher)
    assert len(town.library.asked) == 1
    assert len(town.waiting()) == 3


async def test_the_settings_of_the_server_count(town, matcher):
    town.follow()
    town.services.server_settings.change(GUILD, "public", False, 7)
    town.arrive("a", "strike", space=PUBLIC)
    await match_all(matcher)
    assert town.waiting() == []


async def test_a_topic_that_breaks_the_answering_holds_up_no_other(town, matcher, caplog):
    broken = town.follow("broken")
    town.follow("strike")
    town.library.broken = [RuntimeError("a bug")]
    town.arrive("a", "strike", "broken")
    await match_all(matcher)
    assert f"follow {broken.id}: article a cannot be asked" in caplog.text
    assert [m.follow.topic for m in town.matches.waiting(town.clock.now)] == ["strike"]


async def test_what_cannot_be_read_for_now_is_matched_later(town, matcher):
    town.follow()
    town.library.broken = [StorageError("footnote.db", "the disk is away")]
    town.arrive("a", "strike")
    with pytest.raises(StorageError):
        await matcher.match_next()
    await match_all(matcher)
    assert town.waiting() == ["a"]


async def test_nobody_is_told_while_articles_keep_coming(town, lookout):
    town.follow()
    await lookout.look()
    for n in range(4):
        town.arrive(str(n), "strike")
        await lookout.look()
        assert town.client.to(7).sent == []
    await lookout.look()
    assert [titles for _, titles, _ in town.client.to(7).sent] == [["New articles"]]


async def test_but_nobody_waits_for_ever(town, lookout, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.0)
    town.follow()
    town.arrive("a", "strike")
    await lookout.look()
    assert len(town.client.to(7).sent) == 1


async def test_a_look_is_bounded_and_many_articles_are_one_card(town, lookout):
    town.follow()
    for n in range(ARTICLES + 5):
        town.arrive(str(n), "strike")
    await lookout.look()
    assert len(town.waiting()) == ARTICLES
    await lookout.look()
    assert len(town.client.to(7).sent) == 1


async def test_what_fails_is_tried_again_and_it_stops_when_told(town, monkeypatch, caplog):
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.0)
    lookout = Lookout(town.client, town.services, 0.0)
    town.follow()
    town.library.broken = [StorageError("footnote.db", "away")]
    town.arrive("a", "strike")
    town.arrive("b", "strike")
    running = asyncio.create_task(lookout.run())
    async with asyncio.timeout(20):
        while not town.client.to(7).sent:  # noqa: ASYNC110 (nothing signals it)
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert "new articles cannot be matched: StorageError" in caplog.text
