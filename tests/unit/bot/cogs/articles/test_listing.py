from types import SimpleNamespace

import pytest

from bot.cogs.articles.listing import PageButton, RemovalButton, confirmation, show_page
from bot.discord.replies import acknowledge
from bot.discord.strings import NO_ARTICLES, NO_PUBLIC_ARTICLES
from bot.services import Services
from tests.fakediscord import limits
from tests.fakes import GUILD, FakeInteraction

SNOWFLAKE = 2**63
ARTICLE = "a" * 60


@pytest.mark.parametrize("step", ["back", "on"])
def test_page_and_user_are_in_the_button(step):
    button = PageButton(step, SNOWFLAKE, 12)
    again = PageButton.read(button.custom_id)
    assert (again.subject, again.page, again.item.label) == (SNOWFLAKE, 12, button.item.label)
    assert len(button.custom_id) <= 100


@pytest.mark.parametrize("article", [ARTICLE, ""], ids=["of one", "of those in the message"])
@pytest.mark.parametrize("choice", ["remove", "keep"])
def test_choice_user_and_article_are_in_the_button(choice, article):
    button = RemovalButton(choice, SNOWFLAKE, article)
    again = RemovalButton.read(button.custom_id)
    assert (again.user, again.article_id, again.removes) == (SNOWFLAKE, article, choice == "remove")


@pytest.mark.parametrize(
    "forged", ["articles:on:1", "articles:on:x:1", "articles:off:1:1", "removal:remove:1:", "x"]
)
def test_other_ids_match_no_class(forged):
    assert PageButton.read(forged) is RemovalButton.read(forged) is None


async def test_longest_ids_are_within_limits():
    view = confirmation(SNOWFLAKE, ARTICLE)
    limits.message({"content": "x", "components": view.to_components()})
    assert view.is_finished(), "kept in no store: each press finds its class"


@pytest.mark.parametrize(
    ("guild", "there", "told"),
    [
        (GUILD, 0, NO_ARTICLES),
        (None, 0, NO_PUBLIC_ARTICLES),
        (GUILD, 3, "no article with “volcano”"),
    ],
)
async def test_where_nothing_is_found_it_says_why_to_the_asker_alone(workers, guild, there, told):
    records = SimpleNamespace(settings=SimpleNamespace(read=lambda _: {}))
    library = SimpleNamespace(list=lambda *_: (), count=lambda _: there, records=records)
    interaction = FakeInteraction(guild_id=guild)
    await acknowledge(interaction)
    await show_page(interaction, Services(library, workers, None), 0, "volcano")
    ((_, words, ephemeral),) = [sent for sent in interaction.sent if sent[0] == "followup"]
    assert told in words
    assert ephemeral
