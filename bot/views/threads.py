"""The button that goes on asking in a thread below an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.channels import check_answered
from bot.conversation.saying import turn_of
from bot.rendering import CHOICE_MAX, fit_plain
from bot.views.pressed import PressedButton
from bot.views.replies import acknowledge, persist, whisper
from bot.words import threads as words_threads

if TYPE_CHECKING:
    from bot.cogs.services import Services

NAME_MAX = CHOICE_MAX
"""Of a thread, https://discord.com/developers/docs/resources/channel#start-thread-from-message"""
HAS_THREAD = 160004

Interaction = discord.Interaction[Any]


class ThreadButton(PressedButton, template=r"answer:thread"):
    """Starts a thread from the answer, or leads to the one that it has."""

    def __init__(self) -> None:
        super().__init__(
            discord.ui.Button(label=words_threads.ASK_IN_THREAD, custom_id="answer:thread")
        )

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Start the thread, and tell the user alone where it is. Raises ChannelOff."""
        check_answered(await services.settings_of(interaction.guild_id), interaction.channel)
        message = interaction.message
        why_not = refusal(interaction)
        if why_not or message is None:
            await whisper(interaction, why_not or words_threads.THREAD_NOWHERE)
            return
        await acknowledge(interaction)
        started = message.flags.has_thread or not await _start(interaction, message)
        lead = words_threads.thread_exists if started else words_threads.thread_started
        # A thread has the id of the message that it was started from.
        await whisper(interaction, lead(message.id))


def has_threads(channel: Any) -> bool:
    """Tell whether messages of a channel can have threads."""
    return isinstance(channel, discord.TextChannel)


def refusal(interaction: Interaction) -> str | None:
    """Return why no thread can be started where the button was pressed, None if one can."""
    channel, message = interaction.channel, interaction.message
    mine, theirs = interaction.app_permissions, interaction.permissions
    reasons = (
        (words_threads.THREAD_PRIVATE, bool(message and message.flags.ephemeral)),
        (words_threads.THREAD_HERE, isinstance(channel, discord.Thread)),
        (words_threads.THREAD_NOWHERE, not has_threads(channel)),
        (None, bool(message and message.flags.has_thread)),
        (words_threads.THREAD_NOT_MINE, not mine.create_public_threads),
        (words_threads.THREAD_NOT_MINE_TO_WRITE, not mine.send_messages_in_threads),
        (words_threads.THREAD_NOT_YOURS, not theirs.create_public_threads),
    )
    return next((reason for reason, holds in reasons if holds), None)


async def _start(interaction: Interaction, message: discord.Message) -> bool:
    """Start a thread and say in it how to ask; return False where there is one already."""
    asked = turn_of(message, interaction.client.user.id)
    name = fit_plain(asked.question, NAME_MAX) if asked else ""
    try:
        thread = await persist(
            lambda: message.create_thread(name=name or words_threads.THREAD_NAME)
        )
    except discord.HTTPException as error:
        if error.code != HAS_THREAD:
            raise
        return False
    every = interaction.client.intents.message_content
    first = words_threads.THREAD_EVERY if every else words_threads.THREAD_REPLY
    await persist(lambda: thread.send(first, nonce=message.id))
    return True
