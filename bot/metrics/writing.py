"""What became of answers that a language model was to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter

from bot.writing.faults import Fault

if TYPE_CHECKING:
    from bot.writing.writing import Outcome

WRITTEN = "written"
OWN_WORDS = "own_words"
"""The articles' own words stand without a fault, as somebody stopped the writing."""


class WritingMeter:
    """Counts answers that were to be written by what became of them."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._answers = Counter(
            "footnote_written_answers",
            "Answers that a language model was to write, by what became of them.",
            ["outcome"],
            registry=registry,
        )
        for outcome in (WRITTEN, OWN_WORDS, *Fault):
            self._answers.labels(outcome)

    def wrote(self, outcome: Outcome) -> None:
        """Count one."""
        own = WRITTEN if outcome.answer.written_by else OWN_WORDS
        self._answers.labels(outcome.fault or own).inc()
