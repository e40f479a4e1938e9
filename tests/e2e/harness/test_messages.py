"""Messages of users, and the bot's answers to them."""

import re

import pytest

from tests.fakediscord import File, Refused

from .world import World

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_mention_reply_typing_reaction_attachment(world: World):
    reply = await world.ask(f"{world.at} what is this?", attachments=[File("n.txt", b"note")])
    note = "[n.txt text/plain; charset=utf-8: note]"
    assert reply.content_text == f"you said: what is this? {note}"
    assert reply.message.reference is reply.to
    assert reply.t_ack == reply.t_typing <= reply.t_first_content
    assert reply.to.reactions == {"👀": [world.fd.bot.id]}
    assert reply.pinged.users == {world.alice.id}


async def test_reply_streamed_by_edits(world: World):
    reply = await world.ask(f"{world.at} stream", settle=0.4)
    assert reply.content_text == "word word word"
    assert reply.edits == 3


async def test_mentions_of_interactions(world: World):
    alice, boss, channel = world.alice, world.boss, world.channel
    ix = await world.final(alice.slash(channel, "mentions", who=boss))
    assert ix.pinged.users == {boss.id}
    assert not ix.pinged.everyone  # interactions: only users by default
    assert not (await world.final(alice.slash(channel, "mentions", who=boss, safe=True))).pinged


async def test_mentions_of_replies(world: World):
    reply = await world.ask(f"{world.at} everyone")
    assert reply.pinged.everyone
    assert reply.pinged.users == {world.alice.id}
    assert not (await world.ask(f"{world.at} safe")).pinged


async def test_thread_answer_and_follow_up(world: World):
    reply = await world.ask(f"{world.at} thread please")
    thread = reply.thread
    assert thread.name == "Question"
    assert thread.id == reply.to.id
    assert reply.to.thread is thread
    assert reply.content_text.startswith("answer in the thread")
    more = await world.ask("and more?", channel=thread)  # no mention needed there
    assert more.content_text == "you said: and more?"
    world.fd.update_channel(thread, archived=True)
    more = await world.ask("once archived", channel=thread)
    assert more.content_text == "you said: once archived"
    assert not thread.archived
    ix = await world.final(world.alice.slash(thread, "echo", text="in thread"))
    assert ix.original.channel is thread


async def test_thread_of_a_user(world: World):
    message = await world.alice.say(world.channel, "of a user")
    thread = await world.alice.create_thread(message, "Mine")
    assert (await world.ask("hello", channel=thread)).content_text == "you said: hello"
    assert [message.type for message in thread.history()] == [21, 0, 19]


async def test_silence(world: World):
    await world.fd.silence(await world.alice.say(world.channel, "just chatting"), 0.4)
    message = await world.alice.say(world.channel, f"{world.at} hey")
    with pytest.raises(AssertionError, match="the bot answered"):
        await world.fd.silence(message, 0.4)


async def test_dm(world: World):
    dm = world.alice.dm
    assert (await world.ask("psst", channel=dm)).content_text == "you said: psst"
    ix = await world.final(world.alice.slash(dm, "echo", text="dm"))
    assert ix.content_text == "dm"


async def test_other_guild(world: World):
    lobby, bea = world.other_guild.add_channel("lobby"), world.other_guild.add_member("Bea")
    reply = await world.fd.owner.ask(lobby, f"{world.at} hey", settle=0.2)
    assert reply.content_text == "you said: hey"
    assert (await world.final(bea.slash(lobby, "echo", text="b"))).content_text == "b"
    with pytest.raises(Refused, match="cannot see the channel"):
        await bea.slash(world.channel, "echo", text="not a member")


async def test_user_edits_deletes_reacts(world: World):
    message = await world.alice.say(world.channel, "one")
    await world.alice.edit(message, "two")
    await world.bot.wait_log("EDITED 'one' 'two'")
    await world.alice.react(message, "👍")
    await world.bot.wait_log("REACTION 👍")
    await world.alice.delete(message)
    assert message not in world.channel.history()


async def test_bot_without_channel_permission(world: World):
    bot = world.fd.bot
    hidden = world.guild.add_channel("hidden", deny={bot: "view_channel"})
    count = len(world.bot.lines)
    await world.alice.say(hidden, f"{world.at} can you see me")
    mute = world.guild.add_channel("mute", deny={bot: "send_messages"})
    message = await world.alice.say(mute, f"{world.at} answer me")
    await world.bot.wait_log("Missing Permissions|50013")
    assert not world.fd.reply_to(message).messages
    assert not any("see me" in line for line in world.bot.lines[count:])
    ix = await world.final(world.alice.slash(mute, "echo", text="works anyway"))
    assert ix.content_text == "works anyway"


async def test_tour_of_rest_routes(world: World):
    ix = await world.alice.slash(world.channel, "tour")
    await ix.final(30, settle=0.2, until=lambda ix: "Acme" in ix.content_text)
    expected = r"temp2 temp2 0 1 Acme Alice owner True True \['\w+'\]"
    assert re.search(expected, ix.content_text, re.IGNORECASE)
    assert ix.ephemeral
    assert world.alice.dm.history()[-1].content == "dm hello"
    assert any(thread.archived for thread in world.guild.threads.values())


async def test_guild_join_outage_leave(world: World):
    guild = world.fd.add_guild("Gamma")
    await world.bot.wait_log("JOINED Gamma")
    world.fd.outage(guild)
    world.fd.outage(guild, False)
    world.fd.leave(guild)
    await world.bot.wait_log("LEFT Gamma")
