"""Strings of the page, beside those of the cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.cogs.ask import strings as ask_strings
from bot.errors import Forgotten, Unclear
from bot.smalltalk import Talk
from bot.strings import UNCLEAR
from bot.text import plural
from index.errors import StorageError, UndoExpired, UnknownArticle
from index.store.records import KeptOfUser

# What is wrong with a request.
WRONG_HOST = (
    "I don't know this page by that name. Open it at its IP address, or set WEB_URL to where "
    "people reach it.\n"
)
WRONG_PASSWORD = "That isn't the password. Please try again."  # noqa: S105 - shown, not one
NOT_FOUND_TITLE = "Not found"
NOT_FOUND = "There's nothing at this address. The article may have been removed."
ERROR_TITLE = "That didn't work"

ERRORS: Mapping[type[Exception], str] = {
    Forgotten: "I no longer know what was asked there. Please ask again.",
    Unclear: UNCLEAR,
    UnknownArticle: "There's no such article here. It may have been removed.",
    UndoExpired: "It's too late: Undo works for 10 minutes.",
    StorageError: "I can't get at the articles right now. Please try again in a minute; "
    "if it stays like this, the log says why.",
}
"""Where Discord's words name one of its commands, or don't help here."""

FREE_PORT = "a port that no other program uses"

# Asking.
AS_KEPT = "An earlier answer. Press Passages to see its quotes."
TALK = ask_strings.TALK | {
    Talk.HELP: "I answer questions from the articles here, in their exact words. Press a footnote "
    "to read its article at that sentence.",
    Talk.ADDING: "Articles are added on the page [Articles](/articles): drop files or paste a link "
    "there.",
}

# Privacy.
PRIVACY_TEXT = (
    "- **Questions** you asked here, for 90 days, so that the buttons on answers work, and my "
    "answers, for 30 days, for follow-ups and so that you find them here again.\n"
    "- **Counts** of questions per day, for a year. I keep the text of questions I couldn't answer "
    "for 90 days, without who asked.\n"
    "- **Votes** on answers, for a year.\n"
    "I know you by a cookie, or by your name where you log in elsewhere to reach this page."
)
PRIVACY_STAYS = "Nothing leaves the machine I run on."

# Adding.
READING = "Reading …"

# Marking.
NO_ANSWER = "none"
"""The value of the choice that an article does not answer."""
NOT_AN_ADDRESS = "{port}, which can't be used at {host} ({reason})"


def no_articles(*, may_add: bool) -> str:
    how = " Drop files or paste a link on the page [Articles](/articles)." if may_add else ""
    return f"There are no articles yet.{how}"


def held(kept: KeptOfUser) -> str:
    return f"{plural(kept.questions, 'question')} and {plural(kept.votes, 'vote')}"


def will_forget(kept: str) -> str:
    return f"I'd delete {kept}. This can't be undone."


def forgotten(gone: str) -> str:
    return f"Deleted {gone}. The conversation is gone from this page."


def too_large(limit_bytes: int) -> str:
    return f"That's too large: the limit is {limit_bytes // 1_000_000} MB at once.\n"


def serving(url: str, spaces: Sequence[str]) -> str:
    others = f" ({' and '.join(spaces)} articles)" if len(spaces) > 1 else ""
    return f"Footnote is at {url}{others}. Press Ctrl-C to stop."


def marked(count: int, folder: Path) -> str:
    return (
        f"Saved: {plural(count, 'question')} in your own set. "
        f"`footnote evaluate {folder}` measures Footnote on them."
    )
