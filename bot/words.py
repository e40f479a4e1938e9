"""All words that the bot says in Discord, in one place so that they can be translated."""

from __future__ import annotations

from collections.abc import Sequence

# Commands, as Discord lists them (at most 100 characters each).
ASK = "Ask the articles; every sentence of the answer has its footnote"
ASK_QUESTION = "Your question"
ASK_ARTICLE = "Ask this article alone"
ASK_PRIVATE = "Show the answer to you alone"
ARTICLES = "List the articles that answers come from"
INDEX = "Add an article to this server"
INDEX_URL = "Add a web page, or a PDF or Word file on the web"
INDEX_URL_LINK = "A link to a public page or file, http or https"
INDEX_FILE = "Add a file: text, Markdown, HTML, PDF or Word (.docx), up to 5 MB"
INDEX_FILE_FILE = "The file"
INDEX_TEXT = "Paste an article into a form"
INDEX_TITLE = "The title, where the article does not say"
INDEX_SOURCE = "Where it is from: a link or a publisher"
INDEX_PUBLISHED = "The date it was published, such as 2025-02-14"
REINDEX = "Read this server's articles again and index what changed"
REINDEX_ARTICLE = "This article alone"
REMOVE = "Remove an article from this server"
REMOVE_ARTICLE = "The article"
SETTINGS = "What I answer in this server, and who may index"
SETTINGS_PANEL = "See and change the settings of this server"
SETTINGS_LOG = "Show who changed which setting, and when"

# Asking.
ANSWER = "What the articles say"
REFUSED = "**The articles do not say.**"
CLOSEST = "Closest to your question:"
UNDERSTOOD = "Read as: "
ALSO = "also in: "
BLANK_QUESTION = "There is no question in that. Try: What did Hegseth say about NATO?"
MENTION_HINT = "Ask me something: mention me with your question, or use `/ask`."

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

# Settings.
SETTINGS_TITLE = "Settings of this server"
SETTINGS_NOTE = "Changes count from the next question on. /settings log shows who made them."
SETTING_NAMES = {
    "threshold": "How sure an answer must be",
    "public": "Public articles",
    "private": "Answers to /ask",
    "index_roles": "Roles that may index",
    "llm_daily_tokens": "Tokens of the language model a day",
    "llm_mark": "Mark of answers that a language model wrote",
    "panel": "/settings panel",
    "log": "/settings log",
}
LEVELS = {
    "strict": ("Strict", "Answers only what is all but certain, and refuses more often"),
    "balanced": ("Balanced", "Answers what is more likely right than wrong"),
    "generous": ("Generous", "Refuses less often, and is wrong more often"),
}
OWN_LEVEL = "Answers from this confidence on"
PUBLIC_SAYS = {
    True: ("included", "Answers come from this server's articles and from the public ones."),
    False: ("left out", "Answers come from this server's articles alone."),
}
PUBLIC_BUTTONS = {True: "Include public articles", False: "Leave out public articles"}
PRIVATE_SAYS = {
    True: ("private", "Seen by the asker alone, unless they ask with `private: False`."),
    False: ("open", "Seen by the channel, unless they ask with `private: True`."),
}
PRIVATE_BUTTONS = {True: "Answer privately", False: "Answer openly"}
ROLES_SAY = "Their members may index and remove articles, as those with Manage Server may."
ROLES_HINT = "Roles that may index"
NO_ROLES = "none"
EVERYONE = "everyone"
DEFAULT = "the default"
SETTINGS_LOG_TITLE = "Changes of the settings, newest first"
NO_CHANGES = "Nobody has changed a setting yet."
SOMEBODY = "somebody"

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


def more_footnotes(count: int) -> str:
    """Count the footnotes that did not fit."""
    return f"{plural(count, 'more footnote')} not shown"


def nothing_about(mentioned: Sequence[str], absent: Sequence[str]) -> str:
    """Tell what of a question the articles know and what they lack; "" if nothing is lacking."""
    if not absent:
        return ""
    if not mentioned:
        return f"The articles say nothing about {_listed(absent, 'or')}."
    known, unknown = _listed(mentioned, "and"), _listed(absent, "or")
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


def progress_of(done: int, total: int, name: str) -> str:
    """Tell which of several articles is being read."""
    return f"Reading {done:,} of {plural(total, 'article')}: {name}"


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
    return f"That needs the permission Manage Server or {noun} {_listed(others, 'or')}."


def changed(name: str, old: str, new: str) -> str:
    """Tell what became of a setting."""
    return f"{name}: {old} → {new}"


def change_refused(name: str, new: str | None) -> str:
    """Tell what somebody wanted to set or, with None, to see, and was not allowed to."""
    return f"refused: {name} → {new}" if new else f"refused: {name}"


def too_large(mb: float, limit_mb: int) -> str:
    """Tell that a file is over the limit, as a reason."""
    return f"it has {mb:.1f} MB, and {limit_mb} MB is the most"


def unexpected(error_id: str) -> str:
    """Tell that something failed, and by what name the log knows it."""
    return f"Something went wrong on my side. If it happens again, report the number `{error_id}`."


def plural(count: int, noun: str) -> str:
    """Count a noun."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _listed(things: Sequence[str], last: str) -> str:
    *some, end = things
    return f"{', '.join(some)} {last} {end}" if some else end
