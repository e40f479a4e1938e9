"""Strings of /help, /privacy and the introduction."""

from __future__ import annotations

from bot.text import plural
from index.store.records import KeptOfUser

HELP = "What I can do for you here"
PRIVACY = "See what I store about you, and delete it"
HELP_TITLE = "What you can do here"
HELP_TEXT = (
    "I answer questions from news articles in their own words, with a footnote for each quote. "
    "If the articles don't have the answer, I say so."
)
HELP_THREADS = {
    True: "Mention me with a question, or reply to an answer to follow up. Or use these:",
    False: "Mention me with a question, also when you reply to an answer. Or use these:",
}
HELP_DIRECT = (
    "Here I treat every message as a question, and search only public articles. Or use these:"
)
HELP_FOR = {
    "everyone": "For everyone",
    "indexers": "Adding articles",
    "managers": "Managing the server",
}
PRIVACY_TITLE = "What I store"
PRIVACY_TEXT = (
    "- **Articles** added to this server, until they're removed. No other server sees them.\n"
    "- **Questions** you asked, with your user ID, for 90 days, so that the buttons on answers "
    "work, and my answers, for 30 days, for follow-ups. I don't store other messages.\n"
    "- **Counts** of questions per day, for a year. I keep the text of questions I couldn't answer "
    "for 90 days, without who asked.\n"
    "- **Votes** on answers, with your user ID, for a year.\n"
    "- **Topics** you follow, with your user ID, until you unfollow them.\n"
    "- **Changed settings**, **denied attempts** and **added feeds**, with the user ID of the "
    "person who did it."
)
PRIVACY_STAYS = "Nothing leaves my server except what I post on Discord."
PRIVACY_YOURS = "Stored about you, in all servers"
FORGET_BUTTON = "Delete my data"
FORGET_TITLE = "Delete your data?"
FORGET_SURE_BUTTON = "Yes, delete it"
FORGOTTEN_TITLE = "Deleted"
INTRO_TITLE = "Hello, I'm Footnote"
INTRO = HELP_TEXT
INTRO_ASK_TITLE = "Asking"
INTRO_INDEX_TITLE = "Adding articles"
INTRO_STORED_TITLE = "What I store"
INTRO_STORED = (
    "Articles added here, for this server only; questions, for 90 days; votes, for a year. "
    "`/privacy` has the details and lets you delete your data."
)
HELP_MENU = "**{}** in a message's menu, under Apps"
PRIVACY_MODEL = (
    "Questions that the articles answer, and the passages, are sent to the language model "
    "{}, which my operator chose. So are short follow-ups, with the questions and "
    "answers before them. I never send who asked."
)


def held(kept: KeptOfUser) -> str:
    return (
        f"{plural(kept.questions, 'question')}, {plural(kept.votes, 'vote')}, "
        f"{plural(kept.changes, 'settings change')}, {plural(kept.feeds, 'added feed')}, "
        f"{plural(kept.subscriptions, 'followed topic')}"
    )


def will_forget(kept: KeptOfUser) -> str:
    return (
        f"I'd delete {plural(kept.questions, 'question')}, {plural(kept.votes, 'vote')} and "
        f"{plural(kept.subscriptions, 'followed topic')}, and take your ID out of "
        f"{plural(kept.changes, 'settings change')} and {plural(kept.feeds, 'added feed')}. "
        "This can't be undone."
    )


def forgotten(gone: KeptOfUser) -> str:
    return (
        f"Deleted {plural(gone.questions, 'question')}, {plural(gone.votes, 'vote')} and "
        f"{plural(gone.subscriptions, 'followed topic')}. Your ID was removed from "
        f"{plural(gone.changes, 'settings change')} and {plural(gone.feeds, 'added feed')}. "
        "The buttons on your earlier answers no longer work."
    )


def intro_ask(newest: str | None) -> str:
    """Say how to ask, with a question about the newest article; its title is escaped."""
    example = f" Try: What is “{newest}” about?" if newest else " There are no articles yet."
    return (
        f"Use `/ask`, or mention me with a question.{example} `/help` shows everything I can do; "
        "`/articles` lists what I answer from."
    )


def intro_indexers(role: str | None) -> str:
    """Say who may index; `role` is the name of one that may, escaped."""
    also = f" or the role {role}" if role else ""
    return (
        f"Members with Manage Server{also} can add web pages and files with `/index`. "
        "In `/settings panel` you can allow more roles, and choose where and how I answer."
    )
