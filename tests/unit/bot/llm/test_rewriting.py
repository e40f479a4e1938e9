import logging

import pytest

from bot.llm.client import OpenAIModel
from bot.llm.faults import Fault, WritingFault
from bot.llm.writer import rewrite
from index.followups.turns import Turn
from index.model import Space
from tests.llmserver.scripts import refusal, says, silent
from tests.unit.bot.llm import builders

HERE = Space("1001")
TURNS = [Turn("What did Hegseth say about NATO?", "Hegseth called it unrealistic.")]


@pytest.fixture
async def model(server):
    model = OpenAIModel(builders.settings(server.url))
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
    ],
)
async def test_a_bad_rewrite_is_dropped(script, server, model):
    server.script = script
    assert await rewrite("and Vance?", TURNS, model) is None


@pytest.mark.parametrize("script", [says(""), says("What did Va", finish="length")])
async def test_half_a_rewrite_is_dropped(script, server, tmp_path):
    server.script = script
    with builders.tokens(tmp_path) as counts:
        writer = builders.writer(server.url, counts)
        assert await writer.rewrite("and Vance?", TURNS, HERE) is None
        await writer.close()


async def test_a_slow_one_is_not_waited_for(server, model):
    server.script = silent()
    with pytest.raises(WritingFault) as caught:
        await rewrite("and Vance?", TURNS, model, timeout_seconds=0.2)
    assert caught.value.fault is Fault.SLOW


async def test_a_server_that_failed_is_left_alone_for_a_while(server, tmp_path, caplog):
    caplog.set_level(logging.INFO)
    server.script = refusal(401)
    with builders.tokens(tmp_path) as counts:
        writer = builders.writer(server.url, counts)
        assert await writer.rewrite("and Vance?", TURNS, HERE) is None
        server.script = says("What did Vance say about NATO?")
        assert await writer.rewrite("and Vance?", TURNS, HERE) is None
        assert len(server.requests) == 1
        await writer.close()
    assert "Vance" not in caplog.text


async def test_tokens_are_counted_and_capped(server, tmp_path):
    server.script = says("What did Vance say about NATO?")
    with builders.tokens(tmp_path) as counts:
        writer = builders.writer(server.url, counts)
        assert await writer.rewrite("and Vance?", TURNS, HERE, most_tokens=0) is None
        assert (len(server.requests), counts.today(HERE)) == (0, 0)
        assert await writer.rewrite("and Vance?", TURNS, HERE, most_tokens=10_000)
        assert counts.today(HERE) > 100
        await writer.close()
