"""Five conversations of eight turns, each in a thread, written before any was held.

`talks/articles` has three articles on each one's story, and `talks/talks.json` the turns, each with
what a right answer may quote: nothing where a refusal is right. Faults of code that they showed
were mended, so they are a floor, and no measure of what is new.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import pytest_asyncio

from tests.e2e.environment import Environment, done, words

pytestmark = pytest.mark.asyncio(loop_scope="session")

HERE = Path(__file__).with_name("talks")
TALKS: dict[str, list[tuple[str, list[str]]]] = json.loads((HERE / "talks.json").read_text())
RIGHT, WRONG = 0.7, 0.15
REFUSED = "I couldn't find that in the articles."


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def env(new_data):
    seeds = str(HERE / "articles")
    async with Environment(
        new_data(), privileged=("message_content",), FOOTNOTE_SEEDS=seeds
    ) as env:
        yield env
        env.assert_no_errors()


def is_right(reply: str, right: list[str]) -> bool:
    refused = REFUSED in reply
    return not refused and any(said in reply for said in right) if right else refused


async def held(env: Environment, name: str) -> list[tuple[str, str, bool]]:
    """Hold a conversation; return each question, the reply, and whether that is right."""
    channel = env.acme.add_channel(name)
    (opening, expected), *more = TALKS[name]
    first = await env.alice.ask(channel, f"{env.at} {opening}")
    await done(env.alice.click(first, "Ask in a thread"))
    thread, turns = first.message.thread, [(opening, words(first), expected)]
    for question, right in more:
        reply = await env.alice.ask(thread, question, settle=0.2)
        turns.append((question, words(reply), right))
    return [(question, reply, is_right(reply, right)) for question, reply, right in turns]


async def test_conversations_on_several_articles(env):
    turns = [turn for name in TALKS for turn in await held(env, name)]
    assert len(turns) == 40
    told = "\n".join(f"{'+' if good else '-'} {asked}\n    {reply}" for asked, reply, good in turns)
    assert sum(good for *_, good in turns) >= RIGHT * len(turns), told
    wrong = [reply for _, reply, good in turns if not good and REFUSED not in reply]
    assert len(wrong) <= WRONG * len(turns), told
