from types import SimpleNamespace

import pytest
import pytest_asyncio

from tests.e2e.environment import done, index, words

pytestmark = pytest.mark.asyncio(loop_scope="session")

FERRIES = ("Ferry strike begins", "Ferry strike ends", "Ferries return")


@pytest_asyncio.fixture(loop_scope="session")
async def port(env):
    """A server with four articles."""
    guild = env.add_server("Port")
    channel = guild.add_channel("desk")
    editor = guild.add_member("Editor", permissions="manage_guild")
    for title in (*FERRIES, "Owls hunt at noon"):
        await index(env, editor, channel, title, f"{title}, the harbour office said.")
    return SimpleNamespace(guild=guild, channel=channel, editor=editor)


async def listed(port, who=None, **options):
    return await done((who or port.editor).slash(port.channel, "articles", **options))


async def pressed(who, ix, label):
    return await done(who.click(ix, label))


async def test_a_search_a_removal_and_its_undo(port):
    found = await listed(port, search="fery strke")
    assert "Articles matching “fery strke” (2), page 1 of 1" in words(found)
    assert "Owls" not in words(found)
    asked = await pressed(port.editor, found, "Remove all 2")
    assert asked.ephemeral
    assert "Remove these 2 articles?" in words(asked)
    removed = await pressed(port.editor, asked, "Remove")
    assert "Removed: 2 articles" in words(removed)
    assert "strike" not in words(await listed(port))
    undone = await pressed(port.editor, removed, "Undo")
    assert words(undone).count("is back.") == 2
    page = words(await listed(port))
    assert all(title in page for title in FERRIES)


async def test_chosen_ones_go_but_those_that_somebody_else_removed(port):
    page = await listed(port)
    asked = await done(port.editor.select(page.message, ["Ferries return", "Owls hunt at noon"]))
    other = await done(port.editor.slash(port.channel, "remove", article="Ferries return"))
    await pressed(port.editor, other, "Remove")
    removed = await pressed(port.editor, asked, "Remove")
    assert "Removed: 1 article" in words(removed)
    assert "Someone else had already removed “Ferries return”." in words(removed)
    assert removed.buttons == ["Undo"]


async def test_keep(port):
    page = await listed(port)
    asked = await done(port.editor.select(page.message, ["Owls hunt at noon"]))
    assert words(await pressed(port.editor, asked, "Keep")) == "Nothing was removed."
    assert "Owls hunt at noon" in words(await listed(port))


async def test_who_lost_the_right_meanwhile_removes_nothing(port):
    deputy = port.guild.add_member("Deputy", permissions="manage_guild")
    page = await listed(port, deputy)
    asked = await done(deputy.select(page.message, ["Owls hunt at noon"]))
    port.guild.set_roles(deputy, [])
    denied = await pressed(deputy, asked, "Remove")
    assert "You need Manage Server" in words(denied)
    assert denied.original.ephemeral
    assert "Owls hunt at noon" in words(await listed(port))
    assert (await listed(port, deputy)).message.interactive() == []


async def test_another_servers_articles_are_neither_listed_nor_removed(env, port):
    other = env.add_server("Other")
    channel = other.add_channel("room")
    chief = other.add_member("Chief", permissions="manage_guild")
    await index(env, chief, channel, "Own news", "Own news, they said.")
    (owl,) = env.sql(
        "SELECT id FROM articles WHERE title = 'Owls hunt at noon' AND space = ?", [port.guild.id]
    )
    page = await done(chief.slash(channel, "articles"))
    (select,) = [c for c in page.message.interactive() if c.get("options")]
    assert [option["label"] for option in select["options"]] == ["Own news"]
    select["options"].append({"label": "forged", "value": owl[0]})
    asked = await done(chief.select(page.message, ["forged"]))
    assert words(asked) == "Gone already, so nothing was removed."
    none = await done(chief.slash(channel, "articles", search="owls"))
    assert none.ephemeral
    assert "I found no article with “owls”" in words(none)
    assert "/articles" in words(none)
