from datetime import timedelta

import numpy as np
import pytest

from index.model import PUBLIC, Passage, Span
from index.store import subscriptions as module
from index.store.catalog import Catalog
from index.store.subscriptions import KEPT_DAYS, MOST_FAILURES, Matches, Subscriptions
from tests.builders import ONE, TWO, document
from tests.fakes import NOON
from tests.unit.index.store.version1 import write_version1

ALL = (PUBLIC, ONE, TWO)


@pytest.fixture
def matches(catalog, clock):
    return Matches(catalog.database, clock)


@pytest.fixture
def publish(catalog):
    """Publish an article, or with the same title a new version of it; return its id."""

    def published(title, space=ONE, text=None):
        text = text or f"{title} opened on Monday."
        passage = Passage(0, Span(0, len(text)), (Span(0, len(text)),))
        given = document(title, text, source="The Gazette")
        vectors = np.ones((1, 4), np.float32)
        return catalog.publish(given, space, [passage], vectors, embedder="toy").article.id

    return published


def subscribe(subscriptions, space=ONE, who="7", topic="Lind", channel=None, digest=False):
    return subscriptions.put(space, who, topic, channel=channel, digest=digest).subscription


def pending(matches, until=NOON):
    return [(match.subscription.id, match.article) for match in matches.waiting(until)]


def test_articles_come_in_order_and_once(publish, subscriptions, matches):
    subscribe(subscriptions)
    first, second = publish("One"), publish("Two")
    assert publish("One", text="The harbour closed again on Friday.") == first
    seen = []
    while arrival := matches.next():
        seen.append(arrival.article)
        matches.note(arrival, [])
    assert seen == [first, second]
    publish("Two", text="The harbour opened anew.")
    assert matches.next() is None, "a new version is no news"


def test_what_came_before_a_subscription_does_not_match_it(publish, subscriptions, matches):
    publish("Old")
    assert matches.next() is None, "nobody subscriptions anything"
    early = subscribe(subscriptions, who="7")
    publish("New")
    late = subscribe(subscriptions, who="8")
    arrival = matches.next()
    assert matches.candidates(arrival, ALL) == [early]
    matches.note(arrival, [])
    publish("Newer")
    assert matches.candidates(matches.next(), ALL) == [early, late]


def test_a_removed_article_is_passed_over_and_no_news_when_it_is_back(
    catalog, publish, subscriptions, matches
):
    subscribe(subscriptions)
    gone, stays = publish("Gone"), publish("Stays")
    catalog.remove([gone], ONE)
    arrival = matches.next()
    assert arrival.article == stays
    matches.note(arrival, [])
    assert publish("Gone") == gone
    assert matches.next() is None


def test_a_servers_own_article_matches_its_subscriptions_alone(publish, subscriptions, matches):
    one, two, direct = (subscribe(subscriptions, space=space) for space in (ONE, TWO, PUBLIC))
    publish("Own", ONE)
    publish("For all", PUBLIC)
    arrival = matches.next()
    assert matches.candidates(arrival, ALL) == [one]
    matches.note(arrival, [])
    assert matches.candidates(matches.next(), ALL) == [one, two, direct]
    assert matches.candidates(matches.next(), (PUBLIC, TWO)) == [two, direct]


def test_subscriptions_that_an_arrival_cannot_match_are_not_read(
    publish, subscriptions, matches, monkeypatch
):
    subscribe(subscriptions)
    mine = subscribe(subscriptions, space=TWO)
    read, make = [], module._subscription
    monkeypatch.setattr(module, "_subscription", lambda row: read.append(row[0]) or make(row))
    publish("Theirs", TWO)
    assert matches.candidates(matches.next(), None) == [mine]
    matches.note(matches.next(), [])
    publish("Of all", PUBLIC)
    assert matches.candidates(matches.next(), [TWO, PUBLIC]) == [mine]
    assert set(read) == {mine.id}


def test_what_was_matched_waits_until_it_is_settled(publish, subscriptions, matches):
    one = subscribe(subscriptions)
    article = publish("New")
    matches.note(matches.next(), [one])
    assert matches.next() is None
    (waiting,) = matches.waiting(NOON)
    assert (waiting.subscription, waiting.article) == (one, article)
    (begun,) = matches.begin([waiting], "5")
    assert begun.nonce == "5"
    assert matches.begin([waiting], "6") == [], "whoever comes second does not send"
    assert matches.waiting(NOON) == [begun], "its process may die"
    matches.settle([begun])
    assert pending(matches) == []


def test_a_subscriber_is_notified_of_an_article_once(publish, subscriptions, matches):
    one = subscribe(subscriptions, topic="Lind")
    other = subscribe(subscriptions, topic="the harbour")
    elsewhere = subscribe(subscriptions, space=PUBLIC, topic="Lind")
    somebody = subscribe(subscriptions, who="8")
    channel = subscribe(subscriptions, channel="50")
    again = subscribe(subscriptions, channel="50", who="8", topic="the harbour")
    article = publish("New", PUBLIC)
    matches.note(matches.next(), [one, other, elsewhere, somebody, channel, again])
    assert pending(matches) == [(one.id, article), (somebody.id, article), (channel.id, article)]


def test_digests_wait_for_their_time(publish, subscriptions, matches, clock):
    daily = subscribe(subscriptions, digest=True)
    article = publish("New")
    matches.note(matches.next(), [daily])
    assert pending(matches, NOON) == []
    assert pending(matches, NOON + timedelta(hours=20)) == [(daily.id, article)]


def test_a_paused_subscription_is_neither_asked_nor_notified(publish, subscriptions, matches):
    one = subscribe(subscriptions)
    publish("New")
    matches.note(matches.next(), [one])
    for _ in range(MOST_FAILURES):
        subscriptions.delivery_failed([one.id])
    assert pending(matches) == []
    publish("Newer")
    assert matches.candidates(matches.next(), ALL) == []


def test_an_ended_subscription_is_not_notified(publish, subscriptions, matches):
    one, other = subscribe(subscriptions), subscribe(subscriptions, topic="the harbour")
    publish("New")
    arrival = matches.next()
    subscriptions.remove(one.id)
    matches.note(arrival, [one])
    assert pending(matches) == []
    article = publish("Newer")
    matches.note(matches.next(), [other])
    assert pending(matches) == [(other.id, article)]
    subscriptions.remove(other.id)
    assert pending(matches) == []


def test_matches_are_forgotten_after_a_while(catalog, publish, subscriptions, matches, clock):
    one = subscribe(subscriptions)
    publish("New")
    matches.note(matches.next(), [one])
    clock.now += timedelta(days=KEPT_DAYS, seconds=1)
    newer = publish("Newer")
    matches.note(matches.next(), [one])
    assert pending(matches, clock.now) == [(one.id, newer)]


def test_articles_of_an_earlier_release_are_no_news(tmp_path):
    path = tmp_path / "footnote.db"
    write_version1(path)
    catalog = Catalog(path)
    matches = Matches(catalog.database)
    assert matches.newest() == 2
    Subscriptions(catalog.database).put(PUBLIC, "7", "Lind", digest=False)
    assert matches.next() is None
    catalog.close()
