import re
from dataclasses import replace

import pytest

from bot.cogs.subscriptions.cards import (
    BUTTONS,
    UnfollowButton,
    list_card,
    subscribed_card,
    unfollow_buttons,
)
from index.model import PUBLIC, Space
from index.store.subscriptions import MOST, Subscribed, Subscription
from tests.fakediscord import limits
from tests.fakes import NOON
from tests.unit.bot.discord.assertions import assert_within_limits

STRIKE = Subscription(12, PUBLIC, "7", "Harbour *strike*", None, False, NOON, 0)
LONGEST = replace(STRIKE, topic="@everyone*" * 20, failures=3)
IN_CHANNEL = replace(STRIKE, space=Space("42"), channel="50", digest=True)


def check(payload):
    assert_within_limits(payload)
    assert not re.search(r"@(everyone|here)", payload.content + payload.card.description)


@pytest.mark.parametrize("subscription", [STRIKE, LONGEST, IN_CHANNEL])
@pytest.mark.parametrize("status", ["added", "changed", "unchanged"])
def test_a_subscription_says_where_news_goes(subscription, status):
    payload = subscribed_card(Subscribed(subscription, status), NOON)
    check(payload)
    shown = "<#50>, once a day at <t:1795521600:t>" if subscription.channel else "direct message"
    assert shown in payload.card.description


def test_a_list_says_where_since_when_and_what_is_paused():
    other = replace(STRIKE, space=Space("43"))
    card = list_card([STRIKE, other, IN_CHANNEL, LONGEST], {Space("43"): "Other *server*"}, NOON)
    first, second, third, last = card.card.description.split("\n- ")
    assert (
        first
        == "- Harbour \\*strike\\*\n-# direct message, as articles arrive · since <t:1795521600:d>"
    )
    assert second.endswith("Other \\*server\\*")
    assert "<#50>" in third
    assert "paused" in last


def test_a_long_list_counts_what_it_has_no_room_for():
    subscriptions = [LONGEST] * (2 * MOST)
    payload = list_card(subscriptions, {PUBLIC: "@here" * 20}, NOON)
    check(payload)
    shown = payload.card.description.count("\n-#")
    assert 10 < shown < len(subscriptions)
    assert f"{len(subscriptions) - shown} more topics" in payload.card.description


def test_an_empty_list_says_so():
    assert "You don't follow any topics yet" in list_card([], {}, NOON).card.description


def test_what_is_followed_is_in_the_button():
    assert UnfollowButton.read(UnfollowButton(12).custom_id).subscription_id == 12
    assert UnfollowButton.read("follow:end:x") is None


async def test_of_several_each_button_says_which_and_they_fit():
    several = [replace(STRIKE, id=n, topic=f"{n} {'@' * 198}") for n in range(BUTTONS + 2)]
    view = unfollow_buttons([*several, *several])
    limits.message({"content": "x", "components": view.to_components()})
    labels = [item.item.label for item in view.children]
    assert [label[:11] for label in labels] == [f"Unfollow: {n}" for n in range(BUTTONS)]
