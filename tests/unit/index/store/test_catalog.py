from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from index.errors import UnknownArticle
from index.model import PUBLIC, Added, Document, Passage, Space, Span
from index.store.articles import version_of
from index.store.catalog import Catalog
from tests.builders import document
from tests.fake_models import HashingEmbedder

EMBEDDER = HashingEmbedder()


def publish(catalog: Catalog, one: Document, space: Space = PUBLIC, **more: bool) -> Added:
    passages = [Passage(0, Span(0, len(one.text)), (Span(0, len(one.text)),))]
    vectors = EMBEDDER.embed([one.text])
    return catalog.publish(one, space, passages, vectors, embedder=EMBEDDER.name, **more)


def test_a_published_article_is_read_back_whole(catalog):
    one = document(source="https://example.org/harbour", published="2026-03-01", author="A. Bo")
    article = publish(catalog, one).article
    with catalog.snapshot() as snapshot:
        assert snapshot.article(article.id, [PUBLIC]) == article
        assert snapshot.text(article) == one.text
        passage, text = snapshot.passage(article, 0)
        assert text == one.text
        assert passage.sentences == (Span(0, len(one.text)),)
    assert (article.title, article.source, article.published, article.author) == (
        one.title,
        one.source,
        one.published,
        one.author,
    )


def test_vectors_come_back_within_half_precision(catalog):
    one = document()
    article = publish(catalog, one).article
    with catalog.snapshot() as snapshot:
        ((places, vectors),) = snapshot.vectors([(article.id, article.version)])
    assert places == [((article.id, article.version), 0)]
    np.testing.assert_allclose(vectors, EMBEDDER.embed([one.text]), atol=1e-3)


def test_the_same_document_again_is_unchanged(catalog):
    publish(catalog, document())
    with catalog.snapshot() as snapshot:
        before = snapshot.generation
    assert publish(catalog, document()).status == "unchanged"
    with catalog.snapshot() as snapshot:
        assert snapshot.generation == before


def test_force_publishes_the_same_document_anew(catalog):
    publish(catalog, document())
    assert publish(catalog, document(), force=True).status == "replaced"


def test_versions_keep_the_time_of_the_first_and_the_order_of_the_list(tmp_path):
    times = iter(datetime(2026, 3, day, tzinfo=UTC) for day in range(1, 9))
    catalog = Catalog(tmp_path / "clocked.db", lambda: next(times))
    older, newer = document("Older"), document("Newer")
    for one in (older, newer):
        publish(catalog, one)
    with catalog.snapshot() as snapshot:
        before = [(a.title, a.added) for a in snapshot.articles([PUBLIC])]
    publish(catalog, older, force=True)
    publish(catalog, replace(older, text="The harbour closed again."))
    with catalog.snapshot() as snapshot:
        assert [(a.title, a.added) for a in snapshot.articles([PUBLIC])] == before
    catalog.close()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"origin": "/a.txt"}, {"origin": "/a.txt", "title": "Another title"}),
        ({"source": "https://e.org/1"}, {"source": "https://e.org/1", "title": "Another title"}),
        ({"source": "The Gazette"}, {"source": "The Gazette"}),
        ({}, {}),
        ({"origin": "/a.txt"}, {}),
    ],
    ids=["same origin", "same link", "same title and source", "same title", "pasted over a file"],
)
def test_a_new_text_becomes_a_new_version(catalog, first, second):
    before = publish(catalog, document(**first)).article
    replaced = publish(catalog, document(text="The harbour closed again.", **second))
    assert replaced.status == "replaced"
    assert replaced.article.id == before.id
    assert replaced.article.version != before.version
    with catalog.snapshot() as snapshot:
        assert [a.id for a in snapshot.articles([PUBLIC])] == [before.id]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"origin": "/a/notes.txt"}, {"origin": "/b/notes.txt"}),
        ({"source": "The Gazette"}, {"source": "The Herald"}),
        ({"source": "The Gazette"}, {"source": "The Gazette", "title": "Another title"}),
    ],
    ids=["two files of one title", "two publishers", "two titles of one publisher"],
)
def test_different_articles_stay_apart(catalog, first, second):
    publish(catalog, document(**first))
    assert publish(catalog, document(text="Something else.", **second)).status == "added"


def test_a_copied_file_is_not_a_second_article(catalog):
    before = publish(catalog, document(origin="/a.txt")).article
    again = publish(catalog, document(origin="/copy/a.txt"))
    assert (again.article, again.status) == (before, "duplicate")


def test_spaces_do_not_see_each_other(catalog):
    mine = publish(catalog, document(), Space("1")).article
    theirs = publish(catalog, document(), Space("2"))
    assert theirs.status == "added"
    with catalog.snapshot() as snapshot:
        with pytest.raises(UnknownArticle):
            snapshot.article(mine.id, [Space("2"), PUBLIC])
        assert [a.id for a in snapshot.articles([Space("2")])] == [theirs.article.id]


def test_removal_leaves_no_row(catalog):
    catalog.remove([publish(catalog, document()).article.id], PUBLIC)
    with catalog.database.reading() as connection:
        counts = [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in ("articles", "versions", "passages")
        ]
    assert counts == [0, 0, 0]


def test_a_snapshot_does_not_see_what_is_published_after_it(catalog):
    old = publish(catalog, document(origin="/a")).article
    with catalog.snapshot() as snapshot:
        publish(catalog, document(origin="/a", text="The harbour closed again."))
        assert snapshot.article(old.id, [PUBLIC]).version == old.version
        assert snapshot.text(old).startswith("The harbour opened")


def test_ids_are_the_same_in_a_rebuilt_index(catalog, tmp_path):
    first = publish(catalog, document(origin="/a.txt")).article
    rebuilt = Catalog(tmp_path / "rebuilt.db")
    assert publish(rebuilt, document(origin="/a.txt")).article.id == first.id
    rebuilt.close()


def test_articles_are_listed_newest_first_and_found_by_title(catalog):
    publish(catalog, document(title="Old news", published="2020-01-01"))
    publish(catalog, document(title="New news", published="2026-01-01"))
    publish(catalog, document(title="Weather"))
    with catalog.snapshot() as snapshot:
        titled = snapshot.titled("NEWS", [PUBLIC], limit=5)
        assert [a.title for a in titled] == ["New news", "Old news"]
        assert snapshot.article("weather", [PUBLIC]).title == "Weather"


def test_of_articles_added_within_a_second_the_last_is_listed_first(catalog, clock):
    titles = ["Apples", "Bread", "Cheese", "Dates"]
    for title in titles:
        publish(catalog, document(title=title))
        clock.now += timedelta(milliseconds=2)
    with catalog.snapshot() as snapshot:
        assert [one.title for one in snapshot.articles([PUBLIC])] == titles[::-1]


def test_version_names_everything_that_is_indexed():
    versions = {
        version_of(document(), "a"),
        version_of(document(), "b"),
        version_of(document(title="T"), "a"),
        version_of(document(text="T."), "a"),
        version_of(document(published="2026-01-01"), "a"),
    }
    assert len(versions) == 5
