"""What the bot says about going on in threads, and where it answers nothing."""

from __future__ import annotations

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
CHANNEL_OFF = "This server's admins have me answer nothing in this channel. Ask me in another."


def thread_started(thread_id: int) -> str:
    """Lead to a thread that was started."""
    return f"Ask on in <#{thread_id}>."


def thread_exists(thread_id: int) -> str:
    """Lead to the thread that an answer has already."""
    return f"This answer has a thread: <#{thread_id}>."
