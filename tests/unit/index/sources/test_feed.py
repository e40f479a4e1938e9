"""RSS and Atom feeds."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest

from index.errors import EmptySource, SourceError, TooLargeSource, UnsupportedSource
from index.sandboxed import feed as sandboxed_feed
from index.sources.decoding import MAX_BYTES
from index.sources.feed import Entry, links, parse
from index.sources.feed import ParsedFeed as Feed

LINK = "https://news.example/feed"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The &lt;b&gt;Daily&lt;/b&gt; Report</title><link>https://news.example/</link>
<item><title>Talks &amp;amp; tea</title><link>/talks</link><guid isPermaLink="false">t1</guid>
<pubDate>Fri, 14 Feb 2025 18:30:00 +0100</pubDate>
<description><![CDATA[<p>One.</p><p>Tw<b>o</b>&nbsp;more<script>alert(1)</script></p>]]>
</description></item>
<item><title>Dated</title><link>https://news.example/d</link><pubDate>2025-02-14</pubDate>
<content:encoded>&lt;p&gt;All of it.&lt;/p&gt;</content:encoded></item>
<item><title>Twice</title><link>https://news.example/d2</link>
<guid isPermaLink="false">t1</guid></item>
<item><link>https://news.example/bare</link><pubDate>some day</pubDate></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Daily Report</title>
<entry><id>urn:1</id><title type="html">Talks &lt;i&gt;go&lt;/i&gt; on</title>
<link href="https://news.example/a"/><updated>2025-02-14T18:30:00Z</updated>
<summary type="text">a &lt; b</summary></entry></feed>"""


def feed(*items: str) -> bytes:
    """An RSS feed of items."""
    joined = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel><title>F</title>{joined}</channel></rss>'.encode()


def test_an_rss_feed_is_read():
    assert parse("feed", RSS.encode(), link=LINK) == Feed(
        title="The Daily Report",
        link="https://news.example/",
        entries=(
            Entry(
                id="https://news.example/talks",
                link="https://news.example/talks",
                title="Talks & tea",
                published="2025-02-14T17:30:00+00:00",
                text="One.\n\nTwo more",
            ),
            Entry(
                id="https://news.example/d",
                link="https://news.example/d",
                title="Dated",
                published="2025-02-14",
                text="All of it.",
            ),
            Entry(
                id="https://news.example/d2",
                link="https://news.example/d2",
                title="Twice",
                published=None,
                text="",
            ),
            Entry(
                id="https://news.example/bare",
                link="https://news.example/bare",
                title="",
                published=None,
                text="",
            ),
        ),
    )


def test_an_atom_feed_is_read():
    found = parse("feed", f'<?xml version="1.0" encoding="utf-16"?>{ATOM}'.encode("utf-16"))
    assert found.entries == (
        Entry(
            id="urn:1",
            link="https://news.example/a",
            title="Talks go on",
            published="2025-02-14T18:30:00+00:00",
            text="a < b",
        ),
    )


def test_the_longer_of_summary_and_content_is_the_text():
    item = (
        "<link>https://a.example/1</link><description>In short.</description>"
        '<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        "&lt;h2&gt;At\nlength&lt;/h2&gt;&lt;p&gt;One &lt;b&gt;bold&lt;/b&gt;\nword.&lt;/p&gt;"
        "&lt;ul&gt;&lt;li&gt;Two&lt;/li&gt;&lt;/ul&gt;</content:encoded>"
    )
    (entry,) = parse("feed", feed(item)).entries
    assert entry.text == "At length\n\nOne bold word.\n\nTwo"


PAGE = """<!doctype html><html><head><title>N\xe4ws</title><base href="/de/">
<link rel="stylesheet" href="a.css"><link rel="alternate" hreflang="fr" href="/fr/">
<link rel=alternate type="application/atom+xml" href="/comments/feed">
<LINK REL="home Alternate" TYPE="application/rss+xml; charset=utf-8" HREF=" feed?a=1&amp;b=2 ">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel="alternate" type="application/rss+xml" href="http://[">
<link rel="alternate" type="application/feed+json" href="//j.example/feed.json">
<link rel="alternate" type="application/rss+xml"></head>"""


def test_the_feeds_that_a_page_names():
    assert links("page", PAGE.encode("latin-1"), link="https://news.example/x") == (
        "https://news.example/de/feed?a=1&b=2",
        "https://j.example/feed.json",
        "https://news.example/comments/feed",
    )


