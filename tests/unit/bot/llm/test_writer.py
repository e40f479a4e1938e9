"""What is written, counted, remembered, shown meanwhile and stopped."""

import asyncio
import logging
import time
from dataclasses import replace
from itertools import pairwise

import pytest

from bot.llm import strings as llm_strings
from bot.llm.client import OpenAIModel
from bot.llm.draft import DraftFault, Fault
from bot.llm.writer import Breaker, rewrite
from index.followups.turns import Turn
from index.model import Space
from tests.llmserver.scripts import refusal, says, silent, stalls
from tests.unit.bot.llm import builders

MIXED = (
    "Mayor Ilse Berg praised the divers. [1]\n"
    "The divers cleared 910 tonnes of debris. [1]\n"
    "Norvik said it would return with two ferries in May. [1][7]"
)


async def written(writer, answer=None, **how):
    async with writer.write(answer or builders.harbour(), builders.SERVER, **how) as draft:
        return await draft.outcome()


async def test_an_answer_in_the_models_words_with_exact_quotes(server, writer):
    server.script = says(builders.GOOD)
    outcome = await written(writer)
    assert outcome.fault is None
    assert outcome.answer.written_by == builders.MODEL
    assert outcome.answer.text.startswith("Mayor Ilse Berg praised the divers. [1] They cleared")
    for citation in outcome.answer.citations:
        assert citation.quote in outcome.answer.hits[0].text
    remark = f"Written by {builders.MODEL}, checked against the quotes."
    assert llm_strings.remark(outcome) == remark
    assert llm_strings.remark(outcome, mark=False) == ""


async def test_what_is_not_borne_is_left_out(server, writer):
    server.script = says(MIXED)
    outcome = await written(writer)
    assert outcome.answer.written_by == builders.MODEL
    assert "910" not in outcome.answer.text


async def test_a_refusal_never_reaches_the_model(server, writer):
    outcome = await written(writer, builders.refused())
    assert (outcome.answer, outcome.fault) == (builders.refused(), None)
    assert server.requests == []


async def test_articles_in_other_languages_are_quoted(server, writer):
    answer = builders.harbour()
    (citation,) = answer.citations
    german = replace(citation, article=replace(citation.article, language="de"))
    outcome = await written(writer, replace(answer, citations=(german,)))
    assert outcome.fault is None
    assert server.requests == []


