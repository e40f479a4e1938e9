"""/metrics and /health of the real process."""

import asyncio
import re

import aiohttp
import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from tests.e2e.environment import NATO, Environment, asked
from tests.waiting import WAIT_SECONDS, free_port

pytestmark = pytest.mark.asyncio(loop_scope="session")
WORD = "zanzibarite"
"""In a question; nothing of it may be in the metrics."""


class Page:
    """What a scraper reads."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        url = self.url + path
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as page:
            return page.status, await page.text()

    async def values(self) -> dict[str, float]:
        """Every sample, named as it stands in the text but with sorted labels."""
        _, text = await self.get("/metrics")
        return {
            sample.name
            + "".join(f"|{k}={v}" for k, v in sorted(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }

    async def health(self) -> tuple[int, str]:
        return await self.get("/health")


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def measured(new_data):
    port = free_port()
    async with Environment(new_data(), METRICS_PORT=str(port)) as env:
        yield env, Page(port)


async def test_what_happens_is_counted(measured):
    env, page = measured
    before = await page.values()
    await asked(env.alice, env.general, NATO)
    await asked(env.alice, env.general, f"Who sells {WORD} in Oslo?")
    await env.alice.ask(env.general, f"{env.at} {NATO}")
    env.fd.fault("/messages/@original", 503, method="PATCH")
    await asked(env.alice, env.general, NATO)
    values = await until_at(page, "footnote_questions_total|outcome=answered|way=interaction", 2)

    def grown(name):
        return values[name] - before.get(name, 0)

    assert grown("footnote_questions_total|outcome=refused|way=interaction") == 1
    assert grown("footnote_questions_total|outcome=answered|way=message") == 1
    assert grown("footnote_acknowledgement_seconds_count") == 3
    assert grown("footnote_answer_seconds_count|way=interaction") == 3
    assert grown("footnote_answer_stage_seconds_count|stage=total") == 4
    assert grown("footnote_discord_responses_total|status=503") == 1
    assert grown("footnote_event_loop_lag_seconds_count") > 10
    assert values["footnote_event_loop_lag_max_seconds"] > 0
    assert values["footnote_articles"] == 1
    assert values["footnote_passages"] > 1
    assert values["footnote_bm25_in_step"] == 1
    assert values["footnote_database_up"] == 1
    assert values["process_resident_memory_bytes"] > 1e8
    env.assert_no_errors()


async def test_health_and_a_gateway_that_drops(measured):
    env, page = measured
    assert await page.health() == (200, '{"status": "ok", "wrong": []}')
    resumes = (await page.values())["footnote_gateway_resumes_total"]
    env.fd.gateway.refuse = True
    env.fd.gateway.drop()
    await until_at(page, "footnote_gateway_connected", 0)
    status, text = await page.health()
    assert status == 503
    assert "not connected to Discord" in text
    env.fd.gateway.refuse = False
    values = await until_at(page, "footnote_gateway_connected", 1)
    assert values["footnote_gateway_resumes_total"] == resumes + 1
    assert values["footnote_gateway_disconnects_total"] == 1
    assert (await page.health())[0] == 200


async def test_metrics_hold_no_words_and_no_ids_of_people(measured):
    env, page = measured
    _, text = await page.get("/metrics")
    ids = {env.acme.id, env.alice.id, env.general.id, env.fd.bot.id}
    for secret in (WORD, "NATO", "Clarity", "Acme", env.fd.token, *map(str, ids)):
        assert secret not in text
    assert not re.search(r"\d{17,20}", re.sub(r"\d\.\d+", "", text)), "no id of Discord's"


async def test_other_names_of_this_machine_are_refused(measured):
    _, page = measured
    for host in ("evil.example", "127.0.0.1.evil.example", "[::1", "", "localhost.evil:80"):
        assert (await page.get("/metrics", Host=host))[0] in (400, 421)
        assert (await page.get("/health", Host=host))[0] in (400, 421)
    assert (await page.get("/metrics", Host="localhost:1"))[0] == 200


async def until_at(page, name, wanted):
    """Wait until a figure is what is wanted; return all of them."""
    async with asyncio.timeout(WAIT_SECONDS):
        while True:
            values = await page.values()
            if values[name] == wanted:
                return values
            await asyncio.sleep(0.05)
