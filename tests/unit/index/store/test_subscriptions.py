from datetime import timedelta

import pytest

from index.errors import TooManyFollows
from index.model import PUBLIC
from index.store.subscriptions import MOST, MOST_FAILURES, Subscription, Subscriptions
from tests.fakes import NOON
from tests.unit.index.store.spaces import ONE, TWO


@pytest.fixture
def follows(catalog, clock):
    return Subscriptions(catalog.database, clock)


def test_what_is_followed_is_kept_as_it_was_said(follows):
    followed = follows.put(ONE, "7", "Harbour strike", digest=True)
    expected = Subscription(1, ONE, "7", "Harbour strike", None, True, NOON, 0)
    assert (followed.status, followed.follow) == ("added", expected)
    assert follows.get(1) == expected
    assert follows.by("7") == [expected]
    assert follows.get(2) is None


def test_the_same_topic_is_followed_once(follows, clock):
    follows.put(ONE, "7", "Harbour strike", digest=False)
    clock.now += timedelta(days=1)
    again = follows.put(ONE, "7", "harbour  STRIKE", digest=False)
    assert (again.status, again.follow.since, again.follow.topic) == (
        "unchanged",
        NOON,
        "Harbour strike",
    )
    assert follows.put(ONE, "7", "harbour strike", digest=True).status == "changed"
    assert [one.digest for one in follows.by("7")] == [True]


def test_others_other_places_and_channels_follow_for_themselves(follows):
    for space, who, channel in [
        (ONE, "7", None),
        (ONE, "8", None),
        (TWO, "7", None),
        (PUBLIC, "7", None),
        (ONE, "7", "50"),
        (ONE, "7", "51"),
    ]:
        put = follows.put(space, who, "Lind", channel=channel, digest=False)
        assert put.status == "added", (space, who, channel)
    assert follows.put(ONE, "9", "lind", channel="50", digest=False).status == "unchanged"
    assert [one.channel for one in follows.in_channels(ONE)] == ["50", "51"]
    assert follows.in_channels(TWO) == []


def test_there_is_an_end_to_what_one_follows(follows):
    for n in range(MOST):
        follows.put(ONE if n % 2 else TWO, "7", f"topic {n}", digest=False)
    with pytest.raises(TooManyFollows) as caught:
        follows.put(ONE, "7", "one more", digest=False)
    assert caught.value.limit == MOST
    assert follows.put(TWO, "7", "topic 0", digest=True).status == "changed"
    follows.put(ONE, "8", "one more", digest=False)


def test_refused_messages_pause_it_until_one_arrives_or_it_is_followed_anew(follows):
    one = follows.put(ONE, "7", "Lind", digest=False).follow
    follows.refused([one.id])
    follows.arrived([one.id])
    assert follows.get(one.id).failures == 0
    for _ in range(MOST_FAILURES):
        assert not follows.get(one.id).paused
        follows.refused([one.id])
    assert follows.get(one.id).paused
    again = follows.put(ONE, "7", "Lind", digest=False)
    assert (again.status, again.follow.paused) == ("changed", False)


def test_a_number_is_never_given_twice(follows):
    first = follows.put(ONE, "7", "Lind", digest=False).follow
    follows.remove(first.id)
    assert follows.get(first.id) is None
    assert follows.put(ONE, "7", "Lind", digest=False).follow.id > first.id


def test_all_of_a_user_is_deleted_and_nobody_elses(follows):
    for who in ("7", "8"):
        follows.put(ONE, who, "Lind", digest=False)
        follows.put(ONE, who, f"Lind {who}", channel="50", digest=False)
    follows.forget("7")
    assert follows.by("7") == []
    assert len(follows.by("8")) == 2


def test_a_topic_may_be_anything(follows):
    odd = "'); DROP TABLE follows; --\x00\ud800"
    put = follows.put(ONE, "7", odd, digest=False).follow
    assert put.topic == "'); DROP TABLE follows; --\x00?"
    assert follows.put(ONE, "7", odd, digest=False).status == "unchanged"
