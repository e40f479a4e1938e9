import asyncio

import pytest

from bot.strings import CHATTER
from tests.e2e.environment import NATO, NATO_WORDS, words
from tests.fakediscord import File, Refused
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")
QUIET_SECONDS = 0.4


@pytest.fixture
def channel(env):
    return env.acme.add_channel("mentions")


async def test_mention_is_answered_as_a_reply_while_typing(env, channel):
    reply = await env.alice.ask(channel, f"{env.at} {NATO}", settle=0.2)
    assert reply.message.reference is reply.to
    assert reply.t_typing < reply.t_first_content
    assert NATO_WORDS in words(reply)
    assert reply.embeds
    assert not reply.pinged
    assert len(reply.messages) == 1


async def test_mention_without_words_gets_a_hint(env, channel):
    reply = await env.alice.ask(channel, env.at)
    assert "Mention me with your question" in words(reply)


@pytest.mark.parametrize(
    ("said", "reply"), [("hi there!", "Hi!"), ("what can you do?", "I answer questions")]
)
async def test_small_talk_gets_questions_that_have_an_answer(env, channel, said, reply):
    answer = await env.alice.ask(channel, f"{env.at} {said}")
    assert words(answer).startswith(reply)
    example, *_ = [line for line in words(answer).splitlines() if line.startswith("- ")]
    assert "I'm not sure" not in words(await env.alice.ask(channel, f"{env.at} {example[2:]}"))


async def test_thanks_are_taken_and_courtesies_set_aside(env, channel):
    assert words(await env.alice.ask(channel, f"{env.at} thanks!")) == "You're welcome!"
    answer = await env.alice.ask(channel, f"Hi {env.at}! {NATO} Thanks in advance :)")
    assert NATO_WORDS in words(answer)
    assert words(answer).startswith(NATO)


async def test_two_questions_get_two_answers_that_go_with_them(env, channel):
    asked = await env.alice.say(channel, f"{env.at} {NATO} And what did Carl Bildt say?")
    reply = await asked.answer(settle=0.1)
    await until(lambda: len(reply.messages) == 2)
    answers = reply.messages
    assert NATO_WORDS in str(answers[0].embeds)
    assert "Bildt" in answers[1].embeds[0]["title"]
    await env.alice.delete(asked)
    await until(lambda: all(message.deleted for message in answers))


async def test_chatter_gets_a_friendly_line_in_direct_messages_alone(env, channel):
    assert words(await env.alice.ask(env.alice.dm, "lol 😂")) == CHATTER
    await env.fd.silence(await env.alice.say(channel, f"{env.at} ok"), QUIET_SECONDS)


async def test_help_in_a_direct_message_speaks_of_what_is_searched_there(env):
    told = words(await env.alice.ask(env.alice.dm, "help"))
    assert told.startswith("I answer questions from the public articles")
    assert "Mention me" not in told


async def test_reply_to_an_answer_is_a_question(env, channel):
    first = await env.alice.ask(channel, f"{env.at} {NATO}")
    question = "What did Carl Bildt say?"
    second = await env.alice.ask(channel, question, reply_to=first.message)
    assert "Bildt" in words(second)


CLAIM = "Hegseth labeled NATO membership for Ukraine unrealistic."


async def test_what_is_forwarded_is_asked_about(env, channel):
    said = await env.boss.say(channel, CLAIM)
    reply = await (await env.alice.forward(said, env.alice.dm)).answer(settle=0.1)
    assert NATO_WORDS in words(reply)


async def test_a_message_that_the_bot_may_not_read_is_not_asked_about(env, channel):
    """Without the intent Discord hides what a reply replies to."""
    said = await env.boss.say(channel, CLAIM)
    reply = await env.alice.ask(channel, f"{env.at} is this true?", reply_to=said)
    assert words(reply).startswith("I see nothing in that message to look up.")


async def test_a_file_beside_the_question_is_asked(env, channel):
    rota = File("rota.txt", b"Rota of the bakery\n\nThe baker of Elmet rests on Sundays.")
    asked = f"{env.at} When does the baker of Elmet rest?"
    reply = await env.alice.ask(channel, asked, attachments=[rota])
    assert "rests on Sundays" in words(reply)
    assert not env.sql("SELECT * FROM articles WHERE title LIKE 'Rota of%'")


async def test_direct_message_needs_no_mention(env):
    assert NATO_WORDS in words(await env.alice.ask(env.alice.dm, NATO))


async def test_not_for_the_bot(env, channel):
    helper = env.fd.user_class(env.fd, "Helper", bot=True)
    env.acme.members[helper.id] = env.acme.members[env.alice.id]
    said = [
        await env.alice.say(channel, "just talking"),
        await env.alice.say(channel, f"@everyone {NATO}"),
        await env.fd.owner.say(channel, "@everyone hello"),
        await helper.say(channel, f"{env.at} {NATO}"),
    ]
    await asyncio.sleep(QUIET_SECONDS)
    assert not any(env.fd.reply_to(message).messages for message in said)


async def test_silent_without_permission_to_write(env):
    mute = env.acme.add_channel("mute", deny={env.fd.bot: "send_messages"})
    await env.fd.silence(await env.alice.say(mute, f"{env.at} {NATO}"), QUIET_SECONDS)
    ix = await (await env.alice.slash(mute, "ask", question=NATO)).final()
    assert NATO_WORDS in words(ix)


async def test_plain_words_where_embeds_are_not_allowed(env):
    plain = env.acme.add_channel("plain", deny={env.fd.bot: "embed_links"})
    reply = await env.alice.ask(plain, f"{env.at} {NATO}")
    assert not reply.embeds
    assert NATO_WORDS in words(reply)
    assert "[1]" in reply.content_text


async def test_answers_without_quoting_where_history_is_hidden(env):
    hidden = env.acme.add_channel("hidden", deny={env.fd.bot: "read_message_history"})
    reply = await env.alice.ask(hidden, f"{env.at} {NATO}")
    assert NATO_WORDS in words(reply)


async def test_in_a_thread(env, channel):
    thread = await env.alice.create_thread(channel, "Talk")
    assert NATO_WORDS in words(await env.alice.ask(thread, f"{env.at} {NATO}"))


FILLER = "Tell me, as I would like to know it in full, please. "


@pytest.mark.parametrize("length", [4_000, 6_000])
async def test_a_question_longer_than_a_message_may_be(env, channel, length):
    """People with Nitro may write 4,000 characters, twice what a bot may; 6,000 are nobody's."""
    question = f"{FILLER * length}"[: length - len(NATO)] + NATO
    for where, said in ((env.alice.dm, question), (channel, f"{env.at} {question}")):
        reply = await env.alice.ask(where, said, settle=0.1, max_content=len(said))
        assert words(reply)
        assert "went wrong" not in words(reply)


async def test_a_command_takes_no_longer_question_than_it_says(env, channel):
    with pytest.raises(Refused, match="not between 1 and 2000"):
        await env.alice.slash(channel, "ask", question="?" * 2_001)
