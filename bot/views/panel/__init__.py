"""The panel of a server's settings. Whoever presses must have the right at that moment."""

from bot.views.panel.answers import LevelSelect, SwitchButton
from bot.views.panel.changing import managed
from bot.views.panel.channels import AnnouncementsSelect, ModeSelect
from bot.views.panel.members import CooldownSelect, RolesSelect
from bot.views.panel.sections import SectionButton, show
from bot.views.panel.writing import TokensSelect

ITEMS = (
    AnnouncementsSelect,
    CooldownSelect,
    LevelSelect,
    ModeSelect,
    RolesSelect,
    SectionButton,
    SwitchButton,
    TokensSelect,
)
"""All that a panel is made of, for the bot to recognise."""

__all__ = [
    "ITEMS",
    "AnnouncementsSelect",
    "CooldownSelect",
    "LevelSelect",
    "ModeSelect",
    "RolesSelect",
    "SectionButton",
    "SwitchButton",
    "TokensSelect",
    "managed",
    "show",
]
