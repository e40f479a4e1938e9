"""What /health says is wrong."""

from __future__ import annotations

NO_GATEWAY = "There is no connection to Discord's gateway."
NO_DATABASE = "The database cannot be read; the log says why."
SLOW_DATABASE = "The database does not answer in time."
STOPPING = "The bot is about to stop."


def hangs(pool: str, seconds: float) -> str:
    """A call that does not end."""
    return f"A call of the {pool} threads has been running for {seconds:.0f} seconds."
