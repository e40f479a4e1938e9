"""What is offered on a message, under Apps."""

import pytest

from tests.e2e.world import words
from tests.fakediscord import File

pytestmark = pytest.mark.asyncio(loop_scope="session")
MENU = "Index this message"
SAID = "The bakery of Elmet opens at five every morning and sells out by nine, says its owner."


async def index(actor, message, **more):
    ix = await actor.context_menu(message, MENU, **more)
    await ix.final(60, settle=0.1, until=lambda ix: bool(ix.embeds) or "index" in ix.content_text)
    assert ix.ephemeral
    return ix


async def test_the_text_is_indexed_and_cited_with_a_link_to_the_message(world):
    said = await world.alice.say(world.general, SAID)
    done = await index(world.boss, said)
    assert "Indexed: a new article" in words(done)
    assert "seen by" not in words(done)
    ix = await world.alice.slash(
        world.general, "ask", question="When does the bakery of Elmet open?"
    )
    assert said.url in words(await ix.final(30, settle=0.1))
    await world.alice.edit(said, SAID.replace("five", "six"))
    again = await index(world.boss, said)
    assert "Indexed: a new version" in words(again)
    assert "1 sentence changed" in words(again)
    undone = await (await world.boss.click(again, "Undo")).final(20, settle=0.1)
    assert "is back as it was before" in words(undone)


async def test_links_and_files_are_indexed_beside_the_text(world):
    rota = File("rota.txt", b"Rota\n\nThe baker of Elmet rests on Sundays.")
    text = f"{SAID.replace('Elmet', 'Loidis')} http://127.0.0.1/rota"
    files = [rota, File("x.png", b"\x89PNG")]
    done = await index(world.boss, await world.alice.say(world.general, text, attachments=files))
    shown = words(done)
    assert "Indexed: 2 new, 2 failed" in shown
    assert "failed: http://127.0.0.1/rota: only pages at public addresses are fetched" in shown
    assert "failed: x.png: .png files are not read" in shown
    undone = await (await world.boss.click(done, "Undo")).final(20, settle=0.1)
    assert "“Rota” is removed." in words(undone)


async def test_a_message_with_nothing_to_index(world):
    done = await index(world.boss, await world.alice.say(world.general, "\N{WAVING HAND SIGN}"))
    assert words(done) == "There is nothing to index in that message: no text, no link and no file."


async def test_members_are_refused(world):
    ix = await world.alice.context_menu(await world.alice.say(world.general, SAID), MENU)
    await ix.final(20, settle=0.1)
    assert "needs the permission Manage Server" in words(ix)
    assert ix.ephemeral
