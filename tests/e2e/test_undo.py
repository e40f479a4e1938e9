"""What a command indexed is taken back by its button."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.store.database import DATABASE
from tests.e2e.world import index, words
from tests.fakediscord import File

pytestmark = pytest.mark.asyncio(loop_scope="session")
OPEN, SHUT = "The lock at Quern is open to all boats.", "The lock at Quern is shut to all boats."


async def indexed(world, *texts, actor=None, channel=None):
    """Index texts as files of one command; return its reply."""
    files = [File(f"{n}.txt", text.encode()) for n, text in enumerate(texts)]
    names = ["file", *(f"file{n}" for n in range(2, len(files) + 1))]
    options = dict(zip(names, files, strict=True))
    channel = channel or world.general
    ix = await (actor or world.boss).slash(channel, "index file", **options)
    return await ix.final(60, settle=0.1, until=lambda ix: bool(ix.embeds))


async def undo(actor, reply):
    return await (await actor.click(reply, "Undo")).final(20, settle=0.2)


async def titles(world, part):
    found = await world.boss.autocomplete(world.general, "remove", "article", part)
    return [choice["name"] for choice in found]


async def ask(world, question):
    ix = await world.alice.slash(world.general, "ask", question=question)
    return words(await ix.final(30, settle=0.1))


def elapse(world, minutes):
    """Have everything published so much longer ago."""
    with closing(sqlite3.connect(Path(world.environment["FOOTNOTE_DATA"]) / DATABASE)) as database:
        earlier = datetime.now(UTC) - timedelta(minutes=minutes)
        database.execute("UPDATE publications SET at = ?", (earlier.isoformat(),))
        database.commit()


async def test_new_articles_of_a_command_go_together(world):
    done = await indexed(
        world, "Kelp\n\nKelp grows off Yarrow.", "Dulse\n\nDulse grows off Yarrow."
    )
    assert done.buttons == ["Undo"]
    assert "Undo works until <t:" in words(done)
    assert "off Yarrow" in await ask(world, "Where does kelp grow?")
    undone = await undo(world.boss, done)
    assert "“Kelp” is removed." in words(undone)
    assert "“Dulse” is removed." in words(undone)
    assert f"by <@{world.boss.id}>" in words(undone)
    assert not undone.pinged
    assert not undone.message.components
    assert not await titles(world, "kelp")
    assert "off Yarrow" not in await ask(world, "Where does kelp grow?")


async def test_the_version_before_answers_again(world):
    await index(world, world.boss, world.general, "Quern", OPEN)
    form = await (await world.boss.slash(world.general, "index text")).final(20)
    fields = {"Title": "Quern", "Text": f"{SHUT} Its keeper is ill."}
    done = await world.boss.submit_modal(form, fields)
    await done.final(20, settle=0.1, until=lambda ix: bool(ix.embeds))
    assert "1 sentence added, 1 changed" in words(done)
    assert f"> was: {OPEN}\n> new: {SHUT}\n> added: Its keeper is ill." in words(done)
    assert SHUT in await ask(world, "Is the lock at Quern shut?")
    undone = await undo(world.boss, done)
    assert "“Quern” is back as it was before." in words(undone)
    answer = await ask(world, "Which boats is the lock at Quern open to?")
    assert OPEN in answer
    assert SHUT not in answer


async def test_anybody_who_may_index_can_undo_and_nobody_else(world):
    done = await indexed(world, "Moles\n\nMoles dig under the green of Ossett.")
    refused = await undo(world.alice, done)
    assert "needs the permission Manage Server" in words(refused)
    assert refused.ephemeral
    assert done.message.components
    deputy = world.acme.add_member("Deputy", permissions="manage_guild")
    assert "“Moles” is removed." in words(await undo(deputy, done))


async def test_another_servers_button_does_nothing(world):
    done = await indexed(world, "Voles\n\nVoles live by the pond of Ossett.")
    theirs = await indexed(
        world, "Stoats\n\nStoats live there.", actor=world.bea, channel=world.lobby
    )
    (button,) = done.message.interactive()
    world.forge(theirs.message, button["custom_id"], label="Undo")
    assert "Too late" in words(await undo(world.bea, theirs))
    assert await titles(world, "voles") == ["Voles"]


async def test_pressing_twice_is_told(world):
    done = await indexed(world, "Newts\n\nNewts were counted in the ditch.")
    (button,) = done.message.interactive()
    await undo(world.boss, done)
    again = await indexed(world, "Newts\n\nNewts were counted in the ditch.")
    world.forge(again.message, button["custom_id"], label="Undo")
    told = await undo(world.boss, again)
    assert "undone already" in words(told)
    assert await titles(world, "newts") == ["Newts"]


async def test_too_late(world):
    done = await indexed(world, "Frogs\n\nFrogs have been seen in the well.")
    elapse(world, minutes=11)
    told = await undo(world.boss, done)
    assert "Too late: Undo works for 10 minutes." in words(told)
    assert told.followups[0].ephemeral
    assert not done.message.components, "the button goes"
    assert "new article" in done.message.text
    assert await titles(world, "frogs") == ["Frogs"]


async def test_what_was_changed_since_stays(world):
    done = await indexed(world, "Toads\n\nToads cross the lane at night.")
    await index(world, world.boss, world.general, "Toads", "Toads cross the lane at dusk.")
    told = await undo(world.boss, done)
    assert "“Toads” stays: somebody has changed or removed it since." in words(told)
    assert told.followups[0].ephemeral
    assert "at dusk" in await ask(world, "When do toads cross the lane?")
