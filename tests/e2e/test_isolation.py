import pytest
import pytest_asyncio

from tests.e2e.world import index, words
from tests.soak.isolation import probe
from tests.soak.ways import WAYS

pytestmark = pytest.mark.asyncio(loop_scope="session")
CANARY = "xylophone"


@pytest_asyncio.fixture(loop_scope="session")
async def canary(world):
    text = f"The secret word of Acme is {CANARY}, its directors agreed."
    return await index(world, world.boss, world.general, "Secret of Acme", text)


async def bea(world, name, **options):
    ix = await world.bea.slash(world.lobby, name, **options)
    return words(await ix.final(20, settle=0.1))


async def test_questions_and_lists(world, canary):
    own = await world.alice.slash(world.general, "ask", question="What is the secret word of Acme?")
    assert CANARY in words(await own.final(20, settle=0.1))
    assert CANARY not in await bea(world, "ask", question="What is the secret word of Acme?")
    assert "Secret" not in await bea(world, "articles")
    direct = await world.alice.ask(world.alice.dm, "What is the secret word of Acme?", settle=0.1)
    assert CANARY not in words(direct)


async def test_titles_are_not_offered(world, canary):
    assert await world.alice.autocomplete(world.general, "ask", "article", "secret")
    for name in ("ask", "remove", "reindex"):
        assert not await world.bea.autocomplete(world.lobby, name, "article", "secret")


@pytest.mark.parametrize("given", ["id", "title"])
async def test_the_other_servers_article_does_not_exist(world, canary, given):
    article = canary if given == "id" else "Secret of Acme"
    for name in ("remove", "reindex"):
        assert "There is no article" in await bea(world, name, article=article)
    asked = await bea(world, "ask", question="What is the secret word?", article=article)
    assert "There is no article" in asked
    assert CANARY not in asked


async def test_forged_button(world, canary):
    await index(world, world.bea, world.lobby, "Mine", "Beta grows beans, its farmers said.")
    ix = await (await world.bea.slash(world.lobby, "remove", article="Mine")).final(20, settle=0.1)
    world.forge(ix.message, f"removal:remove:{world.bea.id}:{canary}", label="Remove")
    done = await (await world.bea.click(ix, "Remove")).final(20, settle=0.1)
    assert "There is no article" in words(done)
    own = await world.alice.slash(world.general, "ask", question="What is the secret word of Acme?")
    assert CANARY in words(await own.final(20, settle=0.1))


async def test_no_way_leads_from_one_server_to_another(world):
    """Every way once; `make soak` tries 10,000 times."""
    report = await probe(world, count=len(WAYS))
    assert not report.crossed
    assert report.tried.keys() == WAYS.keys(), str(report)
