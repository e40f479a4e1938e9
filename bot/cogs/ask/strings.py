"""Strings of asking."""

from __future__ import annotations

from collections.abc import Sequence

from bot.smalltalk import Talk
from bot.strings import ALSO, CHATTER, GREETING, NOT_FOUND, SORRY, THANKS, UNCLEAR
from bot.text import and_more, plural

# Commands, as Discord lists them (at most 100 characters each).
ASK = "Ask a question; every sentence of the answer has a footnote"
ASK_QUESTION = "Your question"
ASK_ARTICLE = "Look only in this article"
ASK_PRIVATE = "Show the answer only to you"
SUMMARY = "Summarise an article in its own sentences (the newest if you name none)"
SUMMARY_ARTICLE = "The article"
LATEST = "What the newest articles say"
LATEST_TOPIC = "Only articles about this"

# Asking.
ANSWER = "What the articles say"
REFUSED = f"**{NOT_FOUND}**"
CLOSEST = "Closest to your question:"
IN_DIRECT = (
    "In direct messages I only search public articles. To ask about a server's own articles, "
    "ask me in that server."
)
SUMMARY_QUESTION = "Summarise the article"
TALK = {
    Talk.GREETING: GREETING,
    Talk.HELP: "I answer questions from this server's articles, in their exact words. Mention me "
    "with your question, or use `/ask`. `/help` shows everything else.",
    Talk.ADDING: "Members allowed to index can add links, files and text with `/index`.",
    Talk.COMPLAINT: f"{SORRY} Or press Not helpful under the answer, and tell me why.",
    Talk.THANKS: THANKS,
    Talk.CHATTER: CHATTER,
    Talk.UNCLEAR: UNCLEAR,
}
TALK_DIRECT = TALK | {
    Talk.ADDING: "I can't add articles in direct messages. In a server, members allowed to index "
    "can, with `/index`.",
    Talk.HELP: "I answer questions from the public articles, in their exact words. Just type your "
    "question here. `/help` shows everything else.",
}
NOTHING_TO_READ = (
    "I see nothing in that message to look up. Try **Apps > Ask about this message** on it, or "
    "mention me with your question."
)
TOO_LONG_BESIDE = (
    "it's too long to read with a question; members allowed to index can add it with Apps > Index "
    "this message"
)

# Under an answer, and the menu of a message.
PASSAGES = "Passages"
ASK_MORE = "Ask a follow-up"
VOTES = {True: "Helpful", False: "Not helpful"}
QUOTED = "In bold: quoted in the answer as "
NEAR = "Close to the question, but not quoted in the answer."
NO_PASSAGES = "There are no passages to show for this answer."
REASON_FORM = "What wasn't helpful?"
REASON = "In your words"
REASON_HINT = "Optional: your vote counts without it"
ABOUT_MESSAGE = "Ask about this message"
NO_TEXT = "That message has no text to ask about. Try another one, or `/ask`."
PASSAGE_TITLE = "Passage {page:,} of {pages:,}"


def thanks(vote: str) -> str:
    """Acknowledge a vote, which is named as its button is."""
    return f"Thanks! Your vote: {vote}. Press the other button to change it."


def more_footnotes(count: int) -> str:
    return f"{plural(count, 'more footnote')} not shown"


def also_in(titles: Sequence[str], more: int) -> str:
    return ALSO + "; ".join([*titles, and_more(more)] if more else titles)


def earlier(value: str, *, first: bool) -> str:
    return f"; earlier: {value}" if first else f"; {value}"


def latest_question(topic: str) -> str:
    """Ask for what is newest, on a topic or "" on all."""
    return f"What is the latest on {topic}?" if topic else "What is the latest?"


ASK_IN_THREAD = "Ask in a thread"
THREAD_NAME = "Questions"
THREAD_EVERY = "Keep asking here. I'll treat every message as a question."
THREAD_REPLY = "Keep asking here: reply to my messages or mention me. I can't see other messages."
THREAD_NOT_MINE = "I can't start threads here. I need Create Public Threads."
THREAD_NOT_MINE_TO_WRITE = "I can't write in threads here. I need Send Messages in Threads."
THREAD_NOT_YOURS = "You aren't allowed to start threads in this channel."
THREAD_HERE = "This is already a thread. Reply to an answer to ask a follow-up."
THREAD_NOWHERE = "Threads only work in a server's text channels. Reply to an answer instead."
THREAD_PRIVATE = (
    "Only you can see this answer, so it can't start a thread. Ask with `private: False`."
)
THREAD_STARTED = "Continue in <#{}>."
THREAD_EXISTS = "This answer already has a thread: <#{}>."
