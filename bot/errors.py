"""Errors that users can do something about; each holds its own message.

UserError
├── InvalidSetting
├── FeedNotAdded
├── BlankTopic
├── UnknownSubscription
├── ServerOnly
├── NotAllowed
├── NotYours
├── BlankQuestion
├── Forgotten
├── ShuttingDown
├── QueueFull
├── TooSoon
├── ChannelOff
├── ChannelRefused
├── FileNotHandedOver
└── TitleForSeveral
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from index import errors as of_index

if TYPE_CHECKING:
    from index.store.settings_store import Json


class UserError(Exception):
    """Base of what a user can do something about.

    Attributes:
        message: Discord markdown with the names of further attributes in braces. Others may have
            written their values, which whoever shows the message escapes and cuts.
    """

    message: str


class InvalidSetting(UserError):
    """A setting cannot have this value.

    Attributes:
        name: The setting. allowed: What it can be, in plain words.
    """

    message = "This panel is of an earlier day. Open it anew: `/settings panel`."

    def __init__(self, name: str, allowed: str) -> None:
        super().__init__(f"{name} must be {allowed}")
        self.name = name
        self.allowed = allowed


class FeedNotAdded(UserError):
    """There is no feed at a link.

    Attributes:
        link: What was given. reason: Why, in plain words, starting in lower case.
    """

    message = "{link} cannot be followed: {reason}."

    def __init__(self, link: str, reason: str) -> None:
        super().__init__(f"{link}: {reason}")
        self.link = link
        self.reason = reason


class BlankTopic(UserError):
    """There are no words in a topic."""

    message = "There is no topic in that. Try: `/follow topic: the harbour strike`"


class UnknownSubscription(UserError):
    """The user follows no topic that is called as was `asked`."""

    message = "You do not follow “{asked}”. `/following` lists what you follow."

    def __init__(self, asked: str) -> None:
        super().__init__(asked)
        self.asked = asked


class ServerOnly(UserError):
    """The command works in servers only."""

    message = "That works in a server only: there are no articles of your own in direct messages."


class NotAllowed(UserError):
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
        *others, last = [*["{role}"] * bool(role), *(f"<@&{role_id}>" for role_id in roles)] or [""]
        if others:
            self.message = (
                "That needs the permission Manage Server or one of the roles "
                f"{', '.join(others)} or {last}."
            )
        elif last:
            self.message = f"That needs the permission Manage Server or the role {last}."
        else:
            self.message = "That needs the permission Manage Server."


class NotYours(UserError):
    """Somebody pressed another's button; each kind of button has its own message."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BlankQuestion(UserError):
    """There are no words in a question."""

    message = "There is no question in that. Try: What did Hegseth say about NATO?"


class Forgotten(UserError):
    """The question of an answer is not known any more, or not to this user."""

    message = "I no longer know what was asked there. Please ask again: `/ask`."


class ShuttingDown(UserError):
    """The bot takes no new work."""

    message = "I am about to restart. Please try again in a minute."


class QueueFull(UserError):
    """So many questions wait that another would wait too long."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} questions wait")
        questions = "question" if waiting == 1 else "questions"
        self.message = f"{waiting:,} {questions} wait before yours. Please ask again in a minute."


class TooSoon(UserError):
    """A question came before the cooldown was over.

    Attributes:
        seconds: How long to wait, rounded up. server: Whether all members of the server wait.
    """

    def __init__(self, seconds: int, *, server: bool) -> None:
        super().__init__(f"{seconds} seconds too soon")
        self.seconds = seconds
        self.server = server
        again = f"Ask again <t:{math.ceil(time.time() + seconds)}:R>."
        if server:
            self.message = f"This server takes one question at a time, and has just asked. {again}"
        else:
            self.message = f"One question at a time, please. {again}"


class ChannelOff(UserError):
    """The server's admins want no answers in the channel."""

    message = "This server's admins have me answer nothing in this channel. Ask me in another."


class ChannelRefused(UserError):
    """The bot, or the `user`, may not write in the channel that was named."""

    def __init__(self, channel_id: int, *, user: bool) -> None:
        super().__init__(f"channel {channel_id}")
        self.message = (
            f"You may not write in <#{channel_id}> yourself. Name another channel."
            if user
            else f"I may not write in <#{channel_id}>: there I need Send Messages and Embed Links. "
            "Let me, or name another channel."
        )


class FileNotHandedOver(UserError):
    """Discord did not hand over an attachment."""

    message = "Discord did not hand over the file. Please try again."


class TitleForSeveral(UserError):
    """One title is given for several files."""

    message = (
        "Leave `title` out where you give several files: it would be the title of all of them."
    )


INDEX_MESSAGES: Mapping[type[Exception], str] = {
    of_index.SourceError: "{name} was not indexed: {reason}.",
    of_index.UnknownArticle: "There is no article “{article_id}” here. `/articles` lists them.",
    of_index.UndoExpired: (
        "Too late: Undo works for 10 minutes. `/remove` takes an article away at any time."
    ),
    of_index.UndoneAlready: "That has been undone already.",
    of_index.FeedExists: (
        "“{title}” is followed already. `/feeds check` looks for new articles at once."
    ),
    of_index.TooManyFeeds: "A server can follow {limit} feeds. Remove one first: `/feeds remove`.",
    of_index.UnknownFeed: "There is no feed “{asked}” here. `/feeds list` shows them.",
    of_index.TooManySubscriptions: (
        "You follow {limit} topics, the most there can be. `/unfollow` one first."
    ),
    of_index.StorageError: (
        "The index cannot be read or written at the moment. Whoever runs me finds it in the log."
    ),
    of_index.ModelError: (
        "The language model cannot be used at the moment. Whoever runs me finds it in the log."
    ),
}
"""What `message` is to a UserError, for each of those errors of the index that a user meets."""
