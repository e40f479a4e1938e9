"""Questions that go on from answers: in threads, by replies, after a restart."""

import pytest
import pytest_asyncio

from bot.cogs.ask.strings import TALK, THREAD_EVERY, THREAD_REPLY
from bot.cogs.settings.strings import MODE_HINTS
from bot.smalltalk import Talk
from tests.e2e.environment import NATO, NATO_WORDS, Environment, done, index, words

pytestmark = pytest.mark.asyncio(loop_scope="session")
THREAD = "Ask in a thread"
READ_AS = "I understood this as: "
QUIET_SECONDS = 0.5
UNKNOWN = "Which recipe for pancakes is best?"
RUSSIA = "What did Hegseth say about Russia?"
BILDT = "Who is Carl Bildt?"
BILDT_WORDS = "Former Swedish Prime Minister Carl Bildt"
VANCE_WORDS = "Vice-President JD Vance"
REFUSED = "I couldn't find that in the articles."


@pytest.fixture
def channel(env):
    return env.acme.add_channel("talk")


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def granted(new_data):
    """A bot whose application was granted the text of messages."""
    async with Environment(new_data(), privileged=("message_content",)) as env:
        yield env
        env.assert_no_errors()


async def opened(actor, answer):
    """Press the button of an answer; return the thread and the reply to whoever pressed it."""
    shown = await done(actor.click(answer, THREAD))
    return answer.message.thread, shown


async def said(actor, channel, text, **options):
    return words(await actor.ask(channel, text, settle=0.2, **options))


async def test_three_turns_in_a_thread(env, channel):
    first = await env.alice.ask(channel, f"{env.at} {RUSSIA}")
    thread, shown = await opened(env.alice, first)
    assert shown.content_text == f"Continue in {thread.mention}."
    assert shown.ephemeral
    assert (thread.name, thread.owner) == (RUSSIA, env.fd.bot)
    assert [m.text for m in thread.history() if m.text] == [THREAD_REPLY]
    second = await said(env.alice, thread, f"{env.at} and JD Vance?")
    assert second.startswith(f"and JD Vance?\n-# {READ_AS}What did JD Vance say about Russia?\n")
    assert "military tools against Russia" in second
    third = await said(env.alice, thread, f"{env.at} who is he?")
    assert "Vice-President" in third


async def test_without_the_text_only_replies_and_mentions_are_heard(env, channel):
    first = await env.alice.ask(channel, f"{env.at} {NATO}")
    thread, _ = await opened(env.alice, first)
    await env.fd.silence(await env.alice.say(thread, "and Carl Bildt?"), QUIET_SECONDS)
    hint = next(m for m in thread.history() if m.text == THREAD_REPLY)
    assert BILDT_WORDS in await said(env.alice, thread, "and Carl Bildt?", reply_to=hint)


async def test_a_reply_goes_on_from_the_answer(env, channel):
    first = await env.alice.ask(channel, f"{env.at} {NATO}")
    ben = env.acme.add_member("Ben")
    second = await ben.ask(channel, "and Carl Bildt?", reply_to=first.message)
    assert BILDT_WORDS in words(second)
    third = await said(env.alice, channel, "who is he?", reply_to=second.message)
    assert BILDT_WORDS in third
    assert READ_AS not in await said(env.alice, channel, f"{env.at} and Carl Bildt?")


async def test_threads_do_not_know_each_other(env, channel):
    nato = await env.alice.ask(channel, f"{env.at} {NATO}")
    bildt = await env.alice.ask(channel, f"{env.at} {BILDT}")
    one, _ = await opened(env.alice, nato)
    two, _ = await opened(env.alice, bildt)
    assert VANCE_WORDS in await said(env.alice, one, f"{env.at} and JD Vance?")
    assert f"{READ_AS}Who is JD Vance?" in await said(env.alice, two, f"{env.at} and JD Vance?")
    own = await said(env.alice, channel, f"{env.at} and JD Vance?")
    assert READ_AS not in own


async def test_direct_messages_are_one_conversation(env):
    cleo = env.acme.add_member("Cleo")
    await said(cleo, cleo.dm, NATO)
    assert BILDT_WORDS in await said(cleo, cleo.dm, "and Carl Bildt?")


