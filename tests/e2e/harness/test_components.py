"""Modals, buttons, selects, components v2."""

import pytest

from tests.fakediscord import File, Refused, limits

from .environment import Environment

pytestmark = pytest.mark.asyncio(loop_scope="package")


async def test_modal(env: Environment):
    form = await env.final(env.alice.slash(env.channel, "index text"))
    assert form.modal["title"] == "Index text"
    with pytest.raises(Refused, match="51 characters"):
        await env.alice.submit_modal(form, {"Title": "x" * 51})
    with pytest.raises(Refused, match="no field"):
        await env.alice.submit_modal(form, {"Title": "x", "Nothing": "y"})
    values = {"Title": "T", "Body": "some\ntext"}
    done = await env.final(env.alice.submit_modal(form, values))
    assert done.content_text == "got 'T': 'some\\ntext'"


async def test_file_upload_in_a_modal(env: Environment):
    form = await env.final(env.alice.slash(env.channel, "index upload"))
    values = {"File": File("x.bin", b"12345")}
    done = await env.final(env.alice.submit_modal(form, values))
    assert done.content_text == "uploaded 5 bytes"


async def test_buttons(env: Environment):
    ix = await env.final(env.alice.slash(env.channel, "buttons"))
    assert ix.content_text == "press\nT\nD\nN\nV"
    assert ix.buttons == ["More", "Slow", "Ask", "Dead"]
    assert len(ix.embeds) == 1
    more = await env.final(env.alice.click(ix, "More"))
    assert more.content_text.startswith("clicked 1")
    more = await env.final(env.boss.click(ix.message, "more"))
    assert more.content_text.startswith("clicked 2")
    slow = await env.final(env.alice.click(ix, "Slow"), settle=0.4)
    assert [message.content for message in slow.messages] == ["slowly edited", "a private followup"]
    assert slow.messages[1].ephemeral
    assert slow.messages[1].reference is ix.message
    for bad in ("Dead", "nothing"):
        with pytest.raises(Refused):
            await env.alice.click(ix, bad)


async def test_select_and_modal_from_a_button(env: Environment):
    ix = await env.final(env.alice.slash(env.channel, "buttons"))
    picked = await env.final(env.alice.select(ix, "Beta"))
    assert picked.content_text == "picked ['b']"
    assert picked.ephemeral
    made_by = picked.message.json()["interaction_metadata"]
    assert made_by["interacted_message_id"] == ix.message.id
    with pytest.raises(Refused, match="no such options"):
        await env.alice.select(ix, "Gamma")
    form = await env.final(env.alice.click(ix, "Ask"))
    done = await env.final(env.alice.submit_modal(form, {"Title": "B"}))
    assert done.content_text == "got 'B': ''"


async def test_components_v2(env: Environment):
    ix = await env.final(env.alice.slash(env.channel, "layout"))
    assert ix.content_text == "# Answer\nA v2 body.\naside"
    assert ix.message.flags & limits.V2
    assert ix.buttons == ["Aside", "Sources"]
    assert all(item["id"] for item in limits.walk(ix.components))
    sources = await env.final(env.alice.click(ix, "Sources"))
    assert sources.content_text == "the sources\naside"
