"""What can be wrong with something that somebody wants to follow."""

from __future__ import annotations


class BlankTopic(Exception):
    """There are no words in a topic."""


class UnknownFollow(Exception):
    """The user follows no such topic.

    Attributes:
        asked: What was asked for.
    """

    def __init__(self, asked: str) -> None:
        super().__init__(asked)
        self.asked = asked


class CannotTell(Exception):
    """A channel cannot be told of anything.

    Attributes:
        channel_id: The channel. user: Whether it is the user who may not write there.
    """

    def __init__(self, channel_id: int, *, user: bool) -> None:
        super().__init__(f"channel {channel_id}")
        self.channel_id = channel_id
        self.user = user
