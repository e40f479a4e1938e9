import math
import threading
from types import SimpleNamespace

import pytest

from bot.metrics.meters import Metrics
from bot.metrics.monitor import Monitor
from bot.runtime.threads import Workers
from index.errors import StorageError
from index.model import IndexState

STATE = IndexState(3, 40, bm25_in_step=True, chroma_in_step=False, chroma_behind=7)


class Services:
    """A library and feeds that answer, or raise `fault`, or hang until `gate` is set."""

    def __init__(self) -> None:
        self.fault: Exception | None = None
        self.gate: threading.Event | None = None
        self.workers = Workers()
        self.metrics = Metrics()
        self.writer = SimpleNamespace(rests=True)
        self.library = SimpleNamespace(
            index_state=self._state,
            records=SimpleNamespace(feeds=SimpleNamespace(tally=lambda: (5, 2, 1))),
        )

    def _state(self) -> IndexState:
        if self.gate:
            self.gate.wait(30)
        if self.fault:
            raise self.fault
        return STATE

    def value(self, name: str, **labels: str) -> float | None:
        return self.metrics.registry.get_sample_value(f"footnote_{name}", labels)


@pytest.fixture
def services():
    services = Services()
    services.metrics.gateway.connect(0)
    yield services
    services.workers.close()


@pytest.fixture
def monitor(services):
    return Monitor(
        services.library, services.workers, services.metrics, lambda: math.nan, services.writer
    )


async def test_figures_of_what_is_stored(services, monitor):
    text = (await monitor.metrics()).decode()
    assert "footnote_articles 3.0" in text
    assert "footnote_gateway_latency_seconds NaN" in text
    given = {"passages": 40, "bm25_in_step": 1, "chroma_in_step": 0, "chroma_behind_passages": 7}
    given |= {"feeds": 5, "feeds_due": 2, "feeds_failing": 1, "llm_resting": 1, "database_up": 1}
    assert {name: services.value(name) for name in given} == given


async def test_a_database_that_cannot_be_read(services, monitor):
    services.fault = StorageError("/d", "disk I/O error")
    assert b"footnote_database_up 0.0" in await monitor.metrics()
    assert await monitor.problems() == ["I can't read the database; the log says why."]
    services.fault = None
    assert b"footnote_database_up 1.0" in await monitor.metrics()
    assert await monitor.problems() == []


async def test_a_hanging_thread_is_a_health_problem(services, monitor, monkeypatch):
    monkeypatch.setattr("bot.runtime.threads.QUICK_SECONDS", 0.05)
    services.gate = threading.Event()
    assert await monitor.problems() == ["The database doesn't answer in time."]
    services.workers.quick_calls.hangs_seconds = 0
    wrong = await monitor.problems()
    assert wrong[0].startswith("A call of the quick threads has been running for ")
    assert services.value("worker_running", pool="quick") == 1
    services.gate.set()


async def test_no_connection_and_a_stopping_bot_are_health_problems(services, monitor):
    services.metrics.gateway.disconnect(0)
    assert await monitor.problems() == ["I'm not connected to Discord."]
    await services.workers.drain(1)
    assert "I'm about to stop." in await monitor.problems()


async def test_a_health_check_does_not_delay_the_stop(services, monitor):
    """The task that serves a connection lasts as long as that."""
    await monitor.metrics()
    assert await services.workers.drain(0.05)


async def test_a_worker_and_the_page_have_no_gateway_to_lack(services):
    monitor = Monitor(services.library, services.workers, Metrics())
    assert await monitor.problems() == []
    services.fault = StorageError("footnote.db", "it is gone")
    assert len(await monitor.problems()) == 1
    text = (await monitor.metrics()).decode()
    assert "gateway" not in text
    assert "discord" not in text
    assert "footnote_questions_total" in text
