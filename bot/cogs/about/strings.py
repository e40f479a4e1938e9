"""Strings of /help, /privacy and the introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.discord.strings import plural

if TYPE_CHECKING:
    from index.store.records import Held

HELP = "What I can do for you here"
PRIVACY = "What is stored, and delete what is yours"
HELP_TITLE = "What you can do here"
HELP_TEXT = (
    "I answer questions from news articles in their own words, each with a footnote to where it "
    "stands. When the articles do not say, I say so."
)
HELP_THREADS = {
    True: "Mention me with a question, reply to an answer to go on, or use these:",
    False: "Mention me with a question, reply to an answer with a mention to go on, or use these:",
}
HELP_DIRECT = "Here every message is a question; answers come from the public articles. Or use:"
HELP_FOR = {
    "everyone": "For everyone",
    "indexers": "For you, who may index",
    "managers": "For you, who manages the server",
}
PRIVACY_TITLE = "What is stored"
PRIVACY_TEXT = (
    "- **Articles** that this server indexed, until they are removed. No other server sees them.\n"
    "- **Questions**: what you asked, with your id, for 90 days, so that the buttons of answers "
    "work, and what I answered, for 30 days, for follow-ups. Other messages are not stored.\n"
    "- **Counts**: how many questions a day, for a year; those that were refused in their words "
    "for 90 days, without who asked.\n"
    "- **Votes** on answers with your id, for a year.\n"
    "- **Topics** that you follow, with your id, until you unfollow them.\n"
    "- **Changes of settings**, **attempts** at what one may not do, and **feeds**, with the id of "
    "whose they are."
)
PRIVACY_STAYS = "Nothing leaves the machine that I run on, but what I send to Discord."
PRIVACY_YOURS = "Of yours, in all servers"
FORGET_BUTTON = "Delete what is mine"
FORGOTTEN_TITLE = "Deleted"
INTRO_TITLE = "Hello, I am Footnote"
INTRO = HELP_TEXT
INTRO_ASK_TITLE = "Asking"
INTRO_ASK = (
    "`/ask What did Hegseth say about NATO?`, or mention me with a question. `/help` says more, "
    "`/articles` lists what I know."
)
INTRO_INDEX_TITLE = "Adding articles"
INTRO_STORED_TITLE = "What I store"
INTRO_STORED = (
    "Articles that are added here, for this server alone; questions for 90 days; votes. `/privacy` "
    "says all of it, and deletes what is yours."
)


def help_menu(name: str) -> str:
    """Describe a command in the menu of a message."""
    return f"**{name}** in the menu of a message, under Apps"


def privacy_model(model: str) -> str:
    """Say that questions leave the machine; `model` is a language model's name, escaped."""
    return (
        f"Questions that the articles answer and those passages are sent to the language model "
        f"{model}, which whoever runs me has chosen; so are short follow-ups, with the turns "
        "before them. Never who asks."
    )


def held(kept: Held) -> str:
    """Count what is kept of a user."""
    return (
        f"{plural(kept.questions, 'question')}, {plural(kept.votes, 'vote')}, "
        f"{plural(kept.changes, 'change')} of settings, "
        f"{plural(kept.feeds, 'feed')} that you added, "
        f"{plural(kept.subscriptions, 'topic')} followed"
    )


def forgotten(gone: Held) -> str:
    """Say what was deleted of a user."""
    return (
        f"{plural(gone.questions, 'question')} and {plural(gone.votes, 'vote')} are gone; "
        f"{plural(gone.changes, 'change')} of settings and {plural(gone.feeds, 'feed')} no longer "
        f"say that it was you; {plural(gone.subscriptions, 'topic')} followed no longer. "
        "The buttons of your earlier answers no longer work."
    )


def intro_indexers(role: str | None) -> str:
    """Say who may index; `role` is the name of one that may, escaped."""
    also = f" and the role {role}" if role else ""
    return (
        f"Members with Manage Server{also} can `/index` web pages and files. "
        "`/settings panel` lets more roles do so, and says where and how I answer."
    )
