"""A server's settings, and their log, as cards."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot import words
from bot.rendering.fitting import fit
from bot.rendering.payload import Card, Field, Payload, Tone
from bot.server_settings import LEVELS, ServerSettings

if TYPE_CHECKING:
    from index.catalog import Change, Json

LOGGED = 15
"""Changes in the log's card: with ROLES_LOGGED they stay below DESCRIPTION_MAX."""
ROLES_LOGGED = 3
VALUE_MAX = 60


def settings_card(settings: ServerSettings, threshold: float, guild_id: int) -> Payload:
    """Return the settings and what they mean; `threshold` counts where the server has set none."""
    threshold = settings.threshold or threshold
    name = level(threshold)
    sure = words.LEVELS[name] if name else (f"{threshold:g}", words.OWN_LEVEL)
    roles = _roles(settings.index_roles, guild_id, len(settings.index_roles))
    said = {
        "threshold": sure,
        "public": words.PUBLIC_SAYS[settings.public],
        "private": words.PRIVATE_SAYS[settings.private],
        "index_roles": (roles, words.ROLES_SAY),
    }
    fields = tuple(
        Field(words.SETTING_NAMES[key], f"**{state}**\n{meaning}")
        for key, (state, meaning) in said.items()
    )
    return Payload(card=Card(words.SETTINGS_TITLE, words.SETTINGS_NOTE, Tone.NEUTRAL, fields))


def changes_card(changes: Sequence[Change]) -> Payload:
    """Return the newest LOGGED changes; who made them is a mention that pings nobody."""
    text = "\n".join(map(_entry, changes[:LOGGED])) or words.NO_CHANGES
    return Payload(card=Card(words.SETTINGS_LOG_TITLE, text, Tone.NEUTRAL))


def level(threshold: float) -> str | None:
    """Return the name of the level with this threshold, if it is one."""
    return next((name for name, value in LEVELS.items() if value == threshold), None)


def _entry(change: Change) -> str:
    who = f"<@{change.who}>" if change.who else words.SOMEBODY
    name = words.SETTING_NAMES.get(change.key) or fit(change.key, VALUE_MAX)
    old, new = (_value(change, value) for value in (change.old, change.new))
    asked = None if change.new is None else new
    what = words.change_refused(name, asked) if change.refused else words.changed(name, old, new)
    return f"<t:{int(change.at.timestamp())}:f> {who} · {what}"


def _value(change: Change, value: Json) -> str:
    if change.key == "index_roles":
        return _roles(_ids(value), int(change.space), ROLES_LOGGED)
    if value is None and change.key not in ("public", "private"):
        return words.DEFAULT
    if change.key == "threshold" and isinstance(value, float) and (name := level(value)):
        return words.LEVELS[name][0]
    if change.key == "public" and value in (None, True, False):
        return words.PUBLIC_SAYS[value is not False][0]
    if change.key == "private" and value in (None, True, False):
        return words.PRIVATE_SAYS[value is True][0]
    return fit(value if isinstance(value, str) else json.dumps(value), VALUE_MAX)


def _ids(value: Json) -> list[int]:
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []


def _roles(roles: Sequence[int], guild_id: int, limit: int) -> str:
    """Return mentions; the role that everyone has goes by the server's own id."""
    shown = [words.EVERYONE if role == guild_id else f"<@&{role}>" for role in roles[:limit]]
    if len(roles) > limit:
        shown.append(words.and_more(len(roles) - limit))
    return ", ".join(shown) or words.NO_ROLES
