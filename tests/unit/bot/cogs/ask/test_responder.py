"""Messages that are answered only if the articles do: limits come before the search."""

from unittest.mock import Mock

import discord
import pytest

from bot.cogs.ask.exchanges import Exchange
from bot.cogs.ask.responder import MessageSurface, Responder
from bot.errors import TooSoon
from bot.runtime.rate_limits import MOST_OVERHEARD
from bot.runtime.threads import Workers
from bot.services import Services
from index.model import Answer, Certainty
from index.store.catalog import Catalog
from index.store.records import Records
from tests.fakes import ALICE, ME, message

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
