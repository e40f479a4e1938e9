"""Following; with a bot of their own, which looks for new articles several times a second."""

import asyncio
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from tests.e2e.world import ROOT, World, index, words
from tests.fakediscord.waiting import wait_until

pytestmark = pytest.mark.asyncio(loop_scope="session")
RUN = [sys.executable, "-m", "tests.e2e.beside_a_site", "run"]
STRIKE = "Dockers at the harbour of Orm went on strike over pay on Monday."
BUNS = "A bakery in Lund sold its millionth cinnamon bun."


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def running(new_data, tmp_path_factory):
    async with World(new_data(), run=RUN) as world:
        world.folder = tmp_path_factory.mktemp("articles")
        yield world
        world.faultless()


@pytest.fixture
def world(running):
    running.calm()
    return running


class Place:
    """A server of a test's own: its channel, an admin, and a member who follows."""

    def __init__(self, world, name):
        self.world = world
        self.guild = world.fd.add_guild(name)
        self.quay = self.guild.add_channel("quay")
        self.chief = self.guild.add_member("Chief", permissions="manage_guild")
        self.fan = self.guild.add_member("Fan")

    async def follow(self, actor, topic, where=None, **options):
        return await done(actor.slash(where or self.quay, "follow", topic=topic, **options))

    async def index(self, title, text):
        return await index(self.world, self.chief, self.quay, title, text)

    async def looked_at(self, article):
        """Wait until the bot has compared an article with what is followed."""
        await self.world.bot.wait_log(f"article {article} answers to")


@pytest.fixture
def place(world, request):
    return Place(world, request.node.name)


async def done(ix):
    return await (await ix).final(20, settle=0.1)


async def told(channel, count=1):
    await wait_until(
        channel.signal, lambda: len(channel.history()) >= count, 20, lambda: "nobody was told"
    )
    return channel.history()[count - 1]


async def following(actor, channel):
    ix = await done(actor.slash(channel, "following"))
    assert ix.ephemeral
    return words(ix)


async def test_a_new_article_is_told_once_and_cited(place):
    ix = await place.follow(place.fan, "harbour strike")
    assert ix.ephemeral
    assert "direct message, as articles come" in words(ix)
    buns = await place.index("Buns", BUNS)
    await place.looked_at(buns)
    await place.index("Harbour strike", STRIKE)
    note = await told(place.fan.dm)
    said = words(note)
    assert "You follow: harbour strike · `/unfollow`" in said
    assert "went on strike over pay" in said
    assert "[1]" in said
    assert "bun" not in said
    assert not note.pinged
    # A new version is no news.
    await index(place.world, place.chief, place.quay, "Harbour strike", f"{STRIKE} It goes on.")
    last = await place.index("Deal", "The strike at the harbour of Orm ended with a deal on pay.")
    await place.looked_at(last)
    assert "ended with a deal" in words(await told(place.fan.dm, 2))
    assert len(place.fan.dm.history()) == 2


async def test_a_question_is_answered_when_an_article_does(place):
    await place.follow(place.fan, "When does the comet Zyx return?")
    await place.looked_at(await place.index("Comet", "The comet Zyx was seen over Orm."))
    await place.index("Comet returns", "The comet Zyx returns in 2061, astronomers said.")
    said = words(await told(place.fan.dm))
    assert "When does the comet Zyx return?" in said
    assert "2061" in said
    assert len(place.fan.dm.history()) == 1


async def test_another_servers_article_is_never_told(world, place):
    other = Place(world, "Elsewhere")
    await place.follow(place.fan, "harbour strike")
    await place.follow(place.fan, "harbour strike", place.fan.dm)
    await other.looked_at(await other.index("Strike elsewhere", STRIKE))
    await place.index("Strike here", STRIKE)
    assert "Strike here" in words(await told(place.fan.dm))
    assert len(place.fan.dm.history()) == 1


async def test_who_left_the_server_is_told_nothing(world, place):
    await place.follow(place.fan, "harbour strike")
    await place.follow(place.chief, "harbour strike")
    place.guild.remove_member(place.fan)
    await place.index("Harbour strike", STRIKE)
    await told(place.chief.dm)
    await world.bot.wait_log("are gone")
    assert not place.fan.dm.history()
    assert "You follow nothing yet" in await following(place.fan, place.fan.dm)


