"""The buttons under answers and refusals, and the forms that they open.

No form is kept: its custom_id says what it is for, the message that it was opened from what it is
about, so that one that is open while the bot restarts still counts. `bot.cogs.ask.cog.Forms` takes
what is submitted.
"""

from __future__ import annotations

import re
from typing import Any, Self

import discord

from bot.cogs.ask import strings
from bot.cogs.ask.cards import passage_page, passages
from bot.cogs.ask.conversation import recall, reply_of
from bot.discord.components import STATE, PagesButton, PressedButton, form, row, submitted
from bot.discord.embeds import CHOICE_MAX, Payload
from bot.discord.replies import acknowledge, answer, persist, whisper
from bot.errors import Forgotten, NotYours
from bot.flow import Asked
from bot.llm import strings as llm_strings
from bot.permissions import Interaction, check_answered, manages
from bot.services import Services
from bot.text import fit_plain
from index.model import Answer
from index.store.usage import Votes

QUESTION_ID = "form:question"
REASON_ID = "form:reason"
QUESTION_MAX = 2_000
REASON_MAX = 500

TOPIC_MAX = 300
"""Of a message that is put into the form: a question is no longer."""


def question_form(title: str, topic: str = "") -> discord.ui.Modal:
    """Return a form for a question, with words of a message to begin with."""
    field = discord.ui.TextInput[Any](
        style=discord.TextStyle.paragraph,
        default=fit_plain(topic, TOPIC_MAX) or None,
        max_length=QUESTION_MAX,
    )
    return form(QUESTION_ID, title, {strings.ASK_QUESTION: field})


def reason_form() -> discord.ui.Modal:
    """Return a form for what was wrong with an answer."""
    field = discord.ui.TextInput[Any](
        style=discord.TextStyle.paragraph,
        placeholder=strings.REASON_HINT,
        required=False,
        max_length=REASON_MAX,
    )
    return form(REASON_ID, strings.REASON_FORM, {strings.REASON: field})


def typed(interaction: Interaction) -> str:
    """Return what a submitted form of one field holds."""
    return "".join(submitted(interaction.data or {}).values()).strip()


class PassagesButton(PressedButton, template=r"answer:passages"):
    """Shows the first passage of the answer that it stands under."""

    def __init__(self) -> None:
        super().__init__("answer:passages", strings.PASSAGES)

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Show it to the user alone."""
        await acknowledge(interaction, private=True)
        await show(interaction, services, interaction.message.id if interaction.message else 0, 0)


class TurnButton(PagesButton, template=f"passages:{STATE}"):
    """Turns to another passage of the answer in a message, its `subject`."""

    name = "passages"

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Show the page as the articles are now."""
        await acknowledge(interaction)
        if self.subject != _opened_from(interaction, self.subject):
            raise Forgotten
        await show(interaction, services, self.subject, self.page)


async def show(interaction: Interaction, services: Services, answer_id: int, page: int) -> None:
    """Put a passage where the acknowledgement stands, of what the user sees now.

    Raises Forgotten, UnknownArticle, QueueFull.
    """
    asked = await recall(services, answer_id, interaction.user.id, interaction.guild_id)
    await answer(interaction, *await turned(services, asked, answer_id, page))


async def turned(
    services: Services, asked: Asked, answer_id: int, page: int
) -> tuple[Payload, discord.ui.View | None]:
    """Return a passage of an answer and the buttons that turn to others.

    The question is asked again, as the articles may have changed. Raises UnknownArticle, QueueFull.
    """
    services.workers.check_queue()
    found = await services.flow.ask(asked)
    last = max(len(passages(found)) - 1, 0)
    page = min(page, last)
    turns = TurnButton.turns(answer_id, page, last)
    payload = passage_page(found, page, await services.places(found))
    return payload, row(*turns) if turns else None


def _opened_from(interaction: Interaction, claimed: int) -> int:
    """Return whose Passages button opened these pages: Discord knows, a custom_id is believed.

    Otherwise a forged one would show what another member has asked privately.
    """
    opened = interaction.message.interaction_metadata if interaction.message else None
    return (opened.interacted_message_id if opened else None) or claimed


NAME_MAX = CHOICE_MAX
"""Of a thread, https://discord.com/developers/docs/resources/channel#start-thread-from-message"""

HAS_THREAD = 160004


