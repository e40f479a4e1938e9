import asyncio

import pytest

from tests.e2e.world import COMMANDS, NATO, words
from tests.fakediscord.waiting import wait_until

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def done(ix):
    return await (await ix).final(20, settle=0.1)


async def help_of(actor, channel):
    ix = await done(actor.slash(channel, "help"))
    assert ix.ephemeral
    return words(ix)


async def test_help_fits_who_asks(world):
    guest = await help_of(world.alice, world.general)
    boss = await help_of(world.boss, world.general)
    assert "/ask" in guest
    assert "/articles" in guest
    for name in ("/index url", "/remove", "/settings panel"):
        assert name in boss, name
        assert name not in guest, name
    assert all(f"/{name}" in boss for name in COMMANDS)


async def test_help_in_direct_messages_leaves_out_what_servers_have(world):
    said = await help_of(world.boss, world.boss.dm)
    assert "/ask" in said
    assert "/settings" not in said
    assert "/index" not in said


async def test_privacy_tells_what_is_kept_and_deletes_it(world):
    carl = world.acme.add_member("Carl")
    first = await done(carl.slash(world.general, "privacy"))
    assert "0 questions, 0 votes" in words(first)
    await done(carl.slash(world.general, "ask", question=NATO))
    await carl.ask(carl.dm, NATO, settle=0.1)
    kept = await done(carl.slash(world.general, "privacy"))
    assert kept.ephemeral
    assert "2 questions, 0 votes" in words(kept)
    gone = await done(carl.click(kept, "Delete what is mine"))
    assert "2 questions and 0 votes are gone" in words(gone)
    assert not gone.buttons
    again = await done(carl.slash(world.general, "privacy"))
    assert "0 questions" in words(again)


async def test_introduces_itself_where_it_may_write(world):
    guild = world.fd.add_guild("New", with_bot=False)
    guild.add_channel("closed", deny={world.fd.bot: "send_messages"})
    hall = guild.add_channel("hall")
    guild.add_channel("other")
    world.fd.join(guild)
    said = await introduced(world, hall)
    assert "Hello, I am Footnote" in words(said)
    for about in ("/ask", "Manage Server", "/privacy"):
        assert about in words(said)
    await asyncio.sleep(0.2)
    assert sum(len(channel.messages) for channel in guild.channels.values()) == 1


async def introduced(world, channel):
    await wait_until(channel.signal, lambda: channel.messages, 10, "no introduction")
    (message,) = channel.messages.values()
    assert message.author.id == world.fd.bot.id
    return message
