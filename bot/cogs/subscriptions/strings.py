"""Strings of subscriptions."""

from __future__ import annotations

from datetime import datetime

from bot.discord.strings import plural

# Commands, as Discord lists them (at most 100 characters each).
FOLLOW = "Be told when a new article answers to a topic or a question"
FOLLOW_TOPIC = "A topic, such as the harbour strike, or a question"
FOLLOW_CHANNEL = "Tell this channel instead of you, if you may index here"
FOLLOW_DIGEST = "Tell once a day in one message, not as articles come"
UNFOLLOW = "Follow a topic no longer"
UNFOLLOW_TOPIC = "What you follow"
FOLLOWING = "List what you follow"

# Subscriptions.
SUBSCRIBED_TITLE = {
    "added": "Following",
    "changed": "Following, told otherwise from now on",
    "unchanged": "You follow that already",
}
FROM_NOW_ON = "You hear of articles that are added from now on, each once."
OPEN_MESSAGES = "Your direct messages must be open to members of this server."
LIST_TITLE = "What you follow"
NO_SUBSCRIPTIONS = "You follow nothing yet. Try: `/follow topic: the harbour strike`"
PAUSED = "paused, as Discord refused my direct messages to you; `/follow` it again to go on"
DIRECT = "direct message"
MADE_DIRECTLY = "in direct messages"
UNKNOWN_SERVER = "a server that I have left"
UNFOLLOW_BUTTON = "Unfollow"
NOT_YOURS = "Only the person who follows this can press that."
ENDED_ALREADY = "That is followed no longer."

# Notifications.
DIGEST_TITLE = "New in one day"
SEVERAL_TITLE = "New articles"


def why(topic: str, *, channel: bool) -> str:
    """Say why a note comes; the topic is escaped."""
    return f"{'This channel follows' if channel else 'You follow'}: {topic} · `/unfollow`"


def delivery(channel: str | None, digest: bool, at: datetime) -> str:
    """Say where and when news is told; `at` is a time of the day."""
    where = f"<#{channel}>" if channel else DIRECT
    when = f"once a day at <t:{int(at.timestamp())}:t>" if digest else "as articles come"
    return f"{where}, {when}"


def since(at: datetime) -> str:
    """Say from when on."""
    return f"since <t:{int(at.timestamp())}:d>"


def list_of(more: int) -> str:
    """Count what a list has no room for."""
    return f"{plural(more, 'more topic')}; begin to type one in `/unfollow`."


def more_articles(count: int) -> str:
    """Count what a card leaves out."""
    return f"{plural(count, 'more article')}; `/latest` and `/articles` show them."


def unfollow(topic: str) -> str:
    """Name a button; the topic is cut to what fits."""
    return f"{UNFOLLOW_BUTTON}: {topic}"


def unfollowed(topic: str) -> str:
    """Say that it is done."""
    return f"Followed no longer: {topic}"