async def test_ask_more_and_commands_go_on_as_well(env, channel):
    first = await done(env.alice.slash(channel, "ask", question=NATO))
    form = await done(env.alice.click(first, "Ask a follow-up"))
    more = await done(env.alice.submit_modal(form, {"Your question": "and Carl Bildt?"}))
    assert BILDT_WORDS in words(more)
    thread, _ = await opened(env.alice, more)
    assert thread.name == "and Carl Bildt?"
    asked = await done(env.alice.slash(thread, "ask", question="who is he?"))
    assert BILDT_WORDS in words(asked)
    assert THREAD not in asked.buttons


async def test_a_thread_that_is_there_is_led_to(env, channel):
    first = await env.alice.ask(channel, f"{env.at} {NATO}")
    thread, _ = await opened(env.alice, first)
    again = await done(env.boss.click(first, THREAD))
    assert again.content_text == f"This answer already has a thread: {thread.mention}."
    assert again.ephemeral


async def test_two_presses_at_once_make_one_thread(env, channel):
    first = await env.alice.ask(channel, f"{env.at} {NATO}")
    env.fd.fault("/threads$", 0, method="POST", times=2, delay=0.3)
    presses = [await actor.click(first, THREAD) for actor in (env.alice, env.boss)]
    shown = sorted([(await press.final()).content_text for press in presses])
    thread = first.message.thread.mention
    assert shown == [f"Continue in {thread}.", f"This answer already has a thread: {thread}."]
    # Discord's refusal of the second is foreseen.
    env.fd.errors[:] = [r for r in env.fd.errors if not r.path.endswith("/threads")]


@pytest.mark.parametrize(
    ("who", "permission", "reason"),
    [
        ("bot", "create_public_threads", "Create Public Threads"),
        ("bot", "send_messages_in_threads", "Send Messages in Threads"),
        ("alice", "create_public_threads", "You aren't allowed to start threads"),
    ],
)
async def test_no_thread_without_permission(env, who, permission, reason):
    user = env.fd.bot if who == "bot" else env.alice
    strict = env.acme.add_channel("strict", deny={user: permission})
    first = await env.alice.ask(strict, f"{env.at} {NATO}")
    thread, shown = await opened(env.alice, first)
    assert reason in words(shown)
    assert shown.ephemeral
    assert thread is None


async def test_no_thread_from_what_one_alone_sees(env, channel):
    first = await done(env.alice.slash(channel, "ask", question=NATO, private=True))
    shown = await done(env.alice.click(first, THREAD))
    assert "Only you can see this answer" in words(shown)


async def test_where_it_may_not_speak_the_asker_alone_is_answered(env):
    mute = env.acme.add_channel("mute", deny={env.fd.bot: "send_messages"})
    ix = await done(env.alice.slash(mute, "ask", question=NATO))
    assert NATO_WORDS in words(ix)
    assert ix.ephemeral


async def set_mode(env, channel, mode):
    panel = await done(env.boss.slash(env.general, "settings panel"))
    panel = await done(env.boss.click(panel, "Channels"))
    await done(env.boss.select(panel, [channel], MODE_HINTS[mode]))


async def test_in_a_channel_that_is_off_only_commands_get_a_reply(env):
    quiet = env.acme.add_channel("quiet")
    first = await env.alice.ask(quiet, f"{env.at} {NATO}")
    await set_mode(env, quiet, "off")
    await env.fd.silence(await env.alice.say(quiet, f"{env.at} {NATO}"), QUIET_SECONDS)
    thread = await env.alice.create_thread(quiet, "Aside")
    await env.fd.silence(await env.alice.say(thread, f"{env.at} {NATO}"), QUIET_SECONDS)
    ix = await done(env.alice.slash(quiet, "ask", question=NATO))
    assert "turned me off in this channel" in words(ix)
    assert ix.ephemeral
    shown = await done(env.alice.click(first, THREAD))
    assert "turned me off in this channel" in words(shown)


