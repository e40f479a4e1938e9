"""Errors that users can do something about; each holds its own message.

UserError
├── InvalidSetting
├── UnreadableInput
│   ├── FeedNotAdded
│   └── FileNotRead
├── BlankTopic
├── UnknownSubscription
├── ServerOnly
├── NotAllowed
├── NotYours
├── BlankQuestion
├── Unclear
├── Forgotten
├── ShuttingDown
├── QueueFull
├── NotAnswered
├── TooSoon
├── ChannelOff
├── ChannelDenied
├── FileNotHandedOver
└── TitleForSeveral
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence

from index import errors as of_index
from index.store.settings_store import Json


class UserError(Exception):
    """Base of what a user can do something about.

    Attributes:
        message: Discord markdown with the names of further attributes in braces. Others may have
            written their values, which whoever shows the message escapes and cuts.
    """

    message: str


class InvalidSetting(UserError):
    """The setting `name` cannot have the value that was chosen."""

    message = "This panel is out of date. Open a new one with `/settings panel`."

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class UnreadableInput(UserError):
    """Base of what cannot be read.

    Attributes:
        name: Of the file, or the link. reason: Why, in plain words, starting in lower case.
    """

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


class FeedNotAdded(UnreadableInput):
    """There is no feed at a link."""

    message = "I can't follow {name}: {reason}."


class BlankTopic(UserError):
    """There are no words in a topic."""

    message = "I need a topic. Try: `/follow topic: the harbour strike`"


class UnknownSubscription(UserError):
    """The user follows no topic that is called as was `asked`."""

    message = "You don't follow “{asked}”. `/following` lists your topics."

    def __init__(self, asked: str) -> None:
        super().__init__(asked)
        self.asked = asked


class ServerOnly(UserError):
    """The command works in servers only."""

    message = "That only works in a server: direct messages have no articles of their own."


class NotAllowed(UserError):
    """The user may not index, or not change the settings.

    Attributes:
        role: The role, by its name, that would also do, if one is set.
        roles: Further such roles, by their ids; None where no role does.
        attempt: The setting and the value that was to be set; None for anything else.
    """

    def __init__(
        self,
        role: str | None = None,
        roles: Sequence[int] | None = None,
        *,
        attempt: tuple[str, Json] | None = None,
    ) -> None:
        super().__init__("needs Manage Server")
        self.role = role
        self.roles = roles
        self.attempt = attempt
        named = [*["{role}"] * bool(role), *(f"<@&{role_id}>" for role_id in roles or ())]
        if len(named) > 1:
            some = f" or one of the roles {', '.join(named[:-1])} or {named[-1]}"
        elif named:
            some = f" or the role {named[0]}"
        else:
            some = "" if roles is None else " (or a role chosen by the admins)"
        self.message = f"You need Manage Server{some} for that."


class NotYours(UserError):
    """Somebody pressed another's button; each kind of button has its own message."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BlankQuestion(UserError):
    """There are no words in a question."""

    message = "I need a question. Try: What is the latest?"


class Unclear(UserError):
    """A question, such as "is this true?", is about nothing that was said before."""

    message = (
        "I can't tell what that's about. Please ask a full question, or mention me in a reply to "
        "the message you mean."
    )


class Forgotten(UserError):
    """The question of an answer is not known any more, or not to this user."""

    message = "I no longer know what was asked there. Please ask again with `/ask`."


class ShuttingDown(UserError):
    """The bot takes no new work."""

    message = "I'm about to restart. Please try again in a minute."


class QueueFull(UserError):
    """So many questions wait that another would wait too long."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} questions wait")
        ahead = "1 question is" if waiting == 1 else f"{waiting:,} questions are"
        self.message = f"{ahead} ahead of yours. Please ask again in a minute."


class NotAnswered(UserError):
    """Workers that tried to answer a question died of it, or of something else."""

    message = "Something broke twice while I looked for the answer. Please ask again in a minute."


class TooSoon(UserError):
    """A question came before the cooldown was over.

    Attributes:
        seconds: How long to wait, rounded up. server: Whether all members of the server wait.
    """

    def __init__(self, seconds: int, *, server: bool) -> None:
        super().__init__(f"{seconds} seconds too soon")
        self.seconds = seconds
        self.server = server
        when = f"<t:{math.ceil(time.time() + seconds)}:R>"
        if server:
            self.message = f"Someone just asked. You can ask {when}."
        else:
            self.message = f"This server limits questions. You can ask again {when}."


class ChannelOff(UserError):
    """The server's admins want no answers in the channel."""

    message = "This server's admins turned me off in this channel. Please ask in another one."


class ChannelDenied(UserError):
    """The bot, or the `user`, may not write in the channel that was named."""

    def __init__(self, channel_id: int, *, user: bool) -> None:
        super().__init__(f"channel {channel_id}")
        self.message = (
            f"You can't post in <#{channel_id}>. Pick another channel."
            if user
            else f"I can't post in <#{channel_id}>. I need Send Messages and Embed Links there, "
            "or pick another channel."
        )


class FileNotHandedOver(UserError):
    """Discord did not hand over an attachment."""

    message = "Discord didn't give me the file. Please try again."


class FileNotRead(UnreadableInput):
    """A file that came with a question cannot be read."""

    message = "I couldn't read {name}: {reason}."


class TitleForSeveral(UserError):
    """One title is given for several files."""

    message = "Leave out `title` when you add several files; it would apply to all of them."


NEAR_ARTICLES = "There's no article “{article_id}” here. Did you mean {near}?"
"""Where titles are like what was typed."""

INDEX_MESSAGES: Mapping[type[Exception], str] = {
    of_index.SourceError: "I couldn't index {name}: {reason}.",
    of_index.UnknownArticle: "There's no article “{article_id}” here. `/articles` lists them.",
    of_index.UndoExpired: (
        "It's too late: Undo works for 10 minutes. You can still remove articles with `/remove`."
    ),
    of_index.UndoneAlready: "That has already been undone.",
    of_index.FeedExists: (
        "This server already follows “{title}”. `/feeds check` looks for new articles now."
    ),
    of_index.TooManyFeeds: (
        "A server can follow {limit} feeds. Remove one first with `/feeds remove`."
    ),
    of_index.UnknownFeed: "There's no feed “{asked}” here. `/feeds list` shows them.",
    of_index.TooManySubscriptions: (
        "You already follow {limit} topics, the most allowed. `/unfollow` one first."
    ),
    of_index.StorageError: (
        "I can't use my index right now. The log has the details for my operator."
    ),
    of_index.ModelError: (
        "I can't use my models right now. The log has the details for my operator."
    ),
}
"""What `message` is to a UserError, for each of those errors of the index that a user meets."""
