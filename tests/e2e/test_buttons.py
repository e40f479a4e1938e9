"""The buttons under answers and refusals, and the menu of a message."""

import asyncio
import re
from urllib.parse import unquote

import pytest

from tests.e2e.environment import BETWEEN, NATO, NATO_WORDS, SEED_TITLE, asked, done, index, words
from tests.fakediscord import Refused
from tests.fakediscord import kinds as fakediscord_kinds

pytestmark = pytest.mark.asyncio(loop_scope="session")
BUTTONS = ["Passages", "Ask a follow-up", "Helpful", "Not helpful", "Ask in a thread"]
PANCAKES = "Which recipe for pancakes is best?"
BILDT = "Who is Carl Bildt?"
MENU = "Ask about this message"
FORGOTTEN = "I no longer know what was asked there."
HARBOUR = "When did the harbour of Quillport reopen?"


@pytest.fixture
def server(server):
    server.ann, server.ben = server.member, server.guild.add_member("Ben")
    return server


async def pressed(actor, where, label):
    return await done(actor.click(where, label))


def votes(env):
    rows = env.sql("SELECT message, who, helpful, question, reason FROM votes")
    return {(message, who): rest for message, who, *rest in rows}


def state(message):
    """Which of its buttons can be pressed."""
    return [b["label"] for b in message.interactive() if not b.get("disabled")]


async def test_answers_and_refusals_have_buttons_wherever_they_come_from(env, server):
    plain = server.guild.add_channel("plain", deny={env.fd.bot: "embed_links"})
    for question in (NATO, PANCAKES):
        assert (await asked(server.ann, server.channel, question)).buttons == BUTTONS
        said = await server.ann.ask(server.channel, f"{env.at} {question}")
        assert said.buttons == BUTTONS
        said = await server.ann.ask(plain, f"{env.at} {question}")
        assert (said.buttons, said.embeds) == (BUTTONS, [])
    hint = await server.ann.ask(server.channel, env.at)
    assert not hint.buttons


async def test_passages_of_an_answer_page_by_page(server):
    answer = await asked(server.ann, server.channel, NATO)
    pages = await pressed(server.ben, answer, "Passages")
    assert pages.ephemeral
    assert pages.deferred
    (title,) = [embed["title"] for embed in pages.embeds]
    last = int(re.fullmatch(r"Passage 1 of (\d+)", title)[1])
    assert last > 2
    (marked,) = re.findall(r"\*\*(.+?)\*\*", pages.embeds[0]["description"])
    assert NATO_WORDS in marked
    assert len(words(pages)) > len(marked) + 200, "in its surroundings"
    assert "quoted in the answer as [1]" in words(pages)
    assert state(pages.message) == ["Next"]
    seen = {words(pages)}
    for n in range(2, last + 1):
        pages = await pressed(server.ben, pages.message, "Next")
        assert pages.embeds[0]["title"] == f"Passage {n} of {last}"
        assert "not quoted" in words(pages)
        assert pages.ephemeral
        seen.add(words(pages))
    assert len(seen) == last
    assert state(pages.message) == ["Previous"]
    pages = await pressed(server.ben, pages.message, "Previous")
    assert pages.embeds[0]["title"] == f"Passage {last - 1} of {last}"
    assert words(answer.message).count("Passage ") == 0, "the answer stays as it is"
    with pytest.raises(Refused):
        await server.ann.click(pages.message, "Next")


async def test_passages_of_a_refusal(env, server):
    refusal = await server.ann.ask(server.channel, f"{env.at} {PANCAKES}")
    pages = await pressed(server.ann, refusal.message, "Passages")
    assert SEED_TITLE in words(pages)
    assert "not quoted in the answer" in words(pages)
    assert "**" not in pages.embeds[0]["description"]
    assert state(pages.message) == ["Next"]
    assert "Passage 2 of" in words(await pressed(server.ann, pages.message, "Next"))


async def test_passages_lead_to_the_words_on_the_web_page(env, server):
    form = await done(server.manager.slash(server.channel, "index text"))
    text = "The harbour of Quillport re-opened on Friday, after the storm, its mayor said."
    fields = {"Title": "Quillport", "Source": "https://news.example/q#top", "Text": text}
    await (await server.manager.submit_modal(form, fields)).final(until=lambda ix: bool(ix.embeds))
    pages = await pressed(server.ann, await asked(server.ann, server.channel, HARBOUR), "Passages")
    (link,) = re.findall(r"\]\((\S+)\)", pages.embeds[0]["description"])
    page, directive = link.split("#top:~:text=")
    assert page == "https://news.example/q"
    start, end = directive.split(",")
    assert text.startswith(unquote(start))
    assert text.endswith(unquote(end))
    assert not pages.pinged


