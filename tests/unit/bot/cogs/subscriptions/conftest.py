"""A bot's surroundings without Discord and without an index: who is there, and what answers."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from unittest.mock import Mock

import discord
import pytest

from bot.runtime.leadership import Leadership
from bot.runtime.threads import Workers
from bot.services import Services
from index.errors import UnknownArticle
from index.model import THRESHOLDS, Space
from index.store.articles import put_article
from index.store.catalog import Catalog
from index.store.records import Records
from index.store.subscriptions import Arrival, Matches, Subscriptions
from tests.builders import answer, article, citation
from tests.fakes import Clock, http_error

GUILD = 42
OWN, ELSEWHERE = Space(str(GUILD)), Space("43")
EVENING = datetime(2026, 11, 24, 20, tzinfo=UTC)
QUOTE = "Dockers went on strike."


class FakeChannel:
    """Records what it is sent; raises `faults` one by one before that."""

    def __init__(self) -> None:
        self.sent: list[tuple[str | None, list[str], list[str]]] = []
        self.nonces: list[int] = []
        self.faults: list[Exception] = []

    async def send(self, content=None, *, embeds, view, nonce, **_) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.nonces.append(nonce)
        labels = [item.item.label for item in view.children]
        self.sent.append((content, [embed.title for embed in embeds], labels))


class FakeGuild:
    """A server; `members` are those that Discord knows, `channels` those of it."""

    unavailable = False
    me = object()

    def __init__(self, guild_id: int) -> None:
        self.id, self.members, self.channels = guild_id, {7, 8}, {}

    def add_channel(self, channel_id: int, **allowed: bool) -> Mock:
        rights = discord.Permissions(
            **{"view_channel": True, "send_messages": True, "embed_links": True, **allowed}
        )
        channel = Mock(spec=discord.TextChannel, id=channel_id)
        channel.permissions_for = lambda _: rights
        channel.sent = FakeChannel()
        channel.send = channel.sent.send
        self.channels[channel_id] = channel
        return channel

    def get_channel(self, channel_id: int):
        return self.channels.get(channel_id)

    async def fetch_channel(self, _: int):
        raise http_error(404, 10003)

    async def fetch_member(self, user_id: int):
        if user_id not in self.members:
            raise http_error(404, 10007)
        return SimpleNamespace(id=user_id)


class FakeClient:
    """In one server, with a direct channel to everybody."""

    def __init__(self) -> None:
        self.guild = FakeGuild(GUILD)
        self.direct: dict[int, FakeChannel] = {}

    @property
    def guilds(self):
        return [self.guild]

    def get_guild(self, guild_id: int):
        return self.guild if guild_id == GUILD else None

    def to(self, user_id: int) -> FakeChannel:
        return self.direct.setdefault(user_id, FakeChannel())

    async def create_dm(self, user) -> FakeChannel:
        return self.to(user.id)

    async def wait_until_ready(self) -> None:
        """Ready at once."""


class FakeLibrary:
    """Each of `articles` (id to space) answers the topics that are in its set."""

    thresholds = THRESHOLDS

    def __init__(self, records: Records) -> None:
        self.records = records
        self.articles: dict[str, Space] = {}
        self.answers: dict[str, set[str]] = {}
        self.asked: list[tuple[str, str]] = []
        self.broken: list[Exception] = []

    def ask(self, question, spaces, *, article_id, thresholds):
        self.asked.append((question, article_id))
        if self.broken:
            raise self.broken.pop(0)
        if self.articles.get(article_id) not in spaces:
            raise UnknownArticle(article_id)
        answered = any(topic in question for topic in self.answers[article_id])
        about = article(article_id, f"Title {article_id}", space=self.articles[article_id])
        cited = [citation(QUOTE, of=about)] if answered else []
        return answer(*cited, question=question)


class Harness:
    """A database, a server, a library and the services over them."""

    def __init__(self, catalog: Catalog, workers: Workers) -> None:
        self.clock, self.client, self.workers = Clock(EVENING), FakeClient(), workers
        self.database = catalog.database
        self.subscriptions = Subscriptions(self.database, self.clock)
        self.matches = Matches(self.database, self.clock)
        self.records = Records(self.database)
        self.records.subscriptions, self.records.matches = self.subscriptions, self.matches
        self.library = FakeLibrary(self.records)
        self.services = Services(self.library, self.workers, None)
        self.free = True
        self.lead = Leadership(self)

    def obtain(self) -> bool:
        """Lead while nobody else does; this is the lock, too."""
        return self.free

    def subscribe(self, topic="strike", *, space=OWN, who="7", channel=None, digest=False):
        put = self.subscriptions.put(space, who, topic, channel=channel, digest=digest)
        return put.subscription

    def arrive(self, arrived: str, *topics: str, space: Space = OWN) -> None:
        """Publish an article that answers to these topics."""
        self.library.articles[arrived], self.library.answers[arrived] = space, set(topics)
        with self.database.writing() as connection:
            put_article(connection, article(arrived, space=space), "toy")

    def matched(self, subscription, *articles: str) -> None:
        """Have articles that match a subscription wait."""
        for n, matched in enumerate(articles):
            self.library.articles.setdefault(matched, subscription.space)
            self.library.answers.setdefault(matched, set()).add(subscription.topic)
            self.matches.note(Arrival(n + 1, matched, subscription.space), [subscription])

    def waiting(self) -> list[str]:
        return [match.article for match in self.matches.waiting(self.clock.now)]


@pytest.fixture
def harness(catalog, workers):
    return Harness(catalog, workers)
