"""Conditions on articles mean the same in the database and in memory."""

from itertools import product

import pytest

from index.ingest import Indexer
from index.model import PUBLIC
from index.store.selecting import Selection, site_of
from tests.builders import ONE, document
from tests.fake_models import HashingEmbedder

TITLES = ("ÖSTERSUND", "Harbour")
SOURCES = (None, "BBC News", "https://b.example/1", "https://b.example.org/1", "https://b.example")
AUTHORS = (None, "Ada Voss")
DATES = (None, "2025-03-02", "2026-03-01", "2026-03-01T09:30:00+01:00", "2026-03-02")

SELECTIONS = [
    Selection(),
    Selection(title="östersund"),
    Selection(authors=("Ada Voss", "Bo Kern")),
    Selection(sources=("BBC News", "https://b.example")),
    Selection(sites=("https://b.example/",)),
    Selection(first="2026-03-01", last="2026-03-01"),
    Selection(last="2025-12-31"),
    Selection(
        "harbour", ("Ada Voss",), ("BBC News",), ("https://b.example/",), "2026", "2026-03-02"
    ),
    Selection(authors=("Nobody",)),
    Selection(authors=tuple(f"Author {n}" for n in range(2_000)), sources=SOURCES[1:]),
]


def test_selected_are_those_for_which_the_conditions_hold(catalog):
    indexer = Indexer(catalog, HashingEmbedder())
    for n, (title, source, author, date) in enumerate(product(TITLES, SOURCES, AUTHORS, DATES)):
        given = {"source": source, "author": author, "published": date, "origin": f"/{n}"}
        indexer.ingest([document(title, f"Number {n} came.", **given)], ONE if n % 3 else PUBLIC)
    with catalog.snapshot() as snapshot:
        for which, spaces in product(SELECTIONS, ([PUBLIC], [PUBLIC, ONE])):
            expected = [a for a in snapshot.articles(spaces) if which.holds(a)]
            assert snapshot.select(spaces, which, 1_000) == expected, which
            assert snapshot.select(spaces, which, 3) == expected[:3], which
            assert snapshot.count(spaces, which) == len(expected), which


@pytest.mark.parametrize(
    ("source", "site"),
    [
        ("https://b.example/1", "https://b.example/"),
        ("HTTP://b.example:80/1/2", "HTTP://b.example:80/"),
        ("https://b.example", ""),
        ("BBC News", ""),
        ("", ""),
    ],
)
def test_a_site_is_where_links_to_one_host_begin(source, site):
    assert site_of(source) == site