async def test_a_channel_is_followed_by_who_may_index(world, place):
    news = place.guild.add_channel("news")
    ix = await place.follow(place.fan, "harbour strike", channel=news)
    assert "needs the permission Manage Server" in words(ix)
    closed = place.guild.add_channel("closed", deny={world.fd.bot: "send_messages"})
    ix = await place.follow(place.chief, "harbour strike", channel=closed)
    assert f"I may not write in <#{closed.id}>" in words(ix)
    ix = await place.follow(place.chief, "harbour strike", channel=news)
    assert f"<#{news.id}>, as articles come" in words(ix)
    await place.index("Harbour strike", STRIKE)
    note = await told(news)
    assert "This channel follows: harbour strike" in words(note)
    assert not place.chief.dm.history()
    assert "needs the permission" in words(await press(place.fan, note))
    assert "You follow nothing yet" in await following(place.fan, place.quay)
    assert f"<#{news.id}>" in await following(place.chief, place.quay)
    assert "Followed no longer: harbour strike" in words(await press(place.chief, note))
    assert "You follow nothing yet" in await following(place.chief, place.quay)


async def test_a_channel_that_is_gone_is_followed_no_longer(place):
    news = place.guild.add_channel("news")
    await place.follow(place.chief, "harbour strike", channel=news)
    place.guild.remove_channel(news)
    await place.index("Harbour strike", STRIKE)
    await until(place, lambda said: "You follow nothing yet" in said)


async def forged_button(world, place, note):
    """Another's follow cannot be ended."""
    (button,) = note.interactive()
    ix = await done(place.chief.slash(place.quay, "privacy"))
    world.forge(ix.message, button["custom_id"], label="Delete what is mine")
    pressed = await done(place.chief.click(ix, "Delete what is mine"))
    assert "Only the person who follows this" in words(pressed)


async def test_unfollow_by_button_and_by_name(world, place):
    await place.follow(place.fan, "harbour strike")
    await place.index("Harbour strike", STRIKE)
    note = await told(place.fan.dm)
    await forged_button(world, place, note)
    assert "Followed no longer: harbour strike" in words(await press(place.fan, note))
    assert "That is followed no longer." in words(await press(place.fan, note))
    assert "went on strike" in words(note), "what was told stays"
    await place.follow(place.fan, "cinnamon buns")
    (choice,) = await place.fan.autocomplete(place.quay, "unfollow", "topic", "BUNS")
    assert choice["name"] == "cinnamon buns"
    assert not await place.chief.autocomplete(place.quay, "unfollow", "topic", "")
    ix = await done(place.chief.slash(place.quay, "unfollow", topic=choice["value"]))
    assert "You do not follow" in words(ix)
    ix = await done(place.fan.slash(place.quay, "unfollow", topic=choice["value"]))
    assert "Followed no longer: cinnamon buns" in words(ix)
    last = await place.index("Buns", BUNS)
    await place.looked_at(last)
    assert len(place.fan.dm.history()) == 1


async def test_kind_words_for_what_cannot_be_followed(place):
    assert "There is no topic in that." in words(await place.follow(place.fan, "?!"))
    await place.follow(place.fan, "Harbour  Strike")
    again = await place.follow(place.fan, "harbour strike")
    assert "You follow that already" in words(again)
    for n in range(24):
        await place.follow(place.fan, f"topic {n}")
    assert "You follow 25 topics" in words(await place.follow(place.fan, "one more"))
    listed = await following(place.fan, place.quay)
    assert "Harbour Strike" in listed
    assert "topic 23" in listed
    ix = await done(place.fan.slash(place.quay, "privacy"))
    assert "25 topics followed" in words(ix)
    await done(place.fan.click(ix, "Delete what is mine"))
    assert "You follow nothing yet" in await following(place.fan, place.quay)


async def test_many_at_once_are_one_card(place):
    await place.follow(place.fan, "harbour strike")
    files = [(f"Strike {n}", f"{STRIKE} It was day {n} of the strike.") for n in range(12)]
    await add(place, files)
    card = await told(place.fan.dm)
    said = words(card)
    assert said.startswith("New articles")
    assert said.count("went on strike over pay") == 8
    assert "4 more articles" in said
    assert labels(card) == ["Unfollow"]
    last = await place.index("Buns", BUNS)
    await place.looked_at(last)
    assert len(place.fan.dm.history()) == 1


