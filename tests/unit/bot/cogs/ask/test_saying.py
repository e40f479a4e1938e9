from types import SimpleNamespace
from unittest.mock import Mock

import discord
import pytest
from bot.cogs.ask.conversations import (
    Call,
    call_of,
    is_place,
    may_ask,
    question_of,
    replied_to,
    turn_of,
)

from bot.flow import turn
from bot.server_settings import ChannelMode
from index.followups.turns import Turn
from tests.unit.bot.cogs.ask.given import ALICE, ME, answer, message, shown, user

MENTION, EVERY, OFF = ChannelMode.MENTION, ChannelMode.EVERY, ChannelMode.OFF
OWN_THREAD = Mock(spec=discord.Thread, id=9, owner_id=ME)
OTHERS_THREAD = Mock(spec=discord.Thread, id=9, owner_id=ALICE)
DIRECT = Mock(spec=discord.DMChannel, id=8)
ANSWER = shown(50, answer("Who?", "He."))


@pytest.mark.parametrize(
    ("more", "mode", "call"),
    [
        ({}, MENTION, None),
        ({}, EVERY, Call.OVERHEARD),
        ({}, OFF, None),
        ({"mentions": [user(ME)]}, MENTION, Call.ASKED),
        ({"mentions": [user(ME)]}, EVERY, Call.ASKED),
        ({"mentions": [user(ME)]}, OFF, None),
        ({"mentions": [user(ME)], "content": ""}, MENTION, Call.ASKED),
        ({"mentions": [user(3)]}, MENTION, None),
        ({"content": " "}, EVERY, None),
        ({"guild": None, "channel": DIRECT, "content": ""}, MENTION, Call.ASKED),
        ({"channel": OWN_THREAD}, MENTION, Call.ASKED),
        ({"channel": OWN_THREAD, "content": ""}, MENTION, None),
        ({"channel": OTHERS_THREAD}, MENTION, None),
        ({"to": ANSWER}, MENTION, Call.ASKED),
        ({"to": ANSWER, "content": ""}, MENTION, None),
        ({"to": message(50)}, MENTION, None),
        ({"to": message(50, author=user(ME, bot=True))}, MENTION, None),
        ({"author": user(3, bot=True), "mentions": [user(ME)]}, EVERY, None),
        ({"webhook_id": 4, "mentions": [user(ME)]}, EVERY, None),
        ({"type": discord.MessageType.pins_add}, EVERY, None),
    ],
)
def test_what_asks_the_bot(more, mode, call):
    assert call_of(message(**more), ME, mode) is call


def test_nothing_is_looked_up_for_what_cannot_ask():
    assert not may_ask(message(content=""), ME)
    assert not may_ask(message(author=user(3, bot=True)), ME)
    assert may_ask(message(), ME)


def test_the_mention_is_no_part_of_the_question():
    assert question_of(message(content=f"<@{ME}> who? <@!{ME}>"), ME) == "who?"
    assert question_of(message(content="who is <@3>?"), ME) == "who is <@3>?"


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


def test_an_answer_is_the_same_turn_when_it_is_read_back():
    for said in (answer("and Vance?", "He *left*.", "Did Vance leave?"), answer("Who?")):
        assert turn_of(shown(50, said), ME) == turn(said)
    assert turn(answer("and Vance?", "He left.", "Did Vance leave?")) == Turn(
        "Did Vance leave?", "He left. [1]"
    )


def test_what_others_show_is_no_answer():
    assert turn_of(message(embeds=ANSWER.embeds), ME) is None
    assert turn_of(message(author=user(ME, bot=True)), ME) is None
