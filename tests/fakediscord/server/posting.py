"""Messages: created, edited, deleted, reacted to; and typing."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from .. import intents, kinds, limits
from ..limits import Json, walk
from ..model import Channel, File, Message, User, flatten
from ..permissions import MENTION
from ..waiting import now
from .uploads import Uploads, complete_media, resolve

SETTABLE = kinds.V2 | kinds.SUPPRESS_EMBEDS | kinds.SUPPRESS_NOTIFICATIONS
EDITABLE = kinds.V2 | kinds.SUPPRESS_EMBEDS
Files = dict[str, File]


class Posting(Uploads):
    """The state with messages."""

    def send(
        self,
        channel: Channel,
        author: User,
        body: Json,
        uploads: Files | None = None,
        *,
        ix: Any = None,
        type: int = kinds.DEFAULT,
        flags: int = 0,
        reference: Message | None = None,
        prefix: limits.Path = (),
        id: str | None = None,
        max_content: int = limits.MAX_CONTENT,
        forwards: Message | None = None,
    ) -> Message:
        """Create a message as `author`, validated; `body` is the REST payload."""
        files = self._names(body, uploads)
        if not forwards:
            limits.message(body, prefix=prefix, files=files, max_content=max_content)
        flags |= (body.get("flags") or 0) & SETTABLE
        message = Message(self, channel, author, type, flags, ix, forwards or reference, id)
        message.forwards = forwards.snapshot() if forwards else None
        message.nonce = body.get("nonce")
        self._fill(message, body, uploads)
        channel.messages[message.id] = message
        if channel.thread:
            if channel.archived:
                self.update_channel(channel, archived=False)
            channel.add_thread_member(author)
        message.pinged = message.mentions
        self.emit_message("MESSAGE_CREATE", message)
        message.nonce = None
        self.changed(message)
        return message

    def edit(
        self,
        message: Message,
        body: Json,
        uploads: Files | None = None,
        *,
        prefix: limits.Path = (),
        at: float | None = None,
    ) -> Message:
        """Edit a message, validated; a deferred answer's first edit makes it visible.

        `at` is what Discord's clock says then (Unix seconds), now unless given.
        """
        names, keep = self._names(body, uploads), list(message.attachments)
        if "attachments" in body:
            kept = {str(one.get("id")) for one in body["attachments"] or ()}
            keep = [attachment for attachment in keep if attachment.id in kept]
        old = {key: getattr(message, key) for key in ("flags", "content", "embeds", "components")}
        files = names + [attachment.filename for attachment in keep]
        limits.message(body, prefix=prefix, files=files, old=old)
        first = message.loading
        message.attachments = keep
        message.flags &= ~kinds.LOADING
        if "flags" in body:  # suppressed embeds can come back, components v2 stay
            flags = (body["flags"] or 0) & EDITABLE
            message.flags = message.flags & ~kinds.SUPPRESS_EMBEDS | flags
        message.edited = None if first else at or time.time()
        self._fill(message, body, uploads)
        if first:
            message.pinged = message.mentions
        else:
            message.would_ping_on_edit = message.would_ping_on_edit | message.mentions
        self.emit_message("MESSAGE_UPDATE", message)
        self.changed(message)
        return message

    def delete(self, message: Message) -> None:
        """Delete a message."""
        if not message.ephemeral:
            self._deleted("MESSAGE_DELETE", message.channel, {"id": message.id})
        self._gone(message)

    def delete_all(self, channel: Channel, messages: Iterable[Message]) -> None:
        """Delete messages of a guild's channel at once."""
        messages = list(messages)
        ids = [message.id for message in messages]
        self._deleted("MESSAGE_DELETE_BULK", channel, {"ids": ids})
        for message in messages:
            self._gone(message)

    def _deleted(self, event: str, channel: Channel, data: Json) -> None:
        guild = channel.guild
        data["channel_id"] = channel.id
        if guild:
            data["guild_id"] = guild.id
        intent = intents.MESSAGES if guild else intents.DM_MESSAGES
        self.emit(event, data, guild=guild, channel=channel, intent=intent)

    def _gone(self, message: Message) -> None:
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        message.history.append((now(), ""))
        self.touch(message)

    def _fill(self, message: Message, body: Json, uploads: Files | None) -> None:
        links = self._add_uploads(message, body, uploads)
        if "content" in body:
            message.content = (body["content"] or "").strip()
        if "embeds" in body:
            embeds = body["embeds"] or ()
            message.embeds = [{"type": "rich"} | resolve(embed, links) for embed in embeds]
        if "components" in body:
            message.components = resolve(body["components"] or [], links)
            complete_media(message.components)
            self.number(message.components)
        message.mentions = self._mentions(message, body.get("allowed_mentions"))

    def _mentions(self, message: Message, allowed: Json | None) -> limits.Pings:
        channel, reference = message.channel, message.reference
        loud = channel.type == kinds.DM or channel.permissions(message.author) & MENTION
        roles = channel.guild.roles.values() if channel.guild else ()
        replying = message.type == kinds.REPLY and reference and not message.ix
        return limits.pings(
            flatten(message.content, (), message.components),
            allowed,
            webhook=bool(message.ix),
            can_everyone=bool(loud),
            mentionable=[role.id for role in roles if role.mentionable],
            reply_to=reference.author.id if replying else None,
        )

    @staticmethod
    def number(components: Iterable[Json]) -> None:
        """Give an id to each component that has none."""
        used, number = {item.get("id") for item in walk(components)}, 0
        for item in walk(components):
            if not item.get("id"):
                number += 1
                while number in used:
                    number += 1
                item["id"] = number

    def type_in(self, channel: Channel, user: User) -> None:
        """Show a typing indicator."""
        channel.typing.append((now(), user))
        if user is not self.bot:
            guild, seconds = channel.guild, int(time.time())
            data: Json = {"channel_id": channel.id, "user_id": user.id, "timestamp": seconds}
            if guild:
                data |= {"guild_id": guild.id, "member": guild.members[user.id].json()}
            intent = intents.TYPING if guild else intents.DM_TYPING
            self.emit("TYPING_START", data, guild=guild, channel=channel, intent=intent)
        self.touch_channel(channel)
