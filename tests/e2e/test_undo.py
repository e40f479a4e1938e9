"""What a command indexed is taken back by its button."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.environment import answered, index, words
from tests.fakediscord import File

pytestmark = pytest.mark.asyncio(loop_scope="session")
OPEN, SHUT = "The lock at Quern is open to all boats.", "The lock at Quern is shut to all boats."


async def indexed(env, *texts, actor=None, channel=None):
    """Index texts as files of one command; return its reply."""
    files = [File(f"{n}.txt", text.encode()) for n, text in enumerate(texts)]
    names = ["file", *(f"file{n}" for n in range(2, len(files) + 1))]
    options = dict(zip(names, files, strict=True))
    channel = channel or env.general
    ix = await (actor or env.boss).slash(channel, "index file", **options)
    return await ix.final(until=lambda ix: bool(ix.embeds))


async def undo(actor, reply):
    return await (await actor.click(reply, "Undo")).final(settle=0.2)


async def titles(env, part):
    found = await env.boss.autocomplete(env.general, "remove", "article", part)
    return [choice["name"] for choice in found]


def elapse(env, minutes):
    """Have everything published so much longer ago."""
    earlier = datetime.now(UTC) - timedelta(minutes=minutes)
    env.sql("UPDATE publications SET at = ?", (earlier.isoformat(),))


async def test_new_articles_of_a_command_go_together(env):
    done = await indexed(env, "Kelp\n\nKelp grows off Yarrow.", "Dulse\n\nDulse grows off Yarrow.")
    assert done.buttons == ["Undo"]
    assert "Undo works until <t:" in words(done)
    assert "off Yarrow" in await answered(env, "Where does kelp grow?")
    undone = await undo(env.boss, done)
    assert "“Kelp” was removed." in words(undone)
    assert "“Dulse” was removed." in words(undone)
    assert f"by <@{env.boss.id}>" in words(undone)
    assert not undone.pinged
    assert not undone.message.components
    assert not await titles(env, "kelp")
    assert "off Yarrow" not in await answered(env, "Where does kelp grow?")


async def test_the_version_before_answers_again(env):
    await index(env, env.boss, env.general, "Quern", OPEN)
    form = await (await env.boss.slash(env.general, "index text")).final()
    fields = {"Title": "Quern", "Text": f"{SHUT} Its keeper is ill."}
    done = await env.boss.submit_modal(form, fields)
    await done.final(until=lambda ix: bool(ix.embeds))
    assert "1 sentence added, 1 changed" in words(done)
    assert f"> was: {OPEN}\n> new: {SHUT}\n> added: Its keeper is ill." in words(done)
    assert SHUT in await answered(env, "Is the lock at Quern shut?")
    undone = await undo(env.boss, done)
    assert "“Quern” is back to its earlier version." in words(undone)
    answer = await answered(env, "Which boats is the lock at Quern open to?")
    assert OPEN in answer
    assert SHUT not in answer


async def test_anybody_who_may_index_can_undo_and_nobody_else(env):
    done = await indexed(env, "Moles\n\nMoles dig under the green of Ossett.")
    denied = await undo(env.alice, done)
    assert "You need Manage Server" in words(denied)
    assert denied.ephemeral
    assert done.message.components
    deputy = env.acme.add_member("Deputy", permissions="manage_guild")
    assert "“Moles” was removed." in words(await undo(deputy, done))


async def test_another_servers_button_does_nothing(env):
    done = await indexed(env, "Voles\n\nVoles live by the pond of Ossett.")
    theirs = await indexed(env, "Stoats\n\nStoats live there.", actor=env.bea, channel=env.lobby)
    (button,) = done.message.interactive()
    env.forge(theirs.message, button["custom_id"], label="Undo")
    assert "too late" in words(await undo(env.bea, theirs))
    assert await titles(env, "voles") == ["Voles"]


async def test_pressing_twice_is_an_error(env):
    done = await indexed(env, "Newts\n\nNewts were counted in the ditch.")
    (button,) = done.message.interactive()
    await undo(env.boss, done)
    again = await indexed(env, "Newts\n\nNewts were counted in the ditch.")
    env.forge(again.message, button["custom_id"], label="Undo")
    told = await undo(env.boss, again)
    assert "already been undone" in words(told)
    assert await titles(env, "newts") == ["Newts"]


async def test_too_late(env):
    done = await indexed(env, "Frogs\n\nFrogs have been seen in the well.")
    elapse(env, minutes=11)
    told = await undo(env.boss, done)
    assert "too late: Undo works for 10 minutes." in words(told)
    assert told.followups[0].ephemeral
    assert not done.message.components, "the button goes"
    assert "new article" in done.message.text
    assert await titles(env, "frogs") == ["Frogs"]


async def test_what_was_changed_since_stays(env):
    done = await indexed(env, "Toads\n\nToads cross the lane at night.")
    await index(env, env.boss, env.general, "Toads", "Toads cross the lane at dusk.")
    told = await undo(env.boss, done)
    assert "“Toads” was left alone: someone has changed or removed it since." in words(told)
    assert told.followups[0].ephemeral
    assert "at dusk" in await answered(env, "When do toads cross the lane?")
