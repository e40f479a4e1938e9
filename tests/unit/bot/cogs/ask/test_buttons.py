import re
from datetime import UTC, datetime

import pytest

from bot.cogs.articles.views import PageButton, RemovalButton, confirmation
from bot.cogs.subscriptions.views import BUTTONS, UnfollowButton, unfollow_buttons
from bot.discord.components import PressedButton
from index.model import PUBLIC
from index.store.subscriptions import Subscription
from tests.fakediscord import limits

SNOWFLAKE = 2**63
ARTICLE = "a" * 60


def parsed(kind: type[PressedButton], custom_id: str):
    match = kind.__discord_ui_compiled_template__.fullmatch(custom_id)
    assert match is not None
    return kind.from_custom_id(None, None, match)


@pytest.mark.parametrize("step", ["back", "on"])
async def test_page_and_user_are_in_the_button(step):
    button = PageButton(step, SNOWFLAKE, 12)
    again = await parsed(PageButton, button.custom_id)
    assert (again.user, again.page, again.item.label) == (SNOWFLAKE, 12, button.item.label)
    assert len(button.custom_id) <= 100


@pytest.mark.parametrize("choice", ["remove", "keep"])
async def test_choice_user_and_article_are_in_the_button(choice):
    button = RemovalButton(choice, SNOWFLAKE, ARTICLE)
    again = await parsed(RemovalButton, button.custom_id)
    assert (again.user, again.article_id, again.removes) == (SNOWFLAKE, ARTICLE, choice == "remove")


def follow(number: int, topic: str) -> Subscription:
    return Subscription(
        number, PUBLIC, "7", topic, None, False, datetime(2026, 11, 24, tzinfo=UTC), 0
    )


async def test_what_is_followed_is_in_the_button():
    button = UnfollowButton(12)
    assert (await parsed(UnfollowButton, button.custom_id)).subscription_id == 12


async def test_of_several_each_button_says_which_and_they_fit():
    several = [follow(n, f"{n} {'@' * 198}") for n in range(BUTTONS + 2)]
    view = unfollow_buttons([*several, *several])
    limits.message({"content": "x", "components": view.to_components()})
    labels = [item.item.label for item in view.children]
    assert [label[:11] for label in labels] == [f"Unfollow: {n}" for n in range(BUTTONS)]


@pytest.mark.parametrize(
    "forged",
    [
        "articles:on:1",
        "articles:on:x:1",
        "articles:off:1:1",
        "removal:remove:1:",
        "follow:end:x",
        "x",
    ],
)
def test_other_ids_are_nobodys(forged):
    for kind in (PageButton, RemovalButton, UnfollowButton):
        template: re.Pattern[str] = kind.__discord_ui_compiled_template__
        assert not template.fullmatch(forged)


async def test_longest_ids_are_within_limits():
    view = confirmation(SNOWFLAKE, ARTICLE)
    limits.message({"content": "x", "components": view.to_components()})
    assert view.is_finished(), "kept in no store: each press finds its class"
