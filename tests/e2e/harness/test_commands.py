"""Slash commands, their options and permissions, autocomplete, context menus."""

import aiohttp
import pytest

from tests.fakediscord import PERMS, File, InteractionFailed, Refused

from .environment import Environment

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_commands_are_registered(env: Environment):
    commands = env.fd.commands()
    assert commands["index"].subcommands == ["url", "file", "text", "upload"]
    assert commands["index url"].options["kind"]["max_value"] == 3
    assert commands["remove"].default_member_permissions == str(PERMS["manage_guild"])
    assert set(env.fd.commands(3)) == {"Index this"}
    assert set(env.fd.commands(2)) == {"Who"}


async def test_deferred_then_followup_fills_it(env: Environment):
    ix = await env.alice.slash(env.channel, "echo", text="hi", delay=0.4)
    await ix.acked()
    assert ix.deferred
    assert ix.original.loading
    assert ix.content_text == ""
    assert (await ix.final(10, settle=0.3)).content_text == "hi"
    assert len(ix.messages) == 1
    assert not ix.ephemeral
    assert ix.edits == 0
    assert ix.t_ack < 0.4 <= ix.t_first_content == ix.t_final < 3
    assert env.channel.history()[-1].text == "hi"


async def test_ephemeral_defer_is_kept(env: Environment):
    ix = await env.final(env.alice.slash(env.channel, "echo", text="secret", private=True))
    assert ix.ephemeral
    assert ix.original not in env.channel.history()


async def test_streaming_edits_and_settle(env: Environment):
    ix = await env.final(env.alice.slash(env.channel, "stream", steps=6), settle=0.5)
    assert ix.content_text == " ".join(["tok"] * 6)
    assert ix.edits == 5
    assert [len(text.split()) for _, text in ix.history] == [1, 2, 3, 4, 5, 6]
    assert ix.t_final > 1.5  # 5 edits per 2 s: the bucket of a webhook holds the sixth back
    assert [request.status for request in env.fd.requests].count(429) == 0


async def test_subcommand_options(env: Environment):
    options = {"url": "https://x.org", "kind": 2}
    ix = await env.final(env.alice.slash(env.channel, "index url", **options))
    assert ix.content_text == "url https://x.org 2"
    assert ix.original.flags & 4


@pytest.mark.parametrize("bad", [{"url": 3}, {}, {"url": "u", "kind": 4}, {"url": "u", "what": 1}])
async def test_bad_options_are_refused(env: Environment, bad):
    with pytest.raises(Refused):
        await env.alice.slash(env.channel, "index url", **bad)


async def test_a_group_is_no_command(env: Environment):
    with pytest.raises(Refused, match="no such command"):
        await env.alice.slash(env.channel, "index", url="x")


async def test_permissions_of_commands(env: Environment):
    alice, boss, channel = env.alice, env.boss, env.channel
    assert "remove" in boss.visible_commands(channel)
    assert "remove" not in alice.visible_commands(channel)
    with pytest.raises(Refused, match="default_member_permissions"):
        await alice.slash(channel, "remove", article="a")
    action = alice.slash(channel, "remove", article="a", bypass_permissions=True)
    ix = await env.final(action)
    assert ix.content_text == "you may not"
    assert ix.ephemeral
    for user in (boss, env.fd.owner):
        ix = await env.final(user.slash(channel, "remove", article="b"))
        assert ix.content_text == "removed b"


async def test_autocomplete(impatient: Environment):
    env = impatient
    offered = await env.boss.autocomplete(env.channel, "remove", "article", "ap")
    assert offered == [
        {"name": "Apples", "value": "apples"},
        {"name": "Apricots", "value": "apricots"},
    ]
    with pytest.raises(InteractionFailed):  # a choice's name over 100 characters
        await env.boss.autocomplete(env.channel, "remove", "article", "huge")
    assert "BASE_TYPE_BAD_LENGTH" in str(env.fd.requests[-1].response)
    with pytest.raises(Refused, match="no autocomplete"):
        await env.alice.autocomplete(env.channel, "echo", "text", "x")


async def test_attachment_user_and_channel_options(env: Environment):
    options = {"file": File("a b.md", "héllo".encode()), "who": env.boss, "where": env.channel}
    ix = await env.final(env.alice.slash(env.channel, "index file", **options))
    assert ix.content_text == "a_b.md text/markdown; charset=utf-8 héllo boss general"
    sent = ix.attachments[0]
    assert (sent.filename, sent.text, sent.description) == ("up_per.txt", "HÉLLO", "upper")
    async with aiohttp.ClientSession() as session, session.get(sent.url) as response:
        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert await response.text() == "HÉLLO"


async def test_context_menus(env: Environment):
    message = await env.alice.say(env.channel, "please index me")
    ix = await env.final(env.boss.context_menu(message, "Index this"))
    assert ix.content_text == "indexing 'please index me' by Alice"
    assert ix.ephemeral
    ix = await env.final(env.boss.context_menu(env.alice, "Who", channel=env.channel))
    assert ix.content_text == "that is Alice"
