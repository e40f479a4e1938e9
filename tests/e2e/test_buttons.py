"""The buttons under answers and refusals, and the menu of a message."""

import asyncio
import re
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pytest

from tests.e2e.world import BETWEEN, NATO, NATO_WORDS, SEED_TITLE, World, index, words
from tests.fakediscord import Refused
from tests.fakediscord import kinds as fakediscord_kinds

pytestmark = pytest.mark.asyncio(loop_scope="session")
BUTTONS = ["Passages", "Ask more", "Helpful", "Not helpful", "Ask in a thread"]
PANCAKES = "Which recipe for pancakes is best?"
BILDT = "Who is Carl Bildt?"
MENU = "Ask about this message"
FORGOTTEN = "I no longer know what was asked there."
HARBOUR = "When did the harbour of Quillport reopen?"


@pytest.fixture
def place(world):
    """A server of its own for each test."""
    guild = world.add_server("Library")
    return SimpleNamespace(
        guild=guild,
        hall=guild.add_channel("hall"),
        head=guild.add_member("Head", permissions="manage_guild"),
        ann=guild.add_member("Ann"),
        ben=guild.add_member("Ben"),
    )


async def done(ix):
    return await (await ix).final(20, settle=0.1)


async def asked(actor, channel, question, **options):
    return await done(actor.slash(channel, "ask", question=question, **options))


async def pressed(actor, where, label):
    return await done(actor.click(where, label))


def votes(world):
    path = Path(world.environment["FOOTNOTE_DATA"]) / "footnote.db"
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT message, who, helpful, question, reason FROM votes")
        return {(message, who): rest for message, who, *rest in rows}


def state(message):
    """Which of its buttons can be pressed."""
    return [b["label"] for b in message.interactive() if not b.get("disabled")]


async def test_answers_and_refusals_have_buttons_wherever_they_come_from(world, place):
    plain = place.guild.add_channel("plain", deny={world.fd.bot: "embed_links"})
    for question in (NATO, PANCAKES):
        assert (await asked(place.ann, place.hall, question)).buttons == BUTTONS
        said = await place.ann.ask(place.hall, f"{world.at} {question}", settle=0.1)
        assert said.buttons == BUTTONS
        said = await place.ann.ask(plain, f"{world.at} {question}", settle=0.1)
        assert (said.buttons, said.embeds) == (BUTTONS, [])
    hint = await place.ann.ask(place.hall, world.at, settle=0.1)
    assert not hint.buttons


async def test_passages_of_an_answer_page_by_page(place):
    answer = await asked(place.ann, place.hall, NATO)
    pages = await pressed(place.ben, answer, "Passages")
    assert pages.ephemeral
    assert pages.deferred
    (title,) = [embed["title"] for embed in pages.embeds]
    last = int(re.fullmatch(r"Passage 1 of (\d+)", title)[1])
    assert last > 2
    (marked,) = re.findall(r"\*\*(.+?)\*\*", pages.embeds[0]["description"])
    assert NATO_WORDS in marked
    assert len(words(pages)) > len(marked) + 200, "in its surroundings"
    assert "quotes: [1]" in words(pages)
    assert state(pages.message) == ["Next"]
    seen = {words(pages)}
    for n in range(2, last + 1):
        pages = await pressed(place.ben, pages.message, "Next")
        assert pages.embeds[0]["title"] == f"Passage {n} of {last}"
        assert "not quoted" in words(pages)
        assert pages.ephemeral
        seen.add(words(pages))
    assert len(seen) == last
    assert state(pages.message) == ["Previous"]
    pages = await pressed(place.ben, pages.message, "Previous")
    assert pages.embeds[0]["title"] == f"Passage {last - 1} of {last}"
    assert words(answer.message).count("Passage ") == 0, "the answer stays as it is"
    with pytest.raises(Refused):
        await place.ann.click(pages.message, "Next")


async def test_passages_of_a_refusal(world, place):
    refusal = await place.ann.ask(place.hall, f"{world.at} {PANCAKES}", settle=0.1)
    pages = await pressed(place.ann, refusal.message, "Passages")
    assert SEED_TITLE in words(pages)
    assert "not quoted in an answer" in words(pages)
    assert "**" not in pages.embeds[0]["description"]
    assert state(pages.message) == ["Next"]
    assert "Passage 2 of" in words(await pressed(place.ann, pages.message, "Next"))


async def test_passages_lead_to_the_words_on_the_web_page(world, place):
    form = await done(place.head.slash(place.hall, "index text"))
    text = "The harbour of Quillport re-opened on Friday, after the storm, its mayor said."
    fields = {"Title": "Quillport", "Source": "https://news.example/q#top", "Text": text}
    await (await place.head.submit_modal(form, fields)).final(
        20, settle=0.1, until=lambda ix: bool(ix.embeds)
    )
    pages = await pressed(place.ann, await asked(place.ann, place.hall, HARBOUR), "Passages")
    (link,) = re.findall(r"\]\((\S+)\)", pages.embeds[0]["description"])
    page, directive = link.split("#top:~:text=")
    assert page == "https://news.example/q"
    start, end = directive.split(",")
    assert text.startswith(unquote(start))
    assert text.endswith(unquote(end))
    assert not pages.pinged


