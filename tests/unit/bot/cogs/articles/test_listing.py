import pytest

from bot.cogs.articles.listing import PageButton, RemovalButton, confirmation
from tests.fakediscord import limits

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
