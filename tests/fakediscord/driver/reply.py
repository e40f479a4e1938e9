"""The bot's answer to a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import kinds
from ..model import Channel, Message
from .outcome import Outcome

if TYPE_CHECKING:
    from .fake import FakeDiscord


class Reply(Outcome):
    """The bot's messages in answer to a user's message.

    They are replies to it, its thread, or else what follows in the channel.
    """

    def __init__(self, fd: FakeDiscord, to: Message) -> None:
        self.fd, self.to = fd, to
        self.t0, self.signal = to.t0, to.channel.signal

    @property
    def messages(self) -> list[Message]:
        found = [
            message
            for place in self._places()
            for message in place.messages.values()
            if message.author is self.fd.bot
            and message.t0 >= self.t0
            and not message.ix
            and message.type in (kinds.DEFAULT, kinds.REPLY)
        ]
        to = self.to
        direct = [one for one in found if one.reference is to or one.channel.id == to.id]
        return direct or [one for one in found if one.reference is None]

    def _places(self) -> list[Channel]:
        channel = self.to.channel
        threads = channel.guild.threads.values() if channel.guild else ()
        new = [one for one in threads if one.parent is channel and one.t0 >= self.t0]
        return [channel, *new]

    @property
    def thread(self) -> Channel | None:
        """The thread that the answer is in."""
        channels = (message.channel for message in self.messages)
        return next((channel for channel in channels if channel.thread), None)

    @property
    def t_typing(self) -> float | None:
        """When the bot was first seen typing."""
        channels = {self.to.channel, *(message.channel for message in self.messages)}
        for channel in channels:
            for time, user in channel.typing:
                if user is self.fd.bot and time >= self.t0:
                    return time - self.t0
        return None

    @property
    def t_ack(self) -> float | None:
        """The first sign of life: typing or a message."""
        times = (self.t_typing, self.t_first_content)
        return min((time for time in times if time is not None), default=None)
