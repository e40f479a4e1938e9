"""Why Discord closes a connection that then cannot be opened again."""

from __future__ import annotations

from collections.abc import Mapping

# https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
FATAL: Mapping[int, str] = {
    4004: "Discord refused DISCORD_TOKEN: copy it again from the Developer Portal, Bot.",
    4010: "Discord refused the connection: the shard is invalid (4010).",
    4011: "Discord refused the connection: the bot is in too many servers for one shard (4011).",
    4012: "Discord refused the connection: this API version is no longer served (4012).",
    4013: "Discord refused the connection: an intent is invalid (4013).",
    4014: "Discord refused an intent: switch it on in the Developer Portal, Bot (4014).",
}
"""What to tell whoever runs the bot, by Discord's code."""
