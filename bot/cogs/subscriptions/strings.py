"""Strings of subscriptions."""

from __future__ import annotations

from datetime import datetime

from bot.text import plural

# Commands, as Discord lists them (at most 100 characters each).
FOLLOW = "Get notified when a new article matches a topic or question"
FOLLOW_TOPIC = "A topic, such as the harbour strike, or a question"
FOLLOW_CHANNEL = "Notify this channel instead of you (if you're allowed to index here)"
FOLLOW_DIGEST = "Send one message a day instead of one for each article"
UNFOLLOW = "Stop following a topic"
UNFOLLOW_TOPIC = "The topic to stop following"
FOLLOWING = "List the topics you follow"

# Subscriptions.
SUBSCRIBED_TITLE = {
    "added": "Following",
    "changed": "Following, with new delivery settings",
    "unchanged": "You already follow that",
}
FROM_NOW_ON = "I'll notify you about each new matching article once."
POSTED_FROM_NOW_ON = "I'll post each new matching article there once."
OPEN_MESSAGES = "Please allow DMs from this server's members, or I can't reach you."
LIST_TITLE = "Topics you follow"
NO_SUBSCRIPTIONS = "You don't follow any topics yet. Try: `/follow topic: the harbour strike`"
PAUSED = "paused because I couldn't DM you; allow DMs, then `/follow` it again"
DIRECT = "direct message"
MADE_DIRECTLY = "in direct messages"
UNKNOWN_SERVER = "a server I've left"
UNFOLLOW_BUTTON = "Unfollow"
NOT_YOURS = "Only the person who follows this can use this button."
ENDED_ALREADY = "That topic is no longer followed."

# Notifications.
DIGEST_TITLE = "New in the last day"
SEVERAL_TITLE = "New articles"


def why(topic: str, *, channel: bool) -> str:
    """Say why a note comes; the topic is escaped."""
    return f"{'This channel follows' if channel else 'You follow'}: {topic} · `/unfollow`"


def delivery(channel: str | None, digest: bool, at: datetime) -> str:
    """Say where and when notifications are sent; `at` is a time of the day."""
    where = f"<#{channel}>" if channel else DIRECT
    when = f"once a day at <t:{int(at.timestamp())}:t>" if digest else "as articles arrive"
    return f"{where}, {when}"


def since(at: datetime) -> str:
    return f"since <t:{int(at.timestamp())}:d>"


def list_of(more: int) -> str:
    return f"{plural(more, 'more topic')}; start typing one in `/unfollow` to find it."


def more_articles(count: int) -> str:
    return f"{plural(count, 'more article')}; `/latest` and `/articles` show them."


def unfollow(topic: str) -> str:
    """Name a button; the topic is cut to what fits."""
    return f"{UNFOLLOW_BUTTON}: {topic}"


def unfollowed(topic: str, channel: str | None) -> str:
    """Say that it is done, for a user or a channel; the topic is escaped."""
    who = f"<#{channel}> no longer follows" if channel else "You no longer follow"
    return f"{who} {topic}"
