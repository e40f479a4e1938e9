"""The REST routes (API v10)."""

from . import account, channels, commands, guilds, interactions, messages, reactions, threads
from .table import Request, joined, unknown

# the order counts: /users/@me before /users/{uid}, messages/pins before messages/{mid}
ROUTES = joined(
    module.routes
    for module in (
        account,
        commands,
        interactions,
        channels,
        messages,
        reactions,
        threads,
        guilds,
    )
)

__all__ = ["ROUTES", "Request", "joined", "unknown"]
