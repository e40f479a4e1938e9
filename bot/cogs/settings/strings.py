"""Strings of /settings."""

from __future__ import annotations

from bot.discord.strings import plural

SETTINGS = "What I answer in this server, and who may index"
SETTINGS_PANEL = "See and change the settings of this server"
SETTINGS_LOG = "Show who changed which setting or was refused, and when"
SETTINGS_TITLE = "Settings of this server"
SETTINGS_NOTE = "Changes count from the next question on. /settings log shows who made them."
SETTING_NAMES = {
    "threshold": "How sure an answer must be",
    "public": "Public articles",
    "private": "Answers to /ask",
    "index_roles": "Roles that may index",
    "every": "Answers every question in",
    "off": "Never answers in",
    "announcements": "New articles are told of in",
    "member_cooldown_seconds": "Time between two questions of a member",
    "server_cooldown_seconds": "Time between two questions in this server",
    "llm_daily_tokens": "Tokens of the language model a day",
    "llm_mark": "Mark of answers that a language model wrote",
    "panel": "/settings panel",
    "log": "/settings log",
}
ATTEMPTS = {
    "feeds": "the pages of /feeds list",
    "form": "the form of /index text",
    "removal": "the button Remove",
    "undo": "the button Undo",
}
"""What is noted of those who may not; a command is noted by its name."""

LEVELS = {
    "strict": ("Strict", 'Answers only when I\'m very sure, never "perhaps"'),
    "balanced": ("Balanced", "Answers when I'm sure, and says so when I'm not"),
    "generous": ("Generous", "Answers more often, and is wrong more often"),
}
OWN_LEVEL = "Set by whoever runs me"
PUBLIC_STATES = {
    True: ("included", "Answers come from this server's articles and from the public ones."),
    False: ("left out", "Answers come from this server's articles alone."),
}
PUBLIC_BUTTONS = {True: "Include public articles", False: "Leave out public articles"}
PRIVATE_STATES = {
    True: ("private", "Seen by the asker alone, unless they ask with `private: False`."),
    False: ("open", "Seen by the channel, unless they ask with `private: True`."),
}
PRIVATE_BUTTONS = {True: "Answer privately", False: "Answer openly"}
SECTIONS = {
    "answers": "Answers",
    "channels": "Channels",
    "members": "Members",
    "writing": "Written answers",
}
TOKENS_MEANING = (
    "Answers are put in a language model's words, each sentence checked against its quotes. When "
    "the tokens of a day (UTC) are used up, the articles' own words stand."
)
MARK_STATES = {
    True: ("shown", "An answer says which model wrote it."),
    False: ("hidden", "An answer does not say that a model wrote it."),
}
MARK_BUTTONS = {True: "Say which model wrote", False: "Do not say which model wrote"}
MODES = {"mention": "when mentioned", "every": "every question", "off": "never"}
MODE_MEANINGS = {
    "every": "Any message that asks something is answered there; where the articles do not say, "
    "or I'm not sure, I stay silent. Everywhere else I answer when I am mentioned, and to `/ask`.",
    "off": "I am silent there, whoever mentions me.",
}
MODE_HINTS = {"every": "Answer every question in ...", "off": "Never answer in ..."}
NO_MESSAGE_CONTENT = (
    "Cannot be chosen: Discord hides from me what does not mention me. Whoever runs me can switch "
    "on the Message Content Intent (Discord Developer Portal, Bot) and start me anew."
)
NO_CHANNELS = "no channel"
ANNOUNCEMENTS_MEANING = (
    "Articles that `/feeds` brings are listed there, if the feed names no channel."
)
ANNOUNCEMENTS_HINT = "Tell of new articles in ..."
COOLDOWN_OF = {"member": "A member", "server": "All together"}
COOLDOWN_MEANINGS = {
    "member": "Whoever asks again sooner is told when to ask.",
    "server": "Counts for all members together.",
}
ROLES_MEANING = "Their members may index and remove articles, as those with Manage Server may."
ROLES_HINT = "Roles that may index"
NO_ROLES = "none"
EVERYONE = "everyone"
DEFAULT = "the default"
SETTINGS_LOG_TITLE = "Changes of the settings and refused attempts, newest first"
NO_CHANGES = "Nobody has changed a setting yet."
SOMEBODY = "somebody"


def changed(name: str, old: str, new: str) -> str:
    """Say what became of a setting."""
    return f"{name}: {old} → {new}"


def change_refused(name: str, new: str | None) -> str:
    """Say what somebody wanted to set or, with None, to see, and was not allowed to."""
    return f"refused: {name} → {new}" if new else f"refused: {name}"


def cooldown(seconds: int) -> str:
    """Name the time between two questions."""
    if not seconds:
        return "no limit"
    return plural(seconds // 60, "minute") if seconds % 60 == 0 else plural(seconds, "second")


def daily_tokens(tokens: int | None) -> str:
    """Name how much a language model may be used in a day."""
    if tokens is None:
        return "no limit"
    return f"{tokens:,} tokens a day" if tokens else "none: never written"


def own_level(sure: float, perhaps: float) -> str:
    """Say thresholds that are no level's."""
    return f"sure from {sure:g}" + (f", perhaps from {perhaps:g}" if perhaps < sure else "")