@pytest.mark.parametrize("data", [b"", b"<p>words", b"\0\xff<!", b"<link rel=alternate href>"])
def test_pages_that_name_no_feed(data: bytes):
    assert links("page", data, link="https://news.example/") == ()


def test_an_id_that_repeats_within_a_feed_is_no_id():
    guid = '<guid isPermaLink="false">https://a.example/blog/</guid>'
    items = [f"<title>{n}</title><link>https://a.example/{n}</link>{guid}" for n in range(5)]
    own = "<link>https://a.example/own</link><guid>own-7</guid>"
    found = parse("feed", feed(*items, own, own)).entries
    assert [entry.id for entry in found] == [f"https://a.example/{n}" for n in range(5)] + ["own-7"]


def test_http_and_https_of_one_link_are_one_entry():
    items = [
        "<link>http://a.example/1</link>",
        "<link>https://a.example/1</link><guid>other</guid>",
        "<link>https://a.example/2</link><guid>HTTP://a.example/p=2</guid>",
        "<link>http://a.example/2</link><guid>https://a.example/p=2</guid>",
    ]
    found = parse("feed", feed(*items)).entries
    assert [e.link for e in found] == ["http://a.example/1", "https://a.example/2"]


LINKS = {
    "/a?b=1&amp;c=2": "https://site.example/a?b=1&c=2",
    "a/b": "https://site.example/news/a/b",
    "//cdn.example/b": "https://cdn.example/b",
    "https://a.example/mit leer zeichen": "https://a.example/mit%20leer%20zeichen",
    "\n  https://a.example/d\n ": "https://a.example/d",
    "https://a.example/\n  long/link": "https://a.example/long/link",
    "https://a.example/zürich?q=straße": "https://a.example/z%C3%BCrich?q=stra%C3%9Fe",
    "https://a.example/a|b^c%20d": "https://a.example/a%7Cb%5Ec%20d",
    "https://zürich.example/a": "https://zürich.example/a",
    "www.a.example/e": "https://www.a.example/e",
    "?p=7": "https://site.example/news/?p=7",
}


@pytest.mark.parametrize(("written", "link"), LINKS.items())
@pytest.mark.parametrize("at", ["", "https://feeds.example/x/rss.xml"])
def test_links_are_resolved_and_escaped(written: str, link: str, at: str):
    home = "<link>https://site.example/news/</link>"
    item = f"<item><link>{written}</link></item>"
    data = f'<rss version="2.0"><channel>{home}{item}</channel></rss>'
    assert [entry.link for entry in parse("feed", data.encode(), link=at).entries] == [link]


def test_links_of_atom_are_resolved_from_where_the_feed_is():
    data = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://site.example/"/>'
        '<entry><link href="../a b"/></entry></feed>'
    )
    (entry,) = parse("feed", data.encode(), link="https://feeds.example/x/atom.xml").entries
    assert entry.link == "https://feeds.example/a%20b"


@pytest.mark.parametrize(
    "date", ["Mon, 01 Mar 1772 08:00:00 GMT", "2126-03-01", "0001-01-01T00:00:00Z", "1970-01-01"]
)
def test_a_date_that_cannot_be_is_not_believed(date: str):
    item = f"<link>https://a.example/1</link><pubDate>{date}</pubDate>"
    assert parse("feed", feed(item)).entries[0].published is None
    updated = '<x:updated xmlns:x="http://www.w3.org/2005/Atom">2025-02-14</x:updated>'
    assert parse("feed", feed(item + updated)).entries[0].published == "2025-02-14"


def test_lines_that_point_elsewhere_are_no_text_of_an_entry():
    item = (
        "<link>https://a.example/1</link>"
        "<description>&lt;p&gt;One two three four five six seven eight.&lt;/p&gt;"
        "&lt;p&gt;The post One appeared first on Post.&lt;/p&gt;</description>"
    )
    assert parse("feed", feed(item)).entries[0].text == "One two three four five six seven eight."


JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Daily Report",
    "home_page_url": "https://news.example/",
    "items": [
        {
            "id": 7,
            "url": "/talks",
            "title": "Talks & tea",
            "content_html": "<p>One.</p><p>Tw<b>o</b>&nbsp;more</p>",
            "date_published": "2025-02-14T18:30:00+01:00",
        },
        {
            "id": "b",
            "external_url": "https://other.example/b",
            "content_text": "a < b",
            "summary": "In short.",
            "date_modified": "2125-02-14T18:30:00Z",
        },
        {"id": "no link"},
        "no item",
    ],
}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\n "])
def test_a_json_feed_is_read(mark: bytes):
    assert parse("feed", mark + json.dumps(JSON).encode(), link=LINK) == Feed(
        title="The Daily Report",
        link="https://news.example/",
        entries=(
            Entry(
                id="7",
                link="https://news.example/talks",
                title="Talks & tea",
                published="2025-02-14T18:30:00+01:00",
                text="One.\n\nTwo more",
            ),
            Entry(id="b", link="https://other.example/b", title="", published=None, text="a < b"),
        ),
    )


