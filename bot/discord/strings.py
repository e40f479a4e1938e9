"""Strings shared by several features."""

from __future__ import annotations

PREVIOUS = "Previous"
NEXT = "Next"
NOT_YOUR_BUTTON = "Only the person who ran the command can use this button."

NO_ARTICLES = "There are no articles yet. Members allowed to index can add some with `/index`."
NO_PUBLIC_ARTICLES = (
    "There are no public articles yet, and in direct messages I only search those. To ask about a "
    "server's own articles, ask me in that server."
)

# What goes wrong.
TIMED_OUT = "That took too long. Please try again."
COMMAND_CHANGED = "This command was just updated. Please try again in a minute."
UNEXPECTED = "Something went wrong on my side. If it happens again, report error `{}`."


def no_articles(*, direct: bool) -> str:
    """Say that there are none in a server or, `direct`, in direct messages."""
    return NO_PUBLIC_ARTICLES if direct else NO_ARTICLES
