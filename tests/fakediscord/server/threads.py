"""Starting threads."""

from __future__ import annotations

from typing import Any

from .. import intents, kinds
from ..gateway import Session
from ..limits import ApiError, Errors, Json
from ..model import Channel, Message, User
from .posting import Posting

PARENTS = (kinds.GUILD_TEXT, kinds.ANNOUNCEMENT)
AUTO_ARCHIVE_MINUTES = (60, 1440, 4320, 10080)


class Threads(Posting):
    """The state with threads."""

    def start_thread(
        self,
        parent: Channel,
        owner: User,
        name: Any,
        *,
        message: Message | None = None,
        type: int = kinds.PUBLIC_THREAD,
        auto_archive: int = 1440,
    ) -> Channel:
        """Start a thread in a channel, or on a message of it; `auto_archive` in minutes."""
        self._may_start(parent, name, message, auto_archive)
        id = message.id if message else None
        thread = Channel(self, name, type, parent.guild, parent, owner=owner, id=id)
        thread.auto_archive = auto_archive
        thread.add_thread_member(owner)
        parent.guild.threads[thread.id] = thread

        def describe(session: Session) -> Json:
            return thread.json() | {"newly_created": True}

        guild = thread.guild
        self.emit("THREAD_CREATE", describe, guild=guild, channel=thread, intent=intents.GUILDS)
        if message:
            message.thread, message.flags = thread, message.flags | kinds.HAS_THREAD
            self.emit_message("MESSAGE_UPDATE", message)
            kind = kinds.THREAD_STARTER
            starter = Message(self, thread, message.author, type=kind, reference=message)
            thread.messages[starter.id] = starter
        else:
            self.send(parent, owner, {"content": name}, type=kinds.THREAD_CREATED)
        parent.signal.fire()
        return thread

    def _may_start(
        self, parent: Channel, name: Any, message: Message | None, auto_archive: int
    ) -> None:
        if parent.type not in PARENTS:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        errors = Errors()
        errors.string(("name",), name, 1, 100, required=True)
        if auto_archive not in AUTO_ARCHIVE_MINUTES:
            values = "{" + ", ".join(map(str, AUTO_ARCHIVE_MINUTES)) + "}"
            path = ("auto_archive_duration",)
            errors.add(path, "BASE_TYPE_CHOICES", f"Value must be one of {values}.")
        errors.check()
        if message and message.thread:
            raise ApiError(400, 160004, "A thread has already been created for this message")
