"""Any text, page and feed is a sound article or refused in plain words, and soon."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.feed import links
from tests.properties import examples
from tests.strategies import damaged, encoded, joined
from tests.unit.index.sources import test_docx, test_feed
from tests.unit.index.sources.assertions import check, check_feed

pytestmark = pytest.mark.filterwarnings("ignore")  # the parsers' own, of broken files


TEXT = ["He left.\n", "A title\n\n", "* * *", "U.S. ", "“No.” ", "- ", "> ", "1. "]


@examples(25)
@given(st.one_of(st.binary(max_size=400), encoded(joined(TEXT))), st.sampled_from(["a", "a.txt"]))
def test_text(data: bytes, name: str):
    check(name, data)


MARKDOWN = [
    "---\n", "---\n", "title: A title\n", "date: 2025-02-14\n", "tags: [a, b]\n", "x: &a [*a]\n",
    "<<: *a\n", "? {a: b}\n", "!!python/object/apply:os.system [id]\n", "title: |\n  long\n",
    "# Head\n", "> ", "- ", "  - ", "1. ", "```\n", "~~~", "**", "_", "[a](b)", "![a](b)", "[",
    "](", "<div>", "<!--", "-->", "<script>", "</script>", "|a|b|\n|-|-|\n", "\n", "\n\n", "    ",
    "\\", "~~", "&amp;", "<https://a.example>", "[a]: b\n", "===\n", "He left. ",
]  # fmt: skip


@examples(25)
@given(encoded(joined(MARKDOWN)))
def test_markdown_and_front_matter(data: bytes):
    check("a.md", data)


HTML = [
    "<!doctype html>", "<html lang=de>", "<head>", "<title>A title</title>", "<body>", "<article>",
    "</article>", '<meta charset="utf-16">', "<meta charset=utf-7>",
    "<meta property=og:title content='A'>", '<meta name="date" content="', '">',
    "<link rel=canonical href='http://[x'>", "<p>", "</p>", "<div>", "</div>", "<table><tr><td>",
    "</table>", "<h1>", "</h1>", "<ul><li>", "<svg><foreignObject>",
    "<script type='application/ld+json'>{", '"@type": "NewsArticle", "datePublished": "', '{"a":[',
    "}</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>",
    "<?xml version='1.0' encoding='x'?>", "<!DOCTYPE a [<!ENTITY b '", "'>]>",
    "<a href='javascript:alert(1)'>", "<br>", "<template>", "<math>",
    f"<p>{test_docx.SENTENCE * 3}</p>", f"<p>{test_docx.SENTENCE * 3}</p>",
]  # fmt: skip


@examples(20)
@given(encoded(joined(HTML)))
def test_html(data: bytes):
    check("a.html", data)


@examples(20)
@given(st.one_of(damaged(test_feed.RSS.encode()), damaged(test_feed.ATOM.encode())))
def test_feeds_that_are_damaged(data: bytes):
    check_feed(data)


FEED = [
    "<?xml version='1.0' encoding='utf-16'?>", "<rss version='2.0'>", "<channel>", "<item>",
    "</item>", "<title>", "</title>", "<link>https://a.example/1</link>", "<link href='//[' />",
    "<guid>", "</guid>", "<pubDate>", "</pubDate>", "<updated>", "<description>", "</description>",
    "<![CDATA[", "]]>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>",
    "<id>", "<content type='xhtml'>", "<content:encoded>", "<summary type='html'>", "&lt;p&gt;",
    "<base href='http://['/>", "</channel></rss>",
    "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>", "Fri, 14 Feb 2025 18:30:00 +0100",
]  # fmt: skip


@examples(20)
@given(encoded(joined(FEED)))
def test_feeds_that_are_nearly_right(data: bytes):
    check_feed(data)


@examples(25)
@given(encoded(joined([*HTML, "<link rel=alternate type=application/rss+xml href='", "'>"])))
def test_feeds_that_pages_name(data: bytes):
    for link in links("page", data, link="https://news.example/a"):
        assert re.match(r"https?://[^\s]+\Z", link, re.I)
