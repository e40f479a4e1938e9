"""All words that the bot says in Discord, in one place so that they can be translated.

Here are those of asking, lists and faults; each larger subject has a module.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

# Commands, as Discord lists them (at most 100 characters each).
ASK = "Ask the articles; every sentence of the answer has its footnote"
ASK_QUESTION = "Your question"
ASK_ARTICLE = "Ask this article alone"
ASK_PRIVATE = "Show the answer to you alone"
ARTICLES = "List the articles that answers come from"
INDEX = "Add an article to this server"
INDEX_URL = "Add a web page, or a PDF or Word file on the web"
INDEX_URL_LINK = "A link to a public page or file, http or https"
INDEX_FILE = "Add up to 10 files: text, Markdown, HTML, PDF or Word (.docx), 5 MB each"
INDEX_FILE_FILE = "The file"
INDEX_TEXT = "Paste an article into a form"
INDEX_TITLE = "The title, where the article does not say; of one file alone"
INDEX_SOURCE = "Where it is from: a link or a publisher"
INDEX_PUBLISHED = "The date it was published, such as 2025-02-14"
REINDEX = "Read this server's articles again and index what changed"
REINDEX_ARTICLE = "This article alone"
REMOVE = "Remove an article from this server"
REMOVE_ARTICLE = "The article"
SETTINGS = "What I answer in this server, and who may index"
SETTINGS_PANEL = "See and change the settings of this server"
SETTINGS_LOG = "Show who changed which setting or was refused, and when"
SUMMARY = "Sum up an article in its own sentences; the newest, if you name none"
SUMMARY_ARTICLE = "The article"
LATEST = "What the newest articles say"
LATEST_TOPIC = "Only articles that bear on this"
HELP = "What I can do for you here"
PRIVACY = "What is stored, and delete what is yours"

# Asking.
ANSWER = "What the articles say"
REFUSED = "**The articles do not say.**"
CLOSEST = "Closest to your question:"
UNDERSTOOD = "Read as: "
ALSO = "also in: "
SUMMARY_QUESTION = "Summarise the article"
BLANK_QUESTION = "There is no question in that. Try: What did Hegseth say about NATO?"
MENTION_HINT = "Ask me something: mention me with your question, or use `/ask`."

# Under an answer, and the menu of a message.
PASSAGES = "Passages"
ASK_MORE = "Ask more"
VOTES = {True: "Helpful", False: "Not helpful"}
QUOTED = "In bold, what the answer quotes: "
NEAR = "Near the question, but not quoted in an answer."
NO_PASSAGES = "There are no passages to show any more."
THANKS = "Thank you. The other button changes your vote, which is now: "
REASON_FORM = "What was not helpful?"
REASON = "In your words"
REASON_HINT = "May be left empty: your vote counts without it"
ABOUT_MESSAGE = "Ask about this message"
NO_TEXT = "There is no text in that message to ask about. Try another one, or `/ask`."
FORGOTTEN = "I no longer know what was asked there. Please ask again: `/ask`."

# Lists.
NO_ARTICLES = "There are no articles yet. With `/index` those who may can add some."
PUBLIC_ARTICLE = "public"
OWN_ARTICLE = "this server"
PREVIOUS = "Previous"
NEXT = "Next"
NOT_YOUR_LIST = "Only the person who asked for this list can turn its pages. Use `/articles`."

# Indexing.
FORM_TITLE = "Index an article"
FORM_FIELDS = {"title": "Title", "source": "Source", "published": "Published", "text": "Text"}
FORM_SOURCE_HINT = "A link or a publisher; may be left out"
FORM_PUBLISHED_HINT = "Such as 2025-02-14; may be left out"
FORM_NAME = "the pasted text"
FIELD_PASSAGES = "Passages"
FIELD_WORDS = "Words"
FIELD_ID = "Id"
ADDED_TITLE = {
    "added": "Indexed: a new article",
    "replaced": "Indexed: a new version",
    "unchanged": "Unchanged: this version is indexed already",
}
REINDEXED_TITLE = "Read again"
OUT_OF_TIME = "there was no time left; run the command again"

# Removing.
REMOVE_BUTTON = "Remove"
KEEP_BUTTON = "Keep"
KEPT = "Nothing was removed."
NOT_YOUR_BUTTON = "Only the person who gave the command can press this."

# What goes wrong.
PANEL_CHANGED = "This panel is of an earlier day. Open it anew: `/settings panel`."
SERVER_ONLY = "That works in a server only: there are no articles of your own in direct messages."
SHUTTING_DOWN = "I am about to restart. Please try again in a minute."
TIMED_OUT = "That took too long. Please try again."
COMMAND_CHANGED = "This command has changed since your Discord loaded it. Try again in a minute."
NO_STORAGE = (
    "The index cannot be read or written at the moment. Whoever runs me finds it in the log."
)
NO_MODEL = "The language model cannot be used at the moment. Whoever runs me finds it in the log."
NO_FILE = "Discord did not hand over the file. Please try again."


def articles_title(page: int, pages: int, count: int) -> str:
    """Head a page of the list."""
    return f"Articles ({count:,}), page {page:,} of {pages:,}"


def passage_title(page: int, pages: int) -> str:
    """Head a passage."""
    return f"Passage {page:,} of {pages:,}"


def more_footnotes(count: int) -> str:
    """Count the footnotes that did not fit."""
    return f"{plural(count, 'more footnote')} not shown"


def nothing_about(mentioned: Sequence[str], absent: Sequence[str]) -> str:
    """Tell what of a question the articles know and what they lack; "" if nothing is lacking."""
    if not absent:
        return ""
    if not mentioned:
        return f"The articles say nothing about {listed(absent, 'or')}."
    known, unknown = listed(mentioned, "and"), listed(absent, "or")
    return f"The articles mention {known}, but nothing about {unknown}."


def also_in(titles: Sequence[str], more: int) -> str:
    """Name further articles and count the rest."""
    return ALSO + "; ".join([*titles, and_more(more)] if more else titles)


def and_more(count: int) -> str:
    """Count what a list leaves out."""
    return f"and {count:,} more"


def progress(done: int, total: int) -> str:
    """Tell how far indexing is."""
    return f"Embedded {done:,} of {plural(total, 'passage')} …"


def reindexed(changed: int, unchanged: int) -> str:
    """Sum up a reindexing."""
    return f"{plural(changed, 'article')} changed, {unchanged:,} unchanged."


def failed(count: int) -> str:
    """Head the list of what could not be read."""
    return f"**{plural(count, 'article')} could not be read:**"


def confirm_removal(title: str) -> str:
    """Ask before removing."""
    return f"Remove {title} and its passages from this server?"


def removed(title: str) -> str:
    """Tell that it is done."""
    return f"Removed {title}."


def not_indexed(name: str, reason: str) -> str:
    """Tell why an input cannot become an article; both are escaped already."""
    return f"{name} was not indexed: {reason}."


def unknown_article(asked: str) -> str:
    """Tell that there is no such article here."""
    return f"There is no article “{asked}” here. `/articles` lists them."


def not_allowed(role: str | None, roles: Sequence[int] = ()) -> str:
    """Tell who may index; `role` is a name, `roles` are ids."""
    others = [role] if role else []
    others += [f"<@&{role_id}>" for role_id in roles]
    if not others:
        return "That needs the permission Manage Server."
    noun = "the role" if len(others) == 1 else "one of the roles"
    return f"That needs the permission Manage Server or {noun} {listed(others, 'or')}."


def latest_question(topic: str) -> str:
    """Ask for what is newest, on a topic or "" on all."""
    return f"What is the latest on {topic}?" if topic else "What is the latest?"


def channel_refused(channel_id: int, *, user: bool) -> str:
    """Tell that the user, or the bot, may not write in a channel that was named."""
    if user:
        return f"You may not write in <#{channel_id}> yourself. Name another channel."
    return (
        f"I may not write in <#{channel_id}>: there I need Send Messages and Embed Links. "
        "Let me, or name another channel."
    )


def too_soon(until: datetime, server: bool) -> str:
    """Tell when a question may be asked again; `server` is whether nobody may before."""
    when = f"<t:{math.ceil(until.timestamp())}:R>"
    if server:
        return f"This server takes one question at a time, and has just asked. Ask again {when}."
    return f"One question at a time, please. Ask again {when}."


def queue_full(waiting: int) -> str:
    """Tell that too many wait."""
    return f"{plural(waiting, 'question')} wait before yours. Please ask again in a minute."


def too_large(mb: float, limit_mb: int) -> str:
    """Tell that a file is over the limit, as a reason."""
    return f"it has {mb:.1f} MB, and {limit_mb} MB is the most"


def unexpected(error_id: str) -> str:
    """Tell that something failed, and by what name the log knows it."""
    return f"Something went wrong on my side. If it happens again, report the number `{error_id}`."


def plural(count: int, noun: str) -> str:
    """Count a noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def listed(things: Sequence[str], last: str) -> str:
    """Name things, with `last` before the last of them."""
    *some, end = things
    return f"{', '.join(some)} {last} {end}" if some else end
