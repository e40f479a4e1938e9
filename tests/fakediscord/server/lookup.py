"""What a REST call names, if it exists and the bot may."""

from __future__ import annotations

from ..limits import ApiError, Json
from ..model import Channel, Guild, Message
from ..permissions import PERMS, VIEW
from ..routes import Request, unknown
from .threads import Threads


class Lookup(Threads):
    """The state as the bot may see it."""

    privileged: set[str]

    def channel(self, rq: Request, *need: str) -> Channel:
        """Find {cid}, in which the bot needs these permissions."""
        channel = self.channels.get(rq["cid"])
        if not channel:
            raise unknown(10003, "Channel")
        have = channel.permissions(self.bot)
        if not have & VIEW:
            raise ApiError(403, 50001, "Missing Access")
        for name in need:
            if name == "send_messages" and channel.thread:
                name = "send_messages_in_threads"
            if not have & PERMS[name]:
                raise ApiError(403, 50013, "Missing Permissions")
        return channel

    def message(self, rq: Request, *need: str) -> Message:
        """Find {mid} in {cid}."""
        message = self.channel(rq, *need).messages.get(rq["mid"])
        if not message or message.ephemeral:
            raise unknown(10008, "Message")
        return message

    def guild(self, rq: Request) -> Guild:
        """Find {gid}, in which the bot has to be."""
        guild = self.guilds.get(rq["gid"])
        if not guild:
            raise unknown(10004, "Guild")
        if self.bot.id not in guild.members:
            raise ApiError(403, 50001, "Missing Access")
        return guild

    def seen(self, message: Message) -> Json:
        """Describe a message as the bot's intents let it see it."""
        return message.json(reveal="message_content" in self.privileged)
