import pytest
import pytest_asyncio

from tests.e2e.environment import SEED_TITLE, done, index_text, words

pytestmark = pytest.mark.asyncio(loop_scope="session")
ARTICLES = [
    ("Harbour strike", "Dockers at the harbour of Orm went on strike over pay.", "2026-03-01"),
    ("Harbour deal", "The strike at the harbour of Orm ended with a deal on pay.", "2026-03-09"),
    ("Buns", "A bakery in Lund sold its millionth cinnamon bun.", "2026-03-10"),
]


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def server(shared):
    """A server that has indexed three dated articles; returns its channel and a member."""
    guild = shared.add_server("Harbour")
    channel = guild.add_channel("general")
    manager = guild.add_member("Manager", permissions="manage_guild")
    for title, text, date in ARTICLES:
        await index_text(manager, channel, title, text, Published=date)
    return channel, guild.add_member("Member")


async def test_latest_tells_the_newest_first_with_dates(server):
    channel, member = server
    said = words(await done(member.slash(channel, "latest", topic="the harbour strike")))
    assert said.index("ended with a deal") < said.index("went on strike")
    assert "bun" not in said
    assert "<t:" in said
    newest = words(await done(member.slash(channel, "latest")))
    assert newest.index("cinnamon bun") < newest.index("ended with a deal")


async def test_latest_in_a_question_means_the_same(env, server):
    channel, member = server
    reply = await member.ask(channel, f"{env.at} what's new with the harbour strike?")
    said = words(reply)
    assert said.index("ended with a deal") < said.index("went on strike")


async def test_latest_on_nothing_is_refused_and_of_another_server_unknown(env, server):
    channel, member = server
    refused = words(await done(member.slash(channel, "latest", topic="the Mars rover")))
    assert "I couldn't find that in the articles." in refused
    other = words(await done(env.bea.slash(env.lobby, "latest", topic="the harbour strike")))
    assert "Dockers" not in other
    assert "ended with a deal" not in other


async def test_summary_of_an_article(env):
    offered = await env.alice.autocomplete(env.general, "summary", "article", "unsettling")
    (chosen,) = [choice["value"] for choice in offered if choice["name"] == SEED_TITLE]
    ix = await done(env.alice.slash(env.general, "summary", article=chosen, private=True))
    assert ix.ephemeral
    assert ix.embeds[0]["title"] == SEED_TITLE
    assert "[1]" in words(ix)


async def test_summary_of_no_article_names_it(env):
    ix = await done(env.alice.slash(env.general, "summary", article="No such"))
    assert "There's no article “No such” here." in words(ix)
