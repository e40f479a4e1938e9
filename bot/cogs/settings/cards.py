"""A server's settings, and their log, as cards."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from bot.cogs.settings import strings
from bot.discord.embeds import Card, Field, Payload, Tone
from bot.discord.markdown import fit
from bot.server_settings import CHANNEL, LEVELS, LEVELS_IN_0_1, ChannelMode, Section, ServerSettings
from bot.text import and_more
from index.model import Thresholds
from index.store.settings_store import Json, SettingChange

LOGGED = 15
"""Changes in the log's card: with ROLES_LOGGED they stay below DESCRIPTION_MAX."""

ROLES_LOGGED = 3
CHANNELS_SHOWN = 25

SettingRows = Mapping[str, tuple[str, str]]
"""Value and meaning of each setting, by its name."""

VALUE_MAX = 60


def settings_card(
    settings: ServerSettings,
    default: Thresholds,
    guild_id: int,
    section: Section = Section.ANSWERS,
    *,
    reads_all: bool = True,
) -> Payload:
    """Return a section of the settings and what they mean.

    `default` counts where the server has set none; `reads_all` is whether Discord shows the bot
    messages that do not mention it.
    """
    match section:
        case Section.ANSWERS:
            rows = _answers(settings, settings.thresholds or default)
        case Section.CHANNELS:
            rows = _channels(settings, reads_all)
        case Section.MEMBERS:
            rows = _members(settings, guild_id)
        case Section.DRAFTS:
            tokens = strings.daily_tokens(settings.llm_daily_tokens)
            rows = {
                "llm_daily_tokens": (tokens, strings.TOKENS_MEANING),
                "llm_mark": strings.MARK_STATES[settings.llm_mark],
            }
    fields = tuple(
        Field(strings.SETTING_NAMES[key], f"**{state}**\n{meaning}")
        for key, (state, meaning) in rows.items()
    )
    title = f"{strings.SETTINGS_TITLE} · {strings.SECTIONS[section]}"
    return Payload(card=Card(title, strings.SETTINGS_NOTE, Tone.NEUTRAL, fields))


def _answers(settings: ServerSettings, thresholds: Thresholds) -> SettingRows:
    name = level(thresholds)
    own = (strings.own_level(thresholds.sure, thresholds.perhaps), strings.OWN_LEVEL)
    return {
        "threshold": strings.LEVELS[name] if name else own,
        "public": strings.PUBLIC_STATES[settings.public],
        "private": strings.PRIVATE_STATES[settings.private],
    }


def _channels(settings: ServerSettings, reads_all: bool) -> SettingRows:
    announced = [settings.announcements] if settings.announcements else []
    every = settings.with_mode(ChannelMode.EVERY)
    meaning = strings.MODE_MEANINGS["every"] if reads_all else strings.NO_MESSAGE_CONTENT
    return {
        "every": (_named(every), meaning),
        "off": (_named(settings.with_mode(ChannelMode.OFF)), strings.MODE_MEANINGS["off"]),
        "announcements": (_named(announced), strings.ANNOUNCEMENTS_MEANING),
    }


def _members(settings: ServerSettings, guild_id: int) -> SettingRows:
    roles = _roles(settings.index_roles, guild_id, len(settings.index_roles))
    member, server = settings.member_cooldown_seconds, settings.server_cooldown_seconds
    return {
        "index_roles": (roles, strings.ROLES_MEANING),
        "member_cooldown_seconds": (strings.cooldown(member), strings.COOLDOWN_MEANINGS["member"]),
        "server_cooldown_seconds": (strings.cooldown(server), strings.COOLDOWN_MEANINGS["server"]),
    }


def _named(channels: Sequence[int]) -> str:
    """Return as many channels as have room in a field, and count the rest."""
    shown = [f"<#{channel}>" for channel in channels[:CHANNELS_SHOWN]]
    if len(channels) > CHANNELS_SHOWN:
        shown.append(and_more(len(channels) - CHANNELS_SHOWN))
    return ", ".join(shown) or strings.NO_CHANNELS


