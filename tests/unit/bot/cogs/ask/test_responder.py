"""Messages that are answered only if the articles do: limits come before the search."""

import asyncio
from unittest.mock import Mock

import discord
import pytest

from bot.cogs.ask import responder as exchanges
from bot.cogs.ask.responder import Exchange, Exchanges, MessageSurface, Responder, settle
from bot.errors import TooSoon
from bot.runtime.rate_limits import MOST_OVERHEARD
from bot.runtime.threads import Workers
from bot.services import Services
from index.model import Answer, Certainty
from index.store.catalog import Catalog
from index.store.records import Records
from tests.fakes import ALICE, ME, message, user

GUILD = 42


@pytest.fixture
def services(tmp_path):
    catalog, workers = Catalog(tmp_path / "footnote.db"), Workers()
    library = Mock(records=Records(catalog.database))
    library.ask.return_value = Answer("Who?", Certainty.NONE, (), (), (), 0.1)
    yield Services(library, workers, None)
    workers.close()
    catalog.close()


async def overhear(services) -> Answer | None:
    question = message(100)
    exchange = Exchange(100, question, ("Who?", frozenset()))
    surface = MessageSurface(services, exchange, question, discord.Permissions.all(), heard=True)
    responder = Responder(Mock(user=Mock(id=ME)), services)
    return await responder._answer(surface, question, "Who?")


async def test_who_must_wait_is_not_searched_for(services):
    services.server_settings.change(GUILD, "member_cooldown_seconds", 60, ALICE)
    assert await overhear(services)  # nothing is found, so it does not count
    assert await overhear(services)
    services.cooldowns.take(GUILD, ALICE, await services.settings_of(GUILD))
    services.library.ask.reset_mock()
    with pytest.raises(TooSoon):
        await overhear(services)
    services.library.ask.assert_not_called()


async def test_a_busy_channel_is_overheard_so_often_a_minute(services):
    for _ in range(MOST_OVERHEARD):
        assert await overhear(services)
    assert await overhear(services) is None
    assert services.library.ask.call_count == MOST_OVERHEARD


async def test_a_question_that_changes_is_seen_to_again_by_the_same_task():
    exchange = Exchanges().open(message(content="one"))
    seen, go_on = [], asyncio.Event()

    async def see(_, question):
        seen.append(question and question.content)
        await go_on.wait()

    at_work = asyncio.create_task(settle(exchange, see))
    await asyncio.sleep(0)
    assert exchange.reword(message(content="two"))
    await settle(exchange, see)
    assert seen == ["one"], "somebody is at work"
    exchange.question = None
    go_on.set()
    await at_work
    assert seen == ["one", None]
    assert not exchange.at_work


async def test_whoever_fails_leaves_the_work_to_the_next():
    exchange = Exchanges().open(message())

    async def fail(*_):
        raise ValueError

    try:
        await settle(exchange, fail)
    except ValueError:
        assert not exchange.at_work


def test_the_wording_makes_another_question():
    exchange = Exchanges().open(message(content="one"))
    assert not exchange.reword(message(content="one"))
    assert exchange.reword(message(content="two"))
    assert exchange.reword(message(content="two", mentions=[user(ME)]))
    exchange.question = None
    assert not exchange.reword(message(content="three")), "it is deleted"


def test_the_oldest_are_forgotten(monkeypatch):
    monkeypatch.setattr(exchanges, "REMEMBERED", 2)
    kept = Exchanges()
    for number in (1, 2, 3):
        kept.open(message(number))
    assert kept.of(1) is None
    assert kept.of(3)
    kept.drop(3)
    kept.drop(3)
    assert kept.of(3) is None
