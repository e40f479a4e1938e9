import pytest
import pytest_asyncio

from tests.e2e import quick_bot
from tests.e2e.environment import Environment, index, words
from tests.soak.checks.isolation import figures
from tests.soak.isolation import probe
from tests.soak.isolation.actions import ACTIONS

pytestmark = pytest.mark.asyncio(loop_scope="session")
CANARY = "xylophone"


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def env(new_data):
    async with Environment(new_data(), run=quick_bot.RUN) as env:
        yield env
        env.assert_no_errors()


@pytest_asyncio.fixture(loop_scope="session")
async def canary(env):
    text = f"The secret word of Acme is {CANARY}, its directors agreed."
    return await index(env, env.boss, env.general, "Secret of Acme", text)


async def bea(env, name, **options):
    ix = await env.bea.slash(env.lobby, name, **options)
    return words(await ix.final())


async def test_questions_and_lists(env, canary):
    own = await env.alice.slash(env.general, "ask", question="What is the secret word of Acme?")
    assert CANARY in words(await own.final())
    assert CANARY not in await bea(env, "ask", question="What is the secret word of Acme?")
    assert "Secret" not in await bea(env, "articles")
    direct = await env.alice.ask(env.alice.dm, "What is the secret word of Acme?")
    assert CANARY not in words(direct)


async def test_titles_are_not_offered(env, canary):
    assert await env.alice.autocomplete(env.general, "ask", "article", "secret")
    for name in ("ask", "remove", "reindex"):
        assert not await env.bea.autocomplete(env.lobby, name, "article", "secret")


@pytest.mark.parametrize("given", ["id", "title"])
async def test_the_other_servers_article_does_not_exist(env, canary, given):
    article = canary if given == "id" else "Secret of Acme"
    for name in ("remove", "reindex"):
        assert "There's no article" in await bea(env, name, article=article)
    asked = await bea(env, "ask", question="What is the secret word?", article=article)
    assert "There's no article" in asked
    assert CANARY not in asked


async def test_forged_button(env, canary):
    await index(env, env.bea, env.lobby, "Mine", "Beta grows beans, its farmers said.")
    ix = await (await env.bea.slash(env.lobby, "remove", article="Mine")).final()
    env.forge(ix.message, f"removal:remove:{env.bea.id}:{canary}", label="Remove")
    done = await (await env.bea.click(ix, "Remove")).final()
    assert "Gone already" in words(done)
    own = await env.alice.slash(env.general, "ask", question="What is the secret word of Acme?")
    assert CANARY in words(await own.final())


async def test_no_action_shows_what_another_server_has(env):
    """Every action once; `make soak` tries 10,000 times."""
    report = await probe(env, count=len(ACTIONS))
    assert [figure for figure in figures(report) if not figure.held] == []
    assert report.tried.keys() == ACTIONS.keys()
