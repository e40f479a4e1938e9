"""What became of questions, and how long that took."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram

from bot.cooldowns import TooSoon
from bot.workers import QueueFull, ShuttingDown
from index.errors import UnknownArticle

if TYPE_CHECKING:
    from index.model import Answer

ANSWER_SECONDS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0, 20.0, 30.0, 60.0)
STAGE_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Buckets."""


class Way(StrEnum):
    """How a question came."""

    INTERACTION = "interaction"  # a command, a button or a form
    MESSAGE = "message"
    OVERHEARD = "overheard"  # a message that is answered only if there is an answer


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    REFUSED = "refused"  # the articles do not say
    TOLD_TO_WAIT = "told_to_wait"  # a cooldown, or a full queue
    TURNED_AWAY = "turned_away"  # no such article, or the bot stops
    FAILED = "failed"


@dataclass
class Question:
    """One question under way: what it came to, as soon as that is known."""

    answer: Answer | None = None
    error: BaseException | None = None


class QuestionMeter:
    """Counts questions by how they came and what became of them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._questions = Counter(
            "footnote_questions", "Questions.", ["way", "outcome"], registry=registry
        )
        self._seconds = Histogram(
            "footnote_answer_seconds",
            "From a question's arrival until its answer or refusal was shown.",
            ["way"],
            buckets=ANSWER_SECONDS,
            registry=registry,
        )
        self._stages = Histogram(
            "footnote_answer_stage_seconds",
            "Steps of finding an answer.",
            ["stage"],
            buckets=STAGE_SECONDS,
            registry=registry,
        )
        for way in Way:  # what never happened is 0, not absent
            for outcome in Outcome:
                self._questions.labels(way, outcome)

    @contextmanager
    def asked(self, way: Way) -> Iterator[Question]:
        """Count the question that is answered inside, and measure it if it is answered.

        One that comes to nothing, as it was withdrawn, is not counted.
        """
        began, question = time.perf_counter(), Question()
        try:
            yield question
        except BaseException as error:
            question.error = error
            raise
        finally:
            if outcome := _outcome(question):
                self._questions.labels(way, outcome).inc()
            if question.answer and not question.error:
                self._seconds.labels(way).observe(time.perf_counter() - began)
                self._note_stages(question.answer.timings_ms)

    def _note_stages(self, timings_ms: Mapping[str, float]) -> None:
        for stage, milliseconds in timings_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)


def _outcome(question: Question) -> Outcome | None:
    match question.error:
        case None:
            if question.answer is None:
                return None
            return Outcome.ANSWERED if question.answer.answered else Outcome.REFUSED
        case TooSoon() | QueueFull():
            return Outcome.TOLD_TO_WAIT
        case UnknownArticle() | ShuttingDown() | asyncio.CancelledError():
            return Outcome.TURNED_AWAY
        case _:
            return Outcome.FAILED
