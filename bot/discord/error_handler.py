"""The one handler of errors of interactions."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands

from bot.discord import strings
from bot.discord.embeds import Payload
from bot.discord.markdown import fit
from bot.discord.replies import (
    ALREADY_ACKNOWLEDGED,
    INVALID_WEBHOOK_TOKEN,
    SEND_FAULTS,
    UNKNOWN_INTERACTION,
    whisper,
)
from bot.errors import INDEX_MESSAGES, NEAR_ARTICLES, NotAllowed, ShuttingDown, UserError
from bot.permissions import Interaction
from bot.services import Services
from bot.text import listed
from index.errors import FootnoteError, ModelError, StorageError, UnknownArticle
from index.store.settings_store import Json

GIVEN_MAX = 500
"""Of what was given, in characters."""

log = logging.getLogger(__name__)


async def note(interaction: Interaction, denied: NotAllowed) -> None:
    """Log a denied attempt. Call it after the reply, as it may have to wait."""
    if interaction.guild_id is None:
        return
    name, value = denied.attempt or attempted(interaction)
    services: Services = interaction.client.services
    deny, user = services.server_settings.deny, interaction.user.id
    try:
        await services.workers.ask(deny, interaction.guild_id, name, value, user)
    except (FootnoteError, TimeoutError, ShuttingDown) as error:
        log.warning("denied %s of %s is not noted: %s", name, user, type(error).__name__)


def attempted(interaction: Interaction) -> tuple[str, Json]:
    """Return the name of the command or component, and the first text given to it, if any."""
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

MESSAGES: Mapping[type[Exception], str] = {
    **INDEX_MESSAGES,
    TimeoutError: strings.TIMED_OUT,
    app_commands.CommandNotFound: strings.COMMAND_CHANGED,
    app_commands.CommandSignatureMismatch: strings.COMMAND_CHANGED,
}

GONE = (UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED, INVALID_WEBHOOK_TOKEN)


async def handle(interaction: Interaction, error: BaseException) -> None:
    """Reply to a failed interaction, in this order.

    1. Take the cause out of discord.py's wrapping.
    2. The interaction is gone (too late, or answered by another): log it, as no reply is possible.
    3. A foreseeable error: reply to the user alone with its message; log only its kind.
    4. Any other: log it under a short id, and reply with the id.
    5. The reply fails as well: log it.

    An attempt without permission is noted in any case.
    """
    cause = unwrap(error)
    await _reply(interaction, cause)
    if isinstance(cause, NotAllowed):
        await note(interaction, cause)


async def _reply(interaction: Interaction, cause: BaseException) -> None:
    if isinstance(cause, discord.HTTPException) and cause.code in GONE:
        log.info("interaction %s is gone: %s", interaction.id, cause.code)
        return
    try:
        text = describe(cause, interaction.id, log)
        await whisper(interaction, Payload(content=text))
    except SEND_FAULTS as failure:
        log.warning("interaction %s: no reply possible: %s", interaction.id, _kind(failure))


def describe(error: BaseException, where: int | str, log: logging.Logger) -> str:
    """Log an error with the id of what failed, and return its message for the user."""
    text = explain(error)
    if text is not None:
        if isinstance(error, StorageError | ModelError):  # the words send to the log for it
            log.error("%s failed: %s", where, error)
        else:
            log.info("%s refused: %s", where, _kind(error))
        return text
    error_id = secrets.token_hex(3)
    log.error("%s failed, error %s", where, error_id, exc_info=error)
    return strings.UNEXPECTED.format(error_id)


def unwrap(error: BaseException) -> BaseException:
    """Return what a command raised."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    return error


def explain(error: BaseException) -> str | None:
    """Return the message of a foreseeable error, None for any other."""
    values = {name: _escaped(name, value) for name, value in vars(error).items()}
    if isinstance(error, UserError):
        message: str | None = error.message
    elif isinstance(error, UnknownArticle) and error.near:
        titles = [f"“{fit(one.title, NAME_MAX)}”" for one in error.near]
        message, values["near"] = NEAR_ARTICLES, listed(titles, "or")
    else:
        message = next((text for kind, text in MESSAGES.items() if isinstance(error, kind)), None)
    return message and message.format_map(values)


def _escaped(name: str, value: Any) -> Any:
    limit = REASON_MAX if name == "reason" else NAME_MAX
    return fit(value, limit) if isinstance(value, str) else value


def _kind(error: BaseException) -> str:
    status = getattr(error, "status", "")
    return f"{type(error).__name__} {status}".rstrip()
