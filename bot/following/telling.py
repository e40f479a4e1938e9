"""Telling what was matched: a note for each article, or one card for many or for a day.

What is told is noted first and sent then: a bot that is killed in between leaves one message
unsent, and none is ever sent twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import discord

from bot.following.asking import ask_article
from bot.following.places import Closed, Gone, Place, place_of
from bot.rendering.following import ENTRIES, Entry, news
from bot.views.replies import FAULTS, embeds, persist
from bot.views.unfollow import unfollow_buttons
from bot.workers import ShuttingDown
from index.errors import FootnoteError

if TYPE_CHECKING:
    from bot.cogs.services import Services
    from index.catalog import Match

NOTES = 3
"""Articles that are told one by one; more that wait together are told in one card."""

DIGEST_HOUR = 8
"""UTC."""

SERVER_ERROR = 500
UNSENT = (discord.HTTPException, *FAULTS)

log = logging.getLogger(__name__)


class Teller:
    """Sends what waits in the database."""

    def __init__(
        self,
        client: discord.Client,
        services: Services,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._client = client
        self._services = services
        self._ask = services.workers.ask
        self._clock = clock

    async def tell(self) -> bool:
        """Tell everybody what waits for them; False where Discord could not, and it waits on."""
        waiting = self._services.library.records.matches.waiting
        matches = await self._ask(waiting, digest_time(self._clock()))
        return all([await self._try(message) for message in _messages(matches)])

    async def _try(self, matches: Sequence[Match]) -> bool:
        """Send one message; that it fails must not hold up all others."""
        try:
            await self._tell(matches)
        except UNSENT as error:
            log.warning("%s wait: %s", _ids(matches), type(error).__name__)
        except (FootnoteError, ShuttingDown, TimeoutError):
            raise
        except Exception:
            log.exception("%s cannot be told", _ids(matches))
        else:
            return True
        return False

    async def _tell(self, matches: Sequence[Match]) -> None:
        """Send what still answers, where somebody is still there to read it."""
        records = self._services.library.records
        try:
            place = await place_of(self._client, matches[0].follow)
        except Gone:
            for match in matches:
                await self._ask(records.follows.remove, match.follow.id)
            log.info("%s are gone", _ids(matches))
            return
        except Closed:
            log.info("%s may not be told", _ids(matches))
            await self._ask(records.matches.settle, matches)
            return
        if place is None:
            return
        entries, more = await self._read(matches)
        # To be finished, though the bot is told to stop meanwhile.
        sending = asyncio.create_task(self._send(place, matches, entries, more))
        await asyncio.shield(sending)

    async def _read(self, matches: Sequence[Match]) -> tuple[list[Entry], int]:
        """Return what is shown, and how many articles are not."""
        entries: list[Entry] = []
        for n, match in enumerate(matches):
            if len(entries) == ENTRIES:
                return entries, len(matches) - n
            answer = await ask_article(self._services, match.follow, match.article)
            if answer:
                entries.append(Entry(match.follow, answer))
        return entries, 0

    async def _send(
        self, place: Place, matches: Sequence[Match], entries: Sequence[Entry], more: int
    ) -> None:
        self._services.workers.track()
        records = self._services.library.records
        settled = await self._ask(records.matches.settle, matches)
        if not entries or not settled:
            return
        ids = {match.follow.id for match in matches}
        try:
            await self._post(place, entries, more)
        except discord.HTTPException as error:
            log.info("%s: Discord refused to tell: %s", _ids(matches), error.code)
            if isinstance(place, discord.Object) and error.status < SERVER_ERROR:
                await self._ask(records.follows.refused, ids)
        except FAULTS as error:
            log.warning("%s: not told: %s", _ids(matches), type(error).__name__)
        else:
            log.info("%s are told", _ids(matches))
            await self._ask(records.follows.arrived, ids)

    async def _post(self, place: Place, entries: Sequence[Entry], more: int) -> None:
        to = await self._client.create_dm(place) if isinstance(place, discord.Object) else place
        payload = news(entries, more)
        view = unfollow_buttons([entry.follow for entry in entries])
        # Discord drops a second message with this nonce, so it may be sent again.
        nonce = discord.utils.time_snowflake(self._clock()) + entries[0].follow.id
        await persist(
            lambda: to.send(payload.content or None, embeds=embeds(payload), view=view, nonce=nonce)
        )


def digest_time(now: datetime) -> datetime:
    """Return the last time at which digests were due."""
    today = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def _messages(matches: Sequence[Match]) -> Iterator[list[Match]]:
    """Divide what is told into messages."""
    for _, group in groupby(sorted(matches, key=_recipient), key=_recipient):
        together = list(group)
        if len(together) > NOTES or together[0].follow.digest:
            yield together
        else:
            yield from ([match] for match in together)


def _recipient(match: Match) -> tuple[str, str, bool]:
    """Whose messages are told together."""
    follow = match.follow
    return follow.space, follow.channel or f"to {follow.who}", follow.digest


def _ids(matches: Sequence[Match]) -> str:
    return ", ".join(f"follow {match.follow.id} article {match.article}" for match in matches)
