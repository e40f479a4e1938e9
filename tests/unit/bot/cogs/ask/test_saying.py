from types import SimpleNamespace
from unittest.mock import Mock

import discord
import pytest

from bot.cogs.ask.conversation import (
    Call,
    call_of,
    is_place,
    may_ask,
    question_of,
    replied_to,
)
from bot.server_settings import ChannelMode
from tests.fakes import ALICE, ME, message, user

MENTION, EVERY, OFF = ChannelMode.MENTION, ChannelMode.EVERY, ChannelMode.OFF
OWN_THREAD = Mock(spec=discord.Thread, id=9, owner_id=ME)
OTHERS_THREAD = Mock(spec=discord.Thread, id=9, owner_id=ALICE)
DIRECT = Mock(spec=discord.DMChannel, id=8)


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
        ({"to": message(50)}, MENTION, None),
        ({"author": user(3, bot=True), "mentions": [user(ME)]}, EVERY, None),
        ({"webhook_id": 4, "mentions": [user(ME)]}, EVERY, None),
        ({"type": discord.MessageType.pins_add}, EVERY, None),
    ],
)
def test_what_asks_the_bot(more, mode, call):
    assert call_of(message(**more), ME, mode) is call


def test_a_reply_to_an_answer_asks_the_bot():
    assert call_of(message(to=message(50)), ME, MENTION, to_answer=True) is Call.ASKED
    assert call_of(message(to=message(50), content=""), ME, MENTION, to_answer=True) is None
    assert call_of(message(to=message(50)), ME, OFF, to_answer=True) is None


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
