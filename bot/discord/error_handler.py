"""One handler for whatever fails while Discord waits for a reply."""

from __future__ import annotations

import logging
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import aiohttp
import discord
from discord import app_commands

from bot.cogs.articles import strings as articles_strings
from bot.cogs.ask import strings as ask_strings
from bot.cogs.feeds import strings as feeds_strings
from bot.cogs.subscriptions import strings as subscriptions_strings
from bot.discord import strings
from bot.discord.markdown import fit
from bot.discord.replies import (
    ALREADY_ACKNOWLEDGED,
    INVALID_WEBHOOK_TOKEN,
    UNKNOWN_INTERACTION,
    whisper,
)
from bot.errors import (
    BlankQuestion,
    BlankTopic,
    ChannelOff,
    ChannelRefused,
    FeedNotAdded,
    FileNotHandedOver,
    Forgotten,
    InvalidSetting,
    NotAllowed,
    NotYours,
    QueueFull,
    ServerOnly,
    ShuttingDown,
    TitleForSeveral,
    TooSoon,
    UnknownFollow,
)
from index.errors import (
    FeedExists,
    FootnoteError,
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

if TYPE_CHECKING:
    from bot.services import Services
    from index.store.settings_store import Json

GIVEN_MAX = 500
"""Of what was given, in characters."""


log = logging.getLogger(__name__)


async def note(interaction: discord.Interaction[Any], refused: NotAllowed) -> None:
    """Keep who tried what, and when; best once the user has been told, as this may wait."""
    if interaction.guild_id is None:
        return
    name, value = refused.attempt or attempted(interaction)
    services: Services = interaction.client.services
    refuse, user = services.server_settings.refuse, interaction.user.id
    try:
        await services.workers.ask(refuse, interaction.guild_id, name, value, user)
    except (FootnoteError, TimeoutError, ShuttingDown) as error:
        log.warning("refused %s of %s is not noted: %s", name, user, type(error).__name__)


def attempted(interaction: discord.Interaction[Any]) -> tuple[str, Json]:
    """Return the name of what was used, and the first words that were given to it, if any."""
    command = interaction.command
    if isinstance(command, discord.app_commands.ContextMenu):
        return command.name, None
    if command is not None:
        options: dict[str, Any] = vars(interaction.namespace)
        given = next((value for value in options.values() if isinstance(value, str)), None)
        return f"/{command.qualified_name}", given and given[:GIVEN_MAX]
    data: Any = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    return custom_id.partition(":")[0][:GIVEN_MAX], None


NAME_MAX = 200

REASON_MAX = 800

GONE = (UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED, INVALID_WEBHOOK_TOKEN)


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
        await note(interaction, cause)


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
    return strings.unexpected(error_id)


def unwrap(error: BaseException) -> BaseException:
    """Return what a command raised."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    return error


def explain(error: BaseException) -> str | None:
    """Return the words for a foreseeable error, None for any other."""
    match error:
        case SourceError():
            return strings.not_indexed(fit(error.name, NAME_MAX), fit(error.reason, REASON_MAX))
        case UnknownArticle():
            return strings.unknown_article(fit(error.article_id, NAME_MAX))
        case NotAllowed():
            role = fit(error.role, NAME_MAX) if error.role else None
            return strings.not_allowed(role, error.roles)
        case TooSoon():
            return strings.too_soon(
                datetime.now(UTC) + timedelta(seconds=error.seconds), error.server
            )
        case QueueFull():
            return strings.queue_full(error.waiting)
        case NotYours():
            return error.words
        case ChannelRefused():
            return strings.channel_refused(error.channel_id, user=error.user)
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
            return feeds_strings.not_added(link, reason)
        case FeedExists():
            return feeds_strings.exists(f"“{fit(error.title, NAME_MAX)}”")
        case TooManyFeeds():
            return feeds_strings.too_many(error.limit)
        case UnknownFeed():
            return feeds_strings.unknown(fit(error.asked, NAME_MAX))
        case _:
            return None


def _of_follows(error: BaseException) -> str | None:
    match error:
        case UnknownFollow():
            return subscriptions_strings.unknown(fit(error.asked, NAME_MAX))
        case TooManyFollows():
            return subscriptions_strings.too_many(error.limit)
        case _:
            return None


def _kind(error: BaseException) -> str:
    status = getattr(error, "status", "")
    return f"{type(error).__name__} {status}".rstrip()


_PLAIN: tuple[tuple[type[BaseException], str], ...] = (
    (BlankQuestion, strings.BLANK_QUESTION),
    (BlankTopic, subscriptions_strings.BLANK_TOPIC),
    (ChannelOff, ask_strings.CHANNEL_OFF),
    (FileNotHandedOver, strings.NO_FILE),
    (Forgotten, strings.FORGOTTEN),
    (InvalidSetting, strings.PANEL_CHANGED),
    (TitleForSeveral, articles_strings.ONE_TITLE),
    (UndoExpired, articles_strings.UNDO_EXPIRED),
    (UndoneAlready, articles_strings.UNDONE_ALREADY),
    (ServerOnly, strings.SERVER_ONLY),
    (ShuttingDown, strings.SHUTTING_DOWN),
    (TimeoutError, strings.TIMED_OUT),
    (StorageError, strings.NO_STORAGE),
    (ModelError, strings.NO_MODEL),
    (app_commands.CommandNotFound, strings.COMMAND_CHANGED),
    (app_commands.CommandSignatureMismatch, strings.COMMAND_CHANGED),
)
