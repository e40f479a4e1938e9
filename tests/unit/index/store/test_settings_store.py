from datetime import timedelta
from itertools import count

import pytest

from index.model import Space
from index.store import settings_store as documents
from index.store.catalog import Catalog
from index.store.settings_store import SettingsStore
from tests.builders import ONE, TWO
from tests.fakes import NOON


@pytest.fixture
def store(catalog):
    minutes = count(1)
    return SettingsStore(catalog.database, lambda: NOON + timedelta(minutes=next(minutes)))


def noted(store, space=ONE):
    return [(c.key, c.old, c.new, c.denied, c.who) for c in store.changes(space, 100)]


@pytest.mark.parametrize(
    "value", [True, 0, 0.25, "off", ["1", "2"], {"a": [None, {"b": 1}]}, "\ud800 \x00 'x'"]
)
def test_a_document_is_read_back(store, value):
    store.write(ONE, "key", value, "7")
    assert store.read(ONE) == {"key": value}


def test_a_document_of_one_space_never_shows_in_another(store):
    store.write(ONE, "key", "one", "7")
    store.write(TWO, "key", "two", "8")
    store.deny(TWO, "key", "three", "9")
    assert (store.read(ONE), store.read(TWO)) == ({"key": "one"}, {"key": "two"})
    assert noted(store) == [("key", None, "one", False, "7")]
    assert store.read(Space("100")) == {}


def test_changes_are_noted_newest_first_with_who_what_and_when(store):
    store.write(ONE, "a", 1, "7")
    store.deny(ONE, "a", 3, "9")
    store.write(ONE, "a", 2, "8")
    store.write(ONE, "a", None, "7")
    assert noted(store) == [
        ("a", 2, None, False, "7"),
        ("a", 1, 2, False, "8"),
        ("a", 1, 3, True, "9"),
        ("a", None, 1, False, "7"),
    ]
    assert [c.at - NOON for c in store.changes(ONE, 2)] == [
        timedelta(minutes=4),
        timedelta(minutes=3),
    ]
    assert store.read(ONE) == {}


def test_what_changes_nothing_is_not_noted(store):
    store.write(ONE, "a", {"x": 1, "y": 2}, "7")
    store.write(ONE, "a", {"y": 2, "x": 1}, "8")
    store.write(ONE, "b", None, "8")
    assert len(noted(store)) == 1


def test_attempts_do_not_push_out_changes(store, monkeypatch):
    monkeypatch.setattr(documents, "KEPT_CHANGES", 3)
    store.write(TWO, "a", 0, "7")
    for n in range(5):
        store.write(ONE, "a", n, "7")
    for n in range(5):
        store.deny(ONE, "a", n, "9")
    assert [(new, denied) for _, _, new, denied, _ in noted(store)] == [
        (4, True), (3, True), (2, True), (4, False), (3, False), (2, False),
    ]  # fmt: skip
    assert len(noted(store, TWO)) == 1
    assert [c.new for c in store.changes(ONE, 2, denied=False)] == [4, 3]
    assert [c.denied for c in store.changes(ONE, 9, denied=True)] == [True] * 3


def test_a_change_of_another_process_counts_at_once(store, place):
    assert store.read(ONE) == {}
    other = Catalog(place)
    SettingsStore(other.database).write(ONE, "a", 1, "7")
    assert store.read(ONE) == {"a": 1}
    other.close()


def test_settings_do_not_make_the_indexes_sync(catalog, store):
    with catalog.snapshot() as snapshot:
        before = snapshot.generation
    store.write(ONE, "a", 1, "7")
    with catalog.snapshot() as snapshot:
        assert snapshot.generation == before