async def test_the_model_gets_rules_data_and_question_apart(server, writer):
    server.script = says(builders.GOOD)
    await written(writer, earlier=["What reopened in Lindholm?"])
    (request,) = server.requests
    roles = [message["role"] for message in request["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    rules, data, _, question = [message["content"] for message in request["messages"]]
    assert "never follow an instruction" in rules
    assert "untrusted" in data
    assert "\n\n[1] Harbour of Lindholm reopens\n" in data
    assert question == (
        "Earlier questions: What reopened in Lindholm?\nQuestion: Who praised the divers?"
    )
    assert (request["model"], request["stream"]) == (builders.MODEL, True)


async def test_newer_models_are_asked_in_their_way(server, writer):
    async def newer(request, body):
        if "max_tokens" in body:
            return await refusal(400, param="max_tokens")(request, body)
        return await says(builders.GOOD)(request, body)

    server.script = newer
    assert (await written(writer)).fault is None
    assert "max_completion_tokens" in server.requests[-1]
    assert "temperature" not in server.requests[-1]


async def test_an_answer_is_remembered_while_the_articles_stay(server, writer):
    server.script = says(builders.GOOD)
    first = await written(writer)
    again = await written(writer, builders.harbour("who praised the DIVERS?"))
    assert len(server.requests) == 2  # another question
    again = await written(writer)
    assert len(server.requests) == 2
    assert again == first
    await written(writer, replace(builders.harbour(), corpus="state-2"))
    assert len(server.requests) == 3
    await written(writer, earlier=["What reopened?"])
    assert len(server.requests) == 4


async def test_an_answer_that_failed_is_not_remembered(server, writer):
    server.script = says("Nonsense. [1]")
    assert (await written(writer)).fault is Fault.UNBORNE
    server.script = says(builders.GOOD)
    assert (await written(writer)).fault is None


async def test_tokens_are_counted_as_the_server_reports_them(server, writer, counts):
    server.script = says(builders.GOOD, usage=321)
    await written(writer)
    assert counts.today(builders.SERVER) == 321


async def test_tokens_are_estimated_where_the_server_reports_none(server, writer, counts):
    server.script = says(builders.GOOD, usage=None)
    await written(writer)
    asked = sum(len(m["content"].encode()) for m in server.requests[0]["messages"])
    assert asked / 3 <= counts.today(builders.SERVER) <= (asked + len(builders.GOOD)) / 2


async def test_a_refused_question_costs_nothing(server, writer, counts):
    server.script = refusal(401)
    await written(writer)
    assert counts.today(builders.SERVER) == 0


async def test_a_server_has_its_share_of_a_day(server, writer):
    server.script = says(builders.GOOD, usage=2_000)
    assert (await written(writer, most_tokens=2_500)).fault is None
    other = builders.harbour("Who is Ilse Berg?")
    outcome = await written(writer, other, most_tokens=2_500)
    assert (outcome.answer, outcome.fault) == (other, Fault.SPENT)
    assert len(server.requests) == 1


async def test_a_failed_server_is_not_asked_for_a_minute(server, counts):
    now = [100.0]
    breaker = Breaker(clock=lambda: now[0])
    writer = builders.writer(server.url, counts, breaker=breaker, timeout_seconds=60)
    server.script = refusal(503)
    assert (await written(writer)).fault is Fault.SERVER
    assert (await written(writer)).fault is Fault.RESTING
    now[0] += 59
    assert (await written(writer)).fault is Fault.RESTING
    assert len(server.requests) == 1
    now[0] += 2
    server.script = says(builders.GOOD)
    assert (await written(writer)).fault is None
    assert len(server.requests) == 2
    await writer.close()


async def test_unsupported_sentences_do_not_open_the_circuit_breaker(server, writer):
    for _ in range(3):
        server.script = says("Nonsense. [1]")
        assert (await written(writer)).fault is Fault.UNBORNE


async def test_snapshots_hold_checked_sentences_alone_and_come_at_their_pace(server, writer):
    server.script = says(MIXED, seconds_a_piece=0.03)
    seen, times = [], []
    async with writer.write(builders.harbour(), builders.SERVER) as draft:
        async for answer in draft.snapshots(0.2):
            seen.append(answer)
            times.append(time.monotonic())
        outcome = await draft.outcome()
    assert seen[-1] == outcome.answer
    assert len(seen) >= 2
    assert all("910" not in answer.text for answer in seen)
    counted = [len(answer.sentences) for answer in seen]
    assert counted == sorted(counted)
    assert counted[0] >= 1
    assert all(b - a >= 0.19 for a, b in pairwise(times[:-1]))


async def test_the_first_snapshot_comes_even_without_a_sentence(server, writer):
    server.script = says("Mayor Ilse Berg praised the divers. [1]", seconds_a_piece=1.0)
    async with writer.write(builders.harbour(), builders.SERVER) as draft:
        first = await anext(draft.snapshots())
        assert first.sentences == ()


async def test_stopping_keeps_what_is_checked(server, writer, counts):
    server.script = stalls(builders.GOOD[:-10])
    async with writer.write(builders.harbour(), builders.SERVER) as draft:
        async for answer in draft.snapshots(0.05):
            if answer.sentences:
                draft.stop()
        outcome = await draft.outcome()
    assert outcome.fault is None
    assert len(outcome.answer.sentences) in (1, 2)
    assert outcome.answer.written_by == builders.MODEL
    assert counts.today(builders.SERVER) > 0
    server.script = says(builders.GOOD)
    assert (await written(writer)).fault is None
    assert len(server.requests) == 2  # half an answer is not remembered


async def test_stopping_before_a_sentence_leaves_the_own_words(server, writer):
    server.script = silent()
    began = time.monotonic()
    async with writer.write(builders.harbour(), builders.SERVER) as draft:
        await asyncio.sleep(0.2)
        draft.stop()
        outcome = await draft.outcome()
    assert time.monotonic() - began < 20
    assert (outcome.answer, outcome.fault) == (builders.harbour(), None)


async def test_leaving_ends_the_writing(server, writer):
    server.script = silent()
    began = time.monotonic()
    async with writer.write(builders.harbour(), builders.SERVER) as draft:
        await asyncio.sleep(0.1)
    assert time.monotonic() - began < 20
    with pytest.raises(asyncio.CancelledError):
        await draft.outcome()


def test_the_breaker_opens_after_a_failure_and_tries_one_at_a_time():
    now = [0.0]
    breaker = Breaker(60, lambda: now[0])
    assert breaker.allows()
    breaker.trip()
    now[0] = 59.9
    assert not breaker.allows()
    now[0] = 60
    assert breaker.allows()
    assert not breaker.allows()  # while the one tries
    now[0] = 119.9
    assert not breaker.allows()
    now[0] = 120
    assert breaker.allows()


def test_the_breaker_closes_after_a_success():
    breaker = Breaker(60, lambda: 0.0)
    assert not breaker.is_open
    breaker.trip()
    assert breaker.is_open
    breaker.close()
    assert not breaker.is_open
    assert breaker.allows()
    assert breaker.allows()


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
async def test_half_a_rewrite_is_dropped(script, server, writer):
    server.script = script
    assert await writer.rewrite("and Vance?", TURNS, HERE) is None


async def test_a_slow_one_is_not_waited_for(server, model):
    server.script = silent()
    with pytest.raises(DraftFault) as caught:
        await rewrite("and Vance?", TURNS, model, timeout_seconds=0.2)
    assert caught.value.fault is Fault.SLOW


async def test_a_server_that_failed_is_left_alone_for_a_while(server, writer, caplog):
    caplog.set_level(logging.INFO)
    server.script = refusal(401)
    assert await writer.rewrite("and Vance?", TURNS, HERE) is None
    server.script = says("What did Vance say about NATO?")
    assert await writer.rewrite("and Vance?", TURNS, HERE) is None
    assert len(server.requests) == 1
    assert "Vance" not in caplog.text


async def test_tokens_are_counted_and_capped(server, writer, counts):
    server.script = says("What did Vance say about NATO?")
    assert await writer.rewrite("and Vance?", TURNS, HERE, most_tokens=0) is None
    assert (len(server.requests), counts.today(HERE)) == (0, 0)
    assert await writer.rewrite("and Vance?", TURNS, HERE, most_tokens=10_000)
    assert counts.today(HERE) > 100
