"""/help, /privacy, and the introduction to a server."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot import permissions
from bot.cogs.about import strings
from bot.discord.components import PressedButton, row
from bot.discord.embeds import FIELD_VALUE_MAX, Card, Field, Payload, Tone
from bot.discord.markdown import fit
from bot.discord.replies import FAULTS, KNOWN_SECONDS, acknowledge, answer, send
from bot.permissions import Audience, Interaction
from bot.services import Services
from bot.text import size
from index.errors import FootnoteError
from index.library import Library
from index.store.records import KeptOfUser

log = logging.getLogger(__name__)

NAME_MAX = 100

INTRO_TITLE_MAX = 300
"""Of the article that the introduction asks about."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A command (of a message's menu where `menu` is set) and whom it is for."""

    name: str
    description: str
    audience: Audience
    menu: bool = False


def help_card(offers: Sequence[Offer], *, in_server: bool, reads_all: bool) -> Payload:
    """Return the commands, grouped by whom they are for."""
    fields = tuple(
        Field(strings.HELP_FOR[audience], _lines([o for o in offers if o.audience is audience]))
        for audience in Audience
        if any(o.audience is audience for o in offers)
    )
    hint = strings.HELP_THREADS[reads_all] if in_server else strings.HELP_DIRECT
    text = f"{strings.HELP_TEXT}\n{hint}"
    return Payload(card=Card(strings.HELP_TITLE, text, Tone.NEUTRAL, fields))


def privacy_card(held: KeptOfUser, model: str | None = None) -> Payload:
    """Return what is stored of everybody, and how much of the user.

    `model` names the language model that writes answers, if one does.
    """
    leaves = strings.PRIVACY_MODEL.format(fit(model, NAME_MAX)) if model else strings.PRIVACY_STAYS
    text = f"{strings.PRIVACY_TEXT}\n{leaves}"
    fields = (Field(strings.PRIVACY_YOURS, strings.held(held)),)
    return Payload(card=Card(strings.PRIVACY_TITLE, text, Tone.NEUTRAL, fields))


def forget_card(held: KeptOfUser) -> Payload:
    """Return the question whether it is to be deleted."""
    return Payload(card=Card(strings.FORGET_TITLE, strings.will_forget(held), Tone.NEUTRAL))


def forgotten_card(held: KeptOfUser) -> Payload:
    """Return what was deleted."""
    return Payload(card=Card(strings.FORGOTTEN_TITLE, strings.forgotten(held), Tone.NEUTRAL))


def intro_card(role: str | None, newest: str | None) -> Payload:
    """Return who the bot is; `role` is the name of one whose members may index.

    `newest` is the title of the newest article, if there is one.
    """
    who = strings.intro_indexers(fit(role, NAME_MAX) if role else None)
    how = strings.intro_ask(fit(newest, INTRO_TITLE_MAX) if newest else None)
    fields = (
        Field(strings.INTRO_ASK_TITLE, how),
        Field(strings.INTRO_INDEX_TITLE, who),
        Field(strings.INTRO_STORED_TITLE, strings.INTRO_STORED),
    )
    return Payload(card=Card(strings.INTRO_TITLE, strings.INTRO, Tone.NEUTRAL, fields))


def _lines(offers: Sequence[Offer]) -> str:
    """Return a line for each command, or only their names where the descriptions don't fit."""
    full = "\n".join(map(_line, offers))
    if size(full) <= FIELD_VALUE_MAX:
        return full
    return ", ".join(f"`/{offer.name}`" for offer in offers if not offer.menu)


def _line(offer: Offer) -> str:
    if offer.menu:
        return strings.HELP_MENU.format(offer.name)
    return f"`/{offer.name}` {offer.description}"


