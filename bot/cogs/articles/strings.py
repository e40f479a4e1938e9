"""Strings of indexing and of lists of articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.strings import in_all
from bot.text import listed, plural

ARTICLES = "List the articles I answer from"
ARTICLES_SEARCH = "Only articles with these words in their title, source or author"
INDEX = "Add an article to this server"
INDEX_URL = "Add a web page, or a PDF or Word file from the web"
INDEX_URL_LINK = "A full link to a public page or file, such as https://example.com/article"
INDEX_FILE = "Add up to 10 files: text, Markdown, HTML, PDF or Word (.docx), 5 MB each"
INDEX_FILE_FILE = "The file"
INDEX_TEXT = "Paste an article into a form"
INDEX_TITLE = "The title, if the article doesn't give one (for a single file only)"
INDEX_SOURCE = "Where it's from: a link or a publisher"
INDEX_PUBLISHED = "The date it was published, such as 2025-02-14"
REINDEX = "Re-read this server's articles and update those that changed"
REINDEX_ARTICLE = "Only this article"
REMOVE = "Remove an article from this server"
REMOVE_ARTICLE = "The article"

# Lists.
PUBLIC_ARTICLE = "public"
OWN_ARTICLE = "this server"
NOT_YOUR_LIST = "Only the person who ran this command can turn its pages. Use `/articles`."

# Indexing.
FORM_TITLE = "Index an article"
FORM_FIELDS = {"title": "Title", "source": "Source", "published": "Published", "text": "Text"}
FORM_SOURCE_HINT = "A link or a publisher (optional)"
FORM_PUBLISHED_HINT = "Such as 2025-02-14 (optional)"
FORM_NAME = "the pasted text"
FIELD_PASSAGES = "Passages"
FIELD_WORDS = "Words"
FIELD_ID = "ID"
ADDED_TITLE = {
    "added": "Indexed: a new article",
    "replaced": "Indexed: a new version",
    "unchanged": "Unchanged: this version is already indexed",
    "duplicate": "Already here: this article has the same text",
}
OUT_OF_TIME = "I ran out of time; run the command again"

# Removing.
REMOVE_BUTTON = "Remove"
KEEP_BUTTON = "Keep"
KEPT = "Nothing was removed."
ALL_GONE = "Gone already, so nothing was removed."
CHOOSE_TO_REMOVE = "Remove articles of this server ..."
CHOSEN = "The articles to remove"
NONE_LISTED = (
    "I found no article with “{}” in its title, source or author. `/articles` lists them all."
)
UNCHANGED = "{:,} unchanged."
CONFIRM_REMOVAL = "Remove {} from this server?"
TOO_LARGE = "it has {mb:.1f} MB; the limit is {limit_mb} MB"
PART_OF = "{number:,} of {total:,}: {name}"
TOO_LARGE_TOGETHER = "the files together are over {} MB; add this one separately"
TOO_MANY = "only {} can be indexed at once; add this one separately"
UNDONE_BY = "-# by <@{}>"


def articles_title(page: int, pages: int, count: int, words: str = "") -> str:
    """Head a page of the list, of all articles or those that some words find."""
    what = f"Articles matching “{words}”" if words else "Articles"
    return f"{what} ({count:,}), page {page:,} of {pages:,}"


def remove_found(count: int) -> str:
    return f"Remove {'it' if count == 1 else f'all {count:,}'}"


def progress(done: int, total: int) -> str:
    return f"Indexed {done:,} of {plural(total, 'passage')} …"


def reindexed(changed: int) -> str:
    return f"Re-read: {plural(changed, 'article') if changed else 'no articles'} changed"


def failed(count: int) -> str:
    return f"**{plural(count, 'article')} couldn't be read:**"


def confirm_removals(count: int) -> str:
    """Ask before removing several; their titles follow."""
    return f"Remove {'this article' if count == 1 else f'these {count:,} articles'}?"


def removed_title(count: int) -> str:
    return f"Removed: {plural(count, 'article')}"


def gone_already(titles: Sequence[str]) -> str:
    """Say that others were removed by somebody else; the titles are quoted and escaped already."""
    return f"Someone else had already removed {listed(titles, 'and')}."


# Commands, as Discord lists them.
FURTHER_FILE = "Another file"
INDEX_MENU = "Index this message"

# What is being read.
MESSAGE_TEXT = "the text of the message"
NOTHING_IN_MESSAGE = "There's nothing to index in that message: no text, link or file."

# What became of it.
OUTCOMES = {
    "added": "new",
    "replaced": "new version",
    "unchanged": "unchanged",
    "duplicate": "already here",
    "failed": "failed",
}
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


def outcomes(counts: Sequence[tuple[str, int]]) -> str:
    """Count what became of several things; each is one of OUTCOMES."""
    parts = (
        plural(count, "new version") if kind == "replaced" else f"{count:,} {OUTCOMES[kind]}"
        for kind, count in counts
    )
    return f"Indexed: {', '.join(parts)}"


def changes(added: int, changed: int, removed: int, details: Sequence[str]) -> str:
    """Count what a new version changed; `details` are what else is new, such as its date."""
    counts = {"added": added, "changed": changed, "removed": removed}
    counted = [(count, kind) for kind, count in counts.items() if count]
    parts = [f"{count:,} {kind}" for count, kind in counted]
    if counted:
        count, kind = counted[0]
        parts[0] = f"{plural(count, 'sentence')} {kind}"
    if details:
        parts.append(f"{listed([DETAILS[name] for name in details], 'and')} changed")
    return ", ".join(parts) or NO_CHANGES


def end(undo_until: datetime | None, total: int | None) -> str:
    """Count the articles that there are now, and say how long the change can be undone."""
    parts = [in_all(total)] if total else []
    if undo_until:
        parts.append(f"Undo works until <t:{int(undo_until.timestamp())}:t>.")
    return f"-# {' '.join(parts)}" if parts else ""


def undone(title: str, status: str) -> str:
    """Say what became of one article; the title is quoted and escaped already."""
    return {
        "removed": f"{title} was removed.",
        "restored": f"{title} is back to its earlier version.",
        "returned": f"{title} is back.",
        "left": f"{title} was left alone: someone has changed or removed it since.",
        "there": f"{title} was left alone: someone has added it again since.",
    }[status]
