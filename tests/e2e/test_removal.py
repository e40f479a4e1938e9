import pytest

from tests.e2e.world import index, words

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def asked_to_remove(actor, channel, article):
    ix = await (await actor.slash(channel, "remove", article=article)).final(20, settle=0.1)
    assert ix.ephemeral
    return ix


async def press(actor, ix, label):
    return await (await actor.click(ix, label)).final(20, settle=0.1)


async def question(world, text):
    ix = await world.alice.slash(world.general, "ask", question=text)
    return words(await ix.final(20, settle=0.1))


async def test_remove_with_confirmation(world):
    await index(world, world.boss, world.general, "Comet", "The comet Zyx returns in 2061.")
    assert "2061" in await question(world, "When does the comet Zyx return?")
    (choice,) = await world.boss.autocomplete(world.general, "remove", "article", "comet")
    asked = await asked_to_remove(world.boss, world.general, choice["value"])
    assert "Remove “Comet”" in words(asked)
    done = await press(world.boss, asked, "Remove")
    assert words(done) == "Removed “Comet”."
    assert not done.message.components
    assert "2061" not in await question(world, "When does the comet Zyx return?")


async def test_keep(world):
    await index(world, world.boss, world.general, "Kept", "The lighthouse at Orm is painted red.")
    asked = await asked_to_remove(world.boss, world.general, "kept")
    assert "Nothing was removed" in words(await press(world.boss, asked, "Keep"))
    assert "painted red" in await question(world, "What colour is the lighthouse at Orm?")


async def test_demoted_between_showing_and_pressing(world):
    chief = world.acme.add_member("Chief", permissions="manage_guild")
    await index(world, chief, world.general, "Owls", "The owls of Tarn hunt at noon.")
    asked = await asked_to_remove(chief, world.general, "Owls")
    world.acme.set_roles(chief, [])
    done = await press(chief, asked, "Remove")
    assert "needs the permission Manage Server" in words(done)
    assert "at noon" in await question(world, "When do the owls of Tarn hunt?")


async def test_autocomplete_is_empty_for_members(world):
    got = await world.alice.autocomplete(
        world.general, "remove", "article", "", bypass_permissions=True
    )
    assert got == []
    got = await world.boss.autocomplete(world.general, "remove", "article", "")
    assert got
    assert not any("Unsettling" in choice["name"] for choice in got), "public is not a server's own"


async def test_public_article_cannot_be_removed(world):
    offered = await world.boss.autocomplete(world.general, "ask", "article", "unsettling")
    ix = await world.boss.slash(world.general, "remove", article=offered[0]["value"])
    assert "There is no article" in words(await ix.final(20, settle=0.1))


async def test_pressing_twice(world):
    await index(world, world.boss, world.general, "Once", "The mill at Fen burned only once.")
    asked = await asked_to_remove(world.boss, world.general, "Once")
    again = await asked_to_remove(world.boss, world.general, "Once")
    await press(world.boss, asked, "Remove")
    assert "There is no article" in words(await press(world.boss, again, "Remove"))
