from datetime import timedelta

import numpy as np
import pytest

from index.errors import FeedExists, TooManyFeeds, UnknownFeed
from index.model import Document, Passage, Span
from index.store import feeds
from index.store.feeds import Feeds
from tests.builders import ONE, TWO
from tests.fakes import NOON

URL = "https://news.example/feed"


@pytest.fixture
def store(catalog, clock):
    return Feeds(catalog.database, clock)


@pytest.fixture
def feed(store):
    return store.add(ONE, URL, "Daily", "7", NOON, "55")


def succeed(store, feed, **validators):
    given = {"etag": None, "last_modified": None} | validators
    store.succeeded(feed.id, "Daily Report", NOON + timedelta(minutes=15), **given)


def test_a_feed_is_due_when_it_was_said(store, feed, clock):
    assert store.due([ONE]) == [feed]
    assert (feed.url, feed.title, feed.channel, feed.added_by) == (URL, "Daily", "55", "7")
    assert (feed.checked, feed.failures, feed.articles) == (None, 0, 0)
    succeed(store, feed, etag='"a"', last_modified="Tue")
    assert store.due([ONE]) == []
    clock.now += timedelta(minutes=15)
    (due,) = store.due([ONE])
    assert (due.title, due.etag, due.last_modified) == ("Daily Report", '"a"', "Tue")
    assert due.checked == NOON


def test_a_failed_check_keeps_what_the_site_said_and_a_good_one_clears_it(store, feed):
    succeed(store, feed, etag='"a"')
    for reason in ("it is gone", "it is gone for good"):
        store.failed(feed.id, reason, NOON)
    failed = store.get(ONE, feed.id)
    assert (failed.failures, failed.last_error) == (2, "it is gone for good")
    assert failed.etag == '"a"'
    succeed(store, feed)
    good = store.get(ONE, feed.id)
    assert (good.failures, good.last_error, good.etag) == (0, None, None)


def test_feeds_of_all_spaces_are_tallied(store, feed, clock):
    assert store.tally() == (1, 1, 0)
    store.add(TWO, "https://two.example/feed", "Two", "9", NOON)
    store.failed(feed.id, "gone", NOON + timedelta(hours=1))
    assert store.tally() == (2, 1, 1)


def test_feeds_of_one_space_never_show_in_another(store, feed):
    other = store.add(TWO, URL, "Daily", "8", NOON)
    assert [f.id for f in store.list(ONE)] == [feed.id]
    assert store.due([TWO]) == [other]
    for call in (store.get, store.remove):
        with pytest.raises(UnknownFeed):
            call(TWO, feed.id)
    with pytest.raises(UnknownFeed):
        store.find(TWO, str(feed.id))
    assert store.get(ONE, feed.id) == feed


def test_feeds_of_the_servers_that_other_processes_carry_are_not_read(store, feed, monkeypatch):
    other = store.add(TWO, URL, "Daily", "8", NOON)
    for one in (feed, other):
        store.note(one.id, ["a"], announce=True)
    read, make = [], feeds._feed
    monkeypatch.setattr(feeds, "_feed", lambda row: read.append(row.id) or make(row))
    many = [*(str(n) for n in range(70_000, 140_000)), TWO]  # more than a statement's parameters
    assert [one.id for one in store.due(many)] == [other.id]
    assert [one.id for one in store.unannounced(many)] == [other.id]
    assert store.due([]) == []
    assert set(read) == {other.id}


@pytest.mark.parametrize("words", [URL, "DAILY"])
def test_a_feed_is_found_by_address_and_title(store, feed, words):
    assert store.find(ONE, words) == feed
    assert store.find(ONE, str(feed.id)) == feed


def test_the_same_feed_twice_and_too_many(store, feed, monkeypatch):
    with pytest.raises(FeedExists) as caught:
        store.add(ONE, URL, "Again", "7", NOON)
    assert caught.value.title == "Daily"
    monkeypatch.setattr(feeds, "MAX_FEEDS", 1)
    with pytest.raises(TooManyFeeds):
        store.add(ONE, URL + "2", "More", "7", NOON)
    store.add(TWO, URL + "2", "More", "7", NOON)


def test_entries_are_seen_until_the_feed_is_removed(store, feed):
    store.note(feed.id, ["a", "b"])
    store.note(feed.id, ["c"], reason="it is gone", attempts_left=2)
    assert store.get(ONE, feed.id).unread == 1
    assert store.seen(feed.id) == {"a": 0, "b": 0, "c": 2}
    store.note(feed.id, ["c"], "4d00")
    assert store.seen(feed.id)["c"] == 0
    assert store.get(ONE, feed.id).unread == 0
    store.remove(ONE, feed.id)
    assert store.seen(feed.id) == {}
    store.note(feed.id, ["a"])  # of a check that was under way
    assert store.seen(feed.id) == {}
    assert store.add(ONE, URL, "Daily", "7", NOON).id > feed.id


def test_the_oldest_of_those_that_are_no_longer_named_are_forgotten(
    store, feed, clock, monkeypatch
):
    monkeypatch.setattr(feeds, "KEPT_ENTRIES", 3)
    for entry in "abcde":
        store.note(feed.id, [entry])
        clock.now += timedelta(minutes=1)
    store.keep(feed.id, ["a", "e"])
    assert set(store.seen(feed.id)) == {"a", "e", "d"}


def test_articles_are_counted_while_they_are_there(catalog, store, feed):
    vectors = np.ones((1, 2), np.float16)
    passage = Passage(0, Span(0, 4), (Span(0, 4),))
    article = catalog.publish(
        Document("Title", "Text"), ONE, [passage], vectors, embedder="toy"
    ).article
    store.note(feed.id, ["a"], article.id)
    assert store.get(ONE, feed.id).articles == 1
    catalog.remove([article.id], ONE)
    assert store.get(ONE, feed.id).articles == 0
    assert "a" in store.seen(feed.id)
