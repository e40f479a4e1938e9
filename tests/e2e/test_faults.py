import asyncio

import pytest

from bot.runtime.threads import MOST_WAITING
from tests.e2e.environment import NATO, NATO_WORDS, Environment, words
from tests.e2e.light_bot import HOLD
from tests.e2e.light_bot import RUN as LIGHT
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")
MANY = MOST_WAITING + 40
ORIGINAL = "/messages/@original"


async def ask(env):
    ix = await env.alice.slash(env.general, "ask", question=NATO)
    return await ix.final(settle=0.2)


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": 0.5},
        {"status": 503, "times": 2},
        {"reset": "before"},
        {"reset": "after"},
        {"status": 500},
    ],
    ids=str,
)
async def test_faulty_edit_still_arrives_once(env, fault):
    injected = env.fd.fault(ORIGINAL, method="PATCH", **fault)
    ix = await ask(env)
    assert NATO_WORDS in words(ix)
    assert injected.hits
    assert len(ix.messages) == 1


@pytest.mark.parametrize("reset", ["before", "after"])
async def test_lost_acknowledgement(env, reset):
    env.fd.fault("/callback", reset=reset)
    assert NATO_WORDS in words(await ask(env))
    # A second acknowledgement of one that had arrived is refused, and rightly so.
    env.fd.errors[:] = [r for r in env.fd.errors if "40060" not in str(r.response)]


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"reset": "after"}, {"reset": "before"}], ids=str
)
async def test_faulty_reply_to_a_mention_is_sent_once(env, fault):
    channel = env.acme.add_channel("faults")
    env.fd.fault(r"/channels/\d+/messages$", method="POST", **fault)
    reply = await env.alice.ask(channel, f"{env.at} {NATO}", settle=0.5)
    assert NATO_WORDS in words(reply)
    assert len(reply.messages) == 1


async def test_events_without_their_fields_are_passed_over(env):
    before = len(env.bot.lines)
    for event in ("GUILD_ROLE_UPDATE", "MESSAGE_CREATE", "INTERACTION_CREATE"):
        for session in env.fd.sessions.values():
            session.send(event, {"guild_id": env.acme.id})
    assert NATO_WORDS in words(await ask(env))
    assert sum("cannot be read" in line for line in env.bot.lines[before:]) == 3
    del env.bot.lines[before:]  # the fixture asserts that there are no tracebacks


async def test_typing_that_fails_is_no_reason_to_be_silent(env):
    channel = env.acme.add_channel("typing")
    env.fd.fault("/typing$", 503)
    assert NATO_WORDS in words(await env.alice.ask(channel, f"{env.at} {NATO}", settle=0.2))


async def test_dropped_gateway_resumes_without_answering_twice(env):
    channel = env.acme.add_channel("resume")
    answered = await env.alice.ask(channel, f"{env.at} {NATO}")
    resumes = env.fd.gateway.resumes
    env.fd.gateway.drop()
    missed = await env.alice.say(channel, f"{env.at} What did Carl Bildt say?")
    reply = await missed.answer(settle=0.5)
    assert "Bildt" in words(reply)
    assert env.fd.gateway.resumes == resumes + 1
    assert len(env.fd.reply_to(answered.to).messages) == 1
    assert len(reply.messages) == 1


async def test_many_at_once(env):
    questions = [NATO, "What did Carl Bildt say?", "Who is JD Vance?"] * 4
    asked = [await env.alice.slash(env.general, "ask", question=q) for q in questions]
    done = await asyncio.gather(*(ix.final() for ix in asked))
    assert all(ix.embeds and ix.t_ack < 3 for ix in done)


async def test_with_a_full_queue_everybody_gets_a_reply(tmp_path):
    """Each question is another, as answers are remembered."""
    hold = tmp_path / "hold"
    hold.touch()
    async with Environment(tmp_path / "data", run=LIGHT, **{HOLD: str(hold)}) as env:

        def ask(number):
            question = f"What did Hegseth say about NATO in hall {number} of the fair?"
            return env.alice.slash(env.general, "ask", question=question)

        asked = await asyncio.gather(*(ask(number) for number in range(MANY)))
        await until(lambda: any("ahead of yours" in words(ix) for ix in asked))
        hold.unlink()
        said = [words(await ix.final()) for ix in asked]
        env.assert_no_errors()
    assert all(len(ix.messages) == 1 for ix in asked)
    waiting = [text for text in said if "ahead of yours" in text]
    assert all(said)
    assert 0 < len(waiting) <= MANY - MOST_WAITING
