"""The settings of a server, read anew for every question."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StrictBool, TypeAdapter, ValidationError

from bot.errors import InvalidSetting
from index.model import PUBLIC, THRESHOLDS, Space, Thresholds
from index.store.settings_store import Json, SettingChange, SettingsStore

log = logging.getLogger(__name__)

MAX_COOLDOWN_SECONDS = 3_600
MAX_DAILY_TOKENS = 100_000_000

MAX_ROLES = 25
"""As many as one of Discord's select menus takes."""

LEVELS: Mapping[str, Thresholds] = {
    "strict": Thresholds(0.7, 0.7),
    "balanced": THRESHOLDS,
    "generous": Thresholds(0.35, 0.2),
}
"""What is offered, from the fewest answers to the most."""

LEVELS_IN_0_1: Mapping[float, str] = {0.7: "strict", 0.5: "balanced", 0.35: "generous"}
"""Footnote 0.1 stored a level's threshold instead of its name."""

DAILY_TOKENS = (None, 0, 20_000, 100_000, 500_000)
"""The numbers of tokens a day that are offered; an answer takes 1,000 to 3,000."""

COOLDOWNS = (0, 5, 15, 30, 60, 300, 900)
"""The times (seconds) that are offered."""

CHANNEL = "channel:"
"""Channels are kept one by one, so that two admins do not undo each other's."""


class ChannelMode(StrEnum):
    """What the bot answers in a channel."""

    MENTION = "mention"
    EVERY = "every"
    OFF = "off"


class Section(StrEnum):
    """A page of the settings panel."""

    ANSWERS = "answers"
    CHANNELS = "channels"
    MEMBERS = "members"
    DRAFTS = "writing"


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """One server's settings; the defaults are those of a server that has set nothing.

    `channels` and `index_roles` go by id, `threshold` is one of LEVELS, None the index's own;
    `public` is whether the public articles are asked as well; `announcements` is a channel's id; a
    cooldown is the time between two questions of a member, or of all members;
    `llm_daily_tokens` is how many tokens a language model may use in a day (UTC), None any number,
    and `llm_mark` whether an answer says that a model wrote it.
    """

    channels: Mapping[int, ChannelMode] = field(default_factory=dict)
    index_roles: tuple[int, ...] = ()
    private: bool = False
    threshold: str | None = None
    public: bool = True
    announcements: int | None = None
    member_cooldown_seconds: int = 0
    server_cooldown_seconds: int = 0
    llm_daily_tokens: int | None = None
    llm_mark: bool = True

    @property
    def thresholds(self) -> Thresholds | None:
        """Those of the level, None for the index's own."""
        return LEVELS[self.threshold] if self.threshold else None

    def mode(self, channel_id: int, parent_id: int | None = None) -> ChannelMode:
        """Return what is answered in a channel, or in a thread of the channel `parent_id`."""
        own = self.channels.get(channel_id)
        return own or self.channels.get(parent_id or 0, ChannelMode.MENTION)

    def with_mode(self, mode: ChannelMode) -> tuple[int, ...]:
        """Return the channels that were given a mode, sorted."""
        return tuple(sorted(c for c, own in self.channels.items() if own is mode))


def visible(guild_id: int | None, *, public: bool = True) -> tuple[Space, ...]:
    """Return the spaces that people of a server see; direct messages (None) see public."""
    if guild_id is None:
        return (PUBLIC,)
    own = Space(str(guild_id))
    return (own, PUBLIC) if public else (own,)


class ServerSettingsStore:
    """The settings of all servers, and who changed them. Every call blocks for a moment."""

    def __init__(self, store: SettingsStore) -> None:
        self._store = store

    def of(self, guild_id: int) -> ServerSettings:
        """Return a server's settings as they are now; an invalid value counts as not set."""
        channels: dict[int, ChannelMode] = {}
        others: dict[str, Any] = {}
        for key, stored in self._store.read(_space(guild_id)).items():
            try:
                if key.startswith(CHANNEL):
                    channels[int(key.removeprefix(CHANNEL))] = ChannelMode(str(stored))
                else:
                    others[key] = _VALUES[key].validate_python(stored)
            except (KeyError, ValueError):  # of another release, or changed by hand
                log.warning("server %s: its setting %s is invalid", guild_id, key)
        return ServerSettings(channels, **others)

    def change(self, guild_id: int, name: str, value: Json, who: int) -> None:
        """Set one (not a channel's mode); None is the default. Raises InvalidSetting."""
        kind = _VALUES[name]
        if value is not None:
            try:
                kind.validate_python(value)
            except ValidationError as error:
                raise InvalidSetting(name) from error
        self._store.write(_space(guild_id), name, value, str(who))

    def set_mode(self, guild_id: int, channel_id: int, mode: ChannelMode | None, who: int) -> None:
        """Set what is answered in a channel; None is the default."""
        self._store.write(_space(guild_id), f"{CHANNEL}{channel_id}", mode, str(who))

    def deny(self, guild_id: int, name: str, value: Json, who: int) -> None:
        """Note that somebody tried to set one and may not."""
        self._store.deny(_space(guild_id), name, value, str(who))

    def log(self, guild_id: int, limit: int) -> list[SettingChange]:
        """Return the newest changes and denied attempts, newest first.

        Attempts are a third of them where there are changes enough, so that nobody pushes these
        out of sight by trying.
        """
        read = self._store.changes
        made = read(_space(guild_id), limit, denied=False)
        room = max(limit // 3, limit - len(made))
        attempts = read(_space(guild_id), room, denied=True)
        shown = [*made[: limit - len(attempts)], *attempts]
        return sorted(shown, key=lambda change: change.at, reverse=True)


def _space(guild_id: int) -> Space:
    return Space(str(guild_id))


def _name_of_0_1(value: Json) -> Json:
    return LEVELS_IN_0_1.get(value, value) if isinstance(value, float) else value


_Id = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1)]
_Seconds = Annotated[int, Field(strict=True, ge=0, le=MAX_COOLDOWN_SECONDS)]

_SWITCH = TypeAdapter(StrictBool)

_VALUES: Mapping[str, TypeAdapter[Any]] = {
    "index_roles": TypeAdapter(Annotated[tuple[_Id, ...], Field(max_length=MAX_ROLES)]),
    "private": _SWITCH,
    "threshold": TypeAdapter(
        Annotated[Literal["strict", "balanced", "generous"], BeforeValidator(_name_of_0_1)]
    ),
    "public": _SWITCH,
    "announcements": TypeAdapter(_Id),
    "member_cooldown_seconds": TypeAdapter(_Seconds),
    "server_cooldown_seconds": TypeAdapter(_Seconds),
    "llm_daily_tokens": TypeAdapter(Annotated[int, Field(strict=True, ge=0, le=MAX_DAILY_TOKENS)]),
    "llm_mark": _SWITCH,
}
"""What each setting can be, but for the modes of channels."""
