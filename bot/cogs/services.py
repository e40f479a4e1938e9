"""What cogs and buttons work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.fetch import Fetcher
    from bot.workers import Workers
    from index.library import Library


@dataclass(frozen=True, slots=True)
class Services:
    """Given to every cog; buttons find it at `interaction.client.services`.

    `index_role` names the role that may index beside those with Manage Server, if any.
    """

    library: Library
    workers: Workers
    fetcher: Fetcher
    index_role: str | None = None
