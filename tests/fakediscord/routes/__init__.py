"""The REST routes (API v10)."""

from . import account, channels, commands, guilds, interactions, messages, threads
from .table import Request, joined, unknown

ROUTES = joined(
    module.routes
    for module in (account, commands, interactions, channels, messages, threads, guilds)
)

__all__ = ["ROUTES", "Request", "joined", "unknown"]
