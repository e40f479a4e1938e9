"""Send and edit replies, with the retries that discord.py lacks, and show progress."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar

import aiohttp
import discord

from bot.discord.embeds import Card, Payload
from bot.permissions import Interaction

log = logging.getLogger(__name__)

T = TypeVar("T")

UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060
INVALID_WEBHOOK_TOKEN = 50027
SERVER_ERROR = 500
UNAVAILABLE = 503

FAULTS = (
    discord.DiscordServerError,
    aiohttp.ClientConnectionError,
    aiohttp.ClientPayloadError,  # the connection was lost in the middle of the answer
    ConnectionError,
)

RETRY_SECONDS = (0.3, 1.0, 2.0)


async def persist(send: Callable[[], Awaitable[T]]) -> T:
    """Send again after a 503 or a lost connection; discord.py retries neither on Linux.

    Only for requests that may arrive twice: edits, acknowledgements, messages with a nonce.
    """
    for delay in RETRY_SECONDS:
        try:
            return await send()
        except FAULTS as error:
            # Other statuses discord.py has tried five times by now.
            if isinstance(error, discord.DiscordServerError) and error.status != UNAVAILABLE:
                raise
            log.info("sending again after %s", type(error).__name__)
        await asyncio.sleep(delay)
    return await send()


KNOWN_SECONDS = 120.0
"""For so long a message can be sent again with its nonce: Discord compares those of "the past few
minutes" (https://discord.com/developers/docs/resources/message#create-message)."""


def new_nonce(now: datetime, number: int) -> int:
    """Return a nonce of a moment; `number` tells apart what is sent at the same one."""
    return discord.utils.time_snowflake(now) + number


def still_known(nonce: int, now: datetime) -> bool:
    """Tell whether Discord would still drop a second message with the nonce."""
    return (now - discord.utils.snowflake_time(nonce)).total_seconds() < KNOWN_SECONDS


class ResponseState(Enum):
    """What stands where an interaction is answered, in its `extras` under RESPONSE_STATE."""

    PUBLIC = "an empty message that everybody sees"
    PRIVATE = "an empty message that only the user sees"
    PRESSED = "the message whose component was used"
    SHOWN = "a reply"


RESPONSE_STATE = "response_state"


async def acknowledge(interaction: Interaction, *, private: bool = False) -> None:
    """Acknowledge an interaction; must come within 3 seconds of it.

    A press on a button shows nothing, and the message with the button is then what `answer` edits;
    with `private` it is a new message, as after a command.
    """
    thinking = private or interaction.type is not discord.InteractionType.component
    empty = ResponseState.PRIVATE if private else ResponseState.PUBLIC
    interaction.extras[RESPONSE_STATE] = empty if thinking else ResponseState.PRESSED
    try:
        await persist(lambda: interaction.response.defer(ephemeral=private, thinking=thinking))
    except discord.HTTPException as error:
        # The first try may have arrived although its connection was lost.
        if error.code != ALREADY_ACKNOWLEDGED:
            raise


async def answer(
    interaction: Interaction,
    payload: Payload,
    view: discord.ui.View | None = None,
    *,
    draft: bool = False,
) -> discord.InteractionMessage:
    """Put the payload in place of the acknowledgement (or of the pressed message).

    A draft is taken back where an error comes before the reply.
    """
    message = await persist(
        lambda: interaction.edit_original_response(
            content=payload.content or None,
            embeds=embeds(payload),
            attachments=_files(payload),  # made anew for each try, which reads them to the end
            view=view,
        )
    )
    if not draft:
        interaction.extras[RESPONSE_STATE] = ResponseState.SHOWN
    return message


async def add(
    interaction: Interaction, payload: Payload, view: discord.ui.View, *, private: bool
) -> discord.WebhookMessage:
    """Send one more message after the answer, once: without a nonce a second would show too."""
    return await interaction.followup.send(
        payload.content or "", embeds=embeds(payload), view=view, ephemeral=private, wait=True
    )


async def whisper(interaction: Interaction, payload: Payload) -> None:
    """Reply to the user alone.

    An acknowledgement that everybody sees is deleted; a reply that was shown stays.
    """
    is_done = interaction.response.is_done()
    if not is_done and await _first(interaction, payload):
        return
    state = interaction.extras.get(RESPONSE_STATE)
    if state is ResponseState.PRIVATE or not (state or is_done):  # the latter is this very reply
        await answer(interaction, payload)
        return
    if state is ResponseState.PUBLIC:
        with suppress(discord.NotFound):
            await persist(interaction.delete_original_response)
    await persist(
        lambda: interaction.followup.send(
            payload.content or "", embeds=embeds(payload), ephemeral=True
        )
    )


async def _first(interaction: Interaction, payload: Payload) -> bool:
    """Send the first response; return False if there was one before."""
    text, cards = payload.content or None, embeds(payload)
    try:
        await persist(lambda: interaction.response.send_message(text, embeds=cards, ephemeral=True))
    except discord.HTTPException as error:
        if error.code != ALREADY_ACKNOWLEDGED:
            raise
        return False
    return True


