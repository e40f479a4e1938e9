from types import SimpleNamespace

import pytest

from bot.cogs.articles.indexing import read_again
from bot.services import Services
from index.model import Added, Report
from index.web.fetch import FetchError, Page
from tests.builders import article
from tests.fakes import FakeInteraction

PAGE = article(id="page", title="Page", origin="https://a.example/x")
GONE = article(id="gone", title="Gone", origin="https://gone.example/")
FILE = article(id="file", title="File")


class Shelf:
    """A library of three articles that records what is read again."""

    def __init__(self) -> None:
        self.added, self.reindexed = [], []

    def list(self, spaces):
        return (PAGE, GONE, FILE)

    def get(self, words, spaces):
        return {"page": PAGE, "file": FILE}[words]

    def add(self, documents, space, *, progress):
        self.added += [(document.origin, document.source, space) for document in documents]
        return (Added(PAGE, "replaced"),)

    def reindex(self, spaces, *, article_id, progress):
        self.reindexed.append((spaces, article_id))
        return Report((Added(FILE, "unchanged"), Added(PAGE, "unchanged")), (), 0.1)


async def fetch(link):
    if "gone" in link:
        raise FetchError(link, "the site answered 404")
    return Page("https://a.example/final", "x.txt", b"A sentence that was fetched once more.")


@pytest.fixture
def services(workers):
    return Services(Shelf(), workers, SimpleNamespace(fetch=fetch))


async def test_pages_are_fetched_and_the_rest_read_by_the_library(services):
    added, failed = await read_again(services, FakeInteraction(), "42", None)
    assert services.library.added == [("https://a.example/x", "https://a.example/final", "42")]
    assert services.library.reindexed == [(("42",), None)]
    assert [(a.article.id, a.status) for a in added] == [
        ("page", "replaced"),
        ("file", "unchanged"),
    ]
    assert [(f.name, f.reason) for f in failed] == [("Gone", "the site answered 404")]


@pytest.mark.parametrize(("given", "fetched"), [(" page ", 1), ("file", 0)])
async def test_one_article(services, given, fetched):
    await read_again(services, FakeInteraction(), "42", given)
    assert len(services.library.added) == fetched
    assert services.library.reindexed == ([] if fetched else [(("42",), "file")])
