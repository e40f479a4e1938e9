"""What is offered on a message, under Apps."""

import pytest

from tests.e2e.environment import words
from tests.fakediscord import File

pytestmark = pytest.mark.asyncio(loop_scope="session")
MENU = "Index this message"
SAID = "The bakery of Elmet opens at five every morning and sells out by nine, says its owner."


async def index(actor, message, **more):
    ix = await actor.context_menu(message, MENU, **more)
    await ix.final(until=lambda ix: bool(ix.embeds) or "index" in ix.content_text)
    assert ix.ephemeral
    return ix


async def test_the_text_is_indexed_and_cited_with_a_link_to_the_message(env):
    said = await env.alice.say(env.general, SAID)
    done = await index(env.boss, said)
    assert "Indexed: a new article" in words(done)
    assert "seen by" not in words(done)
    ix = await env.alice.slash(env.general, "ask", question="When does the bakery of Elmet open?")
    assert said.url in words(await ix.final())
    await env.alice.edit(said, SAID.replace("five", "six"))
    again = await index(env.boss, said)
    assert "Indexed: a new version" in words(again)
    assert "1 sentence changed" in words(again)
    undone = await (await env.boss.click(again, "Undo")).final()
    assert "is back to its earlier version" in words(undone)


async def test_links_and_files_are_indexed_beside_the_text(env):
    rota = File("rota.txt", b"Rota\n\nThe baker of Elmet rests on Sundays.")
    text = f"{SAID.replace('Elmet', 'Loidis')} http://127.0.0.1/rota"
    files = [rota, File("x.png", b"\x89PNG")]
    done = await index(env.boss, await env.alice.say(env.general, text, attachments=files))
    shown = words(done)
    assert "Indexed: 2 new, 2 failed" in shown
    assert "failed: http://127.0.0.1/rota: it isn't at a public address; save its text" in shown
    assert "failed: x.png: I can't read .png files" in shown
    undone = await (await env.boss.click(done, "Undo")).final()
    assert "“Rota” was removed." in words(undone)


async def test_a_card_that_is_forwarded_is_indexed_with_its_words(env):
    news = env.fd.user_class(env.fd, "News", bot=True)
    env.acme.members[news.id] = env.acme.members[env.alice.id]
    card = {"title": "Mill of Elmet burns", "description": SAID.replace("bakery", "mill")}
    post = env.fd.send(env.general, news, {"embeds": [card]})
    done = await index(env.boss, await env.boss.forward(post, env.general))
    assert "Indexed: a new article" in words(done)
    assert "Mill of Elmet burns" in words(done)
    undone = await (await env.boss.click(done, "Undo")).final()
    assert "was removed" in words(undone)


async def test_a_message_with_nothing_to_index(env):
    done = await index(env.boss, await env.alice.say(env.general, "\N{WAVING HAND SIGN}"))
    assert words(done) == "There's nothing to index in that message: no text, link or file."


async def test_members_are_denied_it(env):
    ix = await env.alice.context_menu(await env.alice.say(env.general, SAID), MENU)
    await ix.final()
    assert "You need Manage Server" in words(ix)
    assert ix.ephemeral
