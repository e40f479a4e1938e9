"""What a user can be told is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.store.settings_store import Json


class InvalidSetting(ValueError):
    """A setting cannot have this value.

    Attributes:
        name: The setting. allowed: What it can be, in plain words.
    """

    def __init__(self, name: str, allowed: str) -> None:
        super().__init__(f"{name} must be {allowed}")
        self.name = name
        self.allowed = allowed


class FeedNotAdded(Exception):
    """There is no feed at a link.

    Attributes:
        link: What was given. reason: Why, in plain words, starting in lower case.
    """

    def __init__(self, link: str, reason: str) -> None:
        super().__init__(f"{link}: {reason}")
        self.link = link
        self.reason = reason


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


class ServerOnly(Exception):
    """The command needs a server's own space."""


class NotAllowed(Exception):
    """The user may not index, or not change the settings.

    Attributes:
        role: The role, by its name, that would also do, if one is set.
        roles: Further such roles, by their ids.
        attempt: The setting and the value that was to be set; None for anything else.
    """

    def __init__(
        self,
        role: str | None = None,
        roles: Sequence[int] = (),
        *,
        attempt: tuple[str, Json] | None = None,
    ) -> None:
        super().__init__("needs Manage Server")
        self.role = role
        self.roles = roles
        self.attempt = attempt


class NotYours(Exception):
    """Somebody pressed another's button.

    Attributes:
        words: What to tell them.
    """

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class BlankQuestion(Exception):
    """There are no words in a question."""


class Forgotten(Exception):
    """What a message answers is not known, or no longer, or not to this user."""


class ShuttingDown(Exception):
    """The bot takes no new work."""


class QueueFull(Exception):
    """So many questions wait that another would wait too long.

    Attributes:
        waiting: How many.
    """

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} questions wait")
        self.waiting = waiting


class TooSoon(Exception):
    """A question came before its time.

    Attributes:
        seconds: How long to wait, rounded up. server: Whether all members of the server wait.
    """

    def __init__(self, seconds: int, *, server: bool) -> None:
        super().__init__(f"{seconds} seconds too soon")
        self.seconds = seconds
        self.server = server


class ChannelOff(Exception):
    """The server's admins want no answers in the channel."""


class ChannelRefused(Exception):
    """What was asked for would speak in a channel where somebody may not.

    Attributes:
        channel_id: The channel. user: Whether it is the user who may not write there.
    """

    def __init__(self, channel_id: int, *, user: bool) -> None:
        super().__init__(f"channel {channel_id}")
        self.channel_id = channel_id
        self.user = user


class FileNotHandedOver(Exception):
    """Discord did not hand over an attachment."""


class TitleForSeveral(Exception):
    """One title is given for several files."""