async def test_with_the_text_every_message_of_its_thread_is_a_question(granted):
    channel = granted.acme.add_channel("talk")
    first = await granted.alice.ask(channel, f"{granted.at} {NATO}")
    thread, _ = await opened(granted.alice, first)
    assert [m.text for m in thread.history() if m.text] == [THREAD_EVERY]
    assert BILDT_WORDS in await said(granted.alice, thread, "and Carl Bildt?")
    assert REFUSED in await said(granted.alice, thread, UNKNOWN)
    quietly = await granted.alice.say(
        channel, "and Carl Bildt?", reply_to=first.message, mention_author=False
    )
    assert BILDT_WORDS in words(await quietly.answer(settle=0.2)), "a reply that pings nobody"
    other = await granted.alice.create_thread(channel, "Not the bot's")
    await granted.fd.silence(await granted.alice.say(other, NATO), QUIET_SECONDS)


async def test_small_talk_in_its_thread_is_not_searched_for(granted):
    channel = granted.acme.add_channel("small talk")
    first = await granted.alice.ask(channel, f"{granted.at} {NATO}")
    thread, _ = await opened(granted.alice, first)
    greeted = await said(granted.alice, thread, "hi")
    assert greeted.startswith(TALK[Talk.GREETING])
    assert "\n- " in greeted, "questions that have an answer"
    assert await said(granted.alice, thread, "thanks!") == TALK[Talk.THANKS]
    for chatter in ("lol", "😂"):
        await granted.fd.silence(await granted.alice.say(thread, chatter), QUIET_SECONDS)
    answer = await said(granted.alice, thread, "and Carl Bildt?")
    assert BILDT_WORDS in answer, "what was said between is no turn"


async def test_every_question_is_answered_or_passed_over(granted):
    channel = granted.acme.add_channel("every")
    await granted.fd.silence(await granted.alice.say(channel, NATO), QUIET_SECONDS)
    await set_mode(granted, channel, "every")
    assert NATO_WORDS in await said(granted.alice, channel, NATO)
    typed = len(channel.typing)
    for passed in (UNKNOWN, "good morning", "😀"):
        message = await granted.alice.say(channel, passed)
        await granted.fd.silence(message, QUIET_SECONDS)
    assert len(channel.typing) == typed, "nor does it seem to begin"
    assert REFUSED in await said(granted.alice, channel, f"{granted.at} {UNKNOWN}")
    thread = await granted.alice.create_thread(channel, "Aside")
    assert NATO_WORDS in await said(granted.alice, thread, NATO)


async def test_a_question_that_replies_to_news_is_asked_of_its_article(granted):
    channel = granted.acme.add_channel("news")
    await index(
        granted,
        granted.boss,
        channel,
        "Ferry Marlin sinks off Tarn",
        "The ferry Marlin sank off Tarn on Monday. Lifeboats rescued 214 people from the water.",
    )
    news = await granted.boss.say(channel, "Awful: the ferry Marlin sank off Tarn this morning")
    asked = f"{granted.at} how many people was that?"
    reply = await said(granted.alice, channel, asked, reply_to=news)
    assert "214 people" in reply
    assert READ_AS not in reply


CLAIM = "Hegseth labeled NATO membership for Ukraine unrealistic."


@pytest.mark.parametrize("asked", ["is this true?", "source?"])
async def test_a_claim_gets_the_words_of_the_article_that_bears_it(granted, asked):
    channel = granted.acme.add_channel("claims")
    claim = await granted.boss.say(channel, CLAIM)
    reply = await said(granted.alice, channel, f"{granted.at} {asked}", reply_to=claim)
    assert NATO_WORDS in reply
    assert "I'm not sure" not in reply


async def test_after_a_restart_the_thread_is_read_back(granted):
    """Last, as these share a process: then Discord takes the text away without telling first."""
    channel = granted.acme.add_channel("restart")
    first = await granted.alice.ask(channel, f"{granted.at} {NATO}")
    thread, _ = await opened(granted.alice, first)
    other = await granted.alice.ask(channel, f"{granted.at} {NATO}")
    await granted.restart()
    answered = await said(granted.alice, thread, "and Carl Bildt?")
    assert BILDT_WORDS in answered, "from the answer that the thread was started from"
    granted.fd.privileged.clear()
    await granted.restart()
    assert "going on without it" in granted.bot.log_text
    assert BILDT_WORDS in await said(granted.alice, thread, f"{granted.at} who is he?"), (
        "from the thread"
    )
    reply = await said(granted.alice, channel, "and Carl Bildt?", reply_to=other.message)
    assert BILDT_WORDS in reply, "from the message that is replied to"
    await granted.fd.silence(await granted.alice.say(thread, NATO), QUIET_SECONDS)
