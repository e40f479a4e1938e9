from unittest.mock import Mock

import discord
import pytest
from bot.cogs.ask.conversations import Conversations, Said

from bot.cogs.ask import conversations
from index.followups.turns import MAX_TURNS, Turn
from tests.fakes import http_error
from tests.unit.bot.cogs.ask.given import ME, answer, message, shown, user


def channel(kind, number: int, said: list, *, parent=None, **more) -> Mock:
    """A channel that has been read `reads` times."""
    made = Mock(spec=kind, id=number, reads=0, **more)
    if kind is discord.Thread:  # to Mock, `parent` would be something else
        made.parent = parent
    by_id = {one.id: one for one in said}

    async def history(*, limit, before):
        made.reads += 1
        for one in sorted(said, key=lambda m: -m.id)[:limit]:
            if one.id < before.id:
                yield one

    async def fetch_message(wanted):
        made.reads += 1
        if wanted not in by_id:
            raise http_error(404, 10008)
        return by_id[wanted]

    made.history, made.fetch_message = history, fetch_message
    return made


def chain(length: int) -> list[Mock]:
    """Questions and answers that reply to each other; the answers have even ids from 2."""
    said: list[Mock] = []
    for number in range(1, length + 1):
        question = message(2 * number - 1, to=said[-1] if said else None)
        said += [question, shown(2 * number, answer(f"q{number}", "He."), to=question)]
    return said


def questions(saids) -> list[str]:
    return [said.turn.question for said in saids]


async def test_a_chain_of_replies_is_read_once():
    said = chain(3)
    text = channel(discord.TextChannel, 5, said)
    kept = Conversations()
    asked = message(100, to=said[-1], channel=text)
    before = await kept.before(asked, ME)
    assert questions(before) == ["q1", "q2", "q3"]
    kept.add(text, before, Said(101, Turn("q4", None)), ME)
    reads = text.reads
    again = message(102, to=shown(101, answer("q4")), channel=text)
    assert questions(await kept.before(again, ME)) == ["q1", "q2", "q3", "q4"]
    assert text.reads == reads


async def test_the_last_turns_count():
    said = chain(MAX_TURNS + 3)
    text = channel(discord.TextChannel, 5, said)
    before = await Conversations().before(message(100, to=said[-1], channel=text), ME)
    assert questions(before) == [f"q{n}" for n in range(4, MAX_TURNS + 4)]
    assert text.reads == MAX_TURNS


async def test_an_answer_in_plain_words_is_known_while_it_is_remembered():
    text = channel(discord.TextChannel, 5, [])
    kept = Conversations()
    kept.add(text, (), Said(2, Turn("q1")), ME)
    plain = message(2, "He. [1]", author=user(ME, bot=True))
    assert questions(await kept.before(message(100, to=plain, channel=text), ME)) == ["q1"]


async def test_a_question_that_replies_to_nothing_begins_anew():
    text = channel(discord.TextChannel, 5, chain(2))
    assert await Conversations().before(message(100, channel=text), ME) == ()
    to_somebody = message(100, to=message(50), channel=text)
    assert await Conversations().before(to_somebody, ME) == ()
    assert text.reads == 0


async def test_a_thread_is_read_with_the_answer_it_was_started_from():
    said = chain(2)
    text = channel(discord.TextChannel, 5, said)
    talk = [message(50), shown(51, answer("q3", "She.")), message(52, "chat")]
    thread = channel(discord.Thread, 4, talk, owner_id=ME, parent=text)
    kept = Conversations()
    before = await kept.before(message(60, channel=thread), ME)
    assert questions(before) == ["q1", "q2", "q3"]
    kept.add(thread, before, Said(61, Turn("q4")), ME)
    assert questions(await kept.before(message(70, channel=thread), ME))[-1] == "q4"
    assert thread.reads == 1
    reply = message(71, to=said[-1], channel=text)
    assert questions(await kept.before(reply, ME)) == ["q1", "q2"], "the thread stays within"


async def test_a_reply_in_a_thread_goes_on_from_there():
    talk = [shown(51, answer("q1", "She.")), shown(53, answer("q2", "He."))]
    thread = channel(discord.Thread, 4, talk, owner_id=ME)
    asked = message(60, to=talk[0], channel=thread)
    assert questions(await Conversations().before(asked, ME)) == ["q1"]


async def test_an_edited_question_does_not_know_what_came_after_it():
    talk = [shown(51, answer("q1", "She.")), shown(53, answer("q2", "He."))]
    direct = channel(discord.DMChannel, 4, talk)
    kept = Conversations()
    assert len(await kept.here(direct, 60, ME)) == 2
    assert questions(await kept.before(message(52, channel=direct), ME)) == ["q1"]
    kept.forget(51)
    kept.add(direct, (), Said(51, Turn("q1 anew")), ME)
    assert questions(await kept.here(direct, 60, ME)) == ["q1 anew", "q2"]


async def test_what_is_deleted_is_gone_from_all():
    said = chain(2)
    text = channel(discord.TextChannel, 5, said)
    kept = Conversations()
    before = await kept.before(message(100, to=said[-1], channel=text), ME)
    kept.add(text, before, Said(101, Turn("q3")), ME)
    kept.forget(2)
    later = message(102, to=shown(101, answer("q3")), channel=text)
    assert questions(await kept.before(later, ME)) == ["q2", "q3"]


async def test_nothing_is_kept_of_what_was_cleared():
    text = channel(discord.TextChannel, 5, [])
    kept = Conversations()
    kept.add(text, (), Said(2, Turn("q1")), ME)
    kept.clear()
    assert await kept.before(message(100, to=shown(2, answer("q1")), channel=text), ME) == ()


@pytest.mark.parametrize("error", [http_error(403, 50001), discord.ClientException()])
async def test_what_cannot_be_read_is_tried_again(error):
    thread = channel(discord.Thread, 4, [], owner_id=ME)

    def fail(**_):
        raise error

    readable, thread.history = thread.history, fail
    kept = Conversations()
    assert await kept.here(thread, 60, ME) == ()
    thread.history = readable
    await kept.here(thread, 60, ME)
    assert thread.reads == 1


async def test_others_threads_are_not_read():
    thread = channel(discord.Thread, 4, chain(2), owner_id=7)
    assert await Conversations().here(thread, 60, ME) == ()
    assert thread.reads == 0


async def test_few_conversations_are_kept(monkeypatch):
    monkeypatch.setattr(conversations, "REMEMBERED", 2)
    places = [channel(discord.DMChannel, n, []) for n in range(4)]
    kept = Conversations()
    for place in (*places, places[0]):
        await kept.here(place, 60, ME)
    assert [place.reads for place in places] == [2, 1, 1, 1]
