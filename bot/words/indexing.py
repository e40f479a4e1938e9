"""What the bot says about indexing several things, new versions and undoing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.words import listed, plural

# Commands, as Discord lists them.
FURTHER_FILE = "Another file"
INDEX_MENU = "Index this message"

# What is being read.
MESSAGE_TEXT = "the text of the message"
NOTHING_IN_MESSAGE = "There is nothing to index in that message: no text, no link and no file."

# What became of it.
OUTCOMES = {"added": "new", "replaced": "new version", "unchanged": "unchanged", "failed": "failed"}
FIELD_CHANGES = "What changed"
NO_CHANGES = "no sentence changed"
DETAILS = {"title": "title", "source": "source", "published": "date", "author": "author"}
WAS = "was: "
NEW = "new: "
ADDED = "added: "
REMOVED = "removed: "

# Undoing.
UNDO_BUTTON = "Undo"
UNDONE_TITLE = "Undone"
UNDO_EXPIRED = "Too late: Undo works for 10 minutes. `/remove` takes an article away at any time."
UNDONE_ALREADY = "That has been undone already."

# What goes wrong.
ONE_TITLE = "Leave `title` out where you give several files: it would be the title of all of them."


def part_of(number: int, total: int, name: str) -> str:
    """Tell which of several things is being read; the name is escaped already."""
    return f"{number:,} of {total:,}: {name}"


def too_large_together(limit_mb: int) -> str:
    """Tell that files are over the limit together, as a reason."""
    return f"with the files before it, it is over {limit_mb} MB; send it in a command of its own"


def too_many(limit: int) -> str:
    """Tell that there is too much at once, as a reason."""
    return f"at most {limit} are indexed at once; index it by itself"


def outcomes(counts: Sequence[tuple[str, int]]) -> str:
    """Count what became of several things; each is one of OUTCOMES."""
    said = (
        plural(count, "new version") if kind == "replaced" else f"{count:,} {OUTCOMES[kind]}"
        for kind, count in counts
    )
    return f"Indexed: {', '.join(said)}"


def changes(added: int, changed: int, removed: int, details: Sequence[str]) -> str:
    """Count what a new version changed; `details` are what else is new, such as its date."""
    counts = {"added": added, "changed": changed, "removed": removed}
    told = [(count, kind) for kind, count in counts.items() if count]
    said = [f"{count:,} {kind}" for count, kind in told]
    if told:
        count, kind = told[0]
        said[0] = f"{plural(count, 'sentence')} {kind}"
    if details:
        said.append(f"another {listed([DETAILS[name] for name in details], 'and')}")
    return ", ".join(said) or NO_CHANGES


def undo_until(moment: datetime) -> str:
    """Tell how long the button works, in small print."""
    return f"-# Undo works until <t:{int(moment.timestamp())}:t>."


def undone(title: str, status: str) -> str:
    """Tell what became of one article; the title is quoted and escaped already."""
    return {
        "removed": f"{title} is removed.",
        "restored": f"{title} is back as it was before.",
        "left": f"{title} stays: somebody has changed or removed it since.",
    }[status]


def undone_by(user: int) -> str:
    """Tell who pressed the button, in small print."""
    return f"-# by <@{user}>"
