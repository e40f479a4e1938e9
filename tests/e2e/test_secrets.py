"""Canaries: what must be shown nowhere is looked for in all that the bot logs and sends."""

import json

import pytest

from tests.e2e.environment import Environment, done, words

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEY = "sk-canary-of-the-key"
WORD = "zanzibarite"
"""In every question here."""
QUESTION = f"What did Hegseth say about NATO and {WORD}?"


async def provoke(env):
    """Have the bot answer, refuse, be throttled, and fail."""
    alice, boss, channel = env.alice, env.boss, env.general
    assert words(await done(alice.slash(channel, "ask", question=QUESTION)))
    env.fd.fault(r"/channels/\d+/messages", 429, retry_after=0.1)
    await alice.ask(channel, f"{env.at} {QUESTION}")
    await alice.ask(alice.dm, QUESTION)
    env.fd.fault(r"/webhooks/", 429, retry_after=0.1)
    await done(alice.slash(channel, "ask", question=QUESTION))
    env.fd.fault(r"/webhooks/", 403, times=0)
    await (await alice.slash(channel, "ask", question=QUESTION)).acked()
    await env.bot.wait_log("failed, error|no reply possible|is gone")
    env.fd.clear_faults()
    for link in ("http://user:pw@127.0.0.1/", f"http://127.0.0.1/{env.fd.token}"):
        await done(boss.slash(channel, "index url", link=link))
    await done(alice.slash(channel, "remove", article="nothing"))
    await done(alice.slash(channel, "ask", question=QUESTION, article="nothing"))


async def test_no_secret_is_logged_or_sent(new_data):
    """Port 9 answers nobody: the language model fails each time."""
    model = {"LLM_BASE_URL": "http://127.0.0.1:9/v1", "LLM_MODEL": "m", "LLM_API_KEY": KEY}
    async with Environment(new_data(), LOG_LEVEL="DEBUG", **model) as env:
        await provoke(env)
        log = env.bot.log_text
        sent = json.dumps([request.body for request in env.fd.requests], default=str)
        tokens = {token for token in env.fd.interactions if token in log}
    assert "We are being rate limited" in log, "others' warnings too"
    assert WORD in sent
    assert not tokens
    for secret in (env.fd.token, KEY):
        assert secret not in log
    assert KEY not in sent
    # Who types it in is shown it again, as any link; the bot itself never says it.
    assert sent.count(env.fd.token) <= 1
    asked = [line for line in log.splitlines() if WORD in line]
    assert all(" DEBUG " in line for line in asked), asked
