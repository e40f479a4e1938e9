"""Two processes with one data folder carry one bot, each a shard of two."""

from contextlib import asynccontextmanager

import pytest
import pytest_asyncio

from tests.e2e.environment import (
    NATO,
    NATO_WORDS,
    ROOT,
    RUN_ON_LOOPBACK,
    Environment,
    done,
    index,
    words,
)
from tests.fakediscord.driver.process import BotProcess
from tests.fakediscord.waiting import wait_until
from tests.waiting import WAIT_SECONDS, until

pytestmark = pytest.mark.asyncio(loop_scope="session")
LEADS = "this process leads"
STRIKE = "Dockers at the harbour of Orm went on strike over pay on Monday."
PAY = "The strike at the harbour of Orm ended on Friday with more pay."


@asynccontextmanager
async def two_shards(env, run=RUN_ON_LOOPBACK, **variables):
    """The environment, whose own bot has shard 0, which leads, and a process with shard 1."""
    async with env:
        await env.fd.wait_ready(WAIT_SECONDS)
        await env.bot.wait_log(LEADS, WAIT_SECONDS)
        own = {**env.variables, "SHARDS": "1/2", **variables}
        second = BotProcess(env.fd, run, own, ROOT, env.fd.token, None)
        await second.start()
        try:
            await second.wait_log("ready: ", WAIT_SECONDS)
            yield env, second
        finally:
            await second.terminate()
        env.assert_no_errors()
    assert "Traceback" not in second.log_text


@pytest_asyncio.fixture(loop_scope="session")
async def fleet(new_data):
    env = Environment(new_data(), ready=False, run=RUN_ON_LOOPBACK, SHARDS="0/2")
    async with two_shards(env) as found:
        yield found


def server_of(env, shard):
    """Add a server that belongs to a shard, with a channel and its manager."""
    while True:
        guild = env.fd.add_guild(f"Shard {shard}", with_bot=False)
        if (int(guild.id) >> 22) % 2 == shard:
            break
    guild.add_channel("welcome")  # for the introduction
    env.fd.join(guild)
    return (
        guild,
        guild.add_channel("general"),
        guild.add_member("Manager", permissions="manage_guild"),
    )


async def posted(channel, count):
    """Wait until the channel has so many messages that follow a topic."""
    await wait_until(
        channel.signal,
        lambda: len(news(channel)) >= count,
        WAIT_SECONDS,
        lambda: "nothing was posted",
    )
    return [words(message) for message in news(channel)]


def news(channel):
    return [message for message in channel.history() if "Orm" in str(message.embeds)]


async def test_two_processes_carry_one_bot(fleet):
    """One test, as each start takes seconds."""
    env, second = fleet
    servers = [server_of(env, shard) for shard in (0, 1)]
    for _, channel, manager in servers:
        reply = await manager.ask(channel, f"{env.at} {NATO}")
        assert NATO_WORDS in words(reply)
        assert len(reply.messages) == 1
    assert sum(r.method == "PUT" and r.path.endswith("/commands") for r in env.fd.requests) == 1

    guild, channel, manager = servers[1]
    own = guild.add_channel("strike")
    await done(manager.slash(own, "follow", topic="harbour strike", channel=own))
    article = await index(env, manager, channel, "Strike", STRIKE)
    await env.bot.wait_log(f"article {article} matches 1")
    assert len(await posted(own, 1)) == 1
    assert "Strike" not in words(await done(servers[0][2].slash(servers[0][1], "articles")))

    await env.bot.kill()
    article = await index(env, manager, channel, "Pay", PAY)
    await until(lambda: f"article {article} matches 1" in second.log_text)
    assert len(await posted(own, 2)) == 2


async def test_a_process_carries_as_many_shards_as_discord_recommends(new_data):
    env = Environment(new_data(), ready=False)
    env.fd.shards = 2
    async with env:
        await env.fd.wait_ready(WAIT_SECONDS)
        await env.bot.wait_log("ready: ", WAIT_SECONDS)
        for shard in (0, 1):
            _, channel, manager = server_of(env, shard)
            assert NATO_WORDS in words(await manager.ask(channel, f"{env.at} {NATO}"))
        assert {tuple(session.shard) for session in env.fd.sessions.values()} == {(0, 2), (1, 2)}
        env.assert_no_errors()