async def test_passages_are_those_that_one_sees_when_one_presses(server):
    answer = await asked(server.ann, server.channel, NATO)
    opened = await pressed(server.ann, answer, "Passages")
    panel = await done(server.manager.slash(server.channel, "settings panel"))
    await pressed(server.manager, panel, "Leave out public articles")
    for again in (
        await pressed(server.ann, answer.message, "Passages"),
        await pressed(server.ann, opened.message, "Next"),
    ):
        assert "There are no passages to show for this answer." in words(again)
        assert SEED_TITLE not in words(again)


async def test_private_answers(server):
    answer = await asked(server.ann, server.channel, NATO, private=True)
    assert NATO_WORDS in words(await pressed(server.ann, answer, "Passages"))
    more = await done(
        server.ann.submit_modal(
            await pressed(server.ann, answer, "Ask a follow-up"), {"Your question": BILDT}
        )
    )
    assert more.ephemeral
    assert "Former Swedish Prime Minister" in words(more)
    assert more.buttons == BUTTONS


@pytest.mark.parametrize("question", [NATO, PANCAKES], ids=["answer", "refusal"])
async def test_ask_more_is_a_new_answer_in_the_channel(server, question):
    first = await asked(server.ann, server.channel, question)
    form = await pressed(server.ben, first, "Ask a follow-up")
    assert form.callback == fakediscord_kinds.MODAL
    more = await done(server.ben.submit_modal(form, {"Your question": BILDT}))
    assert not more.ephemeral
    assert more.deferred
    assert "Former Swedish Prime Minister" in words(more)
    assert more.message.id != first.message.id
    blank = await done(server.ben.submit_modal(form, {"Your question": "  "}))
    assert "I need a question" in words(blank)
    assert "Former" in words(await pressed(server.ann, more.message, "Passages"))


async def test_votes_are_changed_and_never_doubled(env, server):
    answer = await asked(server.ann, server.channel, NATO)
    id = answer.message.id
    thanks = await pressed(server.ann, answer, "Helpful")
    assert thanks.ephemeral
    assert "Thanks!" in words(thanks)
    await pressed(server.ben, answer.message, "Helpful")
    assert votes(env)[id, server.ann.id] == votes(env)[id, server.ben.id] == [1, None, None]
    form = await pressed(server.ann, answer.message, "Not helpful")
    assert form.callback == fakediscord_kinds.MODAL
    await until_voted(env, id, server.ann, [0, NATO, None])
    thanks = await done(server.ann.submit_modal(form, {"In your words": " Too short. "}))
    assert thanks.ephemeral
    assert "Not helpful" in words(thanks)
    assert votes(env)[id, server.ann.id] == [0, NATO, "Too short."]
    await pressed(server.ann, answer.message, "Not helpful")
    assert votes(env)[id, server.ann.id] == [0, NATO, "Too short."], "closing keeps the reason"
    await pressed(server.ann, answer.message, "Helpful")
    assert votes(env)[id, server.ann.id] == [1, None, None]
    assert len([key for key in votes(env) if key[0] == id]) == 2
    assert not re.search(r"\d", "".join(answer.buttons)), "counts are shown to nobody"


async def until_voted(env, message, user, wanted):
    """A vote that a form follows is stored after the form is shown."""
    for _ in range(200):
        if votes(env).get((message, user.id)) == wanted:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(votes(env))


async def test_votes_on_a_refusal_without_a_reason(env, server):
    refusal = await server.ann.ask(server.channel, f"{env.at} {PANCAKES}")
    form = await pressed(server.ann, refusal.message, "Not helpful")
    assert "Thanks!" in words(await done(server.ann.submit_modal(form, {})))
    assert votes(env)[refusal.message.id, server.ann.id] == [0, PANCAKES, None]


async def test_direct_messages(env, server):
    answer = await server.ann.ask(server.ann.dm, NATO)
    assert answer.buttons == BUTTONS[:-1], "threads are for servers"
    pages = await pressed(server.ann, answer.message, "Passages")
    assert NATO_WORDS in words(pages)
    assert "Passage 2 of" in words(await pressed(server.ann, pages.message, "Next"))
    await pressed(server.ann, answer.message, "Helpful")
    assert votes(env)[answer.message.id, server.ann.id] == [1, None, None]
    form = await pressed(server.ann, answer.message, "Ask a follow-up")
    more = await done(server.ann.submit_modal(form, {"Your question": BILDT}))
    assert "Former Swedish Prime Minister" in words(more)
    asking = await server.ann.say(server.ann.dm, "Carl Bildt was there")
    form = await done(server.ann.context_menu(asking, MENU))
    assert form.modal