async def test_a_digest_comes_once_a_day(world, place):
    ix = await place.follow(place.fan, "harbour strike", digest=True)
    assert re.search(r"direct message, once a day at <t:\d+:t>", words(ix))
    await place.follow(place.fan, "cinnamon buns", digest=True)
    await place.index("Buns", BUNS)
    await place.looked_at(await place.index("Harbour strike", STRIKE))
    await place.follow(place.chief, "lighthouse")
    await place.index("Lighthouse", "The lighthouse of Orm was painted green.")
    await told(place.chief.dm)
    assert not place.fan.dm.history(), "it is not yet time"
    a_day_passes(world)
    card = await told(place.fan.dm)
    said = words(card)
    assert said.startswith("New in one day")
    assert "millionth cinnamon bun" in said
    assert "went on strike" in said
    assert sorted(labels(card)) == ["Unfollow: cinnamon buns", "Unfollow: harbour strike"]
    pressed = await done(place.fan.click(card, "Unfollow: harbour strike"))
    assert "Followed no longer: harbour strike" in words(pressed)
    assert len(place.fan.dm.history()) == 1


async def test_closed_direct_messages_pause_it(world, place):
    await place.follow(place.fan, "harbour strike")
    place.fan.dms_closed = True
    for n in range(3):
        await place.looked_at(await place.index(f"Strike {n}", f"{STRIKE} It was day {n}."))
    world.fd.errors.clear()
    await until(place, lambda said: "paused" in said, place.fan)
    world.fd.errors.clear()
    await place.looked_at(await place.index("Strike, paused", f"{STRIKE} Nobody hears of it."))
    assert not world.fd.errors, "no more is tried"
    place.fan.dms_closed = False
    assert "told otherwise from now on" in words(await place.follow(place.fan, "harbour strike"))
    await place.index("Strike goes on", f"{STRIKE} It was the last day.")
    assert "Strike goes on" in words(await told(place.fan.dm))
    assert "paused" not in await following(place.fan, place.quay)


async def test_after_a_crash_what_waited_is_told_and_nothing_twice(world, place):
    """The last of the file, as it leaves a new process."""
    await place.follow(place.fan, "harbour strike")
    await place.follow(place.chief, "harbour strike", digest=True)
    await place.index("Harbour strike", STRIKE)
    note = await told(place.fan.dm)
    await world.bot.kill()
    a_day_passes(world)
    await world.bot.restart()
    await world.fd.wait_ready(60)
    assert words(await told(place.chief.dm)).startswith("New in one day")
    await place.looked_at(await place.index("Buns", BUNS))
    assert len(place.fan.dm.history()) == 1
    assert "Followed no longer" in words(await press(place.fan, note)), "buttons outlive it"


async def add(place, articles):
    """Index articles into the server's space in another process, as `footnote add` does."""
    world = place.world
    folder = world.folder / place.guild.name
    folder.mkdir(parents=True)
    for title, text in articles:
        (folder / f"{title}.md").write_text(f"# {title}\n\n{text}\n")
    command = [sys.executable, "-m", "bot", "add", str(folder), "--space", place.guild.id]
    adding = await asyncio.create_subprocess_exec(
        *command, env=world.bot.env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, complaints = await adding.communicate()
    assert adding.returncode == 0, complaints


def a_day_passes(world):
    """Make all that was matched older than the last digests."""
    yesterday = (datetime.now(UTC) - timedelta(hours=25)).isoformat()
    with closing(sqlite3.connect(f"{world.environment['FOOTNOTE_DATA']}/footnote.db")) as database:
        database.execute("UPDATE matches SET at = ?", (yesterday,))
        database.commit()


async def until(place, holds, actor=None):
    """Wait until the list of what somebody follows is so, which nothing signals."""
    async with asyncio.timeout(20):
        while not holds(await following(actor or place.chief, place.quay)):  # noqa: ASYNC110
            await asyncio.sleep(0.2)


async def press(actor, note):
    return await done(actor.click(note, "Unfollow"))


def labels(message):
    return [item["label"] for item in message.interactive()]
