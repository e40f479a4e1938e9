"""Values of the index as messages; pure, and within Discord's limits by construction."""

from bot.rendering.answers import render
from bot.rendering.fitting import fit, fit_plain
from bot.rendering.lists import articles_page, indexed_card, pages, reindexed_card
from bot.rendering.passages import passage_page, passages
from bot.rendering.payload import CHOICE_MAX, Card, Field, Payload, Picture, Tone
from bot.rendering.reading import read_back
from bot.rendering.settings import changes_card, settings_card
from bot.rendering.stats import stats_card

__all__ = [
    "CHOICE_MAX",
    "Card",
    "Field",
    "Payload",
    "Picture",
    "Tone",
    "articles_page",
    "changes_card",
    "fit",
    "fit_plain",
    "indexed_card",
    "pages",
    "passage_page",
    "passages",
    "read_back",
    "reindexed_card",
    "render",
    "settings_card",
    "stats_card",
]
