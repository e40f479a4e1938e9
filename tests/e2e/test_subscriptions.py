"""Subscriptions; with a bot of their own, which polls for new articles several times a second."""

import asyncio
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.environment import ROOT, done, index, words
from tests.fakediscord.waiting import wait_until
from tests.waiting import WAIT_SECONDS

pytestmark = pytest.mark.asyncio(loop_scope="session")
STRIKE = "Dockers at the harbour of Orm went on strike over pay on Monday."
EVIA = (
    "Firefighters on Evia battled the blaze for a third day as flames swept through pine woods. "
    "Hundreds of villagers were taken off the island's beaches by ferry."
)
BUNS = "A bakery in Lund sold its millionth cinnamon bun."


@pytest.fixture
def env(polling):
    polling.clear_faults()
    return polling


class Server:
    """A server of a test's own: its channel, an admin, and a member who follows."""

    def __init__(self, env, name):
        self.env = env
        self.guild = env.fd.add_guild(name)
        self.channel = self.guild.add_channel("general")
        self.manager = self.guild.add_member("Manager", permissions="manage_guild")
        self.fan = self.guild.add_member("Fan")

    async def follow(self, actor, topic, where=None, **options):
        return await done(actor.slash(where or self.channel, "follow", topic=topic, **options))

    async def index(self, title, text):
        return await index(self.env, self.manager, self.channel, title, text)

    async def matched(self, article):
        """Wait until the bot has matched an article with the subscriptions."""
        await self.env.bot.wait_log(f"article {article} matches")


@pytest.fixture
def server(env, request):
    return Server(env, request.node.name)


async def notified(channel, count=1):
    await wait_until(
        channel.signal,
        lambda: len(channel.history()) >= count,
        WAIT_SECONDS,
        lambda: "nobody was notified",
    )
    return channel.history()[count - 1]


async def following(actor, channel):
    ix = await done(actor.slash(channel, "following"))
    assert ix.ephemeral
    return words(ix)


async def test_a_new_article_is_notified_once_and_cited(server):
    ix = await server.follow(server.fan, "harbour strike")
    assert ix.ephemeral
    assert "direct message, as articles arrive" in words(ix)
    buns = await server.index("Buns", BUNS)
    await server.matched(buns)
    await server.index("Harbour strike", STRIKE)
    note = await notified(server.fan.dm)
    said = words(note)
    assert "You follow: harbour strike · `/unfollow`" in said
    assert "went on strike over pay" in said
    assert "[1]" in said
    assert "bun" not in said
    assert not note.pinged
    # A new version is no news.
    await index(
        server.env, server.manager, server.channel, "Harbour strike", f"{STRIKE} It goes on."
    )
    last = await server.index("Deal", "The strike at the harbour of Orm ended with a deal on pay.")
    await server.matched(last)
    assert "ended with a deal" in words(await notified(server.fan.dm, 2))
    assert len(server.fan.dm.history()) == 2


async def test_a_topic_in_other_words_than_the_articles(server):
    await server.follow(server.fan, "wildfire in Greece")
    await server.matched(await server.index("Buns", BUNS))
    await server.matched(await server.index("Harbour strike", STRIKE))
    await server.index("Villagers flee", EVIA)
    said = words(await notified(server.fan.dm))
    assert "You follow: wildfire in Greece" in said
    assert "flames swept through pine woods" in said
    assert len(server.fan.dm.history()) == 1


async def test_a_question_is_answered_when_an_article_does(server):
    await server.follow(server.fan, "When does the comet Zyx return?")
    await server.matched(await server.index("Comet", "The comet Zyx was seen over Orm."))
    await server.index("Comet returns", "The comet Zyx returns in 2061, astronomers said.")
    said = words(await notified(server.fan.dm))
    assert "When does the comet Zyx return?" in said
    assert "2061" in said
    assert len(server.fan.dm.history()) == 1


async def test_another_servers_article_is_never_notified(env, server):
    other = Server(env, "Elsewhere")
    await server.follow(server.fan, "harbour strike")
    await server.follow(server.fan, "harbour strike", server.fan.dm)
    await other.matched(await other.index("Strike elsewhere", STRIKE))
    await server.index("Strike here", STRIKE)
    assert "Strike here" in words(await notified(server.fan.dm))
    assert len(server.fan.dm.history()) == 1