def test_an_id_that_is_a_link_stands_in_for_it():
    """The entry was left out in silence."""
    items = [{"id": "https://news.example/c", "title": "C"}]
    found = parse("feed", json.dumps({**JSON, "items": items}).encode(), link=LINK).entries
    assert [entry.link for entry in found] == ["https://news.example/c"]


@pytest.mark.parametrize(
    "damage",
    [{"version": 1}, {"version": None}, {"items": 7}, {"items": None}, {"version": "https://x"}],
)
def test_other_json_is_no_feed(damage: dict[str, object]):
    with pytest.raises(UnsupportedSource, match="JSON Feed"):
        parse("feed", json.dumps(JSON | damage).encode())
    with pytest.raises(UnsupportedSource):
        parse("feed", b"{" * 100_000)


def test_only_web_links_are_kept():
    links = [
        "javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/", "http://", "/rel",
        "https://a.example/" + "a" * 3_000, "https://[", "", "data:text/html,a", "mailto:a@b.c",
        "//a b",
    ]  # fmt: skip
    items = [f"<title>{n}</title><link>{link}</link>" for n, link in enumerate(links)]
    found = parse("feed", feed(*items, "<link>HTTPS://ok.example/a?b=1&amp;c=2</link>"))
    assert [entry.link for entry in found.entries] == ["HTTPS://ok.example/a?b=1&c=2"]


def test_a_feed_without_entries_is_a_feed():
    assert parse("feed", feed()).entries == ()


def test_at_most_200_entries_are_read():
    items = [f"<link>https://a.example/{n}</link>" for n in range(300)]
    assert len(parse("feed", feed(*items)).entries) == 200


def test_broken_feeds_are_read_as_far_as_they_go():
    item = "<title>Fish & chips</title><link>https://a.example/1</link>"
    found = sandboxed_feed.parse(feed(item, item)[:-40], "")
    assert [entry["title"] for entry in found["entries"]] == ["Fish & chips", "Fish & chips"]


@pytest.mark.parametrize("data", [b"<html><body>page", b'{"version": "1"}', b"text", b"%PDF-1.4"])
def test_what_is_no_feed_is_named_so(data: bytes):
    with pytest.raises(UnsupportedSource, match="it isn't a feed"):
        parse("feed", data)


def test_no_feed_and_too_much_of_one():
    with pytest.raises(EmptySource):
        parse("feed", b" \n")
    with pytest.raises(TooLargeSource):
        parse("feed", b"<rss>" + b" " * MAX_BYTES)


def test_data_that_names_a_file_or_a_page_is_not_opened():
    for data in (__file__.encode(), b"https://127.0.0.1:9/feed"):
        with pytest.raises(UnsupportedSource):
            parse("feed", data)


LAUGHS = "".join(
    f"<!ENTITY {b} '{f'&{a};' * 50}'>" for a, b in zip("abcdefg", "bcdefgh", strict=True)
)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "entities": lambda: (
        f"<!DOCTYPE rss [<!ENTITY a 'ha'>{LAUGHS}]>".encode() + feed("<title>&h;</title>")
    ),
    "file": lambda: (
        b"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
        + feed("<title>&x;</title><link>https://a.example/</link>")
    ),
    "deep": lambda: feed("<div>" * 10_000),
    "deep html": lambda: feed(f"<title>{'&lt;div&gt;' * 20_000}</title>"),
    "brackets": lambda: feed("<description>" + "&lt;!" * 20_000 + "</description>"),
    "surrogates": lambda: feed("<title>&#xD800;&#0;</title><link>https://a.example/</link>"),
}


@pytest.mark.sandboxed
@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_feeds_are_a_feed_or_a_plain_error(make: Callable[[], bytes]):
    data, began = make(), time.process_time()
    try:
        found = str(parse("feed", data))
    except SourceError as error:
        found = error.reason
    assert "root:" not in found
    assert found.isprintable()
    assert time.process_time() - began < 2  # of this process
