"""What the bot measures of itself, and how that is read: /metrics and /health."""

from bot.metrics.metrics import Metrics

__all__ = ["Metrics"]
