"""With WEB_URL set, Discord's cards lead to the web page."""

import re

import pytest
import pytest_asyncio

from tests.e2e.environment import NATO, SEED_TITLE, Environment, done, index_text

pytestmark = pytest.mark.asyncio(loop_scope="session")
WEB_URL = "http://127.0.0.1:8370"
SEED = rf"\[{SEED_TITLE}\]\({re.escape(WEB_URL)}/a/\w+"


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def env(new_data):
    async with Environment(new_data(), WEB_URL=WEB_URL) as env:
        yield env
        env.assert_no_errors()


async def test_an_answer_leads_to_its_sentence(env):
    answered = await env.alice.ask(env.general, f"{env.at} {NATO}", settle=0.3)
    assert re.search(SEED + r"#s\d+\)", answered.content_text)
    assert re.search(rf"\[\[1\]\]\({WEB_URL}/a/\w+#s\d+", answered.content_text)


async def test_a_list_leads_to_its_articles(env):
    listed = await done(env.alice.slash(env.general, "articles"))
    assert re.search(SEED + r"\)", listed.content_text)


async def test_what_was_indexed_here_has_a_link_with_a_key(env):
    indexed = await index_text(env.boss, env.general, "Owls", "The owl of Lindholm has two young.")
    assert re.search(rf"\[Owls\]\({WEB_URL}/a/\w+\?key=\w+\)", indexed.content_text)
