"""What can be wrong with a feed that somebody wants to follow."""

from __future__ import annotations


class FeedNotAdded(Exception):
    """There is no feed at a link.

    Attributes:
        link: What was given. reason: Why, in plain words, starting in lower case.
    """

    def __init__(self, link: str, reason: str) -> None:
        super().__init__(f"{link}: {reason}")
        self.link = link
        self.reason = reason
