"""What exists: users, guilds, channels; and the events about it that the bot's sessions get."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from .. import intents, kinds
from ..gateway import Gateway, Session
from ..limits import Json
from ..model import Attachment, Channel, Guild, Member, Message, Role, User
from ..permissions import BOT, EVERYONE, VIEW, Permissions, perms
from ..waiting import Signal, now

DISCORD_EPOCH_MS = 1420070400000


class State:
    """What exists, and events about it.

    Attributes
    ----------
    shards
        How many are recommended to bots that ask.
    registered
        The application's commands.
    interactions
        By token.
    """

    user_class: ClassVar[type[User]] = User

    def __init__(self, bot_name: str) -> None:
        self._last_id = 0
        self.shards = 1
        self.users: dict[str, Any] = {}
        self.guilds: dict[str, Guild] = {}
        self.channels: dict[str, Channel] = {}
        self.attachments: dict[str, Attachment] = {}
        self.sessions: dict[str, Session] = {}
        self.interactions: dict[str, Any] = {}
        self.registered: list[Json] = []
        self.signal, self.gateway = Signal(), Gateway(self)
        self.bot, self.owner = User(self, bot_name, bot=True), self.add_user("Owner")

    def snowflake(self) -> str:
        """Make an id, greater than all before."""
        fresh = (int(time.time() * 1000) - DISCORD_EPOCH_MS) << 22
        self._last_id = max(self._last_id + 1, fresh)
        return str(self._last_id)

    def add_user(self, name: str) -> Any:
        """Create a user."""
        return self.user_class(self, name)

    def add_guild(
        self,
        name: str,
        everyone: Permissions = EVERYONE,
        bot_permissions: Permissions = BOT,
        owner: User | None = None,
        with_bot: bool = True,
    ) -> Guild:
        """Create a guild, with the bot in it for an hour already."""
        guild = Guild(self, name, owner or self.owner, perms(everyone))
        self.guilds[guild.id] = guild
        guild.members[guild.owner.id] = Member(guild.owner, [])
        if with_bot:
            self.join(guild, bot_permissions, hours_ago=1)
        return guild

    def join(
        self, guild: Guild, bot_permissions: Permissions = BOT, *, hours_ago: float = 0
    ) -> None:
        """Invite the bot: GUILD_CREATE."""
        bits, position = perms(bot_permissions), len(guild.roles)
        role = Role(self.snowflake(), self.bot.name, bits, position=position)
        guild.roles[role.id] = role
        joined = time.time() - hours_ago * 3600
        guild.members[self.bot.id] = Member(self.bot, [role], joined=joined)
        self._guild_created(guild, new=True)

    def leave(self, guild: Guild) -> None:
        """Kick the bot: GUILD_DELETE."""
        self.emit("GUILD_DELETE", {"id": guild.id}, guild=guild, intent=intents.GUILDS)
        guild.members.pop(self.bot.id, None)

    def outage(self, guild: Guild, on: bool = True) -> None:
        """Make a guild unavailable, or available again."""
        guild.available = not on
        if on:
            data = {"id": guild.id, "unavailable": True}
            self.emit("GUILD_DELETE", data, guild=guild, intent=intents.GUILDS)
        else:
            self._guild_created(guild, new=False)

    def _guild_created(self, guild: Guild, new: bool) -> None:
        def describe(session: Session) -> Json:
            return guild.json(session, new=new)

        self.emit("GUILD_CREATE", describe, guild=guild, intent=intents.GUILDS)

    def dm(self, user: User) -> Channel:
        """Give the DM channel of the bot with a user."""
        for channel in self.channels.values():
            if channel.type == kinds.DM and channel.recipient is user:
                return channel
        return Channel(self, None, kinds.DM, recipient=user)

    def update_channel(self, channel: Channel, **changes: Any) -> None:
        """Set attributes of a channel or thread."""
        for key, value in changes.items():
            setattr(channel, key, value)
        event = "THREAD_UPDATE" if channel.thread else "CHANNEL_UPDATE"
        data, guild = channel.json(), channel.guild
        self.emit(event, data, guild=guild, channel=channel, intent=intents.GUILDS)

    def emit(
        self,
        event: str,
        data: Any,
        *,
        guild: Guild | None = None,
        channel: Channel | None = None,
        intent: int = 0,
    ) -> None:
        """Dispatch to each session that may have it; data may be a function of the session."""
        if guild and self.bot.id not in guild.members:
            return
        if channel and not channel.permissions(self.bot) & VIEW:
            return
        for session in list(self.sessions.values()):
            if session.covers(guild) and (not intent or session.intents & intent):
                session.send(event, data(session) if callable(data) else data)
        self.signal.fire()

    def emit_message(self, event: str, message: Message) -> None:
        """Dispatch a message as each session may see it; ephemeral ones only of the bot."""
        if message.ephemeral and message.author is not self.bot:
            return
        guild = None if message.ephemeral else message.channel.guild

        def describe(session: Session) -> Json:
            return message.json(gateway=True, reveal=bool(session.intents & intents.CONTENT))

        channel = None if message.ephemeral else message.channel
        intent = intents.MESSAGES if guild else intents.DM_MESSAGES
        self.emit(event, describe, guild=guild, channel=channel, intent=intent)

    def changed(self, message: Message) -> None:
        """Note a new visible state of a message."""
        message.history.append((now(), message.text))
        self.touch(message)

    def touch(self, message: Message) -> None:
        """Wake those who wait for a message's channel or interactions."""
        self.touch_channel(message.channel)
        for ix in [*message.watchers, *([message.ix] if message.ix else [])]:
            ix.signal.fire()

    def touch_channel(self, channel: Channel) -> None:
        """Wake those who wait for a channel or, of a thread, for its parent."""
        channel.signal.fire()
        if channel.parent:
            channel.parent.signal.fire()