async def test_who_left_the_server_is_not_notified(env, server):
    await server.follow(server.fan, "harbour strike")
    await server.follow(server.manager, "harbour strike")
    server.guild.remove_member(server.fan)
    await server.index("Harbour strike", STRIKE)
    await notified(server.manager.dm)
    await env.bot.wait_log("are gone")
    assert not server.fan.dm.history()
    assert "You don't follow any topics yet" in await following(server.fan, server.fan.dm)


async def test_a_channel_is_followed_by_who_may_index(env, server):
    news = server.guild.add_channel("news")
    ix = await server.follow(server.fan, "harbour strike", channel=news)
    assert "You need Manage Server" in words(ix)
    closed = server.guild.add_channel("closed", deny={env.fd.bot: "send_messages"})
    ix = await server.follow(server.manager, "harbour strike", channel=closed)
    assert f"I can't post in <#{closed.id}>" in words(ix)
    ix = await server.follow(server.manager, "harbour strike", channel=news)
    assert f"<#{news.id}>, as articles arrive" in words(ix)
    await server.index("Harbour strike", STRIKE)
    note = await notified(news)
    assert "This channel follows: harbour strike" in words(note)
    assert not server.manager.dm.history()
    assert "You need Manage Server" in words(await press(server.fan, note))
    assert "You don't follow any topics yet" in await following(server.fan, server.channel)
    assert f"<#{news.id}>" in await following(server.manager, server.channel)
    assert f"<#{news.id}> no longer follows harbour strike" in words(
        await press(server.manager, note)
    )
    assert "You don't follow any topics yet" in await following(server.manager, server.channel)


async def test_a_channel_that_is_gone_is_followed_no_longer(server):
    news = server.guild.add_channel("news")
    await server.follow(server.manager, "harbour strike", channel=news)
    server.guild.remove_channel(news)
    await server.index("Harbour strike", STRIKE)
    await until(server, lambda said: "You don't follow any topics yet" in said)


async def forged_button(env, server, note):
    """Another's subscription cannot be ended."""
    (button,) = note.interactive()
    ix = await done(server.manager.slash(server.channel, "privacy"))
    env.forge(ix.message, button["custom_id"], label="Delete my data")
    pressed = await done(server.manager.click(ix, "Delete my data"))
    assert "Only the person who follows this" in words(pressed)


async def test_unfollow_by_button_and_by_name(env, server):
    await server.follow(server.fan, "harbour strike")
    await server.index("Harbour strike", STRIKE)
    note = await notified(server.fan.dm)
    await forged_button(env, server, note)
    assert "You no longer follow harbour strike" in words(await press(server.fan, note))
    assert "That topic is no longer followed." in words(await press(server.fan, note))
    assert "went on strike" in words(note), "what was told stays"
    await server.follow(server.fan, "cinnamon buns")
    (choice,) = await server.fan.autocomplete(server.channel, "unfollow", "topic", "BUNS")
    assert choice["name"] == "cinnamon buns"
    assert not await server.manager.autocomplete(server.channel, "unfollow", "topic", "")
    ix = await done(server.manager.slash(server.channel, "unfollow", topic=choice["value"]))
    assert "You don't follow" in words(ix)
    ix = await done(server.fan.slash(server.channel, "unfollow", topic=choice["value"]))
    assert "You no longer follow cinnamon buns" in words(ix)
    last = await server.index("Buns", BUNS)
    await server.matched(last)
    assert len(server.fan.dm.history()) == 1


async def test_kind_words_for_what_cannot_be_followed(server):
    assert "I need a topic." in words(await server.follow(server.fan, "?!"))
    await server.follow(server.fan, "Harbour  Strike")
    again = await server.follow(server.fan, "harbour strike")
    assert "You already follow that" in words(again)
    for n in range(24):
        await server.follow(server.fan, f"topic {n}")
    assert "You already follow 25 topics" in words(await server.follow(server.fan, "one more"))
    listed = await following(server.fan, server.channel)
    assert "Harbour Strike" in listed
    assert "topic 23" in listed
    ix = await done(server.fan.slash(server.channel, "privacy"))
    assert "25 followed topics" in words(ix)
    asked = await done(server.fan.click(ix, "Delete my data"))
    await done(server.fan.click(asked, "Yes, delete it"))
    assert "You don't follow any topics yet" in await following(server.fan, server.channel)


