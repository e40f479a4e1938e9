"""Values of the index as messages; pure, and within Discord's limits by construction."""

from bot.rendering.answers import render
from bot.rendering.fitting import fit, fit_plain
from bot.rendering.indexed import Indexed, batch_card, indexed_card
from bot.rendering.lists import articles_page, pages, reindexed_card
from bot.rendering.passages import passage_page, passages
from bot.rendering.payload import CHOICE_MAX, Card, Field, Payload, Picture, Tone
from bot.rendering.reading import read_back
from bot.rendering.settings import changes_card, settings_card
from bot.rendering.stats import stats_card
from bot.rendering.undone import undone_card, undone_lines

__all__ = [
    "CHOICE_MAX",
    "Card",
    "Field",
    "Indexed",
    "Payload",
    "Picture",
    "Tone",
    "articles_page",
    "batch_card",
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
    "undone_card",
    "undone_lines",
]
