"""One handler for whatever fails while Discord waits for a reply."""

from __future__ import annotations

import logging
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot import refusals, words
from bot.asking import BlankQuestion, Forgotten
from bot.channels import ChannelOff, ChannelRefused
from bot.cooldowns import TooSoon
from bot.feeds.errors import FeedNotAdded
from bot.following.errors import BlankTopic, UnknownFollow
from bot.permissions import NotAllowed, NotYours, ServerOnly
from bot.rendering import fit
from bot.server_settings import InvalidSetting
from bot.views.replies import (
    ALREADY_ACKNOWLEDGED,
    INVALID_WEBHOOK_TOKEN,
    UNKNOWN_INTERACTION,
    whisper,
)
from bot.words import feeds as feed_words
from bot.words import follows as words_follows
from bot.words import indexing as words_indexing
from bot.words import threads as words_threads
from bot.workers import QueueFull, ShuttingDown
from index.errors import (
    FeedExists,
    ModelError,
    SourceError,
    StorageError,
    TooManyFeeds,
    TooManyFollows,
    UndoExpired,
    UndoneAlready,
    UnknownArticle,
    UnknownFeed,
)

NAME_MAX = 200
REASON_MAX = 800
GONE = (UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED, INVALID_WEBHOOK_TOKEN)

log = logging.getLogger(__name__)


class FileNotHandedOver(Exception):
    """Discord did not hand over an attachment."""


class TitleForSeveral(Exception):
    """One title is given for several files."""


async def handle(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Reply to a failed interaction in plain words, in this order.

    1. Take the cause out of discord.py's wrapping.
    2. The interaction is gone (too late, or answered by another): nothing can be said; note it.
    3. Foreseeable: say what is the matter, with nothing in the log but its kind.
    4. All else: log it under a short id, and say the id.
    5. Saying so fails as well: note it, and give up.

    Whether or not it could be said, that somebody tried what they may not is kept.
    """
    cause = unwrap(error)
    await _reply(interaction, cause)
    if isinstance(cause, NotAllowed):
        await refusals.note(interaction, cause)


async def _reply(interaction: discord.Interaction[Any], cause: BaseException) -> None:
    if isinstance(cause, discord.HTTPException) and cause.code in GONE:
        log.info("interaction %s is gone: %s", interaction.id, cause.code)
        return
    try:
        await whisper(interaction, describe(cause, interaction.id))
    except (discord.HTTPException, aiohttp.ClientError, OSError) as failure:
        log.warning("interaction %s: no reply possible: %s", interaction.id, _kind(failure))


def describe(error: BaseException, where: int) -> str:
    """Return the words for an error, having logged it with the id of what failed."""
    text = explain(error)
    if text is not None:
        if isinstance(error, StorageError | ModelError):  # the words send to the log for it
            log.error("%s failed: %s", where, error)
        else:
            log.info("%s refused: %s", where, _kind(error))
        return text
    error_id = secrets.token_hex(3)
    log.error("%s failed, error %s", where, error_id, exc_info=error)
    return words.unexpected(error_id)


def unwrap(error: BaseException) -> BaseException:
    """Return what a command raised."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    return error


def explain(error: BaseException) -> str | None:
    """Return the words for a foreseeable error, None for any other."""
    match error:
        case SourceError():
            return words.not_indexed(fit(error.name, NAME_MAX), fit(error.reason, REASON_MAX))
        case UnknownArticle():
            return words.unknown_article(fit(error.article_id, NAME_MAX))
        case NotAllowed():
            role = fit(error.role, NAME_MAX) if error.role else None
            return words.not_allowed(role, error.roles)
        case TooSoon():
            return words.too_soon(
                datetime.now(UTC) + timedelta(seconds=error.seconds), error.server
            )
        case QueueFull():
            return words.queue_full(error.waiting)
        case NotYours():
            return error.words
        case ChannelRefused():
            return words.channel_refused(error.channel_id, user=error.user)
        case _:
            return (
                _of_feeds(error)
                or _of_follows(error)
                or next((text for kind, text in _PLAIN if isinstance(error, kind)), None)
            )


def _of_feeds(error: BaseException) -> str | None:
    match error:
        case FeedNotAdded():
            link, reason = fit(error.link, NAME_MAX), fit(error.reason, REASON_MAX)
            return feed_words.not_added(link, reason)
        case FeedExists():
            return feed_words.exists(f"“{fit(error.title, NAME_MAX)}”")
        case TooManyFeeds():
            return feed_words.too_many(error.limit)
        case UnknownFeed():
            return feed_words.unknown(fit(error.asked, NAME_MAX))
        case _:
            return None


def _of_follows(error: BaseException) -> str | None:
    match error:
        case UnknownFollow():
            return words_follows.unknown(fit(error.asked, NAME_MAX))
        case TooManyFollows():
            return words_follows.too_many(error.limit)
        case _:
            return None


def _kind(error: BaseException) -> str:
    status = getattr(error, "status", "")
    return f"{type(error).__name__} {status}".rstrip()


_PLAIN: tuple[tuple[type[BaseException], str], ...] = (
    (BlankQuestion, words.BLANK_QUESTION),
    (BlankTopic, words_follows.BLANK_TOPIC),
    (ChannelOff, words_threads.CHANNEL_OFF),
    (FileNotHandedOver, words.NO_FILE),
    (Forgotten, words.FORGOTTEN),
    (InvalidSetting, words.PANEL_CHANGED),
    (TitleForSeveral, words_indexing.ONE_TITLE),
    (UndoExpired, words_indexing.UNDO_EXPIRED),
    (UndoneAlready, words_indexing.UNDONE_ALREADY),
    (ServerOnly, words.SERVER_ONLY),
    (ShuttingDown, words.SHUTTING_DOWN),
    (TimeoutError, words.TIMED_OUT),
    (StorageError, words.NO_STORAGE),
    (ModelError, words.NO_MODEL),
    (app_commands.CommandNotFound, words.COMMAND_CHANGED),
    (app_commands.CommandSignatureMismatch, words.COMMAND_CHANGED),
)
