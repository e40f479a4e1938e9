"""Articles by letters in their titles, as people type them."""

import pytest

from index.ingest import Indexer
from index.model import PUBLIC
from index.store.publications import Publications
from tests.builders import ONE, document
from tests.fake_models import HashingEmbedder

EMBEDDER = HashingEmbedder()


@pytest.fixture(autouse=True)
def only_one_is_newest(monkeypatch):
    """All others are found by the index."""
    monkeypatch.setattr("index.store.titles.MOST_COMPARED", 1)


def add(catalog, *titles, space=PUBLIC):
    """Publish articles of which the last is the newest."""
    documents = [
        document(title, f"{title} is news.", origin=title, published=f"2026-01-{day:02}")
        for day, title in enumerate(titles, 1)
    ]
    Indexer(catalog, EMBEDDER).ingest(documents, space)


def found(catalog, words, spaces=(PUBLIC,), limit=25):
    with catalog.snapshot() as snapshot:
        return [article.title for article in snapshot.titled(words, spaces, limit)]


@pytest.mark.parametrize(
    "words", ["ferry", "erry st", "STRIKE ends", "100%", "_b", 'a "deal"', "\\"]
)
def test_a_title_is_found_by_any_letters_in_it(catalog, words):
    title = 'Ferry strike ends with a "deal" at 100% of a_b\\c'
    add(catalog, title, "Ferrx strikx", "100 of aXb or a deal", "Newest")
    expected = [title] if len(words) > 2 else []  # two letters are looked for in the newest alone
    assert found(catalog, words) == expected


@pytest.mark.parametrize("words", ["ferry\0", "\0\0\0", "ferry" * 2_000])
def test_letters_that_no_title_has_find_nothing(catalog, words):
    add(catalog, "Ferry strike", "Newest")
    assert found(catalog, words) == []


def test_two_letters_are_found_in_the_newest_titles(catalog):
    add(catalog, "Ferry", "Newest")
    assert found(catalog, "we") == ["Newest"]
    assert found(catalog, "") == ["Newest"]


def test_those_of_other_spaces_are_not_found(catalog):
    add(catalog, "Ferry strike", "Newest")
    add(catalog, "Ferry fire", "Newest", space=ONE)
    assert found(catalog, "ferry") == ["Ferry strike"]
    assert found(catalog, "ferry", [ONE]) == ["Ferry fire"]
    assert sorted(found(catalog, "ferry", [PUBLIC, ONE])) == ["Ferry fire", "Ferry strike"]


def test_the_newest_come_first(catalog):
    add(catalog, "Ferry one", "Ferry two", "Ferry three", "Newest")
    assert found(catalog, "ferry") == ["Ferry three", "Ferry two", "Ferry one"]
    assert found(catalog, "ferry", limit=2) == ["Ferry three", "Ferry two"]


def test_a_changed_title_is_found_and_the_old_one_is_not(catalog):
    add(catalog, "Ferry strike", "Newest")
    changed = document(
        "Ship strike", "Ferry strike is news.", origin="Ferry strike", published="2026-01-01"
    )
    Indexer(catalog, EMBEDDER).ingest([changed], PUBLIC, action="x")
    assert (found(catalog, "ferry"), found(catalog, "ship")) == ([], ["Ship strike"])
    Publications(catalog.database, catalog._clock).undo("x", PUBLIC)
    assert (found(catalog, "ferry"), found(catalog, "ship")) == (["Ferry strike"], [])


def test_a_removed_title_is_not_found_until_that_is_undone(catalog):
    add(catalog, "Ferry strike", "Newest")
    with catalog.snapshot() as snapshot:
        (article,) = snapshot.titled("ferry", [PUBLIC], 1)
    catalog.remove([article.id], PUBLIC, "x")
    assert found(catalog, "ferry") == []
    Publications(catalog.database, catalog._clock).undo("x", PUBLIC)
    assert found(catalog, "ferry") == ["Ferry strike"]
