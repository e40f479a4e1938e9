from types import SimpleNamespace

import discord
import pytest
from discord.ext import commands

from bot.client import FootnoteBot, reads_messages
from bot.services import Services


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
def test_the_flags_tell_what_was_granted(given, reads):
    assert reads_messages(given) is reads


class Refusing:
    """Discord, which refuses the text of messages; notes what each connection asks for."""

    def __init__(self, monkeypatch) -> None:
        self.asked: list[bool] = []
        monkeypatch.setattr(commands.Bot, "connect", self.connect)

    async def connect(self, *, reconnect: bool) -> None:
        self.asked.append(self.bot.intents.message_content)
        if len(self.asked) == 1 or self.asked[-1]:
            raise discord.PrivilegedIntentsRequired(None)


@pytest.fixture
def discord_refuses(monkeypatch):
    return Refusing(monkeypatch)


async def test_what_is_refused_is_not_asked_for_again(discord_refuses, tmp_path):
    async with FootnoteBot(Services(None, None, None), tmp_path) as bot:
        discord_refuses.bot = bot
        bot.wanted.message_content = True
        await bot.connect()
    assert discord_refuses.asked == [True, False]


async def test_another_intent_that_is_refused_ends_it(discord_refuses, tmp_path):
    async with FootnoteBot(Services(None, None, None), tmp_path) as bot:
        discord_refuses.bot = bot
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await bot.connect()
    assert discord_refuses.asked == [False]


@pytest.mark.parametrize("event", ["GUILD_ROLE_UPDATE", "MESSAGE_CREATE", "INTERACTION_CREATE"])
async def test_an_event_without_its_fields_is_logged(tmp_path, caplog, event):
    async with FootnoteBot(Services(None, None, None), tmp_path) as bot:
        bot._connection.parsers[event]({})
    assert f"event {event} cannot be read" in caplog.text
    assert caplog.records[-1].exc_info


@pytest.mark.parametrize("event", ["READY", "RESUMED"])
async def test_what_starts_a_session_must_be_read(tmp_path, event):
    async with FootnoteBot(Services(None, None, None), tmp_path) as bot:
        assert bot._connection.parsers[event].__self__ is bot._connection
