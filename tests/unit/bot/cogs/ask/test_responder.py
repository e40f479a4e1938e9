"""Messages that are answered only if the articles do: limits come before the search."""

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import discord
import pytest

from bot.cogs.ask.conversation import asked_by, clear, talk_back
from bot.cogs.ask.exchanges import Exchange
from bot.cogs.ask.responder import MessageSurface, Responder
from bot.discord.strings import NO_ARTICLES, NO_PUBLIC_ARTICLES
from bot.errors import FileNotRead, TooSoon, Unclear
from bot.flow import Asked
from bot.runtime.rate_limits import MOST_OVERHEARD
from bot.server_settings import ServerSettings
from bot.smalltalk import Talk, talk_of
from bot.strings import CHATTER
from index.ingest import Indexer
from index.model import Answer, Space
from index.store.replies import Replies
from tests.fakes import ALICE, ME, FakeFile, message

GUILD = 42
ROTA = b"Rota\n\nThe baker rests."


def overheard(services, exchange):
    allowed = discord.Permissions.all()
    return MessageSurface(services, exchange, exchange.question, allowed, overheard=True)


async def overhear(services, answer=None) -> Answer | None:
    """Answer a message that nobody addressed to the bot, or its edit if it has an `answer`."""
    exchange = Exchange(100, message(100), ("Who won?", frozenset()), answer)
    responder = Responder(Mock(user=Mock(id=ME)), services)
    return await responder._answer(overheard(services, exchange), exchange.question, "Who won?")


async def test_who_must_wait_is_not_searched_for(services):
    services.server_settings.change(GUILD, "member_cooldown_seconds", 60, ALICE)
    assert await overhear(services)  # nothing is found, so it does not count
    assert await overhear(services)
    services.cooldowns.take(GUILD, ALICE, await services.settings_of(GUILD))
    services.library.ask.reset_mock()
    with pytest.raises(TooSoon):
        await overhear(services)
    services.library.ask.assert_not_called()


@pytest.mark.parametrize(("seconds", "waits"), [(30, True), (61, False)])
async def test_who_asked_before_a_restart_waits(services, seconds, waits):
    before = datetime.now(UTC) - timedelta(seconds=seconds)
    Replies(services.library.records.database, lambda: before).put(
        "50", Space(str(GUILD)), str(ALICE), "Who won?"
    )
    services.server_settings.change(GUILD, "member_cooldown_seconds", 60, ALICE)
    with pytest.raises(TooSoon) if waits else nullcontext():
        await overhear(services)


async def test_a_busy_channel_is_overheard_so_often_a_minute(services):
    for _ in range(MOST_OVERHEARD):
        assert await overhear(services)
    assert await overhear(services) is None
    assert services.library.ask.call_count == MOST_OVERHEARD


async def test_edits_of_what_was_overheard_count_as_well_but_need_not_wait(services):
    services.server_settings.change(GUILD, "member_cooldown_seconds", 60, ALICE)
    services.cooldowns.take(GUILD, ALICE, await services.settings_of(GUILD))
    for _ in range(MOST_OVERHEARD):
        assert await overhear(services, answer=message(101))
    assert await overhear(services, answer=message(101)) is None
    assert services.library.ask.call_count == MOST_OVERHEARD


async def test_each_question_of_what_was_overheard_counts(services):
    exchange = Exchange(100, message(100), ("Who? Why?", frozenset()), message(101))
    earlier, surface = overheard(services, exchange), overheard(services, exchange)
    earlier.asked = asked_by(ALICE, GUILD, "Who won?", ServerSettings(), source=100)
    responder = Responder(Mock(user=Mock(id=ME)), services)
    for _ in range(MOST_OVERHEARD):
        assert await responder._answer_further(surface, "Why?", earlier)
    assert await responder._answer_further(surface, "Why?", earlier) is None


@pytest.fixture
def reading(services):
    services.library.read.side_effect = Indexer(None, None).read
    return Responder(Mock(user=Mock(id=ME)), services)


async def test_files_beside_a_question_are_read_but_pictures(reading):
    files = [FakeFile("rota.txt", ROTA), FakeFile("x.png", kind="image/png")]
    forwarded = message(3, attachments=[FakeFile("b.txt", ROTA, kind=None)])
    asked = message(4, attachments=files, message_snapshots=[forwarded], jump_url="https://d/4")
    found = await reading._documents(asked)
    assert [(one.title, one.source) for one in found] == [("Rota", "https://d/4")] * 2


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (FakeFile("x.zip", kind="application/zip"), "I can't read .zip files"),
        (
            FakeFile("rota.txt", b"Word after word. " * 4_000),
            "it's too long to read with a question",
        ),
    ],
)
async def test_why_a_file_beside_a_question_is_not_read(reading, file, reason):
    with pytest.raises(FileNotRead, match=reason):
        await reading._documents(message(4, attachments=[file], jump_url="https://d/4"))


@pytest.mark.parametrize(("guild", "told"), [(GUILD, NO_ARTICLES), (None, NO_PUBLIC_ARTICLES)])
async def test_small_talk_without_articles_says_so(services, guild, told):
    services.library.suggestions.return_value = ()
    services.library.find.return_value = ()
    assert told in (await talk_back(services, Talk.GREETING, guild)).content


@pytest.mark.parametrize("guild", [GUILD, None])
async def test_chatter_gets_one_line(services, guild):
    services.library.suggestions.return_value = ("When did the harbour reopen?",)
    assert (await talk_back(services, Talk.CHATTER, guild)).content == CHATTER


async def test_help_in_a_direct_message_speaks_of_what_is_searched_there(services):
    services.library.suggestions.return_value = ()
    told = (await talk_back(services, Talk.HELP, None)).content
    assert told.startswith("I answer questions from the public articles")
    assert "ention me" not in told


@pytest.mark.parametrize(
    ("guild", "told"), [(GUILD, "Members allowed to index"), (None, "can't add articles in direct")]
)
async def test_a_link_alone_gets_how_articles_are_added(services, guild, told):
    assert told in (await talk_back(services, talk_of("https://news.example/"), guild)).content


@pytest.mark.parametrize("known", [{}, {"about": "The ferry sank."}, {"article": "b272e38e"}])
def test_a_question_about_nothing_that_was_said_is_unclear(known):
    asked = Asked("is this true?", **known)
    if known:
        assert clear(asked) is asked
    else:
        with pytest.raises(Unclear):
            clear(asked)