class ThreadButton(PressedButton, template=r"answer:thread"):
    """Starts a thread from the answer, or leads to the one that it has."""

    def __init__(self) -> None:
        super().__init__("answer:thread", strings.ASK_IN_THREAD)

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Start the thread, and show the user alone where it is. Raises ChannelOff."""
        check_answered(await services.settings_of(interaction.guild_id), interaction.channel)
        message = interaction.message
        why_not = why_no_thread(interaction)
        if why_not or message is None:
            await whisper(interaction, Payload(content=why_not or strings.THREAD_NOWHERE))
            return
        await acknowledge(interaction)
        started = message.flags.has_thread or not await _start(interaction, services, message)
        lead = strings.THREAD_EXISTS if started else strings.THREAD_STARTED
        # A thread has the id of the message that it was started from.
        await whisper(interaction, Payload(content=lead.format(message.id)))


def has_threads(channel: Any) -> bool:
    """Return whether messages of a channel can have threads."""
    return isinstance(channel, discord.TextChannel)


def why_no_thread(interaction: Interaction) -> str | None:
    """Return why no thread can be started where the button was pressed, None if one can."""
    channel, message = interaction.channel, interaction.message
    mine, theirs = interaction.app_permissions, interaction.permissions
    reasons = (
        (strings.THREAD_PRIVATE, bool(message and message.flags.ephemeral)),
        (strings.THREAD_HERE, isinstance(channel, discord.Thread)),
        (strings.THREAD_NOWHERE, not has_threads(channel)),
        (None, bool(message and message.flags.has_thread)),
        (strings.THREAD_NOT_MINE, not mine.create_public_threads),
        (strings.THREAD_NOT_MINE_TO_WRITE, not mine.send_messages_in_threads),
        (strings.THREAD_NOT_YOURS, not theirs.create_public_threads),
    )
    return next((reason for reason, holds in reasons if holds), None)


async def _start(interaction: Interaction, services: Services, message: discord.Message) -> bool:
    """Start a thread and say in it how to ask; return False where there is one already."""
    asked = await reply_of(services, message.id)
    name = fit_plain(asked.question, NAME_MAX) if asked else ""
    try:
        thread = await persist(lambda: message.create_thread(name=name or strings.THREAD_NAME))
    except discord.HTTPException as error:
        if error.code != HAS_THREAD:
            raise
        return False
    every = interaction.client.intents.message_content
    first = strings.THREAD_EVERY if every else strings.THREAD_REPLY
    await persist(lambda: thread.send(first, nonce=message.id))
    return True


IDS = {True: "answer:helpful", False: "answer:unhelpful"}


class VoteButton(PressedButton, template=r"answer:(?P<vote>helpful|unhelpful)"):
    """Takes a vote; one that the answer did not help counts at once, and is asked why."""

    def __init__(self, helpful: bool) -> None:
        super().__init__(IDS[helpful], strings.VOTES[helpful])
        self.helpful = helpful

    @classmethod
    def of(cls, match: re.Match[str], /) -> Self:
        """Read which of the two was pressed."""
        return cls(match["vote"] == "helpful")

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Put the vote in place of an earlier one."""
        if self.helpful:
            await acknowledge(interaction, private=True)
            await vote(interaction, services, helpful=True)
            await thank(interaction, helpful=True)
        else:  # a form can only be the first response
            await persist(lambda: interaction.response.send_modal(reason_form()))
            await vote(interaction, services, helpful=False)


async def vote(
    interaction: Interaction, services: Services, *, helpful: bool, reason: str | None = None
) -> None:
    """Note the user's vote on the answer that the interaction comes from. Raises Forgotten."""
    message_id = interaction.message.id if interaction.message else 0
    asked = await recall(services, message_id, interaction.user.id, interaction.guild_id)
    votes = services.library.records.votes
    await services.workers.ask(put_vote, votes, asked, str(message_id), helpful, reason)


async def thank(interaction: Interaction, *, helpful: bool) -> None:
    """Say what the vote is now, to the user alone."""
    await answer(interaction, Payload(content=strings.thanks(strings.VOTES[helpful])))


def put_vote(votes: Votes, asked: Asked, message: str, helpful: bool, reason: str | None) -> None:
    """Note a vote in place of an earlier one."""
    if not helpful and not reason and votes.of(message, asked.who) is False:
        return  # it may have a reason, which a form that is closed does not take back
    votes.put(asked.space, message, asked.who, asked.question, helpful=helpful, reason=reason)


class StopButton(PressedButton, template=r"answer:stop"):
    """Ends the draft: what is checked by then is the answer."""

    def __init__(self) -> None:
        super().__init__("answer:stop", llm_strings.STOP)

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Stop it, if the user asked for it or manages the server."""
        found = services.drafts.of(interaction.message.id) if interaction.message else None
        if found is None:
            await acknowledge(interaction)
            return
        draft, user_id = found
        if interaction.user.id != user_id and not manages(interaction):
            raise NotYours(llm_strings.NOT_YOURS)
        await acknowledge(interaction)
        draft.stop()


class MoreButton(PressedButton, template=r"answer:more"):
    """Opens a form for the next question."""

    def __init__(self) -> None:
        super().__init__("answer:more", strings.ASK_MORE)

    async def pressed(self, interaction: Interaction, _: Services) -> None:
        """Open it at once: a form can only be the first response."""
        await persist(lambda: interaction.response.send_modal(question_form(strings.ASK_MORE)))


ITEMS = (PassagesButton, TurnButton, MoreButton, VoteButton, ThreadButton, StopButton)
"""What the client recognises after a restart."""


def buttons(answer: Answer, channel: Any) -> discord.ui.View:
    """Return the buttons that go with an answer; Discord has room for five in a row."""
    items: list[PressedButton] = [MoreButton(), VoteButton(True), VoteButton(False)]
    if passages(answer):
        items.insert(0, PassagesButton())
    if has_threads(channel):
        items.append(ThreadButton())
    return row(*items)