def changes_card(changes: Sequence[SettingChange]) -> Payload:
    """Return the newest LOGGED changes; who made them is a mention that pings nobody."""
    text = "\n".join(map(_entry, changes[:LOGGED])) or strings.NO_CHANGES
    return Payload(card=Card(strings.SETTINGS_LOG_TITLE, text, Tone.NEUTRAL))


def level(thresholds: Thresholds) -> str | None:
    """Return the name of the level with these thresholds, if it is one."""
    return next((name for name, value in LEVELS.items() if value == thresholds), None)


def _entry(change: SettingChange) -> str:
    who = f"<@{change.who}>" if change.who else strings.SOMEBODY
    name = _name(change.key)
    old, new = (_value(change, value) for value in (change.old, change.new))
    asked = None if change.new is None else new
    what = (
        strings.change_denied(name, asked)
        if change.denied
        else strings.CHANGED.format(name=name, old=old, new=new)
    )
    return f"<t:{int(change.at.timestamp())}:f> {who} · {what}"


def _name(key: str) -> str:
    channel = key.removeprefix(CHANNEL)
    if channel != key and channel.isdecimal():
        return f"<#{channel}>"
    return strings.SETTING_NAMES.get(key) or strings.ATTEMPTS.get(key) or fit(key, VALUE_MAX)


def _value(change: SettingChange, value: Json) -> str:
    """Return a value in words; an invalid one is shown as it is stored."""
    key = CHANNEL if change.key.startswith(CHANNEL) else change.key
    name = _NAMES.get(key)
    if key == "index_roles":
        return _roles(_ids(value), int(change.space), ROLES_LOGGED)
    if name and (named := name(value)):
        return named
    if value is None:
        return strings.DEFAULT
    return fit(value if isinstance(value, str) else json.dumps(value), VALUE_MAX)


def _switched(states: Mapping[bool, tuple[str, str]], default: bool) -> Callable[[Json], str]:
    """Name the state of a switch."""

    def named(value: Json) -> str:
        value = default if value is None else value
        return states[value][0] if isinstance(value, bool) else ""

    return named


def _level(value: Json) -> str:
    name = LEVELS_IN_0_1.get(value) if isinstance(value, float) else value
    return strings.LEVELS[name][0] if isinstance(name, str) and name in LEVELS else ""


def _number(text: Callable[[int], str]) -> Callable[[Json], str]:
    def named(value: Json) -> str:
        return text(value or 0) if isinstance(value, int | None) else ""

    return named


_NAMES: Mapping[str, Callable[[Json], str]] = {
    "threshold": _level,
    "public": _switched(strings.PUBLIC_STATES, default=True),
    "private": _switched(strings.PRIVATE_STATES, default=False),
    "llm_mark": _switched(strings.MARK_STATES, default=True),
    "llm_daily_tokens": lambda value: (
        strings.daily_tokens(value) if isinstance(value, int | None) else ""
    ),
    "member_cooldown_seconds": _number(strings.cooldown),
    "server_cooldown_seconds": _number(strings.cooldown),
    "announcements": lambda value: _named(_ids([value])),
    CHANNEL: lambda value: strings.MODES.get(str(value or ChannelMode.MENTION), ""),
    **dict.fromkeys(ChannelMode, lambda value: _named(_ids(value)[:ROLES_LOGGED])),
}
"""How the log names a setting's value, "" where it makes no sense."""


def _ids(value: Json) -> list[int]:
    found = value if isinstance(value, list) else []
    return [one for one in found if isinstance(one, int) and not isinstance(one, bool)]


def _roles(roles: Sequence[int], guild_id: int, limit: int) -> str:
    """Return mentions; the role that everyone has goes by the server's own id."""
    shown = [strings.EVERYONE if role == guild_id else f"<@&{role}>" for role in roles[:limit]]
    if len(roles) > limit:
        shown.append(and_more(len(roles) - limit))
    return ", ".join(shown) or strings.NO_ROLES
