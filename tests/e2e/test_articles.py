import re

import pytest

from bot.cogs.articles.cards import PAGE
from tests.e2e.environment import SEED_TITLE, Environment, index, words

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def titles():
    return [f"Gazette {n}" for n in range(PAGE + 1)]


async def listed(env: Environment, actor, channel):
    return await (await actor.slash(channel, "articles")).final()


async def test_pages_turn_for_the_invoker_alone(env, titles):
    gazette = env.add_server("Gazette")
    desk = gazette.add_channel("desk")
    editor = gazette.add_member("Editor", permissions="manage_guild")
    reader = gazette.add_member("Reader")
    for title in titles:
        await index(env, editor, desk, title, f"{title} reports that all is well in town.")
    ix = await listed(env, reader, desk)
    assert f"Articles ({PAGE + 2}), page 1 of 2" in words(ix)
    assert "this server" in words(ix)
    assert ix.buttons == ["Previous", "Next"]

    refused = await (await editor.click(ix, "Next")).final()
    assert "Only the person who ran this command" in words(refused)
    assert refused.messages[0].ephemeral

    on = await (await reader.click(ix.message, "Next")).final()
    assert "page 2 of 2" in words(on)
    assert SEED_TITLE in words(on)
    assert "public" in words(on)
    back = await (await reader.click(ix.message, "Previous")).final()
    assert "page 1 of 2" in words(back)


async def test_one_page_has_no_buttons(env):
    lonely = env.add_server("Lonely")
    ix = await listed(env, lonely.add_member("Lou"), lonely.add_channel("room"))
    assert SEED_TITLE in words(ix)
    assert not ix.buttons


async def test_page_that_is_gone_shows_the_last(env):
    for n in range(PAGE):
        await index(env, env.boss, env.general, f"Filler {n}", f"Filler {n} says little.")
    ix = await listed(env, env.alice, env.general)
    env.forge(ix.message, f"articles:on:{env.alice.id}:999")
    done = await (await env.alice.click(ix.message, "Next")).final()
    assert re.search(r"page (\d+) of \1\b", words(done))
