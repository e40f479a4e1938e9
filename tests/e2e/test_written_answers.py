"""Answers put in a language model's words, by a server that says what a test tells it to."""

import pytest
import pytest_asyncio

from bot.cogs.settings.strings import SETTING_NAMES, daily_tokens
from bot.llm.draft import Fault
from bot.llm.strings import NOTES, OWN_WORDS, STOP, WRITING
from tests.e2e.environment import NATO, NATO_WORDS, Environment, words
from tests.llmserver.scripts import refusal, says
from tests.llmserver.server import ScriptedServer
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")
KEY = "sk-canary-4711"
MODEL = "tiny-model"
TRUE = "Hegseth dismissed Ukraine's aspirations for NATO membership. [1]"
ALSO = 'Hegseth labeled it "unrealistic" for Ukraine to expect to reclaim territory. [1]'
FALSE = "Hegseth supported the NATO membership of Poland. [1]"
MARK = f"Written by {MODEL}, checked against the quotes."
PANCAKES = "Which recipe for pancakes is best?"


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def written(new_data):
    """A bot with a language model."""
    with ScriptedServer() as server:
        llm = {"LLM_BASE_URL": server.url, "LLM_MODEL": MODEL, "LLM_API_KEY": KEY}
        async with Environment(new_data(), **llm, LOG_LEVEL="DEBUG") as env:
            env.server = server
            env.carl = env.acme.add_member("Carl")
            yield env
            env.assert_no_errors()
            assert KEY not in env.bot.log_text


@pytest.fixture
def env(written):
    written.clear_faults()
    written.server.script = says(f"{TRUE} {ALSO}")
    written.server.requests.clear()
    return written


async def asked(env, question, **options):
    ix = await env.alice.slash(env.general, "ask", question=question, **options)
    return await ix.final(settle=0.3, until=lambda ix: "Passages" in ix.buttons)


async def test_the_models_words_stand_over_the_articles_quotes(env):
    ix = await asked(env, NATO)
    said, _, quotes = words(ix).partition(MARK)
    assert "Hegseth dismissed Ukraine's aspirations for NATO membership. [1]" in said
    assert NATO_WORDS in quotes
    assert "untrusted" in env.server.asked
    assert NATO in env.server.asked


async def test_what_the_quotes_do_not_bear_is_removed(env):
    env.server.script = says(f"{TRUE} {FALSE} {ALSO}")
    said = words(await asked(env, f"Please: {NATO}"))
    assert "Hegseth dismissed" in said
    assert "Poland" not in said


async def test_a_refusal_is_never_written(env):
    ix = await asked(env, PANCAKES)
    assert "I couldn't find that in the articles." in words(ix)
    assert not env.server.requests


async def test_it_grows_and_the_asker_can_stop_it(env):
    env.server.script = says(f"{TRUE} {ALSO} " * 8, seconds_a_piece=0.1)
    message = await env.alice.say(env.general, f"{env.at} Please tell: {NATO}")
    await until(lambda: growing(env, message))
    shown = growing(env, message)
    assert [item["label"] for item in shown.interactive()] == [STOP]
    other = await (await env.carl.click(shown, STOP)).final(10)
    assert "Only the person who asked" in words(other)
    await env.alice.click(shown, STOP)
    await until(lambda: WRITING not in words(shown))
    assert "Hegseth dismissed" in words(shown)
    assert NATO_WORDS in words(shown)
    assert "Passages" in [item["label"] for item in shown.interactive()]
    assert len(env.fd.reply_to(message).messages) == 1


async def test_admins_limit_and_hide_it(env):
    chair = env.boss
    panel = await (await chair.slash(env.general, "settings panel")).final()
    panel = await (await chair.click(panel, "Written answers")).final()
    pressed = await chair.click(panel.message, "Hide the model's name")
    panel = await pressed.final()
    said = words(await asked(env, f"Please tell me: {NATO}"))
    assert "Hegseth dismissed" in said
    assert MARK not in said
    name = SETTING_NAMES["llm_daily_tokens"]
    await (await chair.select(panel.message, [daily_tokens(0)], name)).final()
    said = words(await asked(env, f"Please tell us: {NATO}"))
    assert f"{OWN_WORDS}{NOTES[Fault.SPENT]}" in said
    await (await chair.select(panel.message, [daily_tokens(None)], name)).final()
    await (await chair.click(panel.message, "Show the model's name")).final()


async def test_a_follow_up_goes_on_from_what_was_written(env):
    first = await env.alice.ask(env.general, f"{env.at} {NATO}", settle=0.3)
    second = await env.alice.ask(
        env.general, f"{env.at} and JD Vance?", reply_to=first.message, settle=0.3
    )
    assert "Vice-President JD Vance" in words(second)


async def test_what_the_rules_do_not_understand_the_model_makes_whole(env):
    first = await env.alice.ask(env.general, f"{env.at} {NATO}", settle=0.3)
    env.server.script = says("Who is Hegseth?")
    second = await env.alice.ask(
        env.general, f"{env.at} who the heck?", reply_to=first.message, settle=0.3
    )
    assert "I understood this as: Who is Hegseth?" in words(second)


async def test_privacy_names_the_model(env):
    ix = await (await env.alice.slash(env.general, "privacy")).final()
    assert f"sent to the language model {MODEL}" in words(ix)


async def test_a_fault_leaves_the_articles_own_words(env):
    """The last, as the model is left alone for a minute then."""
    env.server.script = refusal(429)
    said = words(await asked(env, f"Please say: {NATO}"))
    assert NATO_WORDS in said
    assert f"{OWN_WORDS}{NOTES[Fault.BUSY]}" in said


def growing(env, message):
    """The reply to a message while it is written."""
    for shown in env.fd.reply_to(message).messages:
        if WRITING in words(shown) and "Hegseth dismissed" in words(shown):
            return shown
    return None
