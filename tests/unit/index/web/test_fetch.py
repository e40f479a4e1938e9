import asyncio
import gzip
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from index import sources
from index.errors import SourceError, UnsupportedSource
from index.web.fetch import MAX_BYTES, MAX_REDIRECTS, WORD, FetchError, Validators
from tests.unit.index.web.sites import anywhere


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "only links that start with https:// or http://"),
        ("http://user:pw@site.example/", "name or password"),
        ("/again", "redirects more than"),
        ("http://[", "isn't a link"),
    ],
)
async def test_redirects_are_checked_and_counted(site, location, reason):
    async def again(_):
        return web.Response(status=301, headers={"Location": location})

    site.pages["/"] = site.pages["/again"] = again
    with pytest.raises(SourceError, match=reason):
        await anywhere().fetch(site.url())
    assert len(site.page_hits) <= MAX_REDIRECTS + 1


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("example.com/x", "put https:// in front of it"),
        ("no link at all", "isn't a link; copy one"),
        ("www.example.com", "put https:// in front of it"),
        (" example.com:8080/x", "put https:// in front of it"),
        ("ftp://example.com/x", "only links that start with https:// or http://"),
        ("https:///x", "write it like https://example.com/article"),
    ],
)
async def test_a_link_that_is_not_whole_is_told_how_to_write_it(link, reason):
    with pytest.raises(SourceError, match=reason):
        await anywhere().fetch(link)


async def test_a_page_arrives_with_its_name_and_final_address(site):
    site.pages["/a"] = web.Response(status=302, headers={"Location": "/b/news?x=1#top"})
    site.pages["/b/news"] = web.Response(text="<p>Hello</p>", content_type="text/html")
    page = await anywhere().fetch(site.url("/a"))
    assert page.data == b"<p>Hello</p>"
    assert page.name == "news.html"
    assert page.url == site.url("/b/news?x=1")
    assert "FootnoteBot" in site.page_hits[0].headers["User-Agent"]


@pytest.mark.parametrize("path", ["/notes.md", "/plain", "/"])
async def test_kinds(site, path):
    kind = "text/markdown" if path.endswith("md") else "text/plain"
    site.pages[path] = web.Response(text="Hello", content_type=kind)
    page = await anywhere().fetch(site.url(path))
    assert page.name in ("notes.md", "plain.txt", "site.example.txt")


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("/a/report.pdf", "application/pdf", "report.pdf"),
        ("/download?id=1", "application/pdf", "download.pdf"),
        ("/letter", WORD, "letter.docx"),
    ],
)
async def test_pdf_and_word_files_are_known_by_their_type(site, path, kind, name):
    site.pages[path.partition("?")[0]] = web.Response(body=b"bytes", content_type=kind)
    page = await anywhere().fetch(site.url(path))
    assert (page.name, page.data) == (name, b"bytes")
    assert kind in site.page_hits[0].headers["Accept"]


async def test_files_of_word_processors_arrive_with_their_remedy(site):
    site.pages["/letter"] = web.Response(body=b"bytes", content_type="application/msword")
    page = await anywhere().fetch(site.url("/letter"))
    with pytest.raises(UnsupportedSource, match=r"save it as \.docx"):
        sources.read(page.name, page.data)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_compressed(site, encoding):
    pack = gzip.compress if encoding == "gzip" else zlib.compress
    body = pack(b"Hello " * 1_000)
    headers = {"Content-Encoding": encoding, "Content-Type": "text/plain"}
    site.pages["/"] = web.Response(body=body, headers=headers)
    assert (await anywhere().fetch(site.url())).data == b"Hello " * 1_000


async def endless(request):
    response = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    for _ in range(MAX_BYTES // 50_000 + 20):
        await response.write(b"x" * 50_000)
    return response


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (web.Response(status=404), "answered 404"),
        (web.Response(body=b"PNG", content_type="image/png"), "only read web pages"),
        (endless, "larger than 5 MB"),
        (
            web.Response(
                body=gzip.compress(b"\0" * (MAX_BYTES * 20)),
                headers={"Content-Encoding": "gzip", "Content-Type": "text/plain"},
            ),
            "larger than 5 MB",
        ),
        (
            web.Response(
                body=b"not gzip", headers={"Content-Encoding": "gzip", "Content-Type": "text/html"}
            ),
            "can't unpack",
        ),
        (
            web.Response(
                body=b"x", headers={"Content-Encoding": "br", "Content-Type": "text/html"}
            ),
            "compression 'br' isn't supported",
        ),
    ],
    ids=["404", "image", "endless", "bomb", "not gzip", "br"],
)
async def test_what_is_refused(site, answer, reason):
    site.pages["/"] = answer
    with pytest.raises(SourceError, match=reason):
        await anywhere().fetch(site.url())


async def test_slow_sites_are_left(site):
    async def slow(request):
        await asyncio.sleep(0.5)

    site.pages["/"] = slow
    with pytest.raises(SourceError, match=r"within 0\.1 seconds"):
        await anywhere(timeout_seconds=0.1).fetch(site.url())


async def test_no_such_site():
    with pytest.raises(SourceError, match="no such site"):
        await anywhere().fetch("http://nowhere.example/")


FEED = '<rss version="2.0"><channel><title>F</title></channel></rss>'


async def test_a_feed_is_fetched_again_only_when_it_changed(site):
    async def feed(request):
        asked.append({name: request.headers.get(name) for name in sent})
        if request.headers.get("If-None-Match") == '"1"':
            return web.Response(status=304)
        headers = {"ETag": '"1"', "Last-Modified": "Fri, 14 Feb 2025 17:30:00 GMT"}
        return web.Response(text=FEED, content_type="application/rss+xml", headers=headers)

    async def moved(_):
        return web.Response(status=301, headers={"Location": "/feed"})

    asked, sent = [], ("If-None-Match", "If-Modified-Since")
    site.pages["/feed"] = feed
    site.pages["/old"] = moved
    page = await anywhere().fetch_feed(site.url("/old"), Validators())
    assert page.data == FEED.encode()
    assert page.url == site.url("/feed")
    assert await anywhere().fetch_feed(site.url("/old"), page.validators) is None
    assert asked == [
        dict.fromkeys(sent),
        {"If-None-Match": '"1"', "If-Modified-Since": "Fri, 14 Feb 2025 17:30:00 GMT"},
    ]
    assert "application/rss+xml" in site.page_hits[0].headers["Accept"]


async def test_what_is_no_feed_by_its_type(site):
    site.pages["/"] = web.Response(body=b"PNG", content_type="image/png")
    with pytest.raises(SourceError, match="image/png, which isn't a feed"):
        await anywhere().fetch_feed(site.url(), Validators())


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("120", timedelta(seconds=120)),
        ("Fri, 14 Feb 2225 17:30:00 GMT", datetime(2225, 2, 14, 17, 30, tzinfo=UTC)),
        ("soon", None),
        ("9" * 30, None),
        ("-5", None),
    ],
)
async def test_a_site_says_when_to_come_again(site, given, expected):
    site.pages["/"] = web.Response(status=503, headers={"Retry-After": given})
    with pytest.raises(FetchError, match="answered 503") as caught:
        await anywhere().fetch_feed(site.url(), Validators())
    if isinstance(expected, timedelta):
        waiting = caught.value.retry_after - datetime.now(UTC)
        assert timedelta(seconds=-10) < waiting - expected <= timedelta()
    else:
        assert caught.value.retry_after == expected
