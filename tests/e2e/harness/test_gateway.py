"""Faults of the websocket, and load."""

import asyncio
from collections.abc import Callable

import aiohttp
import pytest

from tests.fakediscord import FakeDiscord

from .environment import Environment

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def reached(condition: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 (counters, which nothing signals)
            await asyncio.sleep(0.02)


async def test_resume_replays_after_a_dropped_socket(env: Environment):
    gateway, resumes = env.fd.gateway, env.fd.gateway.resumes
    identifies = gateway.identifies
    gateway.drop()
    # buffered by the session, replayed at RESUME
    message = await env.alice.say(env.channel, f"{env.at} said while away")
    ix = await env.alice.slash(env.channel, "echo", text="while away")
    reply = await message.answer(20, settle=0.2)
    assert reply.content_text == "you said: said while away"
    assert (await ix.final(10, settle=0.2)).content_text == "while away"
    await env.bot.wait_log("RESUMED")
    assert gateway.resumes == resumes + 1
    assert gateway.identifies == identifies


@pytest.mark.parametrize("act", ["op7", 4000, 1000])
async def test_op7_and_close_codes(env: Environment, act: str | int):
    gateway, resumes = env.fd.gateway, env.fd.gateway.resumes
    if act == "op7":
        gateway.reconnect()
    else:
        gateway.close(act)
    await reached(lambda: gateway.resumes == resumes + 1)
    assert await env.answers()


async def test_beat(env: Environment):
    gateway, heartbeats = env.fd.gateway, env.fd.gateway.heartbeats
    gateway.beat()
    await reached(lambda: gateway.heartbeats > heartbeats)


async def test_invalid_session(env: Environment):
    gateway, identifies = env.fd.gateway, env.fd.gateway.identifies
    gateway.invalidate()
    await reached(lambda: gateway.identifies == identifies + 1)
    assert await env.answers()
    resumes = gateway.resumes
    gateway.invalidate(resumable=True)
    await reached(lambda: gateway.resumes == resumes + 1)
    assert await env.answers()
    assert gateway.identifies == identifies + 1


async def test_outage(env: Environment):
    gateway = env.fd.gateway
    gateway.refuse = True
    gateway.drop()
    await env.bot.wait_log("503")
    resumes, gateway.refuse = gateway.resumes, False
    await reached(lambda: gateway.resumes > resumes)
    assert await env.answers()


async def test_gateway_refuses_a_bad_token():
    async with (
        FakeDiscord() as fd,
        aiohttp.ClientSession() as session,
        session.ws_connect(fd.ws_url + "?v=10&encoding=json") as ws,
    ):
        assert (await ws.receive_json())["op"] == 10
        await ws.send_json({"op": 2, "d": {"token": "nope", "intents": 0}})
        await ws.receive()
        assert ws.close_code == 4004


async def identified(session: aiohttp.ClientSession, fd: FakeDiscord, shard: int) -> list[int]:
    """Identify as one shard of two; return the opcodes of what comes first."""
    async with session.ws_connect(fd.ws_url + "?v=10&encoding=json") as ws:
        data = {"token": fd.token, "intents": 1, "shard": [shard, 2]}
        await ws.send_json({"op": 2, "d": data})
        return [(await ws.receive_json())["op"] for _ in range(2)]


async def test_shards_wait_for_each_other_to_identify():
    async with FakeDiscord(identify_seconds=0.3) as fd, aiohttp.ClientSession() as session:
        assert await identified(session, fd, 0) == [10, 0]
        assert await identified(session, fd, 1) == [10, 9]
        await asyncio.sleep(0.3)
        assert await identified(session, fd, 1) == [10, 0]
        assert fd.gateway.identifies == 3
