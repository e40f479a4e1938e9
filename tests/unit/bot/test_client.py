from types import SimpleNamespace
from unittest.mock import AsyncMock

import discord
import pytest

from bot.client import FootnoteBot, ShardedBot, ShardsWanted, reads_messages, requests_a_second
from bot.runtime.rate_limits import MOST_A_SECOND
from bot.services import Services
from bot.settings import Shards
from index.store.connections import Ownership


class Begun(Exception):
    """The bot has begun to start."""


def application(**flags) -> SimpleNamespace:
    return SimpleNamespace(flags=discord.ApplicationFlags(**flags))


@pytest.mark.parametrize(
    ("given", "reads"),
    [
        (application(gateway_message_content=True), True),
        (application(gateway_message_content_limited=True), True),
        (application(gateway_guild_members=True), False),
        (None, False),
    ],
)
def test_the_flags_say_what_was_granted(given, reads):
    assert reads_messages(given) is reads


async def test_a_process_carries_its_shards(tmp_path):
    part = Shards(first=4, last=6, count=16)
    async with ShardedBot(
        Services(None, None, None), tmp_path, Ownership(tmp_path), shards=part
    ) as bot:
        assert (bot.shard_ids, bot.shard_count) == ([4, 5, 6], 16)


@pytest.mark.parametrize("count", [1, 2])
async def test_a_bot_that_is_to_be_divided_does_not_start_undivided(tmp_path, monkeypatch, count):
    async with FootnoteBot(Services(None, None, None), tmp_path, Ownership(tmp_path)) as bot:
        monkeypatch.setattr(bot.http, "get_bot_gateway", AsyncMock(return_value=(count, "", {})))
        monkeypatch.setattr(bot, "add_parts", AsyncMock(side_effect=Begun))
        with pytest.raises(ShardsWanted if count > 1 else Begun):
            await bot.setup_hook()


def test_all_processes_of_a_bot_send_no_more_than_discord_takes_of_it():
    parts = [Shards(0, 0, 5), Shards(1, 2, 5), Shards(3, 4, 5)]
    assert [requests_a_second(part) for part in parts] == [9, 18, 18]
    assert requests_a_second(None) == requests_a_second(Shards(0, 3, 4)) == MOST_A_SECOND
    assert requests_a_second(Shards(0, 0, 100)) == 1


@pytest.mark.parametrize("event", ["GUILD_ROLE_UPDATE", "MESSAGE_CREATE", "INTERACTION_CREATE"])
async def test_an_event_without_its_fields_is_logged(tmp_path, caplog, event):
    async with FootnoteBot(Services(None, None, None), tmp_path, Ownership(tmp_path)) as bot:
        bot._connection.parsers[event]({})
    assert f"event {event} cannot be read" in caplog.text
    assert caplog.records[-1].exc_info


@pytest.mark.parametrize("event", ["READY", "RESUMED"])
async def test_what_starts_a_session_must_be_read(tmp_path, event):
    async with FootnoteBot(Services(None, None, None), tmp_path, Ownership(tmp_path)) as bot:
        assert bot._connection.parsers[event].__self__ is bot._connection
