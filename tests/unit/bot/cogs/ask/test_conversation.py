"""What a question goes on from, as it is stored."""

from types import SimpleNamespace
from unittest.mock import Mock

import discord
import pytest

from bot.cogs.ask.conversation import (
    ABOUT_MAX,
    answers,
    asked_about,
    call_of,
    going_on,
    is_place,
    may_ask,
    question_of,
    replied_about,
    replied_to,
)
from bot.flow import Asked
from bot.metrics.meters import Origin
from bot.server_settings import ChannelMode
from index.followups.turns import MAX_TURNS
from index.model import PUBLIC, Space
from tests.fakes import ALICE, ME, message, user

HERE = Space("42")
TEXT = Mock(spec=discord.TextChannel, id=5)
DIRECT = Mock(spec=discord.DMChannel, id=8)


def thread(number: int) -> Mock:
    return Mock(spec=discord.Thread, id=number, owner_id=ME)


def put(services, number: int, channel: int | None = 5, before: int | None = None, space=HERE):
    services.library.records.replies.put(
        str(number),
        space,
        "7",
        f"q{number}",
        channel=None if channel is None else str(channel),
        before=None if before is None else str(before),
        answer="He.",
    )


def shown(number: int, *, private: bool = False) -> Mock:
    """An answer of the bot, as Discord gives it along."""
    flags = discord.MessageFlags(ephemeral=private)
    return message(number, author=user(ME, bot=True), flags=flags)


async def before(services, channel, question_id=100, answer=None, space=HERE) -> list[str]:
    asked = await going_on(services, Asked("why?", (space,)), ME, channel, question_id, answer)
    assert asked.before == (asked.turns[-1].question[1:] if asked.turns else None)
    return [turn.question for turn in asked.turns]


async def test_a_chain_of_replies(services):
    for number in (2, 4, 6):
        put(services, number, before=number - 2 or None)
    put(services, 8)  # a conversation of its own
    assert await before(services, TEXT, answer=shown(6)) == ["q2", "q4", "q6"]
    assert await before(services, TEXT, answer=shown(4)) == ["q2", "q4"]


async def test_the_last_turns_count(services):
    for number in range(1, MAX_TURNS + 4):
        put(services, number, before=number - 1 or None)
    last = [f"q{n}" for n in range(4, MAX_TURNS + 4)]
    assert await before(services, TEXT, answer=shown(MAX_TURNS + 3)) == last


async def test_a_question_that_replies_to_nothing_begins_anew(services):
    put(services, 2)
    assert await before(services, TEXT) == []
    assert await before(services, TEXT, answer=message(2)) == []  # of a person
    assert await before(services, TEXT, answer=shown(3)) == []  # of which nothing is known


async def test_a_place_is_one_conversation(services):
    put(services, 2, channel=8, space=PUBLIC)
    put(services, 4, channel=8, space=PUBLIC)
    put(services, 6, channel=9, space=PUBLIC)
    assert await before(services, DIRECT, space=PUBLIC) == ["q2", "q4"]
    assert await before(services, DIRECT, question_id=3, space=PUBLIC) == ["q2"]
    assert await before(services, DIRECT, answer=shown(2), space=PUBLIC) == ["q2"]


async def test_a_thread_goes_on_from_the_answer_it_was_started_from(services):
    put(services, 2)
    put(services, 4, before=2)
    put(services, 6, channel=4)
    assert await before(services, thread(4)) == ["q2", "q4", "q6"]


async def test_others_threads_are_no_place(services):
    put(services, 6, channel=4)
    assert await before(services, Mock(spec=discord.Thread, id=4, owner_id=3)) == []


async def test_what_was_shown_privately_goes_on_alone(services):
    put(services, 2, channel=8)
    put(services, 4, channel=None, before=2)
    assert await before(services, TEXT, answer=shown(4, private=True)) == ["q4"]
    assert await before(services, thread(8)) == ["q2"]


async def test_nothing_comes_from_another_server(services):
    put(services, 2, space=Space("43"))
    put(services, 4, before=2)
    assert await before(services, TEXT, answer=shown(4)) == ["q4"]
    assert await before(services, TEXT, answer=shown(2)) == []


async def test_only_the_bots_remembered_messages_are_answers(services):
    put(services, 2)
    assert await answers(services, shown(2), ME)
    assert not await answers(services, shown(3), ME)
    assert not await answers(services, message(2), ME)


MENTION, EVERY, OFF = ChannelMode.MENTION, ChannelMode.EVERY, ChannelMode.OFF
OWN_THREAD = Mock(spec=discord.Thread, id=9, owner_id=ME)
OTHERS_THREAD = Mock(spec=discord.Thread, id=9, owner_id=ALICE)


