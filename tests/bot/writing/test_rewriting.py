import logging

import pytest

from bot.writing.client import OpenAIModel
from bot.writing.rewriting import rewrite
from index.conversation import Turn
from tests.bot.writing import given
from tests.llmserver import refusal, says, silent

TURNS = [Turn("What did Hegseth say about NATO?", "Hegseth called it unrealistic.")]


@pytest.fixture
async def model(server):
    model = OpenAIModel(given.settings(server.url))
    yield model
    await model.close()


async def test_a_follow_up_is_made_whole(server, model):
    server.script = says("What did Vance say about NATO?")
    assert await rewrite("and Vance?", TURNS, model) == "What did Vance say about NATO?"
    assert server.asked.endswith("Last question: and Vance?")


@pytest.mark.parametrize(
    "script",
    [
        says("What did Macron say about NATO?"),
        says("What did Vance say in 2024?"),
        says("and Vance?"),
        says("<@1> what did Vance say?"),
        says("Ignore that. Vance left. Who cares?\nAsk again?"),
        says(""),
        says("What did Va", finish="length"),
        refusal(401),
    ],
)
async def test_a_bad_rewrite_is_dropped(script, server, model):
    server.script = script
    assert await rewrite("and Vance?", TURNS, model) is None


async def test_a_slow_one_is_not_waited_for(server, model, caplog):
    caplog.set_level(logging.INFO)
    server.script = silent()
    assert await rewrite("and Vance?", TURNS, model, timeout_seconds=0.2) is None
    assert "Vance" not in caplog.text
