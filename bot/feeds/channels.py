"""Where new articles are announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.server_settings import ServerSettings
    from index.catalog import Feed


def channel_of(feed: Feed, settings: ServerSettings) -> int | None:
    """Return the channel of the feed, else that of its server, by id."""
    return int(feed.channel) if feed.channel else settings.announcements
