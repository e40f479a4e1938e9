"""Messages to Discord as frozen values within Discord's limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.text import size

# https://discord.com/developers/docs/resources/message#embed-object-embed-limits
CONTENT_MAX = 2_000
TITLE_MAX = 256
DESCRIPTION_MAX = 4_096
FIELD_VALUE_MAX = 1_024
FIELDS_MAX = 25
CARD_MAX = 6_000
CHOICE_MAX = 100


class Tone(Enum):
    """The colour beside a card; its text says the same for those who don't see it."""

    ANSWERED = 0x3BA55D
    UNSURE = 0xF0B232
    FAILED = 0xC27C0E
    NEUTRAL = 0x5865F2


@dataclass(frozen=True, slots=True)
class Field:
    """One block of a card: `name` in bold above `value`."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file, shown in its card; `alt` says what it shows to those who do not see it."""

    name: str
    data: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Card:
    """An embed: Discord markdown that is escaped and fits already."""

    title: str
    description: str
    tone: Tone
    fields: tuple[Field, ...] = ()
    footer: str = ""
    picture: Picture | None = None

    @property
    def size(self) -> int:
        """What Discord counts towards CARD_MAX."""
        texts = (self.title, self.description, self.footer)
        blocks = (part for field in self.fields for part in (field.name, field.value))
        return sum(map(size, (*texts, *blocks)))


@dataclass(frozen=True, slots=True)
class Payload:
    """One message: a card, or plain text where cards may not be shown."""

    content: str = ""
    card: Card | None = None
