"""/reindex on a real library, of a site that is made up."""

from types import SimpleNamespace

import pytest

from bot.cogs.articles import indexing
from bot.cogs.articles.indexing import read_again
from bot.services import Services
from index.errors import UnknownArticle
from index.ingest import File
from index.model import Space
from index.web.fetch import FetchedPage, FetchError
from tests.builders import document
from tests.fakes import FakeInteraction

SPACE = Space("42")
PAGE, GONE = "https://a.example/x", "https://gone.example/"


async def fetch(link):
    if link == GONE:
        raise FetchError(link, "the site answered 404")
    return FetchedPage("https://a.example/final", "x.txt", b"News\n\nIt was fetched once more.")


class Shown(FakeInteraction):
    """Keeps the title and the text of the last card."""

    async def edit_original_response(self, **fields):
        (card,) = fields["embeds"]
        self.text = f"{card.title}\n{card.description}"


@pytest.fixture
def services(library, tmp_path, workers):
    file = tmp_path / "file.txt"
    file.write_text("Weather\n\nIt rained on Monday.")
    library.ingest(
        [document("Page", origin=PAGE), document("Gone", origin=GONE), File(file)], SPACE
    )
    return Services(library, workers, SimpleNamespace(fetch=fetch))


async def reindexed(services, article=None):
    interaction = Shown()
    await read_again(services, interaction, SPACE, article)
    return interaction.text.splitlines()


async def test_pages_are_fetched_and_files_read_and_what_is_gone_stays(services):
    assert await reindexed(services) == [
        "Re-read: 1 article changed",
        "1 unchanged.",
        "- [News](https://a.example/final)",
        "",
        "**1 article couldn't be read:**",
        "- Gone: the site answered 404",
    ]
    library = services.library
    assert library.text("News", (SPACE,)) == "News\n\nIt was fetched once more."
    assert library.text("Gone", (SPACE,)) == document("Gone").text


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (" page ", "Re-read: 1 article changed"),
        ("weather", "Re-read: no articles changed"),
        ("gone", "Re-read: no articles changed"),
    ],
)
async def test_one_article(services, given, line):
    assert (await reindexed(services, given))[0] == line


async def test_an_article_that_is_not_there(services):
    with pytest.raises(UnknownArticle):
        await reindexed(services, "nothing")


async def test_time_runs_out(services, monkeypatch):
    monkeypatch.setattr(indexing, "DEADLINE_SECONDS", -1)
    lines = await reindexed(services, "page")
    assert lines[-1] == "- Page: I ran out of time; run the command again"
