"""Inputs from Discord to articles: fetched in the event loop, read and indexed in threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import aiohttp
import discord

from bot.errors import FileNotHandedOver
from index.errors import SourceError
from index.ingest import Data, Input, Progress, link_of
from index.model import Added, Document, Failed, Space
from index.sources.document import Given

if TYPE_CHECKING:
    from bot.services import Services


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


async def read(services: Services, one: Item) -> Document:
    """Download or fetch an item, and read it. Raises SourceError, FileNotHandedOver."""
    if isinstance(one, Failed):
        raise SourceError(one.name, one.reason)
    if isinstance(one, Attached):
        one = await one.download()
    link = link_of(one)
    page = await services.fetcher.fetch(link) if link else None
    return await services.workers.ask(services.library.read, one, page)


async def publish(
    services: Services,
    document: Document,
    space: Space,
    progress: Progress,
    action: str | None = None,
) -> Added:
    """Index a document that was read. Raises SourceError."""
    report = await services.workers.index(
        services.library.ingest, [document], space, progress=progress, action=action
    )
    for failed in report.failed:
        raise SourceError(failed.name, failed.reason)
    (added,) = report.added
    return added
