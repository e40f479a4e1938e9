"""Everything that is counted while the bot works.

No label holds what people wrote, who or where they are, or a title: each has a few fixed values.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry
from prometheus_client.process_collector import ProcessCollector

from bot.metrics.gateway import GatewayMeter
from bot.metrics.loop_lag import LoopLag
from bot.metrics.questions import QuestionMeter
from bot.metrics.requests import RequestMeter
from bot.metrics.writing import WritingMeter


class Metrics:
    """One for a bot, with a registry of its own. Counting is cheap, whether it is read or not."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = QuestionMeter(self.registry)
        self.requests = RequestMeter(self.registry)
        self.gateway = GatewayMeter(self.registry)
        self.writing = WritingMeter(self.registry)
        self.loop_lag = LoopLag(self.registry)
        ProcessCollector(registry=self.registry)
