"""A server ("guild"): its roles, members, channels."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from .. import intents, kinds
from ..limits import Json
from ..permissions import ADMIN, ALL, VIEW, Permissions, perms
from ..waiting import iso
from .channel import Channel
from .people import Member, Role, User

if TYPE_CHECKING:
    from ..gateway import Session
    from ..server import Server

ALWAYS_NONE = (
    "icon",
    "banner",
    "splash",
    "description",
    "vanity_url_code",
    "afk_channel_id",
    "system_channel_id",
    "rules_channel_id",
    "public_updates_channel_id",
    "application_id",
    "discovery_splash",
)
Overwrites = Mapping[User | Role, Permissions]


class Guild:
    """A Discord server; each change is told to the bot as Discord would."""

    def __init__(self, fd: Server, name: str, owner: User, everyone: int) -> None:
        self.fd, self.name, self.owner = fd, name, owner
        self.id, self.locale, self.available = fd.snowflake(), "en-US", True
        self.roles = {self.id: Role(self.id, "@everyone", everyone, position=0)}
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.threads: dict[str, Channel] = {}

    @property
    def everyone(self) -> Role:
        return self.roles[self.id]

    def add_role(self, name: str, permissions: Permissions = 0, mentionable: bool = False) -> Role:
        """Create a role."""
        position = len(self.roles)
        role = Role(self.fd.snowflake(), name, perms(permissions), mentionable, position)
        self.roles[role.id] = role
        data = {"guild_id": self.id, "role": role.json()}
        self.fd.emit("GUILD_ROLE_CREATE", data, guild=self, intent=intents.GUILDS)
        return role

    def add_member(
        self,
        user: User | str,
        roles: Iterable[Role] = (),
        permissions: Permissions | None = None,
        nick: str | None = None,
    ) -> User:
        """Let a user in; a name makes a new one.

        `permissions` is short for a role of one's own.
        """
        user = self.fd.add_user(user) if isinstance(user, str) else user
        roles = list(roles)
        if permissions:
            roles.append(self.add_role(f"{user.name} perms", permissions))
        self.members[user.id] = member = Member(user, roles, nick)
        data = member.json(guild_id=self.id)
        self.fd.emit("GUILD_MEMBER_ADD", data, guild=self, intent=intents.MEMBERS)
        return user

    def remove_member(self, user: User) -> None:
        """Let a user go."""
        del self.members[user.id]
        data = {"guild_id": self.id, "user": user.json()}
        self.fd.emit("GUILD_MEMBER_REMOVE", data, guild=self, intent=intents.MEMBERS)

    def set_roles(self, user: User, roles: Iterable[Role]) -> None:
        """Replace a member's roles."""
        member = self.members[user.id]
        member.roles = list(roles)
        intent = 0 if user is self.fd.bot else intents.MEMBERS
        data = member.json(guild_id=self.id)
        self.fd.emit("GUILD_MEMBER_UPDATE", data, guild=self, intent=intent)

    def add_channel(
        self,
        name: str,
        type: int = kinds.GUILD_TEXT,
        deny: Overwrites | None = None,
        allow: Overwrites | None = None,
        parent: Channel | None = None,
        topic: str | None = None,
    ) -> Channel:
        """Create a channel; type 0 text, 4 category, 5 announcement.

        `deny` and `allow` map roles or users to permissions.
        """
        channel = Channel(self.fd, name, type, guild=self, parent=parent)
        channel.topic = topic
        deny, allow = deny or {}, allow or {}
        for who in {**deny, **allow}:
            channel.overwrites.append(
                {
                    "id": who.id,
                    "type": int(isinstance(who, User)),
                    "allow": perms(allow.get(who, 0)),
                    "deny": perms(deny.get(who, 0)),
                }
            )
        self.channels[channel.id] = channel
        self.fd.emit(
            "CHANNEL_CREATE", channel.json(), guild=self, channel=channel, intent=intents.GUILDS
        )
        return channel

    def remove_channel(self, channel: Channel) -> None:
        """Delete a channel or a thread."""
        if not self.channels.pop(channel.id, None):
            self.threads.pop(channel.id, None)
        self.fd.channels.pop(channel.id, None)
        event = "THREAD_DELETE" if channel.thread else "CHANNEL_DELETE"
        self.fd.emit(event, channel.json(), guild=self, intent=intents.GUILDS)

    def permissions(self, user: User) -> int:
        """Tell a user's permissions in the guild; 0 if not a member."""
        member = self.members.get(user.id)
        if member is None:
            return 0
        have = self.everyone.permissions | perms(*(role.permissions for role in member.roles))
        return ALL if user is self.owner or have & ADMIN else have

    def json(self, session: Session | None = None, new: bool = False) -> Json:
        """Describe the guild; for a session also what GUILD_CREATE carries."""
        return {
            "id": self.id,
            "name": self.name,
            "owner_id": self.owner.id,
            "roles": [role.json() for role in self.roles.values()],
            "preferred_locale": self.locale,
            "features": [],
            "emojis": [],
            "stickers": [],
            "verification_level": 0,
            "default_message_notifications": 1,
            "explicit_content_filter": 0,
            "mfa_level": 0,
            "nsfw_level": 0,
            "afk_timeout": 300,
            "premium_tier": 0,
            "premium_subscription_count": 0,
            "system_channel_flags": 0,
            "premium_progress_bar_enabled": False,
            **dict.fromkeys(ALWAYS_NONE),
            **(self._created(session, new) if session else {}),
        }

    def _created(self, session: Session, new: bool) -> Json:
        bot, every = self.fd.bot, session.intents & intents.PRESENCES
        members = [member for member in self.members.values() if member.user is bot or every]
        channels = [c for c in self.channels.values() if c.permissions(bot) & VIEW]
        threads = [t for t in self.threads.values() if not t.archived and t.permissions(bot) & VIEW]
        return {
            "channels": [channel.json() for channel in channels],
            "threads": [thread.json() for thread in threads],
            "members": [member.json() for member in members],
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "member_count": len(self.members),
            "large": False,
            "joined_at": iso(time.time()),
            **({} if new else {"unavailable": False}),
        }