async def test_passages_are_those_that_one_sees_when_one_presses(place):
    answer = await asked(place.ann, place.hall, NATO)
    opened = await pressed(place.ann, answer, "Passages")
    panel = await done(place.head.slash(place.hall, "settings panel"))
    await pressed(place.head, panel, "Leave out public articles")
    for again in (
        await pressed(place.ann, answer.message, "Passages"),
        await pressed(place.ann, opened.message, "Next"),
    ):
        assert "There are no passages to show any more." in words(again)
        assert SEED_TITLE not in words(again)


async def test_private_answers(place):
    answer = await asked(place.ann, place.hall, NATO, private=True)
    assert NATO_WORDS in words(await pressed(place.ann, answer, "Passages"))
    more = await done(
        place.ann.submit_modal(
            await pressed(place.ann, answer, "Ask more"), {"Your question": BILDT}
        )
    )
    assert more.ephemeral
    assert "Former Swedish Prime Minister" in words(more)
    assert more.buttons == BUTTONS


@pytest.mark.parametrize("question", [NATO, PANCAKES], ids=["answer", "refusal"])
async def test_ask_more_is_a_new_answer_in_the_channel(place, question):
    first = await asked(place.ann, place.hall, question)
    form = await pressed(place.ben, first, "Ask more")
    assert form.callback == fakediscord_kinds.MODAL
    more = await done(place.ben.submit_modal(form, {"Your question": BILDT}))
    assert not more.ephemeral
    assert more.deferred
    assert "Former Swedish Prime Minister" in words(more)
    assert more.message.id != first.message.id
    blank = await done(place.ben.submit_modal(form, {"Your question": "  "}))
    assert "There is no question in that" in words(blank)
    assert "Former" in words(await pressed(place.ann, more.message, "Passages"))


async def test_votes_are_changed_and_never_doubled(world, place):
    answer = await asked(place.ann, place.hall, NATO)
    id = answer.message.id
    thanks = await pressed(place.ann, answer, "Helpful")
    assert thanks.ephemeral
    assert "Thank you" in words(thanks)
    await pressed(place.ben, answer.message, "Helpful")
    assert votes(world)[id, place.ann.id] == votes(world)[id, place.ben.id] == [1, None, None]
    form = await pressed(place.ann, answer.message, "Not helpful")
    assert form.callback == fakediscord_kinds.MODAL
    await until_voted(world, id, place.ann, [0, NATO, None])
    thanks = await done(place.ann.submit_modal(form, {"In your words": " Too short. "}))
    assert thanks.ephemeral
    assert "Not helpful" in words(thanks)
    assert votes(world)[id, place.ann.id] == [0, NATO, "Too short."]
    await pressed(place.ann, answer.message, "Not helpful")
    assert votes(world)[id, place.ann.id] == [0, NATO, "Too short."], "closing keeps the reason"
    await pressed(place.ann, answer.message, "Helpful")
    assert votes(world)[id, place.ann.id] == [1, None, None]
    assert len([key for key in votes(world) if key[0] == id]) == 2
    assert not re.search(r"\d", "".join(answer.buttons)), "counts are shown to nobody"


async def until_voted(world, message, user, wanted):
    """A vote that a form follows is stored after the form is shown."""
    for _ in range(200):
        if votes(world).get((message, user.id)) == wanted:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(votes(world))


async def test_votes_on_a_refusal_without_a_reason(world, place):
    refusal = await place.ann.ask(place.hall, f"{world.at} {PANCAKES}", settle=0.1)
    form = await pressed(place.ann, refusal.message, "Not helpful")
    assert "Thank you" in words(await done(place.ann.submit_modal(form, {})))
    assert votes(world)[refusal.message.id, place.ann.id] == [0, PANCAKES, None]


async def test_direct_messages(world, place):
    answer = await place.ann.ask(place.ann.dm, NATO, settle=0.1)
    assert answer.buttons == BUTTONS[:-1], "threads are for servers"
    pages = await pressed(place.ann, answer.message, "Passages")
    assert NATO_WORDS in words(pages)
    assert "Passage 2 of" in words(await pressed(place.ann, pages.message, "Next"))
    await pressed(place.ann, answer.message, "Helpful")
    assert votes(world)[answer.message.id, place.ann.id] == [1, None, None]
    form = await pressed(place.ann, answer.message, "Ask more")
    more = await done(place.ann.submit_modal(form, {"Your question": BILDT}))
    assert "Former Swedish Prime Minister" in words(more)
    asking = await place.ann.say(place.ann.dm, "Carl Bildt was there")
    form = await done(place.ann.context_menu(asking, MENU))
    assert form.modal


