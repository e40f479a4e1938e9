"""What the indexes follow, and that reading it costs the same however many articles there are."""

import itertools
import sqlite3
from contextlib import closing, contextmanager

import numpy as np
import pytest

from index.ingest import Indexer
from index.model import PUBLIC, Document, Space
from index.models.embedder import binary_codes
from index.store.articles import same_article, with_the_same_text
from index.store.catalog import Catalog
from index.store.publications import Publications
from index.store.selecting import Selection
from index.store.snapshot import Snapshot, key_of
from tests.builders import ONE, document, long_document
from tests.fake_models import HashingEmbedder

EMBEDDER = HashingEmbedder()


def add(catalog, *documents, space=PUBLIC, **more):
    return [a.article for a in Indexer(catalog, EMBEDDER).ingest(documents, space, **more).added]


def versions(change):
    return change.article_id, change.version


def test_changes_come_in_order_each_article_once(catalog):
    first, second = add(catalog, document(origin="/h"), document("Weather", "It rained."))
    with catalog.snapshot() as snapshot:
        seen = snapshot.generation
        assert [versions(c) for c in snapshot.changes()] == [key_of(first), key_of(second)]
    (replaced,) = add(catalog, document(text="The harbour closed.", origin="/h"))
    (other,) = add(catalog, document("Elsewhere"), space=ONE)
    catalog.remove([second.id], PUBLIC)
    with catalog.snapshot() as snapshot:
        changed = [c[1:] for c in snapshot.changes(seen)]
        assert [c.article_id for c in snapshot.changes()] == [replaced.id, other.id, second.id]
        assert snapshot.changes(snapshot.generation) == []
    assert changed == [
        (first.id, PUBLIC, replaced.version, replaced.passages),
        (other.id, ONE, other.version, other.passages),
        (second.id, PUBLIC, None, 0),
    ]


def test_what_another_model_embedded_counts_as_gone(catalog):
    (ours,) = add(catalog, document())
    with catalog.snapshot() as snapshot:
        assert snapshot.changes(embedder=EMBEDDER.name)[0].version == ours.version
        assert snapshot.changes(embedder="other")[0].version is None
        assert snapshot.passages_after(-1, EMBEDDER.name) == ours.passages
        assert snapshot.passages_after(-1, "other") == 0


def test_sources_and_authors_are_those_of_the_spaces(catalog):
    credited = [
        ("BBC News", "Östberg"),
        ("https://b.example/1", None),
        ("https://b.example/2", None),
        ("https://b.example.org/1", "Ada Voss"),
        ("https://c.example", "Ada Voss"),
        (None, None),
    ]
    for n, (source, author) in enumerate(credited):
        add(catalog, document(f"Title {n}", f"Number {n} came.", source=source, author=author))
    add(catalog, document("Elsewhere", source="ÖSTBERG"), space=ONE)
    with catalog.snapshot() as snapshot:
        assert list(snapshot.sources([PUBLIC])) == [
            "BBC News",
            "https://b.example.org/1",
            "https://b.example/1",
            "https://c.example",
        ]
        assert list(snapshot.authors([PUBLIC])) == ["Ada Voss", "Östberg"]
        assert list(snapshot.sources([ONE])) == ["ÖSTBERG"]
        assert list(snapshot.authors([ONE])) == []


def test_an_undone_publication_is_a_change(catalog):
    (first,) = add(catalog, document(origin="/h"))
    add(catalog, document(text="The harbour closed.", origin="/h"), action="x")
    with catalog.snapshot() as snapshot:
        seen = snapshot.generation
    Publications(catalog.database, catalog._clock).undo("x", PUBLIC)
    with catalog.snapshot() as snapshot:
        assert [versions(c) for c in snapshot.changes(seen)] == [key_of(first)]


def test_another_origin_is_a_change(catalog):
    (article,) = add(catalog, document(origin="/h"))
    with catalog.snapshot() as snapshot:
        seen = snapshot.generation
    catalog.move(article, "/g")
    with catalog.snapshot() as snapshot:
        assert [versions(c) for c in snapshot.changes(seen)] == [key_of(article)]


def test_a_change_of_one_space_is_none_of_another(catalog):
    add(catalog, document())
    with catalog.snapshot() as snapshot:
        before = snapshot.last_change(PUBLIC)
        assert snapshot.last_change(ONE) == 0
    add(catalog, document(), space=ONE)
    with catalog.snapshot() as snapshot:
        assert snapshot.last_change(PUBLIC) == before < snapshot.last_change(ONE)


