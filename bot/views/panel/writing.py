"""How much a language model may be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.server_settings import DAILY_TOKENS, InvalidSetting, Section
from bot.views.panel.changing import change
from bot.views.pressed import Pressed
from bot.words import settings as words

if TYPE_CHECKING:
    from bot.cogs.services import Services

NAME = "llm_daily_tokens"


class TokensSelect(Pressed["discord.ui.Select[Any]"], template=r"settings:llm_daily_tokens"):
    """Sets how many tokens the server may use in a day."""

    def __init__(self, tokens: int | None = None) -> None:
        options = [
            discord.SelectOption(
                label=words.daily_tokens(choice),
                value=_value(choice),
                default=choice == tokens,
            )
            for choice in DAILY_TOKENS
        ]
        super().__init__(
            discord.ui.Select(
                custom_id="settings:llm_daily_tokens",
                placeholder=words.SETTING_NAMES[NAME],
                options=options,
            )
        )

    async def pressed(self, interaction: discord.Interaction[Any], services: Services) -> None:
        """Set the number that was chosen."""
        chosen = next(iter(self.item.values), "")
        offered = {_value(choice): choice for choice in DAILY_TOKENS}
        if chosen not in offered:
            raise InvalidSetting(NAME, ", ".join(offered))
        await change(interaction, services, Section.WRITING, NAME, offered[chosen], None)


def _value(tokens: int | None) -> str:
    return "any" if tokens is None else str(tokens)
