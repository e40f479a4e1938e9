"""/ask, /summary, /latest and the menu of a message."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.articles import strings as articles_strings
from bot.cogs.articles.indexing import index, of_message
from bot.cogs.articles.views import PASTE_ID, pasted
from bot.cogs.ask import strings, views
from bot.cogs.ask.cards import render
from bot.cogs.ask.conversation import asked_by, clear, going_on, talk_back
from bot.cogs.ask.views import QUESTION_MAX, StopButton, buttons, question_form
from bot.discord import autocomplete
from bot.discord.components import row
from bot.discord.content import topic_of
from bot.discord.embeds import Payload
from bot.discord.error_handler import handle
from bot.discord.replies import acknowledge, add, answer, persist, whisper
from bot.errors import BlankQuestion
from bot.flow import Shown
from bot.llm import strings as llm_strings
from bot.llm.draft import EVERY_SECONDS, Draft
from bot.metrics.meters import Origin
from bot.permissions import INDEXERS, Interaction, check_answered, may_write
from bot.server_settings import ServerSettings
from bot.services import Services
from bot.smalltalk import questions_of, talk_of
from index.followups.turns import Turn
from index.model import Answer


class InteractionSurface:
    """The reply to an acknowledged interaction, or with `further` one more message after it."""

    every_seconds = EVERY_SECONDS

    def __init__(
        self, interaction: Interaction, services: Services, *, private: bool, further: bool = False
    ) -> None:
        self._interaction = interaction
        self._further = further
        self._services = services
        self._private = private
        self.message: str | None = None

    async def draft(self, so_far: Answer, draft: Draft) -> None:
        """Show it with a button that stops the draft."""
        if self._further:  # it is sent once, whole
            return
        payload = render(so_far, remark=llm_strings.WRITING)
        message = await answer(self._interaction, payload, row(StopButton()), draft=True)
        self._services.drafts.add(message.id, draft, self._interaction.user.id)

    async def finish(self, found: Answer, remark: str) -> Shown:
        """Show it with its buttons."""
        view = buttons(found, self._interaction.channel)
        places = await self._services.places(found)
        direct = self._interaction.guild_id is None
        payload = render(found, remark=remark, direct=direct, places=places)
        message: discord.Message
        if self._further:
            message = await add(self._interaction, payload, view, private=self._private)
        else:
            message = await answer(self._interaction, payload, view)
        channel = None if self._private else str(self._interaction.channel_id)
        self.message = str(message.id)
        return Shown(self.message, channel)


async def answer_question(
    interaction: Interaction,
    services: Services,
    question: str,
    *,
    article: str | None = None,
    private: bool | None = None,
) -> None:
    """Answer a command or a form. `private` None follows the server's setting.

    Raises BlankQuestion, Unclear, ChannelOff, UnknownArticle, TooSoon, QueueFull.
    """
    if not question.strip():
        raise BlankQuestion
    settings = await services.settings_of(interaction.guild_id)
    check_answered(settings, interaction.channel)
    if talk := talk_of(question):
        await acknowledge(interaction, private=True)
        await answer(interaction, await talk_back(services, talk, interaction.guild_id))
        return
    await _answer(interaction, services, question, article, settings, private)


async def _answer(
    interaction: Interaction,
    services: Services,
    question: str,
    article: str | None,
    settings: ServerSettings,
    private: bool | None,
) -> None:
    """Answer the questions one by one; each may follow on from those before it."""
    user_id, guild_id, me = interaction.user.id, interaction.guild_id, interaction.client.user.id
    first, *others = questions_of(question)
    with services.metrics.questions.asked(Origin.INTERACTION) as measured:
        await services.recall_cooldowns(guild_id, user_id, settings)
        services.cooldowns.take(guild_id, user_id, settings)
        private = settings.private if private is None else private
        # Where the bot may not speak, only the asker hears it.
        speaks = guild_id is None or may_write(interaction.channel, interaction.app_permissions)
        private = private or not speaks
        await acknowledge(interaction, private=private)
        asked = asked_by(user_id, guild_id, first, settings, article=article)
        channel, button = interaction.channel, interaction.message
        asked = clear(await going_on(services, asked, me, channel, interaction.id, button))
        services.workers.check_queue()
        surface = InteractionSurface(interaction, services, private=private)
        found = measured.answer = await services.flow.answer(asked, surface)
    for words in others:
        turn = Turn(found.read_as, found.text if found.answered else None, found.first_article)
        asked = replace(asked, question=words, turns=(*asked.turns, turn), before=surface.message)
        surface = InteractionSurface(interaction, services, private=private, further=True)
        with services.metrics.questions.asked(Origin.INTERACTION) as measured:
            found = measured.answer = await services.flow.answer(asked, surface)


TOPIC_MAX = 200


class Ask(commands.Cog):
    """Questions as commands."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(description=strings.ASK)
    @app_commands.describe(
        question=strings.ASK_QUESTION, article=strings.ASK_ARTICLE, private=strings.ASK_PRIVATE
    )
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, QUESTION_MAX],
        article: str | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer a question from what the asker may see."""
        await answer_question(
            interaction, self._services, question, article=article, private=private
        )

    @app_commands.command(description=strings.SUMMARY)
    @app_commands.describe(article=strings.SUMMARY_ARTICLE, private=strings.ASK_PRIVATE)
    async def summary(
        self, interaction: Interaction, article: str | None = None, private: bool | None = None
    ) -> None:
        """Sum up an article in its own sentences."""
        question = strings.SUMMARY_QUESTION
        await answer_question(
            interaction, self._services, question, article=article, private=private
        )

    @app_commands.command(description=strings.LATEST)
    @app_commands.describe(topic=strings.LATEST_TOPIC, private=strings.ASK_PRIVATE)
    async def latest(
        self,
        interaction: Interaction,
        topic: app_commands.Range[str, 1, TOPIC_MAX] | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer from the newest articles, of all or on a topic."""
        question = strings.latest_question((topic or "").strip())
        await answer_question(interaction, self._services, question, private=private)

    @ask.autocomplete("article")
    @summary.autocomplete("article")
    async def titles(self, interaction: Interaction, typed: str) -> autocomplete.Choices:
        """Offer the titles that the asker may see."""
        return await autocomplete.visible_titles(self._services, interaction, typed)


