"""Strings of asking."""

from __future__ import annotations

from collections.abc import Sequence

from bot.discord.strings import and_more, listed, plural
from bot.smalltalk import Talk

# Commands, as Discord lists them (at most 100 characters each).
ASK = "Ask the articles; every sentence of the answer has its footnote"
ASK_QUESTION = "Your question"
ASK_ARTICLE = "Ask this article alone"
ASK_PRIVATE = "Show the answer to you alone"
SUMMARY = "Sum up an article in its own sentences; the newest, if you name none"
SUMMARY_ARTICLE = "The article"
LATEST = "What the newest articles say"
LATEST_TOPIC = "Only articles that bear on this"

# Asking.
ANSWER = "What the articles say"
REFUSED = "**The articles do not say.**"
CLOSEST = "Closest to your question:"
PERHAPS = "I'm not sure, but this may answer it:"
READ_AS = "Read as: "
ALSO = "also in: "
SUMMARY_QUESTION = "Summarise the article"
TALK = {
    Talk.GREETING: "Hi! Ask me anything about the articles.",
    Talk.HELP: "I answer questions from this server's articles, in their exact words. Mention me "
    "with your question, or use `/ask`. `/help` shows everything else.",
    Talk.THANKS: "You're welcome!",
    Talk.CHATTER: "Ask me something: mention me with your question, or use `/ask`.",
}
FOR_EXAMPLE = "For example:"

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


def small_talk(talk: Talk, questions: Sequence[str]) -> str:
    """Reply to small talk, with questions that the articles answer."""
    examples = [f"- {question}" for question in questions]
    return "\n".join([TALK[talk], *([FOR_EXAMPLE, *examples] if examples else [])])


def passage_title(page: int, pages: int) -> str:
    """Head a passage."""
    return f"Passage {page:,} of {pages:,}"


def more_footnotes(count: int) -> str:
    """Count the footnotes that did not fit."""
    return f"{plural(count, 'more footnote')} not shown"


def nothing_about(mentioned: Sequence[str], absent: Sequence[str]) -> str:
    """Say what of a question the articles know and what they lack; "" if nothing is lacking."""
    if not absent:
        return ""
    if not mentioned:
        return f"I found nothing about {listed(absent, 'or')} in these articles."
    known, unknown = listed(mentioned, "and"), listed(absent, "or")
    return f"These articles mention {known}, but I found nothing about {unknown} in them."


def also_in(titles: Sequence[str], more: int) -> str:
    """Name further articles and count the rest."""
    return ALSO + "; ".join([*titles, and_more(more)] if more else titles)


def latest_question(topic: str) -> str:
    """Ask for what is newest, on a topic or "" on all."""
    return f"What is the latest on {topic}?" if topic else "What is the latest?"


ASK_IN_THREAD = "Ask in a thread"
THREAD_NAME = "Questions"
THREAD_EVERY = "Ask on: in this thread every message is a question to me."
THREAD_REPLY = (
    "Ask on: reply to one of my messages or mention me. Discord shows me no other messages."
)
THREAD_NOT_MINE = "I may not start threads here. That needs Create Public Threads for me."
THREAD_NOT_MINE_TO_WRITE = "I may not write in threads here. That needs Send Messages in Threads."
THREAD_NOT_YOURS = "You may not start threads in this channel."
THREAD_HERE = "This is a thread already: ask on by replying to an answer."
THREAD_NOWHERE = (
    "Threads start from answers in a server's text channels. Reply to an answer instead."
)
THREAD_PRIVATE = (
    "You alone see this answer, so it cannot start a thread. Ask with `private: False`."
)


def thread_started(thread_id: int) -> str:
    """Link to a thread that was started."""
    return f"Ask on in <#{thread_id}>."


def thread_exists(thread_id: int) -> str:
    """Link to the thread that an answer has already."""
    return f"This answer has a thread: <#{thread_id}>."
