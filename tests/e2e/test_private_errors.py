import pytest

from tests.e2e.environment import index_text, words

pytestmark = pytest.mark.asyncio(loop_scope="session")

FAULTS = [
    ("ask", {"question": "Who?", "article": "none such"}, "There's no article"),
    ("summary", {"article": "none such"}, "There's no article"),
    ("index url", {"link": "example.com/x"}, "https://"),
    ("reindex", {"article": "none such"}, "There's no article"),
    ("feeds add", {"link": "example.com/x"}, "I can't follow"),
    ("feeds check", {"feed": "none such"}, "There's no feed"),
]


async def assert_only_told_to_the_actor(ix, says):
    await ix.final()
    assert says in words(ix)
    assert ix.ephemeral
    assert ix.original.deleted or ix.original.ephemeral, "others see no trace of it"


@pytest.mark.parametrize(("command", "options", "says"), FAULTS)
async def test_an_error_after_a_public_acknowledgement(env, command, options, says):
    ix = await env.boss.slash(env.general, command, **options)
    await assert_only_told_to_the_actor(ix, says)


async def test_a_form_that_cannot_be_indexed(env):
    form = await (await env.boss.slash(env.general, "index text")).response()
    submitted = await env.boss.submit_modal(form, {"Title": "Blank", "Text": " \n " * 9})
    await assert_only_told_to_the_actor(submitted, "I couldn't index")


async def test_what_goes_well_is_public(env):
    ix = await index_text(env.boss, env.general, "Heron", "A heron nests at Ull.")
    assert not ix.ephemeral
