from datetime import timedelta

import pytest

from index.errors import TooManySubscriptions
from index.model import PUBLIC
from index.store.subscriptions import MOST, MOST_FAILURES, Subscription
from tests.builders import ONE, TWO
from tests.fakes import NOON
from tests.postgres import NUL_IN_POSTGRES


def test_a_subscription_is_kept_as_it_was_typed(subscriptions):
    subscribed = subscriptions.put(ONE, "7", "Harbour strike", digest=True)
    expected = Subscription(1, ONE, "7", "Harbour strike", None, True, NOON, 0)
    assert (subscribed.status, subscribed.subscription) == ("added", expected)
    assert subscriptions.get(1) == expected
    assert subscriptions.by("7") == [expected]
    assert subscriptions.get(2) is None


def test_the_same_topic_is_subscribed_to_once(subscriptions, clock):
    subscriptions.put(ONE, "7", "Harbour strike", digest=False)
    clock.now += timedelta(days=1)
    again = subscriptions.put(ONE, "7", "harbour  STRIKE", digest=False)
    assert (again.status, again.subscription.since, again.subscription.topic) == (
        "unchanged",
        NOON,
        "Harbour strike",
    )
    assert subscriptions.put(ONE, "7", "harbour strike", digest=True).status == "changed"
    assert [one.digest for one in subscriptions.by("7")] == [True]


def test_users_spaces_and_channels_subscribe_for_themselves(subscriptions):
    for space, who, channel in [
        (ONE, "7", None),
        (ONE, "8", None),
        (TWO, "7", None),
        (PUBLIC, "7", None),
        (ONE, "7", "50"),
        (ONE, "7", "51"),
    ]:
        put = subscriptions.put(space, who, "Lind", channel=channel, digest=False)
        assert put.status == "added", (space, who, channel)
    assert subscriptions.put(ONE, "9", "lind", channel="50", digest=False).status == "unchanged"
    assert [one.channel for one in subscriptions.in_channels(ONE)] == ["50", "51"]
    assert subscriptions.in_channels(TWO) == []


def test_the_number_of_subscriptions_is_limited(subscriptions):
    for n in range(MOST):
        subscriptions.put(ONE if n % 2 else TWO, "7", f"topic {n}", digest=False)
    with pytest.raises(TooManySubscriptions) as caught:
        subscriptions.put(ONE, "7", "one more", digest=False)
    assert caught.value.limit == MOST
    assert subscriptions.put(TWO, "7", "topic 0", digest=True).status == "changed"
    subscriptions.put(ONE, "8", "one more", digest=False)


def test_rejected_messages_pause_it_until_one_arrives_or_it_is_followed_anew(subscriptions):
    one = subscriptions.put(ONE, "7", "Lind", digest=False).subscription
    subscriptions.delivery_failed([one.id])
    subscriptions.arrived([one.id])
    assert subscriptions.get(one.id).failures == 0
    for _ in range(MOST_FAILURES):
        assert not subscriptions.get(one.id).paused
        subscriptions.delivery_failed([one.id])
    assert subscriptions.get(one.id).paused
    again = subscriptions.put(ONE, "7", "Lind", digest=False)
    assert (again.status, again.subscription.paused) == ("changed", False)


def test_a_number_is_never_given_twice(subscriptions):
    first = subscriptions.put(ONE, "7", "Lind", digest=False).subscription
    subscriptions.remove(first.id)
    assert subscriptions.get(first.id) is None
    assert subscriptions.put(ONE, "7", "Lind", digest=False).subscription.id > first.id


def test_a_topic_may_be_anything(subscriptions):
    odd = "'); DROP TABLE subscriptions; --\x00\ud800"
    put = subscriptions.put(ONE, "7", odd, digest=False).subscription
    assert put.topic.replace(NUL_IN_POSTGRES, "\0") == "'); DROP TABLE subscriptions; --\0?"
    assert subscriptions.put(ONE, "7", odd, digest=False).status == "unchanged"
