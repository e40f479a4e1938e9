import time

import pytest
from aiohttp import web
from yarl import URL

from index.errors import SourceError
from index.web import robots
from index.web.fetch import FetchError, Validators
from index.web.robots import Robots, allows
from tests.unit.index.web.sites import anywhere

ASKED = "the site asks bots not to read this page"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /a", "/ab/c?d", False),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("USER-AGENT : *\r\ndisallow:/a # not that\r\n", "/a", False),
        ("\ufeffUser-agent: *\rDisallow: /a", "/a", False),
        ("Disallow: /a", "/a", True),
        # The longest rule counts, and of two equals the one that allows.
        ("User-agent: *\nDisallow: /\nAllow: /news", "/news/1", True),
        ("User-agent: *\nAllow: /news\nDisallow: /news/old", "/news/old", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        # A robot's own groups count for it, together, and no others.
        ("User-agent: footnotebot/2.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", True),
        ("User-agent: footnotebot/2.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/a", False),
        ("User-agent: FootnoteBot\nAllow: /\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: x\nUser-agent: FootnoteBot\nDisallow: /a", "/a", False),
        (
            "User-agent: FootnoteBot\nDisallow: /a\nUser-agent: FootnoteBot\nDisallow: /b",
            "/b",
            False,
        ),
        ("User-agent: Footnote\nDisallow: /", "/a", True),
        ("User-agent: x\nDisallow: /\nSitemap: http://s/\nUser-agent: y\nDisallow: /b", "/a", True),
        # Wildcards.
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: *.pdf", "/b.pdfs", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*?id=*&", "/n?id=1&b", False),
        ("User-agent: *\nDisallow: /ab*ab$", "/ab", True),
        ("User-agent: *\nDisallow: /ab*ab$", "/abab", False),
        ("User-agent: *\nDisallow: /*", "/", False),
        # However it is spelt.
        ("User-agent: *\nDisallow: /caf\u00e9", "/caf%C3%A9/1", False),
        ("User-agent: *\nDisallow: /%7Eann", "/~ann", False),
    ],
)
def test_rules(text, path, allowed):
    assert allows(text.encode(), "FootnoteBot", path) is allowed


def test_what_is_no_text_forbids_nothing():
    assert allows(b"\xff\xfe\0\x80" * 99, "FootnoteBot", "/a")


def test_a_hostile_one_takes_no_time():
    rules = b"User-agent: *\n" + b"Disallow: /" + b"*a" * 5_000 + b"b\n"
    many = rules + b"Disallow: /*a*a*a*a*a*a*a*a*a*ab\n" * 14_000
    began = time.process_time()
    assert allows(many[: robots.MAX_BYTES], "FootnoteBot", "/" + "a" * 2_000)
    assert time.process_time() - began < 2


class Sites:
    """What each site's robots.txt says, and how often it was asked for."""

    def __init__(self, text=b"User-agent: *\nDisallow: /a"):
        self.asked = []
        self.text = text
        self.now = 0.0

    async def read(self, url):
        self.asked.append(str(url))
        return self.text

    def robots(self):
        return Robots("FootnoteBot", self.read, lambda: self.now)


async def test_it_is_read_once_an_hour_and_site():
    sites = Sites()
    found = sites.robots()
    assert not await found.allow(URL("http://one.example/a"))
    assert await found.allow(URL("http://one.example/b"))
    assert not await found.allow(URL("http://one.example:81/a"))
    assert sites.asked == ["http://one.example/robots.txt", "http://one.example:81/robots.txt"]
    sites.now, sites.text = robots.KEPT_SECONDS, b""
    assert await found.allow(URL("http://one.example/a"))
    assert len(sites.asked) == 3


async def test_that_there_is_none_is_kept_too():
    sites = Sites(b"")
    found = sites.robots()
    for _ in range(2):
        assert await found.allow(URL("http://one.example/a"))
    assert len(sites.asked) == 1


async def test_what_is_kept_is_bounded():
    sites = Sites(b"#" * robots.MAX_BYTES * 2)
    found = sites.robots()
    many = robots.KEPT_BYTES // robots.MAX_BYTES + 5
    for n in range(many):
        await found.allow(URL(f"http://{n}.example/"))
    assert len(sites.asked) == many
    await found.allow(URL(f"http://{many - 1}.example/"))
    assert len(sites.asked) == many, "the newest are kept"
    await found.allow(URL("http://0.example/"))
    assert len(sites.asked) == many + 1, "the oldest had to go"


@pytest.fixture
def paper(site):
    site.pages["/robots.txt"] = web.Response(text="User-agent: *\nDisallow: /private")
    for path in ("/private", "/open"):
        site.pages[path] = web.Response(text="words", content_type="text/plain")
    return site


async def test_pages_that_bots_should_not_read_are_not_asked_for(paper):
    fetcher = anywhere()
    with pytest.raises(FetchError, match=ASKED):
        await fetcher.fetch(paper.url("/private?x=1"))
    assert (await fetcher.fetch(paper.url("/open"))).data == b"words"
    assert paper.asked == ["/robots.txt", "/open"]
    assert all("FootnoteBot" in hit.headers["User-Agent"] for hit in paper.hits)


async def test_redirects_there_are_not_followed(paper):
    paper.redirects("/moved", "/private")
    with pytest.raises(FetchError, match=ASKED):
        await anywhere().fetch(paper.url("/moved"))
    assert paper.asked == ["/robots.txt", "/moved"]


async def test_feeds_too(paper):
    with pytest.raises(FetchError, match=ASKED):
        await anywhere().fetch_feed(paper.url("/private"), Validators())
    assert paper.asked == ["/robots.txt"]


async def moved_for_ever(_):
    return web.Response(status=302, headers={"Location": "/robots.txt"})


@pytest.mark.parametrize(
    "answer", [web.Response(status=404), web.Response(status=403), moved_for_ever]
)
async def test_where_there_is_none_all_may_be_read(paper, answer):
    paper.pages["/robots.txt"] = answer
    assert (await anywhere().fetch(paper.url("/private"))).data == b"words"


async def test_where_the_site_cannot_say_nothing_is_read(paper):
    paper.pages["/robots.txt"] = web.Response(status=503, headers={"Retry-After": "60"})
    with pytest.raises(FetchError, match="doesn't say what bots may read") as caught:
        await anywhere().fetch(paper.url("/open"))
    assert caught.value.name == paper.url("/open")
    assert caught.value.retry_after
    paper.pages["/robots.txt"] = web.Response(body=b"x", headers={"Content-Encoding": "br"})
    with pytest.raises(SourceError, match=r"read the site's robots\.txt: its compression"):
        await anywhere().fetch(paper.url("/open"))
    assert "/open" not in paper.asked


async def test_of_a_long_one_the_beginning_counts(paper):
    text = "User-agent: *\nDisallow: /private\n" + "#" * 6_000_000 + "\nDisallow: /open"
    paper.pages["/robots.txt"] = web.Response(text=text)
    fetcher = anywhere()
    assert (await fetcher.fetch(paper.url("/open"))).data == b"words"
    with pytest.raises(FetchError, match=ASKED):
        await fetcher.fetch(paper.url("/private"))
