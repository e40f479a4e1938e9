"""Questions that are edited, deleted or delivered twice, and what becomes of their answers."""

import asyncio

import pytest

from tests.e2e.environment import NATO, NATO_WORDS, words
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")
VANCE = "Who is JD Vance?"
VANCE_WORDS = "Vice-President JD Vance"


@pytest.fixture
def channel(env):
    return env.acme.add_channel("edits")


def answers(env, channel):
    return [m for m in channel.history() if m.author is env.fd.bot]


def remembered(env):
    return dict(env.sql("SELECT message, question FROM replies"))


def slowly(env, channel, seconds=0.5):
    """Hold up what the bot sends to a channel, so that the question changes meanwhile."""
    env.fd.fault(f"/channels/{channel.id}/messages$", 0, method="POST", delay=seconds)


async def test_edited_question_is_answered_in_place(env, channel):
    reply = await env.alice.ask(channel, f"{env.at} {NATO}")
    await env.alice.edit(reply.to, f"{env.at} {VANCE}")
    await until(lambda: VANCE_WORDS in words(reply.message))
    assert answers(env, channel) == [reply.message]
    assert NATO_WORDS not in words(reply.message)
    assert reply.message.interactive(), "with its buttons"
    await until(lambda: remembered(env)[reply.message.id] == VANCE)


async def test_edit_that_adds_the_mention_asks(env, channel):
    message = await env.alice.say(channel, NATO)
    await env.alice.edit(message, f"{env.at} {NATO}")
    assert NATO_WORDS in words(await message.answer())
    reply = await env.alice.ask(channel, env.at)
    assert "Mention me with your question" in words(reply)
    await env.alice.edit(reply.to, f"{env.at} {NATO}")
    await until(lambda: reply.message.embeds)
    assert NATO_WORDS in words(reply.message)
    assert not reply.message.content
    assert not reply.message.flags & 4, "its card is shown"


async def test_what_is_no_question_any_more_loses_its_answers(env, channel):
    reply = await env.alice.ask(channel, f"{env.at} {NATO} And {VANCE[0].lower()}{VANCE[1:]}")
    await until(lambda: len(reply.messages) == 2)
    sent = reply.messages
    await env.alice.edit(reply.to, f"{env.at} lol")
    await until(lambda: all(message.deleted for message in sent))


async def test_what_is_no_new_question_changes_nothing(env, channel):
    reply = await env.alice.ask(channel, f"{env.at} {NATO}")
    await env.alice.edit(reply.to, f"{env.at} {NATO}")
    await env.alice.create_thread(reply.to, "Aside")
    await env.alice.edit(reply.to, f"{env.at} {VANCE}", after=61)
    # What the bot did about that it would have done before it answers another.
    await env.alice.ask(channel, f"{env.at} {VANCE}")
    assert len(reply.message.history) == 1, "a minute is over"


async def test_follow_ups_go_on_from_the_edited_question(env, channel):
    reply = await env.alice.ask(channel, f"{env.at} Who is Carl Bildt?")
    russia = "What did Hegseth say about Russia?"
    await env.alice.edit(reply.to, f"{env.at} {russia}")
    # What is gone on from is stored once it is shown.
    await until(lambda: remembered(env).get(reply.message.id) == russia)
    second = await env.alice.ask(channel, "and JD Vance?", reply_to=reply.message)
    assert "I understood this as: What did JD Vance say about Russia?" in words(second)


async def test_edit_while_the_answer_is_sent(env, channel):
    slowly(env, channel)
    message = await env.alice.say(channel, f"{env.at} {NATO}")
    await until(lambda: channel.typing)
    await asyncio.sleep(0.2)
    await env.alice.edit(message, f"{env.at} {VANCE}")
    await until(lambda: any(VANCE_WORDS in words(a) for a in answers(env, channel)))
    assert len(answers(env, channel)) == 1


async def test_deleted_question_deletes_its_answer(env, channel):
    reply = await env.alice.ask(channel, f"{env.at} {NATO}")
    answer = reply.message
    await until(lambda: answer.id in remembered(env))
    await env.alice.delete(reply.to)
    await until(lambda: answer.deleted and answer.id not in remembered(env))


async def test_deletion_of_many_deletes_their_answers(env, channel):
    replies = [await env.alice.ask(channel, f"{env.at} {question}") for question in (NATO, VANCE)]
    chat = await env.alice.say(channel, "no question")
    # One answer is among what is deleted, so that the bot finds it gone.
    await env.boss.purge([*(reply.to for reply in replies), chat, replies[0].message])
    await until(lambda: not answers(env, channel))


async def test_deletion_while_the_answer_is_sent_leaves_none(env, channel):
    slowly(env, channel)
    message = await env.alice.say(channel, f"{env.at} {NATO}")
    await until(lambda: channel.typing)
    await env.alice.delete(message)
    other = await env.alice.ask(channel, f"{env.at} {VANCE}", settle=0.5)
    assert answers(env, channel) == [other.message]


async def test_answer_that_a_moderator_deleted_stays_away(env, channel):
    reply = await env.alice.ask(channel, f"{env.at} {NATO}")
    answer = reply.message
    await until(lambda: answer.id in remembered(env))
    await env.boss.delete(answer)
    await until(lambda: answer.id not in remembered(env))
    await env.alice.edit(reply.to, f"{env.at} {VANCE}")
    other = await env.alice.ask(channel, f"{env.at} {VANCE}")
    assert answers(env, channel) == [other.message]


async def test_replayed_events_are_answered_once(env, channel):
    reply = await env.alice.ask(channel, f"{env.at} {NATO}")
    env.fd.gateway.replay(events=3)
    other = await env.alice.ask(channel, f"{env.at} {VANCE}")
    assert answers(env, channel) == [reply.message, other.message]
    assert len(reply.message.history) == 1


async def test_what_happened_while_it_was_away_is_made_up_for(env, channel):
    kept = await env.alice.ask(channel, f"{env.at} {NATO}")
    gone = await env.alice.ask(channel, f"{env.at} {NATO}")
    answer = gone.message
    resumes = env.fd.gateway.resumes
    env.fd.gateway.drop()
    await env.alice.edit(kept.to, f"{env.at} {VANCE}")
    await env.alice.delete(gone.to)
    asked = await env.alice.say(channel, f"{env.at} {NATO}")
    await until(lambda: env.fd.gateway.resumes > resumes)
    assert NATO_WORDS in words(await asked.answer(settle=0.3))
    await until(lambda: VANCE_WORDS in words(kept.message) and answer.deleted)
    assert len(answers(env, channel)) == 2


async def test_after_a_restart(env, channel):
    edited = await env.alice.ask(channel, f"{env.at} {NATO} And {VANCE[0].lower()}{VANCE[1:]}")
    await until(lambda: len(edited.messages) == 2)
    further = edited.messages[1]
    deleted = await env.alice.ask(channel, f"{env.at} {NATO}")
    answer = deleted.message
    await until(lambda: answer.id in remembered(env))
    await env.restart(kill=True)
    await env.alice.edit(edited.to, f"{env.at} {VANCE}", after=30)
    await until(lambda: VANCE_WORDS in words(edited.message))
    await env.alice.delete(deleted.to)
    await until(lambda: answer.deleted and further.deleted)
    assert answers(env, channel) == [edited.message]
