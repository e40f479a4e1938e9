import pytest
import pytest_asyncio

from bot.cogs.ask.strings import SUMMARY_QUESTION
from tests.e2e.world import SEED_TITLE, words

pytestmark = pytest.mark.asyncio(loop_scope="session")
ARTICLES = [
    ("Harbour strike", "Dockers at the harbour of Orm went on strike over pay.", "2026-03-01"),
    ("Harbour deal", "The strike at the harbour of Orm ended with a deal on pay.", "2026-03-09"),
    ("Buns", "A bakery in Lund sold its millionth cinnamon bun.", "2026-03-10"),
]


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def harbour(shared):
    """A server that has indexed three dated articles; returns its channel and a member."""
    guild = shared.add_server("Harbour")
    quay = guild.add_channel("quay")
    chief = guild.add_member("Chief", permissions="manage_guild")
    for title, text, date in ARTICLES:
        form = await (await chief.slash(quay, "index text")).final(20)
        values = {"Title": title, "Text": text, "Published": date}
        await (await chief.submit_modal(form, values)).final(
            20, settle=0.1, until=lambda ix: bool(ix.embeds)
        )
    return quay, guild.add_member("Guest")


async def done(ix):
    return await (await ix).final(20, settle=0.1)


async def test_latest_tells_the_newest_first_with_dates(harbour):
    quay, guest = harbour
    said = words(await done(guest.slash(quay, "latest", topic="the harbour strike")))
    assert said.index("ended with a deal") < said.index("went on strike")
    assert "bun" not in said
    assert "<t:" in said
    newest = words(await done(guest.slash(quay, "latest")))
    assert newest.index("cinnamon bun") < newest.index("ended with a deal")


async def test_latest_in_a_question_means_the_same(world, harbour):
    quay, guest = harbour
    reply = await guest.ask(quay, f"{world.at} what's new with the harbour strike?", settle=0.1)
    said = words(reply)
    assert said.index("ended with a deal") < said.index("went on strike")


async def test_latest_on_nothing_is_refused_and_of_another_server_unknown(world, harbour):
    quay, guest = harbour
    refused = words(await done(guest.slash(quay, "latest", topic="the Mars rover")))
    assert "The articles do not say." in refused
    other = words(await done(world.bea.slash(world.lobby, "latest", topic="the harbour strike")))
    assert "Dockers" not in other
    assert "ended with a deal" not in other


async def test_summary_of_an_article(world):
    offered = await world.alice.autocomplete(world.general, "summary", "article", "unsettling")
    (chosen,) = [choice["value"] for choice in offered if choice["name"] == SEED_TITLE]
    ix = await done(world.alice.slash(world.general, "summary", article=chosen, private=True))
    assert ix.ephemeral
    assert SUMMARY_QUESTION in words(ix)
    assert "[1]" in words(ix)


async def test_summary_of_no_article_names_it(world):
    ix = await done(world.alice.slash(world.general, "summary", article="No such"))
    assert "There is no article “No such” here." in words(ix)
