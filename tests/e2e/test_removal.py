import pytest

from tests.e2e.environment import answered, index, words

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def asked_to_remove(actor, channel, article):
    ix = await (await actor.slash(channel, "remove", article=article)).final()
    assert ix.ephemeral
    return ix


async def press(actor, ix, label):
    return await (await actor.click(ix, label)).final()


async def test_remove_with_confirmation(env):
    await index(env, env.boss, env.general, "Comet", "The comet Zyx returns in 2061.")
    assert "2061" in await answered(env, "When does the comet Zyx return?")
    (choice,) = await env.boss.autocomplete(env.general, "remove", "article", "comet")
    asked = await asked_to_remove(env.boss, env.general, choice["value"])
    assert "Remove “Comet”" in words(asked)
    done = await press(env.boss, asked, "Remove")
    assert "Removed: 1 article" in words(done)
    assert "2061" not in await answered(env, "When does the comet Zyx return?")
    await press(env.boss, done, "Undo")
    assert "2061" in await answered(env, "When does the comet Zyx return?")


async def test_keep(env):
    await index(env, env.boss, env.general, "Kept", "The lighthouse at Orm is painted red.")
    asked = await asked_to_remove(env.boss, env.general, "kept")
    assert "Nothing was removed" in words(await press(env.boss, asked, "Keep"))
    assert "painted red" in await answered(env, "What colour is the lighthouse at Orm?")


async def test_demoted_between_showing_and_pressing(env):
    manager = env.acme.add_member("Manager", permissions="manage_guild")
    await index(env, manager, env.general, "Owls", "The owls of Tarn hunt at noon.")
    asked = await asked_to_remove(manager, env.general, "Owls")
    env.acme.set_roles(manager, [])
    done = await press(manager, asked, "Remove")
    assert "You need Manage Server" in words(done)
    assert "at noon" in await answered(env, "When do the owls of Tarn hunt?")


async def test_autocomplete_is_empty_for_members(env):
    got = await env.alice.autocomplete(
        env.general, "remove", "article", "", bypass_permissions=True
    )
    assert got == []
    got = await env.boss.autocomplete(env.general, "remove", "article", "")
    assert got
    assert not any("Unsettling" in choice["name"] for choice in got), "public is not a server's own"


async def test_public_article_cannot_be_removed(env):
    offered = await env.boss.autocomplete(env.general, "ask", "article", "unsettling")
    ix = await env.boss.slash(env.general, "remove", article=offered[0]["value"])
    assert "There's no article" in words(await ix.final())


async def test_pressing_twice(env):
    await index(env, env.boss, env.general, "Once", "The mill at Fen burned only once.")
    asked = await asked_to_remove(env.boss, env.general, "Once")
    again = await asked_to_remove(env.boss, env.general, "Once")
    await press(env.boss, asked, "Remove")
    assert "Gone already" in words(await press(env.boss, again, "Remove"))
