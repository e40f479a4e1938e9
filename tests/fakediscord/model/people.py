"""Users, roles, members, and their JSON."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..limits import Json
from ..waiting import iso

if TYPE_CHECKING:
    from ..server import Server


class User:
    """A user or the bot."""

    def __init__(self, fd: Server, name: str, bot: bool = False, id: str | None = None) -> None:
        self.fd, self.name, self.bot = fd, name, bot
        self.id = id or fd.snowflake()
        self.locale, self.dms_closed = "en-US", False
        fd.users[self.id] = self

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def json(self) -> Json:
        return {
            "id": self.id,
            "username": re.sub(r"\W", "_", self.name.lower()),
            "global_name": None if self.bot else self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
            "system": False,
            "public_flags": 0,
            "flags": 0,
        }


@dataclass
class Role:
    """A role of a guild; `permissions` are bits."""

    id: str
    name: str
    permissions: int = 0
    mentionable: bool = False
    position: int = 1

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"

    def json(self) -> Json:
        return {
            "id": self.id,
            "name": self.name,
            "permissions": str(self.permissions),
            "mentionable": self.mentionable,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "position": self.position,
            "hoist": False,
            "managed": False,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }


@dataclass
class Member:
    """A user in a guild."""

    user: User
    roles: list[Role]
    nick: str | None = None
    joined: float = field(default_factory=time.time)

    def json(self, user: bool = True, **extra: Any) -> Json:
        return {
            **({"user": self.user.json()} if user else {}),
            "roles": [role.id for role in self.roles],
            "nick": self.nick,
            "joined_at": iso(self.joined),
            "avatar": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
            "pending": False,
            "premium_since": None,
            "communication_disabled_until": None,
            **extra,
        }
