"""Messages of users, and the bot's answers to them."""

import pytest

from tests.fakediscord import File, Refused

from .environment import Environment

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_mention_reply_typing_attachment(env: Environment):
    reply = await env.ask(f"{env.at} what is this?", attachments=[File("n.txt", b"note")])
    note = "[n.txt text/plain; charset=utf-8: note]"
    assert reply.content_text == f"you said: what is this? {note}"
    assert reply.message.reference is reply.to
    assert reply.t_ack == reply.t_typing <= reply.t_first_content
    assert reply.pinged.users == {env.alice.id}


async def test_reply_streamed_by_edits(env: Environment):
    reply = await env.ask(f"{env.at} stream", settle=0.4)
    assert reply.content_text == "word word word"
    assert reply.edits == 3


async def test_mentions_of_interactions(env: Environment):
    alice, boss, channel = env.alice, env.boss, env.channel
    ix = await env.final(alice.slash(channel, "mentions", who=boss))
    assert ix.pinged.users == {boss.id}
    assert not ix.pinged.everyone  # interactions: only users by default
    assert not (await env.final(alice.slash(channel, "mentions", who=boss, safe=True))).pinged


async def test_mentions_of_replies(env: Environment):
    reply = await env.ask(f"{env.at} everyone")
    assert reply.pinged.everyone
    assert reply.pinged.users == {env.alice.id}
    assert not (await env.ask(f"{env.at} safe")).pinged


async def test_thread_answer_and_follow_up(env: Environment):
    reply = await env.ask(f"{env.at} thread please")
    thread = reply.thread
    assert thread.name == "Question"
    assert thread.id == reply.to.id
    assert reply.to.thread is thread
    assert reply.content_text.startswith("answer in the thread")
    more = await env.ask("and more?", channel=thread)  # no mention needed there
    assert more.content_text == "you said: and more?"
    env.fd.update_channel(thread, archived=True)
    more = await env.ask("once archived", channel=thread)
    assert more.content_text == "you said: once archived"
    assert not thread.archived
    ix = await env.final(env.alice.slash(thread, "echo", text="in thread"))
    assert ix.original.channel is thread


async def test_thread_of_a_user(env: Environment):
    message = await env.alice.say(env.channel, "of a user")
    thread = await env.alice.create_thread(message, "Mine")
    assert (await env.ask("hello", channel=thread)).content_text == "you said: hello"
    assert [message.type for message in thread.history()] == [21, 0, 19]


async def test_silence(env: Environment):
    await env.fd.silence(await env.alice.say(env.channel, "just chatting"), 0.4)
    message = await env.alice.say(env.channel, f"{env.at} hey")
    with pytest.raises(AssertionError, match="the bot answered"):
        await env.fd.silence(message, 0.4)


async def test_dm(env: Environment):
    dm = env.alice.dm
    assert (await env.ask("psst", channel=dm)).content_text == "you said: psst"
    ix = await env.final(env.alice.slash(dm, "echo", text="dm"))
    assert ix.content_text == "dm"


async def test_other_guild(env: Environment):
    lobby, bea = env.other_guild.add_channel("lobby"), env.other_guild.add_member("Bea")
    reply = await env.fd.owner.ask(lobby, f"{env.at} hey", settle=0.2)
    assert reply.content_text == "you said: hey"
    assert (await env.final(bea.slash(lobby, "echo", text="b"))).content_text == "b"
    with pytest.raises(Refused, match="cannot see the channel"):
        await bea.slash(env.channel, "echo", text="not a member")


async def test_user_edits_and_deletes(env: Environment):
    message = await env.alice.say(env.channel, "one")
    await env.alice.edit(message, "two")
    await env.bot.wait_log("EDITED 'one' 'two'")
    await env.alice.delete(message)
    assert message not in env.channel.history()


async def test_bot_without_channel_permission(env: Environment):
    bot = env.fd.bot
    hidden = env.guild.add_channel("hidden", deny={bot: "view_channel"})
    count = len(env.bot.lines)
    await env.alice.say(hidden, f"{env.at} can you see me")
    mute = env.guild.add_channel("mute", deny={bot: "send_messages"})
    message = await env.alice.say(mute, f"{env.at} answer me")
    await env.bot.wait_log("Missing Permissions|50013")
    assert not env.fd.reply_to(message).messages
    assert not any("see me" in line for line in env.bot.lines[count:])
    ix = await env.final(env.alice.slash(mute, "echo", text="works anyway"))
    assert ix.content_text == "works anyway"


async def test_tour_of_rest_routes(env: Environment):
    ix = await env.alice.slash(env.channel, "tour")
    await ix.final(settle=0.2, until=lambda ix: "owner" in ix.content_text)
    assert ix.content_text.lower() == "temp2 0 alice owner true true"
    assert ix.ephemeral
    assert env.alice.dm.history()[-1].content == "dm hello"


async def test_guild_join_outage_leave(env: Environment):
    guild = env.fd.add_guild("Gamma")
    await env.bot.wait_log("JOINED Gamma")
    env.fd.outage(guild)
    env.fd.outage(guild, False)
    env.fd.leave(guild)
    await env.bot.wait_log("LEFT Gamma")