async def test_forged_pages_show_nothing_of_others(env, server):
    await index(
        env, server.manager, server.channel, "Secret", "The secret of Ox is xylophone, he said."
    )
    secret = await asked(server.ann, server.channel, "What is the secret of Ox?", private=True)
    assert "xylophone" in words(secret)
    direct = await asked(server.ann, server.ann.dm, BILDT)
    own = await pressed(env.bea, await asked(env.bea, env.lobby, NATO), "Passages")
    his = await pressed(server.ben, await asked(server.ben, server.channel, NATO), "Passages")
    in_dm = await pressed(server.ben, await asked(server.ben, server.ben.dm, NATO), "Passages")
    for actor, pages, victim in (
        (env.bea, own, secret),
        (env.bea, own, direct),
        (server.ben, his, secret),
        (server.ben, in_dm, direct),
        (server.ben, in_dm, secret),
    ):
        env.forge(pages.message, f"passages:on:{victim.message.id}:0")
        got = await pressed(actor, pages.message, "Next")
        assert FORGOTTEN in words(got)
        assert "xylophone" not in words(got)
        assert "Bildt" not in words(got.messages[-1])
        assert got.ephemeral
    env.forge(his.message, f"passages:on:{2**63}:0")
    assert FORGOTTEN in words(await pressed(server.ben, his.message, "Next"))


async def test_a_page_that_is_not_there_any_more_is_the_last(env, server):
    answer = await asked(server.ann, server.channel, NATO)
    pages = await pressed(server.ann, answer, "Passages")
    env.forge(pages.message, f"passages:on:{answer.message.id}:999")
    last = await pressed(server.ann, pages.message, "Next")
    assert re.fullmatch(r"Passage (\d+) of \1", last.embeds[0]["title"])


async def test_what_is_no_longer_known_is_said_kindly(env, server):
    hint = await server.ann.ask(server.channel, env.at)
    answer = await asked(server.ann, server.channel, NATO)
    hint.message.components = answer.message.components
    for label in ("Passages", "Helpful"):
        got = await pressed(server.ann, hint.message, label)
        assert FORGOTTEN in words(got)
        assert got.ephemeral
    form = await pressed(server.ann, hint.message, "Not helpful")
    assert FORGOTTEN in words(await done(server.ann.submit_modal(form, {})))
    assert not [key for key in votes(env) if key[0] == hint.message.id]


async def test_the_menu_of_a_message(server):
    question = await server.ben.say(server.channel, f"<@{server.ann.id}> {NATO}")
    answer = await done(server.ann.context_menu(question, MENU))
    assert NATO_WORDS in words(answer)
    assert not answer.ephemeral
    assert answer.embeds[0]["title"] == NATO
    assert answer.buttons == BUTTONS
    said = await server.ben.say(server.channel, "Carl Bildt was there " + "and there " * 60)
    form = await done(server.ann.context_menu(said, MENU))
    (label,) = form.modal["components"]
    offered = label["component"]["value"]
    assert offered.startswith("Carl Bildt was there and there")
    assert len(offered) <= 300
    answer = await done(server.ann.submit_modal(form, {"Your question": BILDT}))
    assert "Former Swedish Prime Minister" in words(answer)
    assert not answer.ephemeral
    wordless = await server.ben.say(server.channel, f"<@{server.ann.id}>")
    note = await done(server.ann.context_menu(wordless, MENU))
    assert "That message has no text" in words(note)
    assert note.ephemeral


async def test_the_menu_answers_privately_where_the_server_wants_it_so(server):
    panel = await done(server.manager.slash(server.channel, "settings panel"))
    await pressed(server.manager, panel, "Answer privately")
    question = await server.ben.say(server.channel, NATO)
    assert (await done(server.ann.context_menu(question, MENU))).ephemeral
    form = await done(server.ann.context_menu(await server.ben.say(server.channel, "Bildt"), MENU))
    assert (await done(server.ann.submit_modal(form, {"Your question": BILDT}))).ephemeral


async def test_all_of_it_outlives_the_process(env, server):
    answer = await asked(server.ann, server.channel, BETWEEN)
    refusal = await server.ann.ask(server.channel, f"{env.at} {PANCAKES}")
    pages = await pressed(server.ann, answer, "Passages")
    form = await pressed(server.ann, refusal.message, "Ask a follow-up")
    why = await pressed(server.ann, refusal.message, "Not helpful")
    paste = await done(server.manager.slash(server.channel, "index text"))
    await env.restart()
    assert "Passage 2 of" in words(await pressed(server.ann, pages.message, "Next"))
    for message in (answer.message, refusal.message):
        assert "Passage 1 of" in words(await pressed(server.ann, message, "Passages"))
    more = await done(server.ann.submit_modal(form, {"Your question": BILDT}))
    assert "Former Swedish Prime Minister" in words(more)
    await done(server.ann.submit_modal(why, {"In your words": "No pancakes"}))
    article = {"Title": "Looms", "Text": "The looms of Hale stand still, their owner said."}
    added = await done(server.manager.submit_modal(paste, article))
    assert "a new article" in words(added)
    await pressed(server.ann, answer.message, "Helpful")
    assert {of: vote for of, vote in votes(env).items() if of[1] == server.ann.id} == {
        (refusal.message.id, server.ann.id): [0, PANCAKES, "No pancakes"],
        (answer.message.id, server.ann.id): [1, None, None],
    }
