import asyncio

import pytest

from tests.e2e.environment import COMMANDS, NATO, SEED_TITLE, done, words
from tests.fakediscord.waiting import wait_until
from tests.waiting import WAIT_SECONDS

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def help_of(actor, channel):
    ix = await done(actor.slash(channel, "help"))
    assert ix.ephemeral
    return words(ix)


async def test_help_fits_who_asks(env):
    member = await help_of(env.alice, env.general)
    boss = await help_of(env.boss, env.general)
    assert "/ask" in member
    assert "/articles" in member
    for name in ("/index url", "/remove", "/settings panel"):
        assert name in boss, name
        assert name not in member, name
    assert all(f"/{name}" in boss for name in COMMANDS)


async def test_help_in_direct_messages_leaves_out_what_servers_have(env):
    said = await help_of(env.boss, env.boss.dm)
    assert "/ask" in said
    assert "/settings" not in said
    assert "/index" not in said


async def test_privacy_tells_what_is_kept_and_deletes_it(env):
    carl = env.acme.add_member("Carl")
    first = await done(carl.slash(env.general, "privacy"))
    assert "0 questions, 0 votes" in words(first)
    await done(carl.slash(env.general, "ask", question=NATO))
    await carl.ask(carl.dm, NATO)
    kept = await done(carl.slash(env.general, "privacy"))
    assert kept.ephemeral
    assert "2 questions, 0 votes" in words(kept)
    asked = await done(carl.click(kept, "Delete my data"))
    assert "I'd delete 2 questions, 0 votes and" in words(asked)
    again = await done(carl.slash(env.general, "privacy"))
    assert "2 questions" in words(again), "nothing is deleted yet"
    gone = await done(carl.click(asked, "Yes, delete it"))
    assert "Deleted 2 questions, 0 votes and" in words(gone)
    assert not gone.buttons
    again = await done(carl.slash(env.general, "privacy"))
    assert "0 questions" in words(again)


async def test_introduces_itself_where_it_may_write(env):
    guild = env.fd.add_guild("New", with_bot=False)
    guild.add_channel("closed", deny={env.fd.bot: "send_messages"})
    channel = guild.add_channel("general")
    guild.add_channel("other")
    env.fd.join(guild)
    said = await introduced(env, channel)
    assert "Hello, I'm Footnote" in words(said)
    for about in ("/ask", f"What is “{SEED_TITLE}” about?", "Manage Server", "/privacy"):
        assert about in words(said)
    await asyncio.sleep(0.2)
    assert sum(len(channel.messages) for channel in guild.channels.values()) == 1


@pytest.mark.parametrize("when", ["delay", "after"])
async def test_a_bot_that_is_killed_as_it_joins_introduces_itself_once(env, when):
    guild = env.fd.add_guild(f"Killed: {when}", with_bot=False)
    channel = guild.add_channel("general")
    path, seconds = rf"/channels/{channel.id}/messages$", {when: 2.0}
    first = env.fd.fault(path, 0, method="POST", **seconds)
    env.fd.join(guild)
    await wait_until(env.fd.signal, lambda: first.hits, WAIT_SECONDS, "nothing was sent")
    second = env.fd.fault(path, 0, method="POST")
    await env.restart(kill=True)
    await wait_until(env.fd.signal, lambda: second.hits, WAIT_SECONDS, "nothing was sent again")
    await asyncio.sleep(0.2)
    await introduced(env, channel)


async def introduced(env, channel):
    await wait_until(channel.signal, lambda: channel.messages, WAIT_SECONDS, "no introduction")
    (message,) = channel.messages.values()
    assert message.author.id == env.fd.bot.id
    return message