SEND_FAULTS = (discord.HTTPException, aiohttp.ClientError, OSError)


async def send(
    to: discord.abc.Messageable,
    payload: Payload,
    nonce: int,
    view: discord.ui.View | None = None,
    reference: discord.MessageReference | None = None,
) -> discord.Message:
    """Send a message, once however often it is tried: Discord drops a second with the nonce."""
    return await persist(
        lambda: to.send(
            payload.content or None,
            embeds=embeds(payload),
            view=view,  # type: ignore[arg-type]
            reference=reference,  # type: ignore[arg-type]
            nonce=nonce,
            suppress_embeds=not payload.card,
        )
    )


async def post(
    question: discord.Message,
    payload: Payload,
    view: discord.ui.View | None,
    *,
    quote: bool,
    number: int = 0,
) -> discord.Message:
    """Send a message below another, with `quote` as a reply to it.

    `number` tells apart what is sent below the same message.
    """
    reference = question.to_reference(fail_if_not_exists=False) if quote else None
    return await send(question.channel, payload, _nonce(question) + number, view, reference)


def _nonce(question: discord.Message) -> int:
    """Return a number of the question's wording.

    Discord drops a second message with it, so one may be sent again; yet an answer that was taken
    back must not stand in the way of that to an edited question.
    """
    edited = question.edited_at
    return question.id + (int(edited.timestamp() * 1000) if edited else 0)


async def change(
    message: discord.Message, payload: Payload, view: discord.ui.View | None
) -> discord.Message:
    """Replace the content of a message."""
    return await persist(
        lambda: message.edit(
            content=payload.content or None,
            embeds=embeds(payload),
            view=view,
            suppress=not payload.card,
        )
    )


async def take_back(message: discord.Message | discord.PartialMessage) -> None:
    """Delete a message of the bot that may be gone already."""
    with suppress(discord.NotFound):
        await persist(message.delete)


@asynccontextmanager
async def typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show the typing indicator, if possible."""
    shown: Any = channel.typing()
    try:
        await shown.__aenter__()
    except SEND_FAULTS as error:
        log.info("typing is not shown: %s", type(error).__name__)
        yield
        return
    try:
        yield
    finally:
        await shown.__aexit__(None, None, None)


def embeds(payload: Payload) -> list[discord.Embed]:
    """Return the payload's card as discord.py has it."""
    return [_embed(payload.card)] if payload.card else []


def _files(payload: Payload) -> list[discord.File]:
    if payload.card is None or payload.card.picture is None:
        return []
    picture = payload.card.picture
    return [discord.File(io.BytesIO(picture.data), picture.name, description=picture.alt)]


def _embed(card: Card) -> discord.Embed:
    embed = discord.Embed(title=card.title, description=card.description, colour=card.tone.value)
    for field in card.fields:
        embed.add_field(name=field.name, value=field.value, inline=False)
    if card.footer:
        embed.set_footer(text=card.footer)
    if card.picture:
        embed.set_image(url=f"attachment://{card.picture.name}")
    return embed


EDIT_SECONDS = 1.5
"""Discord takes five edits in two seconds; others of this reply must still get through."""


class ReplyProgress:
    """What is shown next; called with (passages embedded, passages in all) in a worker thread.

    `check` is called with every step and may raise, to stop the work; `text` tells how far it is.
    """

    def __init__(self, check: Callable[[], None], text: Callable[[int, int], str]) -> None:
        self._check = check
        self._describe = text
        self._part = ""
        self._count = (0, 0)

    def begin(self, part: str) -> None:
        """Say which of several parts comes now."""
        self._part, self._count = part, (0, 0)

    def __call__(self, done: int, total: int) -> None:
        """Note a step."""
        self._check()
        self._count = done, total

    @property
    def text(self) -> str:
        """The text to show, "" before there is any."""
        count = self._describe(*self._count) if any(self._count) else ""
        return "\n".join(filter(None, (self._part, count)))


@asynccontextmanager
async def showing_progress(
    interaction: Interaction, check: Callable[[], None], text: Callable[[int, int], str]
) -> AsyncIterator[ReplyProgress]:
    """Edit the reply to `text` while the progress that this gives is called."""

    async def edit(text: str) -> None:
        try:
            await interaction.edit_original_response(content=text)
        except SEND_FAULTS as error:
            log.info("progress is not shown: %s", type(error).__name__)

    progress = ReplyProgress(check, text)
    async with following(progress, edit, EDIT_SECONDS):
        yield progress


@asynccontextmanager
async def following(
    progress: ReplyProgress, show: Callable[[str], Awaitable[object]], every_seconds: float
) -> AsyncIterator[None]:
    """Show the text of the progress meanwhile, where it has changed.

    The last call has ended when the block has, so that it cannot overtake the final reply.
    """
    ended = asyncio.Event()

    async def follow() -> None:
        last = ""
        while not await _within(ended, every_seconds):
            if progress.text != last:
                last = progress.text
                await show(last)

    task = asyncio.create_task(follow())
    try:
        yield
    finally:
        ended.set()
        await task


async def _within(event: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            return await event.wait()
    except TimeoutError:
        return False
