"""Whose follows are whose: a user's own, and for those who may index those of channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.permissions import NotAllowed, NotYours, ServerOnly
from bot.words import follows as words_follows

if TYPE_CHECKING:
    import discord

    from bot.cogs.services import Services
    from index.catalog import Follow


async def own(services: Services, interaction: discord.Interaction[Any]) -> list[Follow]:
    """Return what the user may end in this place: their own of all places come first."""
    follows, quick = services.library.records.follows, services.workers.quick
    mine = [one for one in await quick(follows.by, str(interaction.user.id)) if one.channel is None]
    try:
        space = await services.own_space(interaction)
    except (NotAllowed, ServerOnly):
        return mine
    return mine + await quick(follows.in_channels, space)


async def check_own(
    services: Services, interaction: discord.Interaction[Any], follow: Follow
) -> None:
    """Raise NotYours, NotAllowed or ServerOnly for who may not end it."""
    if follow.channel is None:
        allowed = follow.who == str(interaction.user.id)
    else:
        allowed = follow.space == await services.own_space(interaction)
    if not allowed:
        raise NotYours(words_follows.NOT_YOUR_FOLLOW)
