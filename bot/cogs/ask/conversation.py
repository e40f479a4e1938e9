"""Which messages ask the bot, and the turns before a question.

A conversation is either a place (a thread that the bot started, or direct messages), or a chain of
replies: from a question to the answer that it goes on from, and so on. Each lies in one channel,
so nothing of another server or another thread comes in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import discord

from bot.cogs.ask import strings
from bot.discord.content import topic_of
from bot.discord.embeds import Payload
from bot.discord.markdown import escape
from bot.discord.strings import no_articles
from bot.errors import Forgotten, Unclear
from bot.flow import Asked
from bot.metrics.meters import Origin
from bot.server_settings import ChannelMode, ServerSettings, visible
from bot.smalltalk import Talk, is_pointing, is_unclear, talk_of, without_courtesies
from bot.strings import with_examples
from bot.text import fit_plain
from index.followups.turns import MAX_TURNS, Turn
from index.text.sentences import sentences

if TYPE_CHECKING:
    from bot.services import Services
    from index.model import Space
    from index.store.replies import Replies, Reply

_LINK = re.compile(r"https?://\S+")

QUESTIONS = (discord.MessageType.default, discord.MessageType.reply)


def from_person(message: discord.Message) -> bool:
    """Return whether somebody wrote this, rather than a bot, a webhook or Discord."""
    return not (message.author.bot or message.webhook_id) and message.type in QUESTIONS


def may_ask(message: discord.Message, me: int) -> bool:
    """Return whether `call_of` can be anything, without knowing the channel's settings.

    Discord leaves out the words of what does not mention the bot, where the application may not
    read them.
    """
    says = bool(message.content.strip() or message.message_snapshots)
    return from_person(message) and (message.guild is None or _mentions(message, me) or says)


def call_of(
    message: discord.Message, me: int, mode: ChannelMode, *, to_answer: bool = False
) -> Origin | None:
    """Return how somebody's message asks the bot in a channel of this mode, None if it does not.

    One that is overheard gets a reply only if there is an answer. `to_answer` is whether it
    replies to an answer of the bot.
    """
    if mode is ChannelMode.OFF or not may_ask(message, me):
        return None
    if message.guild is None or _mentions(message, me) or to_answer:
        return Origin.MESSAGE
    if is_place(message.channel, me):
        return None if _is_to_others(message) else Origin.MESSAGE
    return Origin.OVERHEARD if mode is ChannelMode.EVERY else None


def question_of(message: discord.Message, me: int) -> str:
    """Return the words without the mention of the bot, and without courtesies."""
    return without_courtesies(re.sub(rf"<@!?{me}>", " ", message.content))


ABOUT_MAX = 300
"""Of a message that is asked about: a news post says first what it is about."""


def asked_about(message: discord.Message, me: int) -> str | None:
    """Return the words that a message asks about and that another says; "" if it says nothing.

    That is what it forwards, or what it replies to: "is this true?", or the bot's mention alone.
    None where it asks in its own words, or about an answer of the bot.
    """
    if message.message_snapshots:
        said = message
    else:
        replied = replied_to(message)
        if replied is None or replied.author.id == me:
            return None
        words = question_of(message, me)
        if not is_pointing(words) or not (_mentions(message, me) or words.endswith("?")):
            return None
        said = replied
    return _said_in(said)


def replied_about(message: discord.Message, me: int) -> str:
    """Return what somebody else said that a question replies to, "" where that is nothing."""
    replied = replied_to(message)
    return "" if replied is None or replied.author.id == me else _said_in(replied)


def _said_in(message: discord.Message) -> str:
    text = " ".join(_LINK.sub(" ", topic_of(message)).split())
    if talk_of(text):
        return ""
    return _first_sentences(text) if len(text) > ABOUT_MAX else text


def _first_sentences(text: str) -> str:
    spans = sentences(text[: 2 * ABOUT_MAX], title="", language="en")
    end = max((span.end for span in spans if span.end <= ABOUT_MAX), default=0)
    return text[:end] or fit_plain(text, ABOUT_MAX)


async def talk_back(services: Services, talk: Talk, guild_id: int | None) -> Payload:
    """Reply to small talk, with questions that the articles answer where these may help."""
    direct = guild_id is None
    words = (strings.TALK_DIRECT if direct else strings.TALK)[talk]
    if not talk.wants_examples:
        return Payload(content=words)
    asked, is_empty = await suggested(services, await services.visible(guild_id))
    empty = no_articles(direct=direct) if is_empty else ""
    return Payload(content=with_examples(words, [escape(one) for one in asked], empty))


async def suggested(services: Services, spaces: Sequence[Space]) -> tuple[Sequence[str], bool]:
    """Return questions that the articles answer, and whether there are no articles."""
    library, ask = services.library, services.workers.ask
    found = await ask(library.suggestions, spaces)
    is_empty = not found and not await ask(partial(library.find, "", spaces, limit=1))
    return found, is_empty


def is_place(channel: Any, me: int) -> bool:
    """Return whether a channel is one conversation with the bot."""
    if isinstance(channel, discord.Thread):
        return channel.owner_id == me
    return isinstance(channel, discord.DMChannel)


def replied_to(message: discord.Message) -> discord.Message | None:
    """Return the message that a reply replies to, as far as Discord gave it along."""
    if message.type is not discord.MessageType.reply or message.reference is None:
        return None
    found = message.reference.resolved
    return found if isinstance(found, discord.Message) else None


def asked_by(
    user_id: int,
    guild_id: int | None,
    question: str,
    settings: ServerSettings,
    *,
    article: str | None = None,
    source: int | None = None,
) -> Asked:
    """Return a question as the settings of its server have it answered.

    `guild_id` is None in direct messages; see `Asked` for the others.
    """
    return Asked(
        question,
        visible(guild_id, public=settings.public),
        article,
        thresholds=settings.thresholds,
        who=str(user_id),
        source=None if source is None else str(source),
        daily_tokens=settings.llm_daily_tokens,
        mark=settings.llm_mark,
    )


async def recall(services: Services, message_id: int, user_id: int, guild_id: int | None) -> Asked:
    """Return what a message answers as a question of the user who presses its buttons.

    It is known only where it was asked: in its server, or to its asker in direct messages.
    Raises Forgotten.
    """
    reply = await reply_of(services, message_id)
    if reply is None:
        raise Forgotten
    settings = await services.settings_of(guild_id)
    asked = asked_by(user_id, guild_id, reply.question, settings, article=reply.article)
    if asked.space != reply.space or (guild_id is None and reply.who != asked.who):
        raise Forgotten
    return asked


async def answers(services: Services, message: discord.Message, me: int) -> bool:
    """Return whether a message is an answer of the bot that is still remembered."""
    if message.author.id != me:
        return False
    return await reply_of(services, message.id) is not None


async def reply_of(services: Services, message_id: int) -> Reply | None:
    """Return what a message answers, None where that is not remembered."""
    quick, of = services.workers.quick, services.library.records.replies.of
    reply = await quick(of, str(message_id))
    if reply is None and await services.flow.noted():
        reply = await quick(of, str(message_id))
    return reply


async def going_on(
    services: Services,
    asked: Asked,
    me: int,
    channel: Any,
    question_id: int,
    answer: discord.Message | None,
) -> Asked:
    """Add the turns that a question goes on from.

    `question_id` is that of the message or interaction that asks; `answer` is the message that it
    replies to or whose button asks, if any.
    """
    replies = services.library.records.replies
    in_place = is_place(channel, me)
    before: Sequence[Reply] = ()
    if answer and answer.author.id == me:
        if answer.flags.ephemeral:  # what others said in the channel was not shown to the asker
            before = await services.workers.quick(replies.chain, str(answer.id), 1)
        elif not in_place:
            before = await services.workers.quick(replies.chain, str(answer.id), MAX_TURNS)
        else:
            before = await services.workers.quick(_in_place, replies, channel.id, answer.id + 1)
    if not before and in_place:
        before = await services.workers.quick(_in_place, replies, channel.id, question_id)
    before = [reply for reply in before if reply.space == asked.space]
    turns = tuple(Turn(reply.question, reply.answer, reply.article) for reply in before)
    return replace(asked, turns=turns, before=before[-1].message if before else None)


def clear(asked: Asked) -> Asked:
    """Return the question. Raises Unclear where it is about nothing that was said."""
    known = asked.turns or asked.about or asked.documents or asked.article
    if not known and is_unclear(asked.question):
        raise Unclear
    return asked


def _in_place(replies: Replies, channel_id: int, before_id: int) -> list[Reply]:
    """Return the last answers of a place; a thread goes on from the answer it was started from."""
    found = replies.in_channel(str(channel_id), str(before_id), MAX_TURNS)
    # A thread has the id of the message that it was started from.
    first = replies.chain(str(channel_id), MAX_TURNS - len(found)) if len(found) < MAX_TURNS else []
    return [*first, *found]


def _is_to_others(message: discord.Message) -> bool:
    """Tell whether people talk to each other: "@Alice look at this"."""
    return bool(message.mentions) and "?" not in message.content


def _mentions(message: discord.Message, me: int) -> bool:
    return any(user.id == me for user in message.mentions)
