"""A message, every state it was seen in, and its JSON."""

# ruff: noqa: ASYNC109 (timeouts are part of what the users of the harness say)
from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from .. import kinds
from ..limits import Json, Pings, walk
from ..waiting import PATIENCE, iso, now
from .attachment import Attachment
from .channel import Channel
from .people import User

if TYPE_CHECKING:
    from ..driver import Interaction, Reply
    from ..server import Server


def flatten(
    content: str | None = "", embeds: Iterable[Json] = (), components: Iterable[Json] = ()
) -> str:
    """Join the plain text a user reads in a message."""
    out = [content]
    for embed in embeds:
        author, footer = embed.get("author") or {}, embed.get("footer") or {}
        out += [author.get("name"), embed.get("title"), embed.get("description")]
        for field in embed.get("fields") or ():
            out += [field["name"], field["value"]]
        out.append(footer.get("text"))
    for item in walk(components):
        if item.get("type") == kinds.TEXT_DISPLAY:
            out.append(item.get("content"))
    return "\n".join(text for text in out if text)


class Message:
    """A message of a user or of the bot.

    Attributes
    ----------
    ix
        The interaction it answers, if any.
    forwards
        The message that it forwards, as it was then (Discord's snapshot), if any.
    pinged, would_ping_on_edit
        Whom it notified, and whom its edits mention (edits notify nobody).
    history
        (time, text) of each visible state: creation, then edits.
    watchers
        Interactions of its components.
    """

    def __init__(
        self,
        fd: Server,
        channel: Channel,
        author: User,
        type: int = kinds.DEFAULT,
        flags: int = 0,
        ix: Interaction | None = None,
        reference: Message | None = None,
        id: str | None = None,
    ) -> None:
        self.fd, self.channel, self.author = fd, channel, author
        self.type, self.flags, self.ix, self.reference = type, flags, ix, reference
        self.id = id or fd.snowflake()
        self.created, self.t0 = time.time(), now()
        self.edited: float | None = None
        self.content = ""
        self.embeds: list[Json] = []
        self.components: list[Json] = []
        self.attachments: list[Attachment] = []
        self.mentions, self.pinged, self.would_ping_on_edit = Pings(), Pings(), Pings()
        self.forwards: Json | None = None
        self.thread: Channel | None = None
        self.deleted = False
        self.nonce: str | int | None = None
        self.sent_nonce: str | int | None = None
        self.history: list[tuple[float, str]] = []
        self.watchers: list[Interaction] = []

    @property
    def loading(self) -> bool:
        """Whether this is a deferred answer that still 'is thinking'."""
        return bool(self.flags & kinds.LOADING)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & kinds.EPHEMERAL)

    @property
    def text(self) -> str:
        """All that a user reads: content, embeds, text of components."""
        return flatten(self.content, self.embeds, self.components)

    @property
    def url(self) -> str:
        place = self.channel.guild.id if self.channel.guild else "@me"
        return f"https://discord.com/channels/{place}/{self.channel.id}/{self.id}"

    def interactive(self) -> list[Json]:
        """List its buttons, selects and the like."""
        return [item for item in walk(self.components) if item.get("type") in kinds.INTERACTIVE]

    def json(self, gateway: bool = False, reveal: bool = True, nested: bool = False) -> Json:
        """Describe the message.

        `reveal` is false for a bot without the message content intent: it then sees the content
        only of its own messages, of DMs and of messages that mention it.
        """
        seen = reveal or self.channel.type == kinds.DM
        seen = seen or self.author is self.fd.bot or self.fd.bot.id in self.mentions.users
        data: Json = {
            "id": self.id,
            "channel_id": self.channel.id,
            "type": self.type,
            "flags": self.flags,
            "author": self.author.json(),
            "content": self.content if seen else "",
            "embeds": self.embeds if seen else [],
            "components": self.components if seen else [],
            "attachments": [one.json() for one in self.attachments] if seen else [],
            "timestamp": iso(self.created),
            "edited_timestamp": self.edited and iso(self.edited),
            "tts": False,
            "pinned": False,
            "mention_everyone": self.mentions.everyone,
            "mention_roles": sorted(self.mentions.roles),
            "mentions": self._mentions_json(gateway),
        }
        if self.forwards:
            data["message_snapshots"] = [{"message": self.forwards}] if seen else []
        if self.nonce is not None:
            data["nonce"] = self.nonce
        if self.thread:
            data["thread"] = self.thread.json()
        if self.reference:
            data |= self._reference_json(gateway, reveal, nested)
        if self.ix:
            data |= self._interaction_json()
        if gateway:
            data |= self._gateway_json()
        return data

    def snapshot(self) -> Json:
        """Describe what a forward of it shows: neither author nor channel."""
        said = self.json()
        kept = (
            "type flags content embeds components attachments timestamp edited_timestamp mentions"
        )
        return {key: said[key] for key in (*kept.split(), "mention_roles")}

    def _mentions_json(self, gateway: bool) -> list[Json]:
        members = self.channel.guild.members if gateway and self.channel.guild else {}
        out = []
        for id in sorted(self.mentions.users):
            if id in self.fd.users:
                out.append(self.fd.users[id].json())
                if id in members:
                    out[-1]["member"] = members[id].json(user=False)
        return out

    def _reference_json(self, gateway: bool, reveal: bool, nested: bool) -> Json:
        guild, other = self.channel.guild, self.reference
        kind = kinds.FORWARDED if self.forwards else 0
        reference = {"type": kind, "message_id": other.id, "channel_id": other.channel.id}
        if guild:
            reference["guild_id"] = guild.id
        data: Json = {"message_reference": reference}
        if not nested and self.type in (kinds.REPLY, kinds.THREAD_STARTER):
            shown = None if other.deleted else other.json(gateway, reveal, nested=True)
            data["referenced_message"] = shown
        return data

    def _interaction_json(self) -> Json:
        guild, user = self.channel.guild, self.ix.user.json()
        meta: Json = {
            "id": self.ix.id,
            "type": self.ix.type,
            "user": user,
            "authorizing_integration_owners": {"0": guild.id if guild else "0"},
        }
        if self.ix.type == kinds.COMPONENT:
            meta["interacted_message_id"] = self.ix.source.id
        data: Json = {
            "application_id": self.fd.bot.id,
            "webhook_id": self.fd.bot.id,
            "interaction_metadata": meta,
        }
        if self.ix.name:
            meta["name"] = self.ix.name
            meta["command_type"] = self.ix.command.get("type", kinds.CHAT_INPUT)
            if self.type in (kinds.SLASH_ANSWER, kinds.MENU_ANSWER):
                old = {"id": self.ix.id, "type": 2, "name": self.ix.name, "user": user}
                data["interaction"] = old
        return data

    def _gateway_json(self) -> Json:
        guild, data = self.channel.guild, {"channel_type": self.channel.type}
        if guild and not self.ephemeral:
            data["guild_id"] = guild.id
            if not self.ix and self.author.id in guild.members:
                data["member"] = guild.members[self.author.id].json(user=False)
        return data

    async def answer(
        self,
        timeout: float = PATIENCE,
        settle: float = 1.0,
        until: Callable[[Reply], object] | None = None,
    ) -> Reply:
        """Wait for the bot's final answer to this message of a user."""
        return await self.fd.reply_to(self).final(timeout, settle, until)
