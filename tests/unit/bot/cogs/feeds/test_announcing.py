from datetime import UTC, datetime
from types import SimpleNamespace
from unittest.mock import AsyncMock, Mock

import discord
import pytest

from bot.cogs.feeds.checking import Check
from bot.cogs.feeds.schedule import announce
from bot.services import Services
from index.model import Space
from index.store.records import Records
from tests.builders import article
from tests.fakes import GUILD, http_error

WRITES = discord.Permissions(view_channel=True, send_messages=True, embed_links=True)
NEWS, OTHER = 9, 10


@pytest.fixture
def services(catalog, workers):
    library = SimpleNamespace(records=Records.of(catalog.database))
    return Services(library, workers, None)


@pytest.fixture
def check(services):
    now = datetime.now(UTC)
    feed = services.feeds.add(Space(str(GUILD)), "https://a.example/", "Daily", "7", now, str(NEWS))
    return Check(feed, (article(title="Owls"),))


class Server:
    """A client in one server, whose channels it may write in as `allowed` says."""

    def __init__(self, allowed=WRITES, kind=discord.TextChannel):
        self.id, self.me, self.sent = GUILD, None, []
        self.allowed, self.kind, self.fault = allowed, kind, None

    def get_guild(self, guild_id):
        return self if guild_id == GUILD else None

    def get_channel_or_thread(self, channel_id):
        async def send(content, *, embeds, **_):
            if self.fault:
                raise self.fault
            self.sent.append((channel_id, content, [embed.title for embed in embeds]))

        channel = Mock(spec=self.kind, id=channel_id, send=AsyncMock(side_effect=send))
        channel.permissions_for.return_value = self.allowed
        return channel


async def test_the_feeds_own_channel_is_told(services, check):
    server = Server()
    services.server_settings.change(GUILD, "announcements", OTHER, 7)
    await announce(server, services, check)
    assert server.sent == [(NEWS, None, ["New in Daily"])]


async def test_else_the_channel_of_the_settings_or_none(services, check):
    server = Server()
    services.feeds.remove(check.feed.space, check.feed.id)
    feed = services.feeds.add(check.feed.space, "https://b.example/", "B", "7", datetime.now(UTC))
    await announce(server, services, Check(feed, check.added))
    assert server.sent == []
    services.server_settings.change(GUILD, "announcements", OTHER, 7)
    await announce(server, services, Check(feed, check.added))
    assert [channel for channel, *_ in server.sent] == [OTHER]


async def test_nothing_new_and_what_is_shown_already(services, check):
    server = Server()
    await announce(server, services, Check(check.feed))
    await announce(server, services, check, shown_in=NEWS)
    assert server.sent == []


@pytest.mark.parametrize(
    "server",
    [
        Server(discord.Permissions(view_channel=True)),
        Server(discord.Permissions(send_messages=True)),
        Server(kind=discord.CategoryChannel),
        Server(discord.Permissions(view_channel=True, send_messages=True), discord.Thread),
    ],
    ids=["may not write", "may not see", "no channel for words", "thread"],
)
async def test_where_the_bot_may_not_write_nothing_is_tried(services, check, server, caplog):
    await announce(server, services, check)
    assert server.sent == []
    assert "nothing can be announced in channel 9" in caplog.text


async def test_without_cards_words_will_do(services, check):
    server = Server(discord.Permissions(view_channel=True, send_messages=True))
    await announce(server, services, check)
    assert server.sent == [(NEWS, "**New in Daily**\n- Owls", [])]


async def test_a_fault_of_discord_is_noted(services, check, caplog):
    server = Server()
    server.fault = http_error(403)
    await announce(server, services, check)
    assert "not announced: Forbidden" in caplog.text
