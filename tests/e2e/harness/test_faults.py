"""The 3 seconds, token lifetime, rate limits, and injected REST faults."""

import pytest

from tests.fakediscord import File, InteractionFailed

from .environment import Environment

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_three_seconds(impatient: Environment):
    ix = await impatient.alice.slash(impatient.channel, "late", delay=0.8)
    with pytest.raises(InteractionFailed):
        await ix.response()
    await impatient.bot.wait_log("LATE 10062")
    assert 0.8 < ix.late < 2


async def test_expired_interaction_token(env: Environment, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(env.fd, "token_ttl", 0.2)
    await env.alice.slash(env.channel, "echo", text="too late", delay=0.4)
    await env.bot.wait_log("Invalid Webhook Token")


async def test_unknown_route_and_bad_token(env: Environment, caplog: pytest.LogCaptureFixture):
    status, body, _ = await env.call("POST", "/no/such/route", {})
    assert (status, body) == (404, {"message": "404: Not Found", "code": 0})
    assert "UNKNOWN ROUTE POST /no/such/route" in caplog.text
    assert env.fd.unknown_routes.pop() == "POST /no/such/route"
    status, body, _ = await env.call("GET", "/users/@me", {}, token="wrong")
    assert (status, body) == (401, {"message": "401: Unauthorized", "code": 0})
    _, body, _ = await env.call("POST", "/channels/1/messages", {"content": "x"})
    assert body["code"] == 10003


async def test_rate_limit_headers_and_429(env: Environment):
    path, codes = f"/channels/{env.channel.id}/messages", []
    for number in range(6):
        status, body, headers = await env.call("POST", path, {"content": str(number)})
        codes.append(status)
    assert codes == [200] * 5 + [429]
    assert headers["X-RateLimit-Scope"] == "user"
    assert headers["Retry-After"] == "5"
    assert body["retry_after"] > 4


@pytest.mark.parametrize("globally", [False, True])
async def test_injected_429_is_waited_out(env: Environment, globally: bool):
    path = r"/channels/\d+/messages$"
    fault = env.fd.fault(path, 429, method="POST", retry_after=0.4, globally=globally)
    reply = await env.ask(f"{env.at} limited")
    assert reply.content_text == "you said: limited"
    assert reply.t_first_content > 0.4
    assert fault.hits == 1
    assert ("Global rate limit" in env.bot.log_text) >= globally


async def test_injected_500_and_delay(env: Environment):
    env.fd.fault(r"/messages$", 500, method="POST")
    env.fd.fault(r"/messages$", 0, method="POST", delay=0.3)
    reply = await env.ask(f"{env.at} five hundred")
    assert reply.content_text == "you said: five hundred"
    assert 1 < reply.t_first_content < 5


async def test_injected_502_is_retried(env: Environment):
    env.fd.fault(r"@original|/webhooks/", 502)
    ix = await env.final(env.alice.slash(env.channel, "echo", text="retried"))
    assert ix.content_text == "retried"
    assert ix.t_first_content > 0.9


async def test_connection_reset(impatient: Environment):
    count = len(impatient.bot.lines)
    impatient.fd.fault(r"/callback", reset="before")
    ix = await impatient.alice.slash(impatient.channel, "echo", text="lost")
    with pytest.raises(InteractionFailed):
        await ix.response()
    # discord.py does not retry ECONNRESET (104) on Linux
    assert any("Error" in line for line in impatient.bot.lines[count:])


async def test_lost_answer(env: Environment):
    env.fd.fault(r"/messages$", method="POST", reset="after")
    assert (await env.ask(f"{env.at} twice?")).content_text == "you said: twice?"


async def test_answer_lost_midway(impatient: Environment):
    count = len(impatient.bot.lines)
    impatient.fd.fault(r"/callback", reset="midway")
    ix = await impatient.alice.slash(impatient.channel, "echo", text="half")
    await ix.acked()
    await impatient.bot.wait_log("ClientPayloadError")
    assert any("ContentLengthError" in line for line in impatient.bot.lines[count:])


async def test_cdn_fault(impatient: Environment):
    impatient.fd.fault("/attachments/", 404)
    file = File("a.txt", b"x")
    ix = await impatient.alice.slash(impatient.channel, "index file", file=file)
    with pytest.raises(InteractionFailed):
        await ix.response()
    await impatient.bot.wait_log("404 Not Found")
