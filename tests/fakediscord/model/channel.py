"""A channel, thread or DM: who may do what in it, and what was said."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from .. import kinds
from ..limits import Json
from ..permissions import ALL, EVERYONE, MENTION, PERMS, VIEW, perms
from ..waiting import Signal, iso, now
from .people import User

if TYPE_CHECKING:
    from ..server import Server
    from .guild import Guild
    from .message import Message


class Channel:
    """A channel of a guild, a thread (`parent`: its channel), or a DM (`recipient`).

    Attributes
    ----------
    messages
        By id, oldest first, ephemeral ones too; `history` gives those that all can see.
    typing
        (time, user) of each typing indicator.
    t0
        When it was created, on the clock that Outcome's times count from.
    """

    def __init__(
        self,
        fd: Server,
        name: str | None,
        type: int = kinds.GUILD_TEXT,
        guild: Guild | None = None,
        parent: Channel | None = None,
        recipient: User | None = None,
        owner: User | None = None,
        id: str | None = None,
    ) -> None:
        self.fd, self.name, self.type, self.guild = fd, name, type, guild
        self.parent, self.recipient, self.owner = parent, recipient, owner
        self.id = id or fd.snowflake()
        self.topic: str | None = None
        self.overwrites: list[Json] = []
        self.messages: dict[str, Message] = {}
        self.typing: list[tuple[float, User]] = []
        self.signal, self.created, self.t0 = Signal(), time.time(), now()
        self.archived = self.locked = False
        self.auto_archive = 1440
        self.thread_members: dict[str, Json] = {}
        fd.channels[self.id] = self

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    @property
    def thread(self) -> bool:
        """Whether this is a thread."""
        return self.type in kinds.THREADS

    def permissions(self, user: User) -> int:
        """Tell a user's permissions here, 0 if the channel cannot be seen."""
        if self.type == kinds.DM:
            return EVERYONE | MENTION if user in (self.recipient, self.fd.bot) else 0
        have = self.guild.permissions(user)
        if have == ALL or not have:
            return have
        source = self.parent if self.thread else self
        overwrites = {overwrite["id"]: overwrite for overwrite in source.overwrites}
        roles = [role.id for role in self.guild.members[user.id].roles]
        for ids in ([self.guild.id], roles, [user.id]):
            layer = [overwrites[id] for id in ids if id in overwrites]
            have &= ~perms(*(overwrite["deny"] for overwrite in layer))
            have |= perms(*(overwrite["allow"] for overwrite in layer))
        outside = self.type == kinds.PRIVATE_THREAD and user.id not in self.thread_members
        if outside and not have & PERMS["manage_threads"]:
            return 0
        return have if have & VIEW else 0

    def json(self, viewer: User | None = None) -> Json:
        """Describe the channel; with a viewer, also what he or she may do here."""
        data: Json = {
            "id": self.id,
            "type": self.type,
            "last_message_id": next(reversed(self.messages), None),
            "flags": 0,
        }
        if self.type == kinds.DM:
            return data | {"recipients": [self.recipient.json()]}
        data |= {
            "guild_id": self.guild.id,
            "name": self.name,
            "parent_id": self.parent and self.parent.id,
            "rate_limit_per_user": 0,
            "nsfw": False,
            "topic": self.topic,
            "position": 0,
        }
        data |= self._thread_json() if self.thread else self._channel_json()
        if viewer:
            data["permissions"] = str(self.permissions(viewer))
        return data

    def _thread_json(self) -> Json:
        data: Json = {
            "owner_id": self.owner.id,
            "message_count": len(self.messages),
            "total_message_sent": len(self.messages),
            "member_count": len(self.thread_members),
            "thread_metadata": {
                "archived": self.archived,
                "locked": self.locked,
                "auto_archive_duration": self.auto_archive,
                "archive_timestamp": iso(self.created),
                "create_timestamp": iso(self.created),
            },
        }
        if self.fd.bot.id in self.thread_members:
            data["member"] = self.thread_members[self.fd.bot.id]
        return data

    def _channel_json(self) -> Json:
        return {
            "permission_overwrites": [
                {**overwrite, "allow": str(overwrite["allow"]), "deny": str(overwrite["deny"])}
                for overwrite in self.overwrites
            ]
        }

    def add_thread_member(self, user: User) -> None:
        """Let a user into a thread."""
        if user.id not in self.thread_members:
            self.thread_members[user.id] = {
                "id": self.id,
                "user_id": user.id,
                "join_timestamp": iso(time.time()),
                "flags": 0,
            }

    def history(self) -> list[Message]:
        """List the messages that all can see, oldest first."""
        return [message for message in self.messages.values() if not message.ephemeral]