class Forms(commands.Cog):
    """Receives forms by custom_id; discord.py knows only those opened since its start."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._submitted = {
            views.QUESTION_ID: self._question,
            views.REASON_ID: self._reason,
            PASTE_ID: self._article,
        }

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Receive a form, or reply with the error."""
        if interaction.type is not discord.InteractionType.modal_submit:
            return
        data: Any = interaction.data
        submitted = self._submitted.get(data["custom_id"])
        if submitted is None:
            return
        self._services.workers.track()
        try:
            await submitted(interaction)
        except Exception as error:  # noqa: BLE001 - the one handler decides
            await handle(interaction, error)

    async def _question(self, interaction: Interaction) -> None:
        """Answer it; privately if the answer before was private or the server's setting says so."""
        message = interaction.message
        private = message.flags.ephemeral if message else None
        question = views.typed(interaction)
        await answer_question(interaction, self._services, question, private=private)

    async def _reason(self, interaction: Interaction) -> None:
        """Store it with the vote."""
        reason = views.typed(interaction) or None
        await acknowledge(interaction, private=True)
        await views.vote(interaction, self._services, helpful=False, reason=reason)
        await views.thank(interaction, helpful=False)

    async def _article(self, interaction: Interaction) -> None:
        """Index it, if whoever submits it may at that moment."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction)
        await index(self._services, interaction, space, [pasted(interaction)])


QUESTION_MARKS = ("?", "？", "؟")


class Menus(commands.Cog):
    """Menus of messages. Discord sends the message's text with them, whatever the intents."""

    def __init__(self, bot: commands.Bot, services: Services) -> None:
        self._bot = bot
        self._services = services
        self._menus = (
            app_commands.ContextMenu(name=strings.ABOUT_MESSAGE, callback=self.about),
            app_commands.ContextMenu(
                name=articles_strings.INDEX_MENU,
                callback=self.index,
                extras={**INDEXERS},
                allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False),
            ),
        )

    async def cog_load(self) -> None:
        """Register the menus; a cog does that only for its commands."""
        for menu in self._menus:
            self._bot.tree.add_command(menu)

    async def cog_unload(self) -> None:
        """Take them back."""
        for menu in self._menus:
            self._bot.tree.remove_command(menu.name, type=menu.type)

    async def about(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer a message that is a question; else open a form that begins with its words."""
        text = topic_of(message)
        if not text:
            await whisper(interaction, Payload(content=strings.NO_TEXT))
        elif text.endswith(QUESTION_MARKS) and len(text) <= QUESTION_MAX:
            await answer_question(interaction, self._services, text)
        else:
            form = question_form(strings.ABOUT_MESSAGE, text)
            await persist(lambda: interaction.response.send_modal(form))

    async def index(self, interaction: Interaction, message: discord.Message) -> None:
        """Index the message's text, links and files."""
        space = await self._services.own_space(interaction)
        await acknowledge(interaction, private=True)
        found = of_message(message)
        if found:
            await index(self._services, interaction, space, found)
        else:
            await answer(interaction, Payload(content=articles_strings.NOTHING_IN_MESSAGE))
