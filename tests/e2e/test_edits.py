"""Questions that are edited, deleted or delivered twice, and what becomes of their answers."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.world import NATO, NATO_WORDS, World, until, words

pytestmark = pytest.mark.asyncio(loop_scope="session")
VANCE = "Who is JD Vance?"
VANCE_WORDS = "Vice-President JD Vance"


@pytest.fixture
def channel(world):
    return world.acme.add_channel("edits")


def answers(world, channel):
    return [m for m in channel.history() if m.author is world.fd.bot]


def remembered(world):
    path = Path(world.environment["FOOTNOTE_DATA"]) / "footnote.db"
    with sqlite3.connect(path) as database:
        return dict(database.execute("SELECT message, question FROM replies"))


def slowly(world, channel, seconds=0.5):
    """Hold up what the bot sends to a channel, so that the question changes meanwhile."""
    world.fd.fault(f"/channels/{channel.id}/messages$", 0, method="POST", delay=seconds)


async def test_edited_question_is_answered_in_place(world, channel):
    reply = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.1)
    await world.alice.edit(reply.to, f"{world.at} {VANCE}")
    await until(lambda: VANCE_WORDS in words(reply.message))
    assert answers(world, channel) == [reply.message]
    assert NATO_WORDS not in words(reply.message)
    assert reply.message.interactive(), "with its buttons"
    await until(lambda: remembered(world)[reply.message.id] == VANCE)


async def test_edit_that_adds_the_mention_asks(world, channel):
    message = await world.alice.say(channel, NATO)
    await world.alice.edit(message, f"{world.at} {NATO}")
    assert NATO_WORDS in words(await message.answer(20, 0.1))
    reply = await world.alice.ask(channel, world.at, settle=0.1)
    assert "mention me with your question" in words(reply)
    await world.alice.edit(reply.to, f"{world.at} {NATO}")
    await until(lambda: reply.message.embeds)
    assert NATO_WORDS in words(reply.message)
    assert not reply.message.content
    assert not reply.message.flags & 4, "its card is shown"


async def test_what_is_no_new_question_changes_nothing(world, channel):
    reply = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.1)
    await world.alice.edit(reply.to, f"{world.at} {NATO}")
    await world.alice.create_thread(reply.to, "Aside")
    await world.alice.edit(reply.to, f"{world.at} {VANCE}", after=61)
    # What the bot did about that it would have done before it answers another.
    await world.alice.ask(channel, f"{world.at} {VANCE}", settle=0.1)
    assert len(reply.message.history) == 1, "a minute is over"


async def test_follow_ups_go_on_from_the_edited_question(world, channel):
    reply = await world.alice.ask(channel, f"{world.at} Who is Carl Bildt?", settle=0.1)
    await world.alice.edit(reply.to, f"{world.at} What did Hegseth say about Russia?")
    await until(lambda: "Russia?" in words(reply.message))
    second = await world.alice.ask(channel, "and JD Vance?", reply_to=reply.message, settle=0.1)
    assert "Read as: What did JD Vance say about Russia?" in words(second)


async def test_edit_while_the_answer_is_sent(world, channel):
    slowly(world, channel)
    message = await world.alice.say(channel, f"{world.at} {NATO}")
    await until(lambda: channel.typing)
    await asyncio.sleep(0.2)
    await world.alice.edit(message, f"{world.at} {VANCE}")
    await until(lambda: any(VANCE_WORDS in words(a) for a in answers(world, channel)))
    assert len(answers(world, channel)) == 1


async def test_deleted_question_deletes_its_answer(world, channel):
    reply = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.1)
    answer = reply.message
    await until(lambda: answer.id in remembered(world))
    await world.alice.delete(reply.to)
    await until(lambda: answer.deleted and answer.id not in remembered(world))


async def test_deletion_of_many_deletes_their_answers(world, channel):
    replies = [
        await world.alice.ask(channel, f"{world.at} {question}", settle=0.1)
        for question in (NATO, VANCE)
    ]
    chat = await world.alice.say(channel, "no question")
    # One answer is among what is deleted, so that the bot finds it gone.
    await world.boss.purge([*(reply.to for reply in replies), chat, replies[0].message])
    await until(lambda: not answers(world, channel))


async def test_deletion_while_the_answer_is_sent_leaves_none(world, channel):
    slowly(world, channel)
    message = await world.alice.say(channel, f"{world.at} {NATO}")
    await until(lambda: channel.typing)
    await world.alice.delete(message)
    other = await world.alice.ask(channel, f"{world.at} {VANCE}", settle=0.5)
    assert answers(world, channel) == [other.message]


async def test_answer_that_a_moderator_deleted_stays_away(world, channel):
    reply = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.1)
    answer = reply.message
    await until(lambda: answer.id in remembered(world))
    await world.boss.delete(answer)
    await until(lambda: answer.id not in remembered(world))
    await world.alice.edit(reply.to, f"{world.at} {VANCE}")
    other = await world.alice.ask(channel, f"{world.at} {VANCE}", settle=0.1)
    assert answers(world, channel) == [other.message]


async def test_replayed_events_are_answered_once(world, channel):
    reply = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.1)
    world.fd.gateway.replay(events=3)
    other = await world.alice.ask(channel, f"{world.at} {VANCE}", settle=0.1)
    assert answers(world, channel) == [reply.message, other.message]
    assert len(reply.message.history) == 1


async def test_what_happened_while_it_was_away_is_made_up_for(world, channel):
    kept = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.1)
    gone = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.1)
    answer = gone.message
    resumes = world.fd.gateway.resumes
    world.fd.gateway.drop()
    await world.alice.edit(kept.to, f"{world.at} {VANCE}")
    await world.alice.delete(gone.to)
    asked = await world.alice.say(channel, f"{world.at} {NATO}")
    await until(lambda: world.fd.gateway.resumes > resumes, 30)
    assert NATO_WORDS in words(await asked.answer(20, 0.3))
    await until(lambda: VANCE_WORDS in words(kept.message) and answer.deleted)
    assert len(answers(world, channel)) == 2


@pytest_asyncio.fixture(loop_scope="session")
async def restarted(new_data):
    """A bot of its own, as each start takes seconds."""
    async with World(new_data()) as world:
        yield world
        world.faultless()


async def test_after_a_restart(restarted):
    world, channel = restarted, restarted.general
    edited = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.1)
    deleted = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.1)
    answer = deleted.message
    await until(lambda: answer.id in remembered(world))
    await world.bot.restart(kill=True)
    await until(lambda: world.bot.log_text.count("ready: ") == 2, 60)
    await world.alice.edit(edited.to, f"{world.at} {VANCE}", after=30)
    await until(lambda: VANCE_WORDS in words(edited.message))
    await world.alice.delete(deleted.to)
    await until(lambda: answer.deleted)
    assert answers(world, channel) == [edited.message]
