import asyncio

import pytest

from tests.e2e.world import NATO, NATO_WORDS, words
from tests.fakediscord import Refused

pytestmark = pytest.mark.asyncio(loop_scope="session")
QUIET_SECONDS = 0.4


@pytest.fixture
def channel(world):
    return world.acme.add_channel("mentions")


async def test_mention_is_answered_as_a_reply_while_typing(world, channel):
    reply = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.2)
    assert reply.message.reference is reply.to
    assert reply.t_typing < reply.t_first_content
    assert NATO_WORDS in words(reply)
    assert reply.embeds
    assert not reply.pinged
    assert len(reply.messages) == 1


async def test_mention_without_words_gets_a_hint(world, channel):
    reply = await world.alice.ask(channel, world.at, settle=0.1)
    assert "mention me with your question" in words(reply)


async def test_reply_to_an_answer_is_a_question(world, channel):
    first = await world.alice.ask(channel, f"{world.at} {NATO}", settle=0.1)
    question = "What did Carl Bildt say?"
    second = await world.alice.ask(channel, question, reply_to=first.message, settle=0.1)
    assert "Bildt" in words(second)


async def test_direct_message_needs_no_mention(world):
    assert NATO_WORDS in words(await world.alice.ask(world.alice.dm, NATO, settle=0.1))


async def test_not_for_the_bot(world, channel):
    helper = world.fd.user_class(world.fd, "Helper", bot=True)
    world.acme.members[helper.id] = world.acme.members[world.alice.id]
    said = [
        await world.alice.say(channel, "just talking"),
        await world.alice.say(channel, f"@everyone {NATO}"),
        await world.fd.owner.say(channel, "@everyone hello"),
        await helper.say(channel, f"{world.at} {NATO}"),
    ]
    await asyncio.sleep(QUIET_SECONDS)
    assert not any(world.fd.reply_to(message).messages for message in said)


async def test_silent_without_permission_to_write(world):
    mute = world.acme.add_channel("mute", deny={world.fd.bot: "send_messages"})
    await world.fd.silence(await world.alice.say(mute, f"{world.at} {NATO}"), QUIET_SECONDS)
    ix = await (await world.alice.slash(mute, "ask", question=NATO)).final(20, settle=0.1)
    assert NATO_WORDS in words(ix)


async def test_plain_words_where_embeds_are_not_allowed(world):
    plain = world.acme.add_channel("plain", deny={world.fd.bot: "embed_links"})
    reply = await world.alice.ask(plain, f"{world.at} {NATO}", settle=0.1)
    assert not reply.embeds
    assert NATO_WORDS in words(reply)
    assert "[1]" in reply.content_text


async def test_answers_without_quoting_where_history_is_hidden(world):
    hidden = world.acme.add_channel("hidden", deny={world.fd.bot: "read_message_history"})
    reply = await world.alice.ask(hidden, f"{world.at} {NATO}", settle=0.1)
    assert NATO_WORDS in words(reply)


async def test_in_a_thread(world, channel):
    thread = await world.alice.create_thread(channel, "Talk")
    assert NATO_WORDS in words(await world.alice.ask(thread, f"{world.at} {NATO}", settle=0.1))


FILLER = "Tell me, as I would like to know it in full, please. "


@pytest.mark.parametrize("length", [4_000, 6_000])
async def test_a_question_longer_than_a_message_may_be(world, channel, length):
    """People with Nitro may write 4,000 characters, twice what a bot may; 6,000 are nobody's."""
    question = f"{FILLER * length}"[: length - len(NATO)] + NATO
    for where, said in ((world.alice.dm, question), (channel, f"{world.at} {question}")):
        reply = await world.alice.ask(where, said, settle=0.1, max_content=len(said))
        assert words(reply)
        assert "went wrong" not in words(reply)


async def test_a_command_takes_no_longer_question_than_it_says(world, channel):
    with pytest.raises(Refused, match="not between 1 and 2000"):
        await world.alice.slash(channel, "ask", question="?" * 2_001)
