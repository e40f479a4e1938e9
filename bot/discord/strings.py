"""Strings shared by several features."""

from __future__ import annotations

PREVIOUS = "Previous"
NEXT = "Next"
NOT_YOUR_BUTTON = "Only the person who ran the command can use this button."

NO_ARTICLES = "There are no articles yet. Members allowed to index can add some with `/index`."

# What goes wrong.
TIMED_OUT = "That took too long. Please try again."
COMMAND_CHANGED = "This command was just updated. Please try again in a minute."
UNEXPECTED = "Something went wrong on my side. If it happens again, report error `{}`."
