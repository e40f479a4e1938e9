from types import SimpleNamespace

import pytest
import pytest_asyncio

from bot.cogs.articles.cards import PAGE
from tests.e2e.environment import SEED_TITLE, Environment, words
from tests.fakediscord import File

pytestmark = pytest.mark.asyncio(loop_scope="session")


def gazette_file(number):
    text = f"# Gazette {number}\n\nGazette {number} reports that all is well on line {number}."
    return File(f"{number}.md", text.encode())


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def gazette(shared):
    """A server that has one article more than a page shows."""
    guild = shared.add_server("Gazette")
    desk = guild.add_channel("desk")
    editor = guild.add_member("Editor", permissions="manage_guild")
    first, *more = map(gazette_file, range(PAGE + 1))
    further = {f"file{n}": one for n, one in enumerate(more, 2)}
    ix = await editor.slash(desk, "index file", file=first, **further)
    await ix.final(until=lambda ix: bool(ix.embeds))
    return SimpleNamespace(desk=desk, editor=editor, reader=guild.add_member("Reader"))


async def listed(env: Environment, actor, channel):
    return await (await actor.slash(channel, "articles")).final()


async def test_pages_turn_for_the_invoker_alone(env, gazette):
    ix = await listed(env, gazette.reader, gazette.desk)
    assert f"Articles ({PAGE + 2}), page 1 of 2" in words(ix)
    assert "this server" in words(ix)
    assert ix.buttons == ["Previous", "Next"]

    denied = await (await gazette.editor.click(ix, "Next")).final()
    assert "Only the person who ran this command" in words(denied)
    assert denied.messages[0].ephemeral

    on = await (await gazette.reader.click(ix.message, "Next")).final()
    assert "page 2 of 2" in words(on)
    assert SEED_TITLE in words(on)
    assert "public" in words(on)
    back = await (await gazette.reader.click(ix.message, "Previous")).final()
    assert "page 1 of 2" in words(back)


async def test_one_page_has_no_buttons(env):
    lonely = env.add_server("Lonely")
    ix = await listed(env, lonely.add_member("Lou"), lonely.add_channel("room"))
    assert SEED_TITLE in words(ix)
    assert not ix.buttons


async def test_page_that_is_gone_shows_the_last(env, gazette):
    ix = await listed(env, gazette.reader, gazette.desk)
    env.forge(ix.message, f"articles:on:{gazette.reader.id}:999")
    done = await (await gazette.reader.click(ix.message, "Next")).final()
    assert "page 2 of 2" in words(done)
