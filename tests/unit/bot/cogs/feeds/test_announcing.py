"""What is new is announced once, also where a process dies before or while it is."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import AsyncMock, Mock

import discord
import pytest

from bot.cogs.feeds.announcing import announce
from bot.discord.replies import KNOWN_SECONDS
from index.model import Space
from tests.builders import document
from tests.fakes import GUILD, http_error

WRITES = discord.Permissions(view_channel=True, send_messages=True, embed_links=True)
NEWS, OTHER = 9, 10
SPACE = Space(str(GUILD))


class Killed(BaseException):
    """The process ends here."""


class Server:
    """A client in one server, whose channels it may write in as `allowed` says.

    As Discord does, it drops a second message with a nonce. `fault` is raised before a message
    arrives, `killed` after it.
    """

    def __init__(self, allowed=WRITES, kind=discord.TextChannel):
        self.id, self.me, self.sent = GUILD, None, {}
        self.allowed, self.kind, self.fault, self.killed = allowed, kind, None, False

    def get_guild(self, guild_id):
        return self if guild_id == GUILD else None

    def get_channel_or_thread(self, channel_id):
        async def send(content, *, embeds, nonce, **_):
            if self.fault:
                raise self.fault
            text = content or "\n".join(f"{one.title}\n{one.description}" for one in embeds)
            self.sent.setdefault(nonce, (channel_id, text))
            if self.killed:
                raise Killed

        channel = Mock(spec=self.kind, id=channel_id, send=AsyncMock(side_effect=send))
        channel.permissions_for.return_value = self.allowed
        return channel

    @property
    def messages(self):
        return [
            (channel, [line.removeprefix("- ") for line in text.splitlines()])
            for channel, text in self.sent.values()
        ]


@pytest.fixture
def feed(services):
    now = datetime.now(UTC)
    return services.feeds.add(SPACE, "https://a.example/", "Daily", "7", now, str(NEWS))


@pytest.fixture
def publish(services, feed):
    """Publish as a check does, and die before anything is announced."""

    def publish(title):
        def note(added):
            services.feeds.note(feed.id, [title], added.article.id, announce=True)

        services.library.ingest([document(title=title, text=f"{title}!")], SPACE, also=note)

    return publish


def is_waiting(services):
    return bool(services.feeds.unannounced([SPACE]))


async def test_what_is_new_is_announced_once_in_one_message(services, feed, publish):
    server = Server()
    await announce(server, services, feed)
    assert server.messages == []
    publish("Owls")
    publish("Bees")
    for _ in range(2):
        await announce(server, services, feed)
    ((channel, lines),) = server.messages
    assert (channel, lines[0], sorted(lines[1:])) == (NEWS, "New in Daily", ["Bees", "Owls"])
    assert not is_waiting(services)


async def test_what_a_killed_process_was_sending_is_not_sent_twice(services, feed, publish):
    server = Server()
    server.killed = True
    publish("Owls")
    with pytest.raises(Killed):
        await announce(server, services, feed)
    server.killed = False
    assert is_waiting(services)
    publish("Bees")
    await announce(server, services, feed)
    assert [lines[1:] for _, lines in server.messages] == [["Owls"], ["Bees"]]
    assert not is_waiting(services)


async def test_what_a_process_did_not_come_to_send_is_sent(services, feed, publish):
    server = Server()
    server.fault = Killed()
    publish("Owls")
    with pytest.raises(Killed):
        await announce(server, services, feed)
    server.fault = None
    await announce(server, services, feed)
    assert [lines[1:] for _, lines in server.messages] == [["Owls"]]


async def test_once_discord_would_not_know_it_again_it_is_not_sent_again(
    services, feed, publish, caplog
):
    server = Server()
    server.killed = True
    publish("Owls")
    with pytest.raises(Killed):
        await announce(server, services, feed)
    server.killed, server.sent = False, {}
    later = datetime.now(UTC) + timedelta(seconds=KNOWN_SECONDS)
    await announce(server, services, feed, now=later)
    assert server.messages == []
    assert "not known whether" in caplog.text
    assert not is_waiting(services)


async def test_what_was_removed_meanwhile_is_no_news(services, feed, publish):
    publish("Owls")
    (article,) = services.library.list([SPACE])
    services.library.remove(article.id, [SPACE])
    server = Server()
    await announce(server, services, feed)
    assert server.messages == []
    assert not is_waiting(services)


async def test_else_the_channel_of_the_settings_or_none(services, publish, feed):
    server = Server()
    services.feeds.remove(SPACE, feed.id)
    feed = services.feeds.add(SPACE, "https://b.example/", "B", "7", datetime.now(UTC))
    services.library.ingest([document()], SPACE)
    (article,) = services.library.list([SPACE])
    for channel, expected in ((None, []), (OTHER, [OTHER])):
        services.server_settings.change(GUILD, "announcements", channel, 7)
        services.feeds.note(feed.id, ["a"], article.id, announce=True)
        await announce(server, services, feed)
        assert [channel for channel, _ in server.messages] == expected


async def test_what_is_shown_already(services, feed, publish):
    publish("Owls")
    server = Server()
    await announce(server, services, feed, shown_in=NEWS)
    await announce(server, services, feed)
    assert server.messages == []


async def test_a_server_that_is_out_of_reach_is_waited_for(services, feed, publish):
    publish("Owls")
    await announce(SimpleNamespace(get_guild=lambda _: None), services, feed)
    assert is_waiting(services)


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
async def test_where_the_bot_may_not_write_nothing_is_tried(
    services, feed, publish, server, caplog
):
    publish("Owls")
    await announce(server, services, feed)
    assert server.messages == []
    assert "nothing can be announced in channel 9" in caplog.text
    assert not is_waiting(services)


async def test_without_cards_words_will_do(services, feed, publish):
    server = Server(discord.Permissions(view_channel=True, send_messages=True))
    publish("Owls")
    await announce(server, services, feed)
    assert server.messages == [(NEWS, ["**New in Daily**", "Owls"])]


@pytest.mark.parametrize(("status", "waits"), [(403, False), (500, True)])
async def test_a_fault_of_discord_is_noted_and_may_pass(
    services, feed, publish, caplog, status, waits
):
    server = Server()
    server.fault = http_error(status)
    publish("Owls")
    await announce(server, services, feed)
    assert "not announced: " in caplog.text
    assert is_waiting(services) is waits