def test_only_current_versions_of_the_spaces_are_found(catalog):
    (old,) = add(catalog, document(origin="/h"))
    (new,) = add(catalog, document(text="The harbour closed.", origin="/h"))
    (other,) = add(catalog, document(), space=ONE)
    keys = [key_of(a) for a in (old, new, other)] + [("nothing", "1")]
    with catalog.snapshot() as snapshot:
        assert snapshot.current(keys, [PUBLIC]) == {key_of(new): new}
        assert snapshot.current(keys, [PUBLIC, ONE]) == {key_of(new): new, key_of(other): other}
        assert snapshot.current(keys, []) == {}


def test_languages_are_those_of_the_spaces(catalog):
    add(catalog, document(language="de"), document("Two", language="en"), document("Three"))
    add(catalog, document(language="fr"), space=ONE)
    with catalog.snapshot() as snapshot:
        assert snapshot.languages([PUBLIC]) == {"de", "en"}
        assert snapshot.languages([PUBLIC, ONE]) == {"de", "en", "fr"}
        assert snapshot.languages([Space("none")]) == set()


def test_the_newest_are_the_first_of_all(catalog):
    dates = ["2026-03-01", "2026-05-01", None, "2025-01-01"]
    for n, date in enumerate(dates):
        space = ONE if n % 2 else PUBLIC
        add(catalog, Document(f"Title {n}", f"Text {n}.", published=date), space=space)
    with catalog.snapshot() as snapshot:
        for limit in (1, 3, 9):
            spaces = [PUBLIC, ONE]
            assert snapshot.newest(spaces, limit) == snapshot.articles(spaces)[:limit]


def test_codes_are_stored_with_a_version_or_made_anew(catalog):
    articles = add(catalog, document(), long_document("Barges", 60))
    stored = codes_of(catalog)
    with catalog.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM codes")
    made = codes_of(catalog)
    assert made.keys() == stored.keys() == {key_of(a) for a in articles}
    for article in articles:
        ours, again = stored[key_of(article)], made[key_of(article)]
        assert ours.shape == (article.passages, 1)
        # Stored vectors are rounded, which turns a bit now and then.
        assert np.bitwise_count(ours ^ again).max() <= 2


def codes_of(catalog):
    with catalog.snapshot() as snapshot:
        found = snapshot.coded_changes(-1, EMBEDDER.name)
        assert [change for change, _ in found] == snapshot.changes()
    return {versions(change): codes for change, codes in found}


@pytest.mark.parametrize("dimension", [8, 64, 100, 384])
def test_near_vectors_have_near_codes(dimension):
    rng = np.random.default_rng(0)
    vectors = rng.standard_normal((50, dimension)).astype(np.float32)
    near = vectors + 0.3 * rng.standard_normal(vectors.shape).astype(np.float32)
    codes, others = binary_codes(vectors), binary_codes(near)
    distances = np.bitwise_count(codes[:, None] ^ others[None]).sum(axis=2)
    assert codes.dtype == np.uint64
    assert np.mean(distances.argmin(axis=1) == np.arange(50)) > (0.95 if dimension > 8 else 0.5)


def steps(connection, run):
    """Count the instructions of SQLite's virtual machine."""
    count = 0

    def step():
        nonlocal count
        count += 1

    run()  # what is done once
    driver = connection.connection.driver_connection
    driver.set_progress_handler(step, 1)
    run()
    driver.set_progress_handler(None, 1)
    return count


def id_of(number):
    """Return an id that looks like a hash."""
    return f"{number * 0x9E3779B1 % 2**32:08x}"


