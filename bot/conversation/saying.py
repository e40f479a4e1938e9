"""What single messages say to the bot and from it."""

from __future__ import annotations

import re
from enum import Enum
from typing import Any, NamedTuple

import discord

from bot.rendering import read_back
from bot.server_settings import ChannelMode
from index.conversation import Turn

QUESTIONS = (discord.MessageType.default, discord.MessageType.reply)


class Call(Enum):
    """How a message asks the bot."""

    ASKED = "asked"
    """It is for the bot, who replies whatever comes of it."""
    OVERHEARD = "overheard"
    """It is for the channel: the bot says something only if it has an answer."""


class Said(NamedTuple):
    """A turn of a conversation, and the id of the message with its answer."""

    answer_id: int
    turn: Turn


def from_person(message: discord.Message) -> bool:
    """Tell whether somebody wrote this, rather than a bot, a webhook or Discord."""
    return not (message.author.bot or message.webhook_id) and message.type in QUESTIONS


def may_ask(message: discord.Message, me: int) -> bool:
    """Tell whether `call_of` can be anything, without knowing the channel's settings.

    Discord leaves out the words of what does not mention the bot, where the application may not
    read them.
    """
    return from_person(message) and (
        message.guild is None or _mentions(message, me) or bool(message.content.strip())
    )


def call_of(message: discord.Message, me: int, mode: ChannelMode) -> Call | None:
    """Tell how somebody's message asks the bot in a channel of this mode, None if it does not."""
    if mode is ChannelMode.OFF or not may_ask(message, me):
        return None
    if message.guild is None or _mentions(message, me) or is_place(message.channel, me):
        return Call.ASKED
    answer = replied_to(message)
    if answer and turn_of(answer, me):
        return Call.ASKED
    return Call.OVERHEARD if mode is ChannelMode.EVERY else None


def question_of(message: discord.Message, me: int) -> str:
    """Return the words without the mention of the bot."""
    return re.sub(rf"<@!?{me}>", " ", message.content).strip()


def is_place(channel: Any, me: int) -> bool:
    """Tell whether all that is said in a channel is one conversation with the bot."""
    if isinstance(channel, discord.Thread):
        return channel.owner_id == me
    return isinstance(channel, discord.DMChannel)


def replied_to(message: discord.Message) -> discord.Message | None:
    """Return the message that a reply replies to, as far as Discord gave it along."""
    if message.type is not discord.MessageType.reply or message.reference is None:
        return None
    found = message.reference.resolved
    return found if isinstance(found, discord.Message) else None


def turn_of(message: discord.Message, me: int) -> Turn | None:
    """Read a question and its answer back from a message of the bot, None from any other."""
    if message.author.id != me or not message.embeds:
        return None
    card = message.embeds[0]
    footnotes = any(field.name == "[1]" for field in card.fields)
    read = read_back(card.title or "", card.description or "", footnotes=footnotes)
    return Turn(*read) if read else None


def _mentions(message: discord.Message, me: int) -> bool:
    return any(user.id == me for user in message.mentions)
