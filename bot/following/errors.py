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