READS = {
    "which article a document is": lambda c: same_article(
        c, document("Title 7", source="https://n.example/7", origin="/7"), PUBLIC
    ),
    "a new one": lambda c: same_article(
        c, document("New", source="https://n.example/new", origin="/new"), PUBLIC
    ),
    "a file's": lambda c: same_article(c, Document("New", "It rained.", origin="/new.txt"), PUBLIC),
    "a text that another has": lambda c: with_the_same_text(c, "0" * 32, PUBLIC),
    "by version": lambda c: Snapshot(c).by_version("0" * 32, PUBLIC),
    "changes": lambda c: Snapshot(c).changes(int(Snapshot(c).generation) - 3),
    "last change": lambda c: Snapshot(c).last_change(PUBLIC),
    "current": lambda c: Snapshot(c).current([(id_of(7), "1")], [PUBLIC]),
    "languages": lambda c: Snapshot(c).languages([PUBLIC]),
    "sources": lambda c: list(Snapshot(c).sources([PUBLIC, ONE])),
    "authors": lambda c: list(Snapshot(c).authors([PUBLIC, ONE])),
    "by title": lambda c: Snapshot(c).article("title 7", [PUBLIC, ONE]),
    "of a title": lambda c: Snapshot(c).select([PUBLIC, ONE], Selection(title="title 7"), 5),
    "of a title here": lambda c: Snapshot(c).select([PUBLIC], Selection(title="title 7"), 5),
    "of a source": lambda c: Snapshot(c).select(
        [PUBLIC, ONE], Selection(authors=("Nobody",), sources=("https://n.example/7",)), 5
    ),
    "of a site": lambda c: Snapshot(c).count([PUBLIC], Selection(sites=("https://b.example/",))),
    "of a time": lambda c: Snapshot(c).select([PUBLIC], Selection(first="1007", last="1008"), 5),
    "of all": lambda c: Snapshot(c).select([PUBLIC, ONE], Selection(), 5),
    "newest": lambda c: Snapshot(c).newest([PUBLIC, ONE], 5),
    "vectors": lambda c: Snapshot(c).similarities([((id_of(7), "1"), 0)] * 10, np.ones(4)),
    "vectors of an article": lambda c: list(Snapshot(c).vectors([(id_of(7), "1")])),
    "codes": lambda c: Snapshot(c).coded_changes(int(Snapshot(c).generation) - 3, "hashing"),
    "by id": lambda c: Snapshot(c).article(id_of(7), [PUBLIC]),
    "of a folder": lambda c: Snapshot(c).from_folder("/7/", PUBLIC),
    "spaces": lambda c: Snapshot(c).spaces(),
    "with letters in the title": lambda c: Snapshot(c).titled("e 0", [PUBLIC, ONE], 5),
    "with two letters": lambda c: Snapshot(c).titled("xx", [PUBLIC], 5),
    "with a typo": lambda c: Snapshot(c).titles_like("ttile 0", [PUBLIC, ONE], 5),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS)
def test_no_read_costs_more_where_there_are_more_articles(tmp_path, read, monkeypatch):
    monkeypatch.setattr("index.store.titles.MOST_COMPARED", 20)
    counts = []
    for articles in (20, 2_000):
        with filled(tmp_path, articles) as catalog, catalog.database.reading() as reader:
            counts.append(steps(reader, lambda c=reader: read(c)))
    few, many = counts
    assert many <= 1.5 * few


NUMBERS = itertools.count()

WRITES = {
    "a new article": lambda c: add(c, document(f"New {next(NUMBERS)}", f"No. {next(NUMBERS)}.")),
    "what can be undone": lambda c: add(
        c, document(f"New {next(NUMBERS)}", f"No. {next(NUMBERS)}."), action="x"
    ),
    "a new version": lambda c: add(
        c, document(f"New {next(NUMBERS)}", f"No. {next(NUMBERS)}.", origin="/7")
    ),
    "the same file": lambda c: add(c, document("Title 7", "It rained.", origin="/7")),
    "a removal": lambda c: c.remove([id_of(next(NUMBERS))], PUBLIC, action="x"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_no_write_costs_more_where_there_are_more_articles(tmp_path, write):
    counts = []
    for articles in (100, 5_000):
        with filled(tmp_path, articles) as catalog, catalog.database.writing() as writer:
            counts.append(steps(writer, lambda c=catalog: write(c)))
    few, many = counts
    assert many <= 1.5 * few


@contextmanager
def filled(folder, articles):
    """Yield a catalog whose articles are all of an import that can still be undone."""
    path = folder / f"{articles}.db"
    catalog = Catalog(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO articles VALUES (:id, 'public', '1', :title, :source, :published,"
            " 'Ada Voss', 'en', :origin, '2026-01-01', 1, 1, 'hashing', :folded)",
            (
                {
                    "id": id_of(n),
                    "title": f"Title {n}",
                    "source": f"https://n.example/{n}" if n % 2 else None,
                    "published": f"{1000 + n}-01-01" if n % 2 else None,
                    "origin": f"/{n}",
                    "folded": f"title {n}",
                }
                for n in range(articles)
            ),
        )
        connection.execute("UPDATE counters SET value = ?", (articles,))
        connection.execute("INSERT INTO versions SELECT id, '1', '' FROM articles")
        connection.execute(
            "INSERT INTO passages SELECT id, '1', 0, 0, 0, x'', x'0000000000000000' FROM articles"
        )
        connection.execute("INSERT INTO changed SELECT space, id, rowid FROM articles")
        connection.execute(
            "INSERT INTO publications (action, space, article, version, title, at)"
            " SELECT 'import', space, id, version, title, '2126-01-01' FROM articles"
        )
    yield catalog
    catalog.close()
