"""Help, privacy and the introduction as cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.cogs.about import strings
from bot.discord.embeds import FIELD_VALUE_MAX, Card, Field, Payload, Tone, size
from bot.discord.markdown import fit
from bot.permissions import Audience

if TYPE_CHECKING:
    from index.store.records import Held

NAME_MAX = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """A command, or with `menu` one of a message's own menu, and whom it is for."""

    name: str
    description: str
    audience: Audience
    menu: bool = False


def help_card(offers: Sequence[Offer], *, in_server: bool, reads_all: bool) -> Payload:
    """Return what can be used, by whom it is for."""
    fields = tuple(
        Field(strings.HELP_FOR[audience], _lines([o for o in offers if o.audience is audience]))
        for audience in Audience
        if any(o.audience is audience for o in offers)
    )
    hint = strings.HELP_THREADS[reads_all] if in_server else strings.HELP_DIRECT
    text = f"{strings.HELP_TEXT}\n{hint}"
    return Payload(card=Card(strings.HELP_TITLE, text, Tone.NEUTRAL, fields))


def privacy_card(held: Held, model: str | None = None) -> Payload:
    """Return what is stored of everybody, and how much of the user.

    `model` names the language model that writes answers, if one does.
    """
    leaves = strings.privacy_model(fit(model, NAME_MAX)) if model else strings.PRIVACY_STAYS
    text = f"{strings.PRIVACY_TEXT}\n{leaves}"
    counts = strings.held(held.questions, held.votes, held.changes, held.feeds, held.subscriptions)
    fields = (Field(strings.PRIVACY_YOURS, counts),)
    return Payload(card=Card(strings.PRIVACY_TITLE, text, Tone.NEUTRAL, fields))


def forgotten_card(held: Held) -> Payload:
    """Return what was deleted."""
    text = strings.forgotten(
        held.questions, held.votes, held.changes, held.feeds, held.subscriptions
    )
    return Payload(card=Card(strings.FORGOTTEN_TITLE, text, Tone.NEUTRAL))


def intro_card(role: str | None) -> Payload:
    """Return who the bot is; `role` is the name of one whose members may index."""
    who = strings.intro_indexers(fit(role, NAME_MAX) if role else None)
    fields = (
        Field(strings.INTRO_ASK_TITLE, strings.INTRO_ASK),
        Field(strings.INTRO_INDEX_TITLE, who),
        Field(strings.INTRO_STORED_TITLE, strings.INTRO_STORED),
    )
    return Payload(card=Card(strings.INTRO_TITLE, strings.INTRO, Tone.NEUTRAL, fields))


def _lines(offers: Sequence[Offer]) -> str:
    """Return a line for each; the descriptions go where not all of them have room."""
    full = "\n".join(map(_line, offers))
    if size(full) <= FIELD_VALUE_MAX:
        return full
    return ", ".join(f"`/{offer.name}`" for offer in offers if not offer.menu)


def _line(offer: Offer) -> str:
    if offer.menu:
        return strings.help_menu(offer.name)
    return f"`/{offer.name}` {offer.description}"