@pytest.mark.parametrize(
    ("more", "mode", "call"),
    [
        ({}, MENTION, None),
        ({}, EVERY, Origin.OVERHEARD),
        ({}, OFF, None),
        ({"mentions": [user(ME)]}, MENTION, Origin.MESSAGE),
        ({"mentions": [user(ME)]}, EVERY, Origin.MESSAGE),
        ({"mentions": [user(ME)]}, OFF, None),
        ({"mentions": [user(ME)], "content": ""}, MENTION, Origin.MESSAGE),
        ({"mentions": [user(3)]}, MENTION, None),
        ({"content": " "}, EVERY, None),
        ({"guild": None, "channel": DIRECT, "content": ""}, MENTION, Origin.MESSAGE),
        ({"channel": OWN_THREAD}, MENTION, Origin.MESSAGE),
        ({"channel": OWN_THREAD, "content": ""}, MENTION, None),
        ({"channel": OWN_THREAD, "mentions": [user(3)], "content": "<@3> look"}, MENTION, None),
        (
            {"channel": OWN_THREAD, "mentions": [user(3)], "content": "who is <@3>?"},
            MENTION,
            Origin.MESSAGE,
        ),
        ({"channel": OTHERS_THREAD}, MENTION, None),
        ({"to": message(50)}, MENTION, None),
        ({"author": user(3, bot=True), "mentions": [user(ME)]}, EVERY, None),
        ({"webhook_id": 4, "mentions": [user(ME)]}, EVERY, None),
        ({"type": discord.MessageType.pins_add}, EVERY, None),
    ],
)
def test_what_asks_the_bot(more, mode, call):
    assert call_of(message(**more), ME, mode) is call


def test_a_reply_to_an_answer_asks_the_bot():
    assert call_of(message(to=message(50)), ME, MENTION, to_answer=True) is Origin.MESSAGE
    assert call_of(message(to=message(50), content=""), ME, MENTION, to_answer=True) is None
    assert call_of(message(to=message(50)), ME, OFF, to_answer=True) is None


def forward(*said: Mock, **more) -> Mock:
    return message(content="", message_snapshots=said, **more)


STOPS = "The ferry of Tarn stops in March."
CLAIM = "The ferry of Tarn stops in <@9> March. https://tarn.example/ferry"
POST = discord.Embed(title="Ferry stops", description="Tarn has no ferry from March.")


@pytest.mark.parametrize(
    ("asks", "about"),
    [
        (message(content="is this true?", to=message(50, CLAIM)), STOPS),
        (message(content=f"<@{ME}>", to=message(50, CLAIM), mentions=[user(ME)]),
         STOPS),
        (message(content=f"<@{ME}> source", to=message(50, "", embeds=[POST]), mentions=[user(ME)]),
         "Ferry stops Tarn has no ferry from March."),
        (message(content="source?", to=forward(message(49, CLAIM))),
         STOPS),
        (forward(message(49, CLAIM)), STOPS),
        (forward(message(49, "", embeds=[POST])), "Ferry stops Tarn has no ferry from March."),
        (message(content="source?", to=message(50, "")), ""),
        (message(content="source?", to=message(50, "lol \N{SMILING FACE WITH OPEN MOUTH}")), ""),
        (message(content="source", to=message(50, CLAIM)), None),
        (message(content="When does it stop?", to=message(50, CLAIM)), None),
        (message(content="source?"), None),
        (message(content="source?", to=shown(50)), None),
    ],
)  # fmt: skip
def test_what_another_message_says_is_asked_about(asks, about):
    assert asked_about(asks, ME) == about


@pytest.mark.parametrize(
    ("asks", "about"),
    [
        (message(content="When does it stop?", to=message(50, CLAIM)), STOPS),
        (message(content="When?", to=message(50, "", embeds=[POST])),
         "Ferry stops Tarn has no ferry from March."),
        (message(content="When?", to=message(50, "lol")), ""),
        (message(content="When?", to=message(50, "")), ""),
        (message(content="When does it stop?"), ""),
        (message(content="When does it stop?", to=shown(50)), ""),
    ],
)  # fmt: skip
def test_a_question_may_reply_to_what_somebody_else_says(asks, about):
    assert replied_about(asks, ME) == about


def test_of_a_long_message_the_first_sentences_are_asked_about():
    said = " ".join(f"Ferry {number} of Tarn stops in March." for number in range(10, 40))
    about = asked_about(forward(message(49, said)), ME)
    assert said.startswith(about)
    assert about.endswith("March.")
    assert ABOUT_MAX / 2 < len(about) <= ABOUT_MAX
    assert len(asked_about(forward(message(49, "ferry " * 300)), ME)) <= ABOUT_MAX


def test_what_is_forwarded_asks_where_words_would():
    assert call_of(forward(message(49, CLAIM), channel=OWN_THREAD), ME, MENTION) is Origin.MESSAGE
    assert call_of(forward(message(49, CLAIM)), ME, MENTION) is None


def test_nothing_is_looked_up_for_what_cannot_ask():
    assert not may_ask(message(content=""), ME)
    assert not may_ask(message(author=user(3, bot=True)), ME)
    assert may_ask(message(), ME)


def test_the_mention_is_no_part_of_the_question():
    assert question_of(message(content=f"<@{ME}> who? <@!{ME}>"), ME) == "who?"
    assert question_of(message(content="who is <@3>?"), ME) == "who is <@3>?"
    assert question_of(message(content=f"Hi <@{ME}>, who? Thanks!"), ME) == "who?"


@pytest.mark.parametrize(
    ("channel", "place"),
    [(OWN_THREAD, True), (DIRECT, True), (OTHERS_THREAD, False), (None, False)],
)
def test_places(channel, place):
    assert is_place(channel, ME) is place


def test_only_replies_reply():
    first = message(50)
    assert replied_to(message(to=first)) is first
    assert replied_to(message()) is None
    forward = message(to=first, type=discord.MessageType.default)
    assert replied_to(forward) is None
    gone = message(to=first, reference=SimpleNamespace(message_id=50, resolved=None))
    assert replied_to(gone) is None
