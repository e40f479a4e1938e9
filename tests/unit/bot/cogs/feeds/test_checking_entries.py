from types import SimpleNamespace

import pytest

from bot.cogs.feeds.checking import read, speaks_for
from bot.services import Services
from index.errors import SourceError
from index.ingest import Indexer
from index.sources.document import MIN_WORDS
from index.sources.feed import Entry
from index.web.fetch import FetchedPage, FetchError

FEED = "https://news.example/feed"
LINK = "https://www.news.example/1"
OTHER = "https://other.example/1"
LONG = " ".join(f"Word {n} of the feed." for n in range(MIN_WORDS))
ARTICLE = " ".join(f"Word {n} of the page." for n in range(MIN_WORDS))


def entry(link=LINK, text=LONG):
    return Entry("1", link, "The feed's title", "2025-02-14", text)


def site(page):
    async def fetch(link):
        if page is None:
            raise FetchError(link, "the site answered 404")
        return FetchedPage(f"{link}?final", "page.txt", f"The page's title\n\n{page}".encode())

    return SimpleNamespace(fetch=fetch)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://news.example/a", True),
        ("http://www.news.example:8080/a", True),
        ("https://sport.news.example/a", True),
        ("https://evilnews.example/a", False),
        ("https://example/a", False),
        ("https://news.example.evil.example/a", False),
    ],
)
def test_a_feed_speaks_for_its_own_site(link, expected):
    assert speaks_for(FEED, link) is expected


def services(site, workers):
    return Services(Indexer(None, None), workers, site)


async def test_the_page_is_read_under_what_the_feed_says_of_it(workers):
    document = await read(services(site(ARTICLE), workers), entry(), FEED)
    assert "of the page" in document.text
    assert (document.title, document.published) == ("The feed's title", "2025-02-14")
    assert (document.origin, document.source) == (LINK, f"{LINK}?final")


@pytest.mark.parametrize("page", [None, "Please accept our cookies."])
async def test_the_feeds_own_text_stands_in_for_a_page_that_says_nothing(workers, page):
    document = await read(services(site(page), workers), entry(), FEED)
    assert "of the feed" in document.text
    assert (document.origin, document.source) == (LINK, LINK)


async def test_a_short_page_is_better_than_a_teaser(workers):
    short = services(site("A short note on owls."), workers)
    document = await read(short, entry(text="Owls!"), FEED)
    assert "short note" in document.text


async def test_neither_page_nor_text(workers):
    with pytest.raises(SourceError, match="404"):
        await read(services(site(None), workers), entry(text="Too short."), FEED)


async def test_a_feed_cannot_put_words_into_another_sites_mouth(workers):
    document = await read(services(site("Short, but the page's own."), workers), entry(OTHER), FEED)
    assert "the page's own" in document.text
    assert (document.title, document.published) == ("The page's title", None)
    with pytest.raises(SourceError, match="404"):
        await read(services(site(None), workers), entry(OTHER), FEED)
