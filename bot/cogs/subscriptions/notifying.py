"""Look for new articles, and notify the subscribers that they match."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

import discord

from bot.cogs.ask import strings as ask_strings
from bot.cogs.subscriptions.cards import ENTRIES, MatchedAnswer, notification, unfollow_buttons
from bot.discord.replies import FAULTS, SERVER_ERROR, new_nonce, send, still_known
from bot.errors import ShuttingDown
from bot.runtime.leadership import Leadership
from bot.server_settings import visible
from bot.services import Services
from index.answers import summary_requests
from index.errors import FootnoteError, UnknownArticle
from index.model import PUBLIC, Answer, Certainty, Space
from index.store.subscriptions import Arrival, Match, Subscription
from index.text.words import subject_words

log = logging.getLogger(__name__)

# In capitals it is a name: WHO.
_QUESTION = re.compile(r"(?:[Ww]h(?:o|om|ose|at|en|ere|ich|y)|[Hh]ow)\b.*|.*[?？؟;]\s*", re.DOTALL)


def question_of(topic: str) -> str:
    """Return the topic itself where it is a question, else one for the latest on it.

    Any article can be summed up, so what asks for a summary is taken for the topic of one.
    """
    if summary_requests.is_request(topic):
        return ask_strings.latest_question(summary_requests.topic(subject_words(topic)))
    return topic if _QUESTION.fullmatch(topic) else ask_strings.latest_question(topic)


def guild_of(space: Space) -> int | None:
    """Return the server whose own space it is, None for public."""
    return None if space == PUBLIC else int(space)


async def ask_article(
    services: Services, subscription: Subscription, article: str
) -> Answer | None:
    """Ask the article with the server's settings of now; return None where it does not answer.

    So it is for an article that is gone, or not to be seen there. Takes its time, so that whoever
    asks a question meanwhile is answered as fast. Raises StorageError, ModelError,
    TimeoutError.
    """
    began = time.perf_counter()
    guild_id = guild_of(subscription.space)
    settings = await services.settings_of(guild_id)
    try:
        found = await services.workers.ask(
            services.library.ask,
            question_of(subscription.topic),
            visible(guild_id, public=settings.public),
            article_id=article,
            thresholds=settings.thresholds,
        )
    except UnknownArticle:
        return None
    except (FootnoteError, ShuttingDown, TimeoutError):
        raise
    except Exception:  # one topic that breaks the answering must not hold up all others
        log.exception("subscription %d: article %s cannot be asked", subscription.id, article)
        return None
    await asyncio.sleep(time.perf_counter() - began)
    return found if found.certainty is Certainty.SURE else None


class Matcher:
    """Matches articles in order; the database keeps how far it is, also over restarts."""

    def __init__(
        self,
        client: discord.Client,
        services: Services,
        lead: Leadership,
        *,
        everywhere: bool = False,
    ) -> None:
        """Of several processes the one that leads matches.

        `everywhere` has it match for servers that the other processes carry as well.
        """
        self._client = client
        self._services = services
        self._lead = lead
        self._everywhere = everywhere

    async def match_next(self) -> bool:
        """Match the next article, if there is one; an article is noted whole or not at all."""
        ask, matches = self._services.workers.ask, self._services.library.records.matches
        if not await self._lead.obtain():
            return False
        arrival = await ask(matches.next)
        if arrival is None:
            return False
        here = [PUBLIC, *(Space(str(guild.id)) for guild in self._client.guilds)]
        spaces = None if self._everywhere else here
        matching = await self._matching(arrival, await ask(matches.candidates, arrival, spaces))
        await ask(matches.note, arrival, matching)
        log.info("article %s matches %d subscriptions", arrival.article, len(matching))
        return True

    async def _matching(
        self, arrival: Arrival, subscriptions: list[Subscription]
    ) -> list[Subscription]:
        """Return those that the article answers to; a server asks the same only once."""
        known: dict[tuple[Space, str], bool] = {}
        matching = []
        for subscription in subscriptions:
            key = (subscription.space, subscription.topic.casefold())
            if key not in known:
                known[key] = bool(await ask_article(self._services, subscription, arrival.article))
            if known[key]:
                matching.append(subscription)
        return matching


Recipient = discord.TextChannel | discord.Object
"""A channel, or a user by id."""


class RecipientGone(Exception):
    """The channel is gone, or the user has left the server: the subscription ends."""


class ChannelClosed(Exception):
    """The bot may not write in the channel: what is new meanwhile is not posted."""


async def recipient_of(client: discord.Client, subscription: Subscription) -> Recipient | None:
    """Return where to send; None where it is for another process, or the server is out of reach.

    Raises RecipientGone, ChannelClosed, and errors of Discord that may pass.
    """
    guild_id = guild_of(subscription.space)
    if guild_id is None:
        return discord.Object(int(subscription.who)) if has_direct_messages(client) else None
    guild = client.get_guild(guild_id)
    if guild is None or guild.unavailable:
        return None
    try:
        if subscription.channel is not None:
            return await _channel(guild, int(subscription.channel))
        # What discord.py remembers of members may be out of date: it hears of none who leave.
        await guild.fetch_member(int(subscription.who))
    except discord.NotFound as error:
        raise RecipientGone from error
    return discord.Object(int(subscription.who))


def has_direct_messages(client: discord.Client) -> bool:
    """Return whether, of all processes of one bot, this one carries shard 0, as they do."""
    # A client without shards does not have the attribute.
    shards: list[int] | None = getattr(client, "shard_ids", None)
    return shards is None or 0 in shards


def may_notify(channel: discord.abc.GuildChannel, member: discord.Member) -> bool:
    """Return whether a member may write cards in a channel."""
    allowed = channel.permissions_for(member)
    return allowed.view_channel and allowed.send_messages and allowed.embed_links


async def _channel(guild: discord.Guild, channel_id: int) -> discord.TextChannel:
    channel = guild.get_channel(channel_id)
    if channel is None:
        try:
            await guild.fetch_channel(channel_id)
        except discord.Forbidden as error:
            raise ChannelClosed from error
    if not isinstance(channel, discord.TextChannel) or not may_notify(channel, guild.me):
        raise ChannelClosed
    return channel


NOTES = 3
"""Articles that are posted one by one; more that wait together are posted in one card."""

DIGEST_HOUR = 8
"""UTC."""

UNSENT = (discord.HTTPException, *FAULTS)


class Notifier:
    """Sends what waits in the database.

    A message's nonce is noted before it is sent. What a process left that was killed then is sent
    again with it, for as long as Discord drops a second one.
    """

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

    async def notify(self) -> bool:
        """Post everything that waits; return False where Discord failed, and it waits on."""
        waiting = self._services.library.records.matches.waiting
        matches = await self._ask(waiting, digest_time(self._clock()))
        return all([await self._try(message) for message in _messages(matches)])

    async def _try(self, matches: Sequence[Match]) -> bool:
        """Send one message; that it fails must not hold up all others."""
        try:
            await self._notify(matches)
        except UNSENT as error:
            log.warning("%s wait: %s", _ids(matches), type(error).__name__)
        except (FootnoteError, ShuttingDown, TimeoutError):
            raise
        except Exception:
            log.exception("%s cannot be posted", _ids(matches))
        else:
            return True
        return False

    async def _notify(self, matches: Sequence[Match]) -> None:
        """Send what still answers, where somebody is still there to read it."""
        records = self._services.library.records
        try:
            recipient = await recipient_of(self._client, matches[0].subscription)
        except RecipientGone:
            for match in matches:
                await self._ask(records.subscriptions.remove, match.subscription.id)
            log.info("%s are gone", _ids(matches))
            return
        except ChannelClosed:
            log.info("%s may not be posted", _ids(matches))
            await self._ask(records.matches.settle, matches)
            return
        if recipient is None:
            return
        begun = matches[0].nonce
        if begun and not still_known(int(begun), self._clock()):
            log.warning("%s: it is not known whether it was posted", _ids(matches))
            await self._ask(records.matches.settle, matches)
            return
        entries, more = await self._read(matches)
        # To be finished, though the bot stops meanwhile.
        sending = asyncio.create_task(self._send(recipient, matches, entries, more))
        await asyncio.shield(sending)

    async def _read(self, matches: Sequence[Match]) -> tuple[list[MatchedAnswer], int]:
        """Return what is shown, and how many articles are not."""
        entries: list[MatchedAnswer] = []
        for n, match in enumerate(matches):
            if len(entries) == ENTRIES:
                return entries, len(matches) - n
            answer = await ask_article(self._services, match.subscription, match.article)
            if answer:
                places = await self._services.places(answer)
                entries.append(MatchedAnswer(match.subscription, answer, places))
        return entries, 0

    async def _send(
        self,
        recipient: Recipient,
        matches: Sequence[Match],
        entries: Sequence[MatchedAnswer],
        more: int,
    ) -> None:
        self._services.workers.track()
        records = self._services.library.records
        if not entries:
            await self._ask(records.matches.settle, matches)
            return
        first = matches[0]
        nonce = first.nonce or str(new_nonce(self._clock(), first.subscription.id))
        if first.nonce is None:
            matches = await self._ask(records.matches.begin, matches, nonce)
        if not matches:  # another process sends it
            return
        ids = {match.subscription.id for match in matches}
        try:
            await self._post(recipient, entries, more, int(nonce))
        except discord.HTTPException as error:
            if error.status >= SERVER_ERROR:
                raise
            log.info("%s: Discord rejected the message: %s", _ids(matches), error.code)
            if isinstance(recipient, discord.Object):
                await self._ask(records.subscriptions.delivery_failed, ids)
        else:
            log.info("%s are posted", _ids(matches))
            await self._ask(records.subscriptions.arrived, ids)
        await self._ask(records.matches.settle, matches)

    async def _post(
        self, recipient: Recipient, entries: Sequence[MatchedAnswer], more: int, nonce: int
    ) -> None:
        to = (
            await self._client.create_dm(recipient)
            if isinstance(recipient, discord.Object)
            else recipient
        )
        view = unfollow_buttons([entry.subscription for entry in entries])
        await send(to, notification(entries, more), nonce, view)


def digest_time(now: datetime) -> datetime:
    """Return the last time at which digests were due."""
    today = now.replace(hour=DIGEST_HOUR, minute=0, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)


def _messages(matches: Sequence[Match]) -> Iterator[list[Match]]:
    """Divide matches into messages; those of one that was begun stay together."""
    for _, group in groupby(sorted(matches, key=_message), key=_message):
        together = list(group)
        first = together[0]
        if len(together) > NOTES or first.subscription.digest or first.nonce:
            yield together
        else:
            yield from ([match] for match in together)


def _message(match: Match) -> tuple[str, str, bool, str]:
    """Return what is the same for matches that go into one message."""
    one = match.subscription
    return one.space, one.channel or f"to {one.who}", one.digest, match.nonce or ""


def _ids(matches: Sequence[Match]) -> str:
    return ", ".join(
        f"subscription {match.subscription.id} article {match.article}" for match in matches
    )


POLL_SECONDS = 3.0

ARTICLES = 20
"""Matched in one poll."""

PATIENCE_SECONDS = 300.0
"""While articles keep coming nothing is posted, so that many come in one card; but no longer."""

PAUSE_SECONDS = 30.0
"""After something went wrong."""


class Poller:
    """Looks for new articles; one small query where there are none."""

    def __init__(
        self,
        client: discord.Client,
        services: Services,
        lead: Leadership,
        poll_seconds: float = POLL_SECONDS,
        *,
        everywhere: bool = False,
    ) -> None:
        """See `Matcher` for `lead` and `everywhere`."""
        self._client = client
        self._services = services
        self._matcher = Matcher(client, services, lead, everywhere=everywhere)
        self._notifier = Notifier(client, services)
        self._poll_seconds = poll_seconds
        self._newest = -1
        self._coming_since: float | None = None

    async def run(self) -> None:
        """Match and notify until cancelled; a message that is being sent is finished."""
        await self._client.wait_until_ready()
        while True:
            well = False
            try:
                well = await self.poll()
            except (FootnoteError, TimeoutError) as error:
                log.warning("new articles cannot be matched: %s", type(error).__name__)
            except Exception:
                log.exception("new articles cannot be matched")
            await asyncio.sleep(self._poll_seconds if well else PAUSE_SECONDS)

    async def poll(self) -> bool:
        """Match new articles and, once no more come, notify; return False where that failed."""
        newest = await self._services.workers.ask(self._services.library.records.matches.newest)
        quiet, self._newest = newest == self._newest, newest
        left = ARTICLES
        while left and await self._matcher.match_next():
            left -= 1
        if (quiet and left) or self._out_of_patience():
            self._coming_since = None
            return await self._notifier.notify()
        return True

    def _out_of_patience(self) -> bool:
        now = time.monotonic()
        if self._coming_since is None:
            self._coming_since = now
        return now - self._coming_since >= PATIENCE_SECONDS