class ForgetButton(PressedButton, template=r"privacy:forget"):
    """Asks whoever presses it whether to delete what is kept of them."""

    def __init__(self) -> None:
        style = discord.ButtonStyle.danger
        super().__init__("privacy:forget", strings.FORGET_BUTTON, style=style)

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Say how much it is, and ask."""
        await acknowledge(interaction)
        held = await services.workers.ask(services.library.records.held, str(interaction.user.id))
        await answer(interaction, forget_card(held), row(ForgetSureButton()))


class ForgetSureButton(PressedButton, template=r"privacy:forget:sure"):
    """Deletes what is kept of whoever presses it."""

    def __init__(self) -> None:
        style = discord.ButtonStyle.danger
        super().__init__("privacy:forget:sure", strings.FORGET_SURE_BUTTON, style=style)

    async def pressed(self, interaction: Interaction, services: Services) -> None:
        """Delete it and say how much it was."""
        await acknowledge(interaction)
        who = str(interaction.user.id)
        held = await services.workers.ask(_forget, services.library, who)
        await answer(interaction, forgotten_card(held))


def _forget(library: Library, who: str) -> KeptOfUser:
    held = library.records.held(who)
    library.records.forget(who)
    return held


class About(commands.Cog):
    """What the bot does, and what it keeps."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(description=strings.HELP)
    async def help(self, interaction: Interaction) -> None:
        """List what the user may use in this place."""
        await acknowledge(interaction, private=True)
        settings = await self._services.settings_of(interaction.guild_id)
        role, roles = self._services.index_role, settings.index_roles
        may = permissions.audiences(interaction, role, roles)
        in_server = interaction.guild_id is not None
        offers = [
            offer
            for offer in _offers(interaction.client.tree, in_server=in_server)
            if offer.audience in may
        ]
        everything = interaction.client.intents.message_content
        await answer(interaction, help_card(offers, in_server=in_server, reads_all=everything))

    @app_commands.command(description=strings.PRIVACY)
    async def privacy(self, interaction: Interaction) -> None:
        """Say what is stored, and how much of it is the user's."""
        await acknowledge(interaction, private=True)
        held = self._services.library.records.held
        found = await self._services.workers.ask(held, str(interaction.user.id))
        writer = self._services.writer
        model = writer.model.name if writer else None
        await answer(interaction, privacy_card(found, model), row(ForgetButton()))

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Introduce the bot where the process that was invited may have been killed before it did.

        Discord drops the message, by its nonce, where it was sent.
        """
        joined = guild.me.joined_at
        if joined and (discord.utils.utcnow() - joined).total_seconds() < KNOWN_SECONDS:
            await self.on_guild_join(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Introduce the bot, where it may write."""
        self._services.workers.track()
        channel = _where_to_write(guild)
        if channel is None:
            log.info("server %s: no channel to introduce the bot in", guild.id)
            return
        find = self._services.library.find
        try:
            spaces = await self._services.visible(guild.id)
            newest = await self._services.workers.ask(partial(find, "", spaces, limit=1))
            card = intro_card(self._services.index_role, newest[0].title if newest else None)
            await send(channel, card, guild.id)
        except (discord.HTTPException, FootnoteError, *FAULTS) as error:
            log.warning("server %s: not introduced: %s", guild.id, type(error).__name__)


def _offers(tree: app_commands.CommandTree[Any], *, in_server: bool) -> Iterator[Offer]:
    """Yield the commands that can be used in a server, or in direct messages."""
    for top in tree.get_commands():
        contexts = top.allowed_contexts
        if not in_server and contexts is not None and not contexts.dm_channel:
            continue
        audience = top.extras.get("audience", Audience.EVERYONE)
        if isinstance(top, app_commands.ContextMenu):
            yield Offer(top.name, "", audience, menu=True)
            continue
        nested = top.walk_commands() if isinstance(top, app_commands.Group) else iter([top])
        for command in nested:
            if isinstance(command, app_commands.Command):
                yield Offer(command.qualified_name, command.description, audience)


def _where_to_write(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the channel for news of members, else the first in which the bot may write."""
    channels = [guild.system_channel, *guild.text_channels]
    for channel in channels:
        if channel is None:
            continue
        may = channel.permissions_for(guild.me)
        if may.view_channel and may.send_messages and may.embed_links:
            return channel
    return None
