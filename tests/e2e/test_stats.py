import asyncio
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from index.store.catalog import Catalog
from index.store.database import DATABASE
from index.store.usage import Questions
from index.store.votes import Votes
from tests.e2e.world import NATO, words
from tests.fakediscord import Refused

pytestmark = pytest.mark.asyncio(loop_scope="session")
LACKING = "What did Hegseth say about China?"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def press(world):
    """A server of its own for each test."""
    guild = world.add_server("Press")
    return SimpleNamespace(
        guild=guild,
        desk=guild.add_channel("desk"),
        chief=guild.add_member("Chief", permissions="manage_guild"),
        guest=guild.add_member("Guest"),
    )


@pytest.fixture
def past(world):
    """The stores of the running bot, as they were filled some days ago."""
    catalog = Catalog(Path(world.environment["FOOTNOTE_DATA"]) / DATABASE)

    def at(days_ago):
        def clock():
            return datetime.now(UTC) - timedelta(days=days_ago)

        return Questions(catalog.database, clock), Votes(catalog.database, clock)

    yield at
    catalog.close()


async def done(ix):
    return await (await ix).final(60, settle=0.1)


async def stats(press, **options):
    return await done(press.chief.slash(press.desk, "stats", **options))


async def counted(questions, press, count):
    """Questions are counted once their answers are sent."""
    for _ in range(200):
        today = questions.activity(press.guild.id, 1).days[-1]
        if today.answered + today.refused == count:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(today)


async def test_nothing_asked_is_said_without_a_picture(press):
    ix = await stats(press)
    assert ix.ephemeral
    assert "Nothing was asked in this server in the last 30 days." in words(ix)
    assert not ix.attachments
    assert "Nothing was asked in this server today." in words(await stats(press, days=1))


async def test_what_is_asked_is_counted_drawn_and_told(press, past):
    for question in (NATO, LACKING, LACKING.lower()):
        await done(press.guest.slash(press.desk, "ask", question=question))
    await counted(past(0)[0], press, 3)
    ix = await stats(press, days=7)
    assert ix.ephemeral
    assert "3 questions: 1 answered (33%), 2 refused (67%)" in words(ix)
    assert "No votes on answers" in words(ix)
    assert "s to answer, in the median" in words(ix)
    assert "- what did hegseth say about china? · 2 times" in words(ix).lower()
    (picture,) = ix.attachments
    assert picture.data.startswith(PNG)
    assert struct.unpack(">II", picture.data[16:24]) == (1100, 820)
    assert "3 questions: 1 answered, 2 refused; the most on" in picture.description
    (embed,) = ix.embeds
    assert embed["image"]["url"] == picture.url


async def test_votes_and_gaps_of_the_period_alone(world, press, past):
    here, there = press.guild.id, world.acme.id
    for days_ago, question in ((40, "Who was first?"), (3, "Who is *last*?")):
        questions, votes = past(days_ago)
        questions.count(here, question, 300, answered=False)
        votes.put(here, f"{days_ago}", "1", f"Not: {question}", helpful=False, reason="No @here")
        votes.put(here, f"{days_ago}", "2", f"Not: {question}", helpful=True)
        questions.count(there, "Whose is this?", 300, answered=False)
        votes.put(there, f"x{days_ago}", "1", "Whose vote?", helpful=False)
    month = await stats(press)
    assert "1 question: 0 answered (0%), 1 refused (100%)" in words(month)
    assert "2 votes on answers: 1 helpful, 1 not helpful" in words(month)
    assert "- Who is *last*? · 1 time\n" in words(month)
    assert "- Not: Who is *last*? · 1 helpful, 1 not helpful\n  “No @here”" in words(month)
    assert "first" not in words(month)
    year = words(await stats(press, days=365))
    assert "2 questions: " in year
    assert "first" in year
    assert "Whose" not in year, "another server"
    assert not month.pinged


async def test_the_admins_alone_are_told(press, past):
    past(0)[0].count(press.guild.id, "Who knows?", 300, answered=False)
    assert "stats" in press.chief.visible_commands(press.desk)
    with pytest.raises(Refused):
        await press.guest.slash(press.desk, "stats")
    ix = await done(press.guest.slash(press.desk, "stats", bypass_permissions=True))
    assert words(ix) == "That needs the permission Manage Server."
    assert ix.ephemeral
    assert not ix.embeds
    assert not ix.attachments


async def test_only_in_servers(press):
    assert "stats" not in press.chief.visible_commands(press.chief.dm)
    ix = await done(press.chief.slash(press.chief.dm, "stats", bypass_permissions=True))
    assert "in a server only" in words(ix)


@pytest.mark.parametrize("days", [0, 366])
async def test_from_a_day_to_a_year(press, days):
    with pytest.raises(Refused):
        await press.chief.slash(press.desk, "stats", days=days)
