"""Strings for whoever runs the bot: why it ended, and what /health says."""

from __future__ import annotations

from collections.abc import Mapping

NO_TOKEN = "DISCORD_TOKEN is not set."  # noqa: S105

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
FATAL: Mapping[int, str] = {
    4004: "Discord refused DISCORD_TOKEN: copy it again from the Developer Portal, Bot.",
    4010: "Discord refused the connection: the shard is invalid (4010).",
    4011: "Discord refused the connection: the bot is in too many servers for one shard (4011).",
    4012: "Discord refused the connection: it no longer serves this API version (4012).",
    4013: "Discord refused the connection: an intent is invalid (4013).",
    4014: "Discord refused an intent: turn it on in the Developer Portal, Bot (4014).",
}
"""By the code with which Discord closes a connection."""

NO_GATEWAY = "I'm not connected to Discord."
NO_DATABASE = "I can't read the database; the log says why."
SLOW_DATABASE = "The database doesn't answer in time."
STOPPING = "I'm about to stop."
UNREACHABLE = "I can't reach Discord: {}"
HANGS = "A call of the {pool} threads has been running for {seconds:.0f} seconds."


def closed(code: int) -> str:
    """Say that Discord ended the connection."""
    return FATAL.get(code, f"Discord closed the connection ({code}).")