async def test_many_at_once_are_one_card(server, tmp_path):
    await server.follow(server.fan, "harbour strike")
    files = [(f"Strike {n}", f"{STRIKE} It was day {n} of the strike.") for n in range(12)]
    await add(server, tmp_path, files)
    card = await notified(server.fan.dm)
    said = words(card)
    assert said.startswith("New articles")
    assert said.count("went on strike over pay") == 8
    assert "4 more articles" in said
    assert labels(card) == ["Unfollow"]
    last = await server.index("Buns", BUNS)
    await server.matched(last)
    assert len(server.fan.dm.history()) == 1


async def test_a_digest_comes_once_a_day(env, server):
    ix = await server.follow(server.fan, "harbour strike", digest=True)
    assert re.search(r"direct message, once a day at <t:\d+:t>", words(ix))
    await server.follow(server.fan, "cinnamon buns", digest=True)
    await server.index("Buns", BUNS)
    await server.matched(await server.index("Harbour strike", STRIKE))
    await server.follow(server.manager, "lighthouse")
    await server.index("Lighthouse", "The lighthouse of Orm was painted green.")
    await notified(server.manager.dm)
    assert not server.fan.dm.history(), "it is not yet time"
    a_day_passes(env)
    card = await notified(server.fan.dm)
    said = words(card)
    assert said.startswith("New in the last day")
    assert "millionth cinnamon bun" in said
    assert "went on strike" in said
    assert sorted(labels(card)) == ["Unfollow: cinnamon buns", "Unfollow: harbour strike"]
    pressed = await done(server.fan.click(card, "Unfollow: harbour strike"))
    assert "You no longer follow harbour strike" in words(pressed)
    assert len(server.fan.dm.history()) == 1


async def test_closed_direct_messages_pause_it(env, server):
    await server.follow(server.fan, "harbour strike")
    server.fan.dms_closed = True
    for n in range(3):
        await server.matched(await server.index(f"Strike {n}", f"{STRIKE} It was day {n}."))
    env.fd.errors.clear()
    await until(server, lambda said: "paused" in said, server.fan)
    env.fd.errors.clear()
    await server.matched(await server.index("Strike, paused", f"{STRIKE} Nobody hears of it."))
    assert not env.fd.errors, "no more is tried"
    server.fan.dms_closed = False
    assert "with new delivery settings" in words(await server.follow(server.fan, "harbour strike"))
    await server.index("Strike goes on", f"{STRIKE} It was the last day.")
    assert "Strike goes on" in words(await notified(server.fan.dm))
    assert "paused" not in await following(server.fan, server.channel)


async def test_after_a_crash_what_waited_is_notified_and_nothing_twice(env, server):
    """The last of the file, as it leaves a new process."""
    await server.follow(server.fan, "harbour strike")
    await server.follow(server.manager, "harbour strike", digest=True)
    await server.index("Harbour strike", STRIKE)
    note = await notified(server.fan.dm)
    await env.bot.kill()
    a_day_passes(env)
    await env.restart()
    assert words(await notified(server.manager.dm)).startswith("New in the last day")
    await server.matched(await server.index("Buns", BUNS))
    assert len(server.fan.dm.history()) == 1
    assert "You no longer follow" in words(await press(server.fan, note)), "buttons outlive it"


async def add(server, folder, articles):
    """Index articles into the server's space in another process, as `footnote add` does."""
    env = server.env
    for title, text in articles:
        (folder / f"{title}.md").write_text(f"# {title}\n\n{text}\n")
    command = [sys.executable, "-m", "bot", "add", str(folder), "--space", server.guild.id]
    adding = await asyncio.create_subprocess_exec(
        *command, env=env.bot.env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, complaints = await adding.communicate()
    assert adding.returncode == 0, complaints


def a_day_passes(env):
    """Make all that was matched older than the last digests."""
    yesterday = (datetime.now(UTC) - timedelta(hours=25)).isoformat()
    env.sql("UPDATE matches SET at = ?", (yesterday,))


async def until(server, holds, actor=None):
    """Wait until the list of what somebody follows is so, which nothing signals."""
    async with asyncio.timeout(WAIT_SECONDS):
        while not holds(await following(actor or server.manager, server.channel)):  # noqa: ASYNC110
            await asyncio.sleep(0.2)


async def press(actor, note):
    return await done(actor.click(note, "Unfollow"))


def labels(message):
    return [item["label"] for item in message.interactive()]
