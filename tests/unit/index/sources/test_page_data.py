"""Articles that are in the data of a page: JSON-LD, or what a script makes the page of."""

from __future__ import annotations

import json

import pytest

from index.errors import EmptySource
from index.sources import read
from tests.unit.index.sources.test_page_kinds import ALL, ONE, PARAGRAPHS, TITLE, TWO, ld, page


@pytest.mark.parametrize("written", ["//<![CDATA[\n{}\n//]]>", "{},"])
def test_json_ld_that_is_not_quite_json_is_read(written: str):
    """The names in the menu were the article."""
    thing = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": ONE + TWO})
    thing = thing if "CDATA" in written else thing[:-1] + ",}"
    head = f"<script type='application/ld+json'>{written.format(thing).rstrip(',')}</script>"
    assert read("a.html", page("<div id=root></div>", head)).text.split("\n") == PARAGRAPHS[:2]


def test_a_live_blog_is_taken_from_json_ld_where_the_page_has_none():
    posts = [{"headline": f"Post {n}", "articleBody": text} for n, text in enumerate(PARAGRAPHS)]
    head = ld(**{"@type": "LiveBlogPosting", "liveBlogUpdate": posts})
    found = read("a.html", page("<div id=root></div>", head)).text.split("\n")
    assert found[:4] == ["Post 0", PARAGRAPHS[0], "Post 1", PARAGRAPHS[1]]


@pytest.mark.parametrize("separator", ["\n\n", "</p><p>", "&lt;br/&gt;"])
@pytest.mark.parametrize("wrapped", [False, True])
def test_the_article_is_taken_from_json_ld_where_the_page_has_none(separator: str, wrapped: bool):
    body = {"articleBody": separator.join(PARAGRAPHS)}
    head = ld(**{"@graph": [body]}) if wrapped else ld(**body)
    shown = "<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"
    found = read("a.html", page(shown, head))
    assert found.title == TITLE
    assert found.text.split("\n") == PARAGRAPHS


def app(data: object, before: str = "", shown: str = "", head: str = "") -> bytes:
    """A page that a script makes of data."""
    kind = "" if before else "id=__NEXT_DATA__ type=application/json"
    written = f"<script {kind}>{before}{json.dumps(data)}</script>"
    return page(f"<div id=__next>{shown}</div>{written}", head)


TEASER = {"title": "Tram stops", "teaser": "The tram will stop for " + "two more weeks and " * 30}
FIELDS = {
    "one field": {"title": TITLE, "body": ALL, "seo": {"text": ALL + ALL}},
    "rendered": {"content": {"rendered": ALL}, "related": [{"content": ALL + ONE}]},
    "paragraphs": {"blocks": [{"type": "paragraph", "text": text} for text in PARAGRAPHS]},
    "with a caption": {
        "content": [
            {"type": "image", "url": "https://a.example/a.jpg", "caption": "The hall in May"},
            *({"type": "text", "content": text} for text in PARAGRAPHS),
        ]
    },
    "in parts": {
        "content": [
            {"nodeType": "paragraph", "content": [{"value": text[:9]}, {"value": text[9:]}]}
            for text in PARAGRAPHS
        ]
    },
    "as values": ["Reactive", {"body": 2}, ALL, "https://a.example/a"],
}


@pytest.mark.parametrize("fields", FIELDS.values(), ids=FIELDS)
@pytest.mark.parametrize("before", ["", "window.a={};window.__STATE__ = "])
def test_the_article_is_taken_from_data_where_the_page_has_none(fields: object, before: str):
    data = {"props": {"article": fields, "more": [TEASER] * 3}}
    found = read("a.html", app(data, before, "Loading…"))
    assert found.title == TITLE
    assert found.text.split("\n") == PARAGRAPHS


def test_data_is_not_the_article_where_the_page_has_one_or_none_is_free():
    other = {"body": "".join(f"<p>{text.upper()}</p>" for text in PARAGRAPHS)}
    shown = f"<article><h1>{TITLE}</h1>{ONE}{TWO}</article>"
    assert "COUNCIL" not in read("a.html", app(other, shown=shown)).text
    with pytest.raises(EmptySource):
        read("a.html", app(other, head=ld(isAccessibleForFree=False)))


@pytest.mark.parametrize(
    "data",
    [
        [[{"body": ALL * 3}], [{"body": ALL * 3}], [{"body": ONE}]],
        {"articles": [{"text": TITLE}] * 2, "query": ALL},
        "[" * 100_000,
        {"text": "<" * 100_000},
    ],
    ids=["articles", "nothing", "nested", "tags"],
)
def test_data_of_other_kinds_does_no_harm(data: object):
    try:
        found = read("a.html", app(data)).text
    except EmptySource:
        return
    assert found.count(PARAGRAPHS[0]) == 3, "one article of a list"