async def test_forged_pages_show_nothing_of_others(world, place):
    await index(world, place.head, place.hall, "Secret", "The secret of Ox is xylophone, he said.")
    secret = await asked(place.ann, place.hall, "What is the secret of Ox?", private=True)
    assert "xylophone" in words(secret)
    direct = await asked(place.ann, place.ann.dm, BILDT)
    own = await pressed(world.bea, await asked(world.bea, world.lobby, NATO), "Passages")
    his = await pressed(place.ben, await asked(place.ben, place.hall, NATO), "Passages")
    in_dm = await pressed(place.ben, await asked(place.ben, place.ben.dm, NATO), "Passages")
    for actor, pages, victim in (
        (world.bea, own, secret),
        (world.bea, own, direct),
        (place.ben, his, secret),
        (place.ben, in_dm, direct),
        (place.ben, in_dm, secret),
    ):
        world.forge(pages.message, f"passages:on:{victim.message.id}:0")
        got = await pressed(actor, pages.message, "Next")
        assert FORGOTTEN in words(got)
        assert "xylophone" not in words(got)
        assert "Bildt" not in words(got.messages[-1])
        assert got.ephemeral
    world.forge(his.message, f"passages:on:{2**63}:0")
    assert FORGOTTEN in words(await pressed(place.ben, his.message, "Next"))


async def test_a_page_that_is_not_there_any_more_is_the_last(world, place):
    answer = await asked(place.ann, place.hall, NATO)
    pages = await pressed(place.ann, answer, "Passages")
    world.forge(pages.message, f"passages:on:{answer.message.id}:999")
    last = await pressed(place.ann, pages.message, "Next")
    assert re.fullmatch(r"Passage (\d+) of \1", last.embeds[0]["title"])


async def test_what_is_no_longer_known_is_said_kindly(world, place):
    hint = await place.ann.ask(place.hall, world.at, settle=0.1)
    answer = await asked(place.ann, place.hall, NATO)
    hint.message.components = answer.message.components
    for label in ("Passages", "Helpful"):
        got = await pressed(place.ann, hint.message, label)
        assert FORGOTTEN in words(got)
        assert got.ephemeral
    form = await pressed(place.ann, hint.message, "Not helpful")
    assert FORGOTTEN in words(await done(place.ann.submit_modal(form, {})))
    assert not [key for key in votes(world) if key[0] == hint.message.id]


async def test_the_menu_of_a_message(place):
    question = await place.ben.say(place.hall, f"<@{place.ann.id}> {NATO}")
    answer = await done(place.ann.context_menu(question, MENU))
    assert NATO_WORDS in words(answer)
    assert not answer.ephemeral
    assert answer.embeds[0]["title"] == NATO
    assert answer.buttons == BUTTONS
    said = await place.ben.say(place.hall, "Carl Bildt was there " + "and there " * 60)
    form = await done(place.ann.context_menu(said, MENU))
    (label,) = form.modal["components"]
    offered = label["component"]["value"]
    assert offered.startswith("Carl Bildt was there and there")
    assert len(offered) <= 300
    answer = await done(place.ann.submit_modal(form, {"Your question": BILDT}))
    assert "Former Swedish Prime Minister" in words(answer)
    assert not answer.ephemeral
    wordless = await place.ben.say(place.hall, f"<@{place.ann.id}>")
    note = await done(place.ann.context_menu(wordless, MENU))
    assert "There is no text in that message" in words(note)
    assert note.ephemeral


async def test_the_menu_answers_privately_where_the_server_wants_it_so(place):
    panel = await done(place.head.slash(place.hall, "settings panel"))
    await pressed(place.head, panel, "Answer privately")
    question = await place.ben.say(place.hall, NATO)
    assert (await done(place.ann.context_menu(question, MENU))).ephemeral
    form = await done(place.ann.context_menu(await place.ben.say(place.hall, "Bildt"), MENU))
    assert (await done(place.ann.submit_modal(form, {"Your question": BILDT}))).ephemeral


async def test_all_of_it_outlives_the_process(new_data):
    async with World(new_data()) as world:
        answer = await asked(world.alice, world.general, BETWEEN)
        refusal = await world.alice.ask(world.general, f"{world.at} {PANCAKES}", settle=0.1)
        pages = await pressed(world.alice, answer, "Passages")
        form = await pressed(world.alice, refusal.message, "Ask more")
        why = await pressed(world.alice, refusal.message, "Not helpful")
        paste = await done(world.boss.slash(world.general, "index text"))
        await world.bot.restart()
        await world.fd.wait_ready(60)
        await world.bot.wait_log("ready: 2 servers")
        assert "Passage 2 of" in words(await pressed(world.alice, pages.message, "Next"))
        for message in (answer.message, refusal.message):
            assert "Passage 1 of" in words(await pressed(world.alice, message, "Passages"))
        more = await done(world.alice.submit_modal(form, {"Your question": BILDT}))
        assert "Former Swedish Prime Minister" in words(more)
        await done(world.alice.submit_modal(why, {"In your words": "No pancakes"}))
        article = {"Title": "Looms", "Text": "The looms of Hale stand still, their owner said."}
        added = await done(world.boss.submit_modal(paste, article))
        assert "a new article" in words(added)
        await pressed(world.alice, answer.message, "Helpful")
        assert votes(world) == {
            (refusal.message.id, world.alice.id): [0, PANCAKES, "No pancakes"],
            (answer.message.id, world.alice.id): [1, None, None],
        }
        world.faultless()
