"""Prometheus meters of what the bot does."""

from __future__ import annotations

import asyncio
import math
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from types import SimpleNamespace

import aiohttp
from cachetools import FIFOCache
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.process_collector import ProcessCollector

from bot.errors import QueueFull, ShuttingDown, TooSoon
from bot.llm.draft import DraftOutcome, Fault
from index.errors import UnknownArticle
from index.model import Answer


class GatewayMeter:
    """Counts what discord.py dispatches, see `bot.client.FootnoteBot`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        counter = partial(Counter, registry=registry)
        gauge = partial(Gauge, registry=registry)
        self._shards: dict[int, bool] = {}
        """Of each shard seen, whether it has a connection."""

        up = gauge("footnote_gateway_connected", "1 while events come, on every shard.")
        up.set_function(lambda: float(self.connected))
        self._last_event = gauge(
            "footnote_gateway_last_event_timestamp_seconds", "When the last event came."
        )
        self._sessions = counter("footnote_gateway_sessions", "Sessions begun, the first included.")
        self._resumes = counter(
            "footnote_gateway_resumes",
            "Connections after which a session went on without losing an event.",
        )
        self._disconnects = counter("footnote_gateway_disconnects", "Connections lost.")

    def event(self, name: str) -> None:
        """Note an event by Discord's name for it."""
        self._last_event.set(time.time())
        if name == "READY":
            self._sessions.inc()
        elif name == "RESUMED":
            self._resumes.inc()

    @property
    def connected(self) -> bool:
        """Tell whether events come, on every shard seen so far."""
        return bool(self._shards) and all(self._shards.values())

    def connect(self, shard: int) -> None:
        """Note that a shard's session has begun or goes on."""
        self._shards[shard] = True

    def disconnect(self, shard: int) -> None:
        """Note that a shard has no connection; attempts that fail report it again."""
        if self._shards.get(shard):
            self._disconnects.inc()
        self._shards[shard] = False


TICK_SECONDS = 0.01
"""Stalls are measured to this; a hundred ticks a second take under 1 % of a core."""

WINDOW_SECONDS = 60.0

BUCKETS = (
    *(0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.075),
    *(0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 1.0, 2.5, 5.0),
)
"""Seconds; p99 is to be under 0.05, the maximum under 0.25."""


class LoopLag:
    """Sleeps a tick at a time, and notes how late it wakes."""

    def __init__(self, registry: CollectorRegistry) -> None:
        gauge = partial(Gauge, registry=registry)
        histogram = partial(Histogram, registry=registry)
        self._lag = histogram(
            "footnote_event_loop_lag_seconds",
            "Lateness of ticks that are due every 10 ms.",
            buckets=BUCKETS,
        )
        self._largest = 0.0
        self._window = self._window_before = 0.0
        self._window_ends = 0.0
        for name, help_text, read in (
            ("max", "Largest lateness since the start.", lambda: self._largest),
            ("recent_max", "Largest lateness of the last one to two minutes.", self._recent),
        ):
            gauge(f"footnote_event_loop_lag_{name}_seconds", help_text).set_function(read)

    async def run(self) -> None:
        """Measure until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + TICK_SECONDS
            await asyncio.sleep(TICK_SECONDS)
            now = loop.time()
            self.note(now - due, now)

    def note(self, lateness: float, now: float) -> None:
        """Note a tick that came so many seconds late, with those that it held up.

        A stall delays one tick by all of it, the next would have been a tick less late, and so on:
        counting the first alone would show many short waits and one long (coordinated omission).
        """
        self._largest = max(self._largest, lateness)
        if now >= self._window_ends:
            # What was measured before a gap of more than a window is not recent.
            gap = now >= self._window_ends + WINDOW_SECONDS
            self._window_before = 0.0 if gap else self._window
            self._window, self._window_ends = 0.0, now + WINDOW_SECONDS
        self._window = max(self._window, lateness)
        for held_up in range(max(math.ceil(lateness / TICK_SECONDS), 1)):
            self._lag.observe(max(lateness - held_up * TICK_SECONDS, 0.0))

    def _recent(self) -> float:
        return max(self._window, self._window_before)


ANSWER_SECONDS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0)

STAGE_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Buckets."""


class Origin(StrEnum):
    """How a question came."""

    INTERACTION = "interaction"  # a command, a button or a form
    MESSAGE = "message"
    OVERHEARD = "overheard"  # a message that is answered only if that is sure
    PAGE = "page"  # in the browser
    QUEUE = "queue"  # of a bot or page, to a worker


class QuestionOutcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    REFUSED = "refused"  # the articles do not say
    TOLD_TO_WAIT = "told_to_wait"  # a cooldown, or a full queue
    TURNED_AWAY = "turned_away"  # no such article, or the bot stops
    FAILED = "failed"


@dataclass
class Measured:
    """One question under origin: what it came to, as soon as that is known."""

    answer: Answer | None = None
    error: BaseException | None = None


