from types import SimpleNamespace

import pytest

from bot.cogs.feeds.checking import TRIED, find
from index.errors import SourceError
from index.web.fetch import FetchedPage, FetchError

FEED = b'<rss version="2.0"><channel><title>Daily</title></channel></rss>'


def site(pages):
    async def fetch_feed(link, known):
        fetched.append(link)
        data = pages.get(link)
        if data is None:
            raise FetchError(link, "the site answered 404")
        return FetchedPage(link, "page", data)

    fetched = []
    return SimpleNamespace(fetch_feed=fetch_feed, fetched=fetched)


def page(*links):
    return "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{link}">' for link in links
    ).encode()


async def test_the_link_of_a_feed(workers):
    found = await find(site({"https://a.example/f": FEED}), workers, " https://a.example/f ")
    assert (found.link, found.feed.title, found.page.data) == ("https://a.example/f", "Daily", FEED)


async def test_the_first_of_a_pages_feeds_that_is_one(workers):
    pages = {"https://a.example/": page("/gone", "/f"), "https://a.example/f": FEED}
    found = await find(site(pages), workers, "https://a.example/")
    assert found.link == "https://a.example/f"


async def test_a_page_without_feeds(workers):
    with pytest.raises(SourceError, match=r"neither a feed .+ nor a page that links to one"):
        await find(site({"https://a.example/": b"<p>Words"}), workers, "https://a.example/")


async def test_a_page_whose_feeds_are_gone_is_not_followed_for_long(workers):
    fake = site({"https://a.example/": page(*(f"/{n}" for n in range(9)))})
    with pytest.raises(SourceError, match="404") as caught:
        await find(fake, workers, "https://a.example/")
    assert caught.value.name == "https://a.example/0"
    assert len(fake.fetched) == 1 + TRIED


async def test_a_site_that_has_nothing_new_for_somebody_new(workers):
    async def fetch_feed(link, known):
        return None

    with pytest.raises(SourceError, match="sent nothing"):
        await find(SimpleNamespace(fetch_feed=fetch_feed), workers, "https://a.example/")
