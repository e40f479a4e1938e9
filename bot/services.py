"""The services that cogs and buttons share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot import permissions
from bot.flow import AnswerFlow
from bot.llm.draft import Drafts
from bot.metrics.meters import Metrics
from bot.runtime.rate_limits import Cooldowns, Overheard
from bot.server_settings import ServerSettings, ServerSettingsStore, visible

if TYPE_CHECKING:
    import discord

    from bot.llm.writer import Writer
    from bot.runtime.threads import Workers
    from index.library import Library
    from index.model import Space
    from index.store.feeds import Feeds
    from index.web.fetch import Fetcher


@dataclass(frozen=True, slots=True)
class Services:
    """Passed to every cog; buttons find it at `interaction.client.services`.

    `index_role` names the role that may index in every server beside those with Manage Server and
    the roles that the server has chosen, if any. `writer` is None where no language model is set.
    """

    library: Library
    workers: Workers
    fetcher: Fetcher
    index_role: str | None = None
    cooldowns: Cooldowns = field(default_factory=Cooldowns)
    overheard: Overheard = field(default_factory=Overheard)
    writer: Writer | None = None
    drafts: Drafts = field(default_factory=Drafts)
    metrics: Metrics = field(default_factory=Metrics)

    @property
    def server_settings(self) -> ServerSettingsStore:
        """The settings of all servers; its calls block."""
        return ServerSettingsStore(self.library.records.settings)

    @property
    def flow(self) -> AnswerFlow:
        """Answers questions, and remembers them."""
        return AnswerFlow(self.library, self.workers.ask, self.writer, self.metrics.writing.wrote)

    @property
    def feeds(self) -> Feeds:
        """The feeds of all servers; its calls block."""
        return self.library.records.feeds

    async def settings_of(self, guild_id: int | None) -> ServerSettings:
        """Read a server's settings as they are now; direct messages have the defaults."""
        if guild_id is None:
            return ServerSettings()
        return await self.workers.quick(self.server_settings.of, guild_id)

    async def visible(self, guild_id: int | None) -> tuple[Space, ...]:
        """Return the spaces that people of a server see; None is a direct message."""
        settings = await self.settings_of(guild_id)
        return visible(guild_id, public=settings.public)

    async def own_space(self, interaction: discord.Interaction[Any]) -> Space:
        """Return the space that the user may change. Raises ServerOnly, NotAllowed."""
        settings = await self.settings_of(interaction.guild_id)
        return permissions.own_space(interaction, self.index_role, settings.index_roles)
