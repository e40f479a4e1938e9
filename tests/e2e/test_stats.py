import asyncio
import struct
from datetime import UTC, datetime, timedelta

import pytest

from index.store.catalog import Catalog
from index.store.usage import Questions, Votes
from tests.e2e.environment import NATO, done, words
from tests.fakediscord import Refused

pytestmark = pytest.mark.asyncio(loop_scope="session")
LACKING = "What did Hegseth say about China?"
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def past(env):
    """The stores of the running bot, as they were filled some days ago."""
    catalog = Catalog(env.database)

    def at(days_ago):
        def clock():
            return datetime.now(UTC) - timedelta(days=days_ago)

        return Questions(catalog.database, clock), Votes(catalog.database, clock)

    yield at
    catalog.close()


async def stats(server, **options):
    return await done(server.manager.slash(server.channel, "stats", **options))


async def counted(questions, server, count):
    """Questions are counted once their answers are sent."""
    for _ in range(200):
        today = questions.activity(server.guild.id, 1).days[-1]
        if today.answered + today.refused == count:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(today)


async def test_nothing_asked_is_said_without_a_picture(server):
    ix = await stats(server)
    assert ix.ephemeral
    assert "Nothing was asked in this server in the last 30 days." in words(ix)
    assert not ix.attachments
    assert "Nothing was asked in this server today." in words(await stats(server, days=1))


async def test_what_is_asked_is_counted_drawn_and_listed(server, past):
    for question in (NATO, LACKING, LACKING.lower()):
        await done(server.member.slash(server.channel, "ask", question=question))
    await counted(past(0)[0], server, 3)
    ix = await stats(server, days=7)
    assert ix.ephemeral
    assert "3 questions: 1 answered (33%), 2 refused (67%)" in words(ix)
    assert "No votes on answers" in words(ix)
    assert "s median time to answer" in words(ix)
    assert "- what did hegseth say about china? · 2 times" in words(ix).lower()
    (picture,) = ix.attachments
    assert picture.data.startswith(PNG)
    assert struct.unpack(">II", picture.data[16:24]) == (1100, 820)
    assert "3 questions: 1 answered, 2 refused; most on" in picture.description
    (embed,) = ix.embeds
    assert embed["image"]["url"] == picture.url


async def test_votes_and_gaps_of_the_period_alone(env, server, past):
    here, there = server.guild.id, env.acme.id
    for days_ago, question in ((40, "Who was first?"), (3, "Who is *last*?")):
        questions, votes = past(days_ago)
        questions.count(here, question, 300, answered=False)
        votes.put(here, f"{days_ago}", "1", f"Not: {question}", helpful=False, reason="No @here")
        votes.put(here, f"{days_ago}", "2", f"Not: {question}", helpful=True)
        questions.count(there, "Whose is this?", 300, answered=False)
        votes.put(there, f"x{days_ago}", "1", "Whose vote?", helpful=False)
    month = await stats(server)
    assert "1 question: 0 answered (0%), 1 refused (100%)" in words(month)
    assert "2 votes on answers: 1 helpful, 1 not helpful" in words(month)
    assert "- Who is *last*? · 1 time\n" in words(month)
    assert "- Not: Who is *last*? · 1 helpful, 1 not helpful\n  “No @here”" in words(month)
    assert "first" not in words(month)
    year = words(await stats(server, days=365))
    assert "2 questions: " in year
    assert "first" in year
    assert "Whose" not in year, "another server"
    assert not month.pinged


async def test_only_admins_see_statistics(server, past):
    past(0)[0].count(server.guild.id, "Who knows?", 300, answered=False)
    assert "stats" in server.manager.visible_commands(server.channel)
    with pytest.raises(Refused):
        await server.member.slash(server.channel, "stats")
    ix = await done(server.member.slash(server.channel, "stats", bypass_permissions=True))
    assert words(ix) == "You need Manage Server for that."
    assert ix.ephemeral
    assert not ix.embeds
    assert not ix.attachments


async def test_only_in_servers(server):
    assert "stats" not in server.manager.visible_commands(server.manager.dm)
    ix = await done(server.manager.slash(server.manager.dm, "stats", bypass_permissions=True))
    assert "only works in a server" in words(ix)


@pytest.mark.parametrize("days", [0, 366])
async def test_from_a_day_to_a_year(server, days):
    with pytest.raises(Refused):
        await server.manager.slash(server.channel, "stats", days=days)
