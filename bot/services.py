"""The services that cogs and buttons share."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import aiohttp
import discord

from bot import permissions
from bot.errors import FileNotHandedOver
from bot.flow import AnswerFlow
from bot.llm.draft import Drafts
from bot.llm.writer import Writer
from bot.metrics.meters import Metrics
from bot.permissions import Interaction
from bot.places import Places, places_in
from bot.remote.asking import Forwarding
from bot.runtime.rate_limits import Cooldowns, Overheard
from bot.runtime.threads import Workers
from bot.server_settings import ServerSettings, ServerSettingsStore, visible
from index.errors import SourceError
from index.ingest import Also, Data, Input, Progress, link_of
from index.library import Library
from index.model import Added, Answer, Document, Failed, Space
from index.sources.document import Given
from index.store.feeds import Feeds
from index.web.fetch import Fetcher


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that Discord hands over. It has no origin: that would be a path on this machine."""

    file: discord.Attachment
    given: Given

    async def download(self) -> Data:
        """Return its bytes. Raises FileNotHandedOver."""
        try:
            data = await self.file.read()
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise FileNotHandedOver from error
        return Data(self.file.filename, data, self.given)


Item: TypeAlias = Input | Attached | Failed
"""One thing to index; what cannot be indexed for a reason known before it is read has failed."""


@dataclass(frozen=True)
class Services:
    """Passed to every cog; buttons find it at `interaction.client.services`.

    `index_role` names the role that may index in every server beside those with Manage Server and
    the roles that the server has chosen, if any. `writer` is None where no language model is set.
    `web_url` is where the web page is, None where there is none; `web_key` signs links to it.
    `forwarding` has questions answered by workers, None where there can be none.
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
    web_url: str | None = None
    web_key: bytes | None = None
    forwarding: Forwarding | None = None

    @cached_property
    def flow(self) -> AnswerFlow:
        """Return the only flow: it knows which answers are being shown."""
        return AnswerFlow(
            self.library,
            self.workers.ask,
            self.writer,
            self.metrics.drafts.ended,
            self.forwarding.ask if self.forwarding else None,
            self.workers.record,
        )

    @property
    def server_settings(self) -> ServerSettingsStore:
        """The settings of all servers; its calls block."""
        return ServerSettingsStore(self.library.records.settings)

    @property
    def feeds(self) -> Feeds:
        """The feeds of all servers; its calls block."""
        return self.library.records.feeds

    async def settings_of(self, guild_id: int | None) -> ServerSettings:
        """Read a server's settings as they are now; direct messages have the defaults."""
        if guild_id is None:
            return ServerSettings()
        return await self.workers.quick(self.server_settings.of, guild_id)

    async def recall_cooldowns(
        self, guild_id: int | None, user_id: int, settings: ServerSettings
    ) -> None:
        """Look up when somebody last asked an earlier process, where that may still count."""
        for asker, seconds in self.cooldowns.unsure(guild_id, user_id, settings):
            who = None if asker[1] is None else str(user_id)
            since = self.library.records.replies.seconds_since
            ago = await self.workers.quick(since, Space(str(guild_id)), who, seconds)
            self.cooldowns.recall(asker, math.inf if ago is None else ago)

    async def visible(self, guild_id: int | None) -> tuple[Space, ...]:
        """Return the spaces that people of a server see; None is a direct message."""
        settings = await self.settings_of(guild_id)
        return visible(guild_id, public=settings.public)

    async def own_space(self, interaction: Interaction) -> Space:
        """Return the space that the user may change. Raises ServerOnly, NotAllowed."""
        settings = await self.settings_of(interaction.guild_id)
        return permissions.own_space(interaction, self.index_role, settings.index_roles)

    async def may_index(self, interaction: Interaction) -> bool:
        """Return whether the user may change articles where this comes from."""
        settings = await self.settings_of(interaction.guild_id)
        return permissions.may_index(interaction, self.index_role, settings.index_roles)

    @property
    def articles_at(self) -> Places | None:
        """Where the web page shows articles, from their beginning; None where there is no page."""
        return None if self.web_url is None else Places(self.web_url, key=self.web_key)

    async def places(self, found: Answer) -> Places | None:
        """Return where the web page shows the articles of an answer, None where there is none."""
        if self.web_url is None:
            return None
        return await self.workers.ask(places_in, self.library, found, self.web_url, self.web_key)

    async def read(self, one: Item) -> Document:
        """Download or fetch an item, and read it. Raises SourceError, FileNotHandedOver."""
        if isinstance(one, Failed):
            raise SourceError(one.name, one.reason)
        if isinstance(one, Attached):
            one = await one.download()
        link = link_of(one)
        page = await self.fetcher.fetch(link) if link else None
        return await self.workers.ask(self.library.read, one, page)

    async def publish(
        self,
        document: Document,
        space: Space,
        progress: Progress,
        action: str | None = None,
        also: Also | None = None,
    ) -> Added:
        """Index a document that was read; see Indexer.ingest. Raises SourceError."""
        report = await self.workers.index(
            self.library.ingest, [document], space, progress=progress, action=action, also=also
        )
        for failed in report.failed:
            raise SourceError(failed.name, failed.reason)
        (added,) = report.added
        return added