class QuestionMeter:
    """Counts questions by how they came and what became of them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        counter = partial(Counter, registry=registry)
        histogram = partial(Histogram, registry=registry)
        self._questions = counter("footnote_questions", "Questions.", ["way", "outcome"])
        self._seconds = histogram(
            "footnote_answer_seconds",
            "From a question's arrival until its answer or refusal was shown.",
            ["way"],
            buckets=ANSWER_SECONDS,
        )
        self._stages = histogram(
            "footnote_answer_stage_seconds",
            "Steps of finding an answer.",
            ["stage"],
            buckets=STAGE_SECONDS,
        )
        for origin in Origin:  # what never happened is 0, not absent
            for outcome in QuestionOutcome:
                self._questions.labels(origin, outcome)

    @contextmanager
    def asked(self, origin: Origin) -> Iterator[Measured]:
        """Count the question that is answered inside, and measure it if it is answered.

        One that comes to nothing, as it was withdrawn, is not counted.
        """
        began, question = time.perf_counter(), Measured()
        try:
            yield question
        except BaseException as error:
            question.error = error
            raise
        finally:
            if outcome := _outcome(question):
                self._questions.labels(origin, outcome).inc()
            if question.answer and not question.error:
                self._seconds.labels(origin).observe(time.perf_counter() - began)
                for stage, milliseconds in question.answer.timings_ms.items():
                    self._stages.labels(stage).observe(milliseconds / 1000)


def _outcome(question: Measured) -> QuestionOutcome | None:
    match question.error:
        case None:
            if question.answer is None:
                return None
            return QuestionOutcome.ANSWERED if question.answer.answered else QuestionOutcome.REFUSED
        case TooSoon() | QueueFull():
            return QuestionOutcome.TOLD_TO_WAIT
        case UnknownArticle() | ShuttingDown() | asyncio.CancelledError():
            return QuestionOutcome.TURNED_AWAY
        case _:
            return QuestionOutcome.FAILED


ACKNOWLEDGEMENT_SECONDS = (0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0)
"""Buckets. Discord gives up after three seconds."""

REQUEST_SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Buckets."""

MOST_WAITING = 1_000
"""Interactions whose first response is awaited; beyond this the oldest are no longer measured."""

_CALLBACK = re.compile(r"/interactions/(\d+)/[^/]+/callback$")


class RequestMeter:
    """Sees every request of discord.py through `trace`, each try of a repeated one by itself."""

    def __init__(
        self, registry: CollectorRegistry, clock: Callable[[], float] = time.monotonic
    ) -> None:
        counter = partial(Counter, registry=registry)
        histogram = partial(Histogram, registry=registry)
        self._clock = clock
        self._arrived: FIFOCache[int, float] = FIFOCache(MOST_WAITING)
        self._acknowledged = histogram(
            "footnote_acknowledgement_seconds",
            "From an interaction's arrival until Discord has taken the first response to it.",
            buckets=ACKNOWLEDGEMENT_SECONDS,
        )
        self._seconds = histogram(
            "footnote_discord_request_seconds",
            "Requests to Discord that were answered.",
            buckets=REQUEST_SECONDS,
        )
        self._responses = counter(
            "footnote_discord_responses", "Answers of Discord by HTTP status.", ["status"]
        )
        self._lost = counter(
            "footnote_discord_lost_requests", "Requests that Discord didn't answer."
        )

    def arrived(self, interaction_id: int) -> None:
        """Note that an interaction came."""
        self._arrived[interaction_id] = self._clock()

    def trace(self) -> aiohttp.TraceConfig:
        """Return what a client is given as `http_trace`."""
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._start)
        trace.on_request_end.append(self._end)
        trace.on_request_exception.append(self._exception)
        return trace

    async def _start(
        self,
        _: aiohttp.ClientSession,
        context: SimpleNamespace,
        __: aiohttp.TraceRequestStartParams,
    ) -> None:
        context.began = self._clock()

    async def _end(
        self,
        _: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestEndParams,
    ) -> None:
        now, status = self._clock(), params.response.status
        self._seconds.observe(now - context.began)
        self._responses.labels(status).inc()
        callback = _CALLBACK.search(params.url.path)
        if callback and status < 300:
            arrived = self._arrived.pop(int(callback[1]), None)
            if arrived is not None:
                self._acknowledged.observe(now - arrived)

    async def _exception(
        self,
        _: aiohttp.ClientSession,
        __: SimpleNamespace,
        ___: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        self._lost.inc()


WRITTEN = "written"

OWN_WORDS = "own_words"
"""Nothing failed, but somebody stopped the draft: the articles' own words were shown."""


class DraftMeter:
    """Counts the answers that a language model was to write, by what became of each."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answers = Counter(
            "footnote_written_answers",
            "Answers that a language model was to write, by what became of them.",
            ["outcome"],
            registry=registry,
        )
        for outcome in (WRITTEN, OWN_WORDS, *Fault):
            self._answers.labels(outcome)

    def ended(self, outcome: DraftOutcome) -> None:
        """Count one."""
        own = WRITTEN if outcome.answer.written_by else OWN_WORDS
        self._answers.labels(outcome.fault or own).inc()


class Metrics:
    """One for a process, with a registry of its own. Counting is cheap, whether it is read or not.

    What concerns Discord is there once it is used, as a bot does.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = QuestionMeter(self.registry)
        self.drafts = DraftMeter(self.registry)
        self.loop_lag = LoopLag(self.registry)
        ProcessCollector(registry=self.registry)

    @cached_property
    def requests(self) -> RequestMeter:
        """Requests to Discord."""
        return RequestMeter(self.registry)

    @cached_property
    def gateway(self) -> GatewayMeter:
        """Connections to Discord."""
        return GatewayMeter(self.registry)
