"""Strings of /settings."""

from __future__ import annotations

from bot.text import plural

SETTINGS = "How I answer in this server, and who can index"
SETTINGS_PANEL = "See and change the settings of this server"
SETTINGS_LOG = "Show who changed which setting, and denied attempts"
SETTINGS_TITLE = "Settings of this server"
SETTINGS_NOTE = "Changes apply from the next question. /settings log shows who made them."
SETTING_NAMES = {
    "threshold": "How sure an answer must be",
    "public": "Public articles",
    "private": "Answers to /ask",
    "index_roles": "Roles that can index",
    "every": "I answer every question in",
    "off": "I never answer in",
    "announcements": "New articles are announced in",
    "member_cooldown_seconds": "Wait between a member's questions",
    "server_cooldown_seconds": "Wait between questions in this server",
    "llm_daily_tokens": "Language model tokens per day",
    "llm_mark": "Label on answers written by a language model",
    "panel": "/settings panel",
    "log": "/settings log",
}
ATTEMPTS = {
    "articles": "the removal of articles from /articles",
    "feeds": "the pages of /feeds list",
    "form": "the /index text form",
    "removal": "the Remove button",
    "undo": "the Undo button",
}
"""What is noted of those who may not; a command is noted by its name."""

LEVELS = {
    "strict": ("Strict", "I answer only when I'm very sure"),
    "balanced": ("Balanced", "I answer when I'm sure, and say so when I'm not"),
    "generous": ("Generous", "I answer more often, but I'm wrong more often"),
}
OWN_LEVEL = "Set by my operator"
PUBLIC_STATES = {
    True: ("included", "I answer from this server's articles and public ones."),
    False: ("left out", "I answer only from this server's articles."),
}
PUBLIC_BUTTONS = {True: "Include public articles", False: "Leave out public articles"}
PRIVATE_STATES = {
    True: ("private", "Only the asker sees the answer, unless they use `private: False`."),
    False: ("open", "The whole channel sees the answer, unless the asker uses `private: True`."),
}
PRIVATE_BUTTONS = {True: "Answer privately", False: "Answer openly"}
SECTIONS = {
    "answers": "Answers",
    "channels": "Channels",
    "members": "Members",
    "writing": "Written answers",
}
TOKENS_MEANING = (
    "A language model writes the answers, and I check each sentence against its quotes. When the "
    "day's tokens (UTC) are used up, I only quote."
)
MARK_STATES = {
    True: ("shown", "Answers say which model wrote them."),
    False: ("hidden", "Answers don't say that a model wrote them."),
}
MARK_BUTTONS = {True: "Show the model's name", False: "Hide the model's name"}
MODES = {"mention": "when mentioned", "every": "every question", "off": "never"}
MODE_MEANINGS = {
    "every": "I answer any message there that asks something, and stay silent if I can't find the "
    "answer or I'm not sure. Elsewhere I answer mentions and `/ask`.",
    "off": "I don't answer there, even when mentioned.",
}
MODE_HINTS = {"every": "Answer every question in ...", "off": "Never answer in ..."}
NO_MESSAGE_CONTENT = (
    "Not available: Discord hides messages that don't mention me. My operator can turn on the "
    "Message Content Intent (Discord Developer Portal, Bot) and restart me."
)
NO_CHANNELS = "no channel"
ANNOUNCEMENTS_MEANING = "Articles from `/feeds`, unless the feed has a channel of its own."
ANNOUNCEMENTS_HINT = "Announce new articles in ..."
COOLDOWN_OF = {"member": "Each member", "server": "Whole server"}
COOLDOWN_MEANINGS = {
    "member": "Anyone who asks sooner is told when to ask again.",
    "server": "Applies to all members together.",
}
ROLES_MEANING = "Their members can index and remove articles, like those with Manage Server."
ROLES_HINT = "Roles that can index"
NO_ROLES = "none"
EVERYONE = "everyone"
DEFAULT = "the default"
SETTINGS_LOG_TITLE = "Changed settings and denied attempts, newest first"
NO_CHANGES = "Nobody has changed a setting yet."
SOMEBODY = "someone"
CHANGED = "{name}: {old} → {new}"


def change_denied(name: str, new: str | None) -> str:
    """Say what somebody wanted to set or, with None, to see, and was not allowed to."""
    return f"denied: {name} → {new}" if new else f"denied: {name}"


def cooldown(seconds: int) -> str:
    if not seconds:
        return "no limit"
    return plural(seconds // 60, "minute") if seconds % 60 == 0 else plural(seconds, "second")


def daily_tokens(tokens: int | None) -> str:
    if tokens is None:
        return "no limit"
    return f"{tokens:,} tokens per day" if tokens else "none: quotes only"


def own_level(sure: float, perhaps: float) -> str:
    """Say thresholds that are no level's."""
    return f"sure from {sure:g}" + (f", perhaps from {perhaps:g}" if perhaps < sure else "")
