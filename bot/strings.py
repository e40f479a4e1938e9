"""Strings for whoever runs the bot: why it ended, and what /health says."""

from __future__ import annotations

from collections.abc import Mapping

NO_TOKEN = "DISCORD_TOKEN is not set."  # noqa: S105

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
FATAL: Mapping[int, str] = {
    4004: "Discord refused DISCORD_TOKEN: copy it again from the Developer Portal, Bot.",
    4010: "Discord refused the connection: the shard is invalid (4010).",
    4011: "Discord refused the connection: the bot is in too many servers for one shard (4011).",
    4012: "Discord refused the connection: this API version is no longer served (4012).",
    4013: "Discord refused the connection: an intent is invalid (4013).",
    4014: "Discord refused an intent: switch it on in the Developer Portal, Bot (4014).",
}
"""By the code with which Discord closes a connection."""

NO_GATEWAY = "There is no connection to Discord's gateway."
NO_DATABASE = "The database cannot be read; the log says why."
SLOW_DATABASE = "The database does not answer in time."
STOPPING = "It is about to stop."


def closed(code: int) -> str:
    """Say that Discord ended the connection."""
    return FATAL.get(code, f"Discord closed the connection ({code}).")


def unreachable(error: Exception) -> str:
    """Say that there is no connection."""
    return f"Discord cannot be reached: {error}"


def hangs(pool: str, seconds: float) -> str:
    """Describe a call that does not end."""
    return f"A call of the {pool} threads has been running for {seconds:.0f} seconds."
