"""Announce what checks added, each article once, whichever process dies meanwhile.

An entry is noted as to be announced in the commit that publishes its article. Its message gets a
nonce, which is noted before it is sent, and removed once it was. What a process left that was
killed in between is sent again with the same nonce, and Discord drops it if it is there already.
"""

from __future__ import annotations

import logging
from datetime import datetime

import discord

from bot.cogs.feeds.cards import announcement_of
from bot.discord.replies import SEND_FAULTS, SERVER_ERROR, new_nonce, send, still_known
from bot.permissions import lets_write
from bot.server_settings import ServerSettings
from bot.services import Services
from index.errors import UnknownArticle
from index.model import Article
from index.store.feeds import Announcement, Feed

log = logging.getLogger(__name__)


def channel_of(feed: Feed, settings: ServerSettings) -> int | None:
    """Return the channel of the feed, else that of its server, by id."""
    return int(feed.channel) if feed.channel else settings.announcements


async def announce(
    client: discord.Client,
    services: Services,
    feed: Feed,
    *,
    shown_in: int | None = None,
    now: datetime | None = None,
) -> None:
    """Announce what is new of a feed where its server wants it, if the bot may write there.

    `shown_in` is a channel that shows it already. Whoever calls this has the feed's turn.
    """
    guild = client.get_guild(int(feed.space))
    if guild is None:
        return
    now = now or discord.utils.utcnow()
    ask, store = services.workers.ask, services.feeds
    for one in await ask(store.announcements, feed.id, str(new_nonce(now, feed.id))):
        if not still_known(int(one.nonce), now):
            log.warning("feed %d: it is not known whether news was announced", feed.id)
        elif not await _announce(guild, services, feed, one, shown_in):
            continue
        await ask(store.announced, feed.id, one.nonce)


async def _announce(
    guild: discord.Guild,
    services: Services,
    feed: Feed,
    announcement: Announcement,
    shown_in: int | None,
) -> bool:
    """Send one message; return False where it is to be tried again."""
    channel_id = channel_of(feed, await services.settings_of(guild.id))
    if channel_id in (None, shown_in):
        return True
    place = guild.get_channel_or_thread(channel_id or 0)
    if place is None or not lets_write(place, guild.me):
        log.warning("feed %d: nothing can be announced in channel %s", feed.id, channel_id)
        return True
    articles = await services.workers.ask(_articles, services, feed, announcement)
    if not articles:
        return True
    assert isinstance(place, discord.abc.Messageable)
    cards = place.permissions_for(guild.me).embed_links
    payload = announcement_of(feed, articles, services.articles_at, cards=cards)
    try:
        await send(place, payload, int(announcement.nonce))
    except SEND_FAULTS as error:
        log.warning("feed %d: not announced: %s", feed.id, type(error).__name__)
        return isinstance(error, discord.HTTPException) and error.status < SERVER_ERROR
    return True


def _articles(services: Services, feed: Feed, announcement: Announcement) -> list[Article]:
    """Return those that are still there, newest first."""
    found = []
    for article_id in announcement.articles:
        try:
            found.append(services.library.get(article_id, (feed.space,)))
        except UnknownArticle:
            continue
    return sorted(found, key=lambda article: article.published or "", reverse=True)
