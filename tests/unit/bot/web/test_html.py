import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cogs.ask.cards import render
from bot.discord.markdown import emphasise, escape, fit, link
from bot.text import visible
from bot.web.html import html
from index.model import Span
from tests.strategies import answers

TAGS = {"a", "blockquote", "br", "code", "li", "p", "small", "strong", "time", "ul"}


class Reading(HTMLParser):
    """What a browser makes of HTML: words, tags, addresses."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.words, self.tags, self.links = "", set(), []
        self.feed(str(markup))
        self.close()

    def handle_data(self, data):
        self.words += data

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {
            *("class", "href", "rel", "target", "datetime", "data-style")
        }


@pytest.mark.parametrize(
    ("markdown", "made"),
    [
        ("one **two** three", "<p>one <strong>two</strong> three</p>"),
        ("**open", "<p><strong>open</strong></p>"),
        (r"\*\*no\*\* \<b>", "<p>**no** &lt;b&gt;</p>"),
        ("> a\n> b\nc", "<blockquote>a<br>b</blockquote>\n<p>c</p>"),
        ("-# small", "<small>small</small>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("`a b`", "<p><code>a b</code></p>"),
        ("a\n\nb", "<p>a<br>b</p>"),
        (
            "[T](https://a.example/x)",
            '<p><a href="https://a.example/x" rel="noreferrer noopener" target="_blank">T</a></p>',
        ),
        ("[T](/a/b#s2)", '<p><a href="/a/b#s2">T</a></p>'),
        ("[T](//evil.example)", "<p>T</p>"),
        ("[T](javascript:alert)", "<p>T</p>"),
        (
            "<t:1739534400:D>",
            '<p><time datetime="2025-02-14T12:00:00+00:00" data-style="D">14 February 2025</time>'
            "</p>",
        ),
        ("<t:1739534400:t>", "12:00 UTC"),
        ("<t:1739534400:R>", "14 February 2025, 12:00 UTC"),
        ("said [1] [2]", '<p>said <a class="mark" href="/a/x#s3">[1]</a> [2]</p>'),
        ("said. [[1]](https://a.example/x)", '<a class="mark" href="/a/x#s3">[1]</a></p>'),
        ("said. [[2]](https://a.example/x)", 'target="_blank">[2]</a></p>'),
        ("US**$5**m", "<p>US<strong>$5</strong>m</p>"),
    ],
)
def test_markdown_of_cards(markdown, made):
    assert made in html(markdown, {1: "/a/x#s3"})


HOSTILE = st.text() | st.sampled_from(
    (
        *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;"),
        *("**[x](javascript:alert(1))**", "<t:1:R>", "[1]", "> a\n-# b\n- c", "`</code>`", "\\"),
    )
)


@given(HOSTILE)
def test_the_words_of_articles_are_words(text):
    read = Reading(html(escape(text), {1: "/a/x"}))
    shown = "".join(visible(text).split())
    assert "".join(read.words.split()) == shown
    assert read.tags <= {"p", "br"}


@given(HOSTILE, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)))
def test_bold_quotes_are_words(text, spans):
    read = Reading(html(emphasise(text, [Span(*span) for span in spans], prefix="> "), {1: "/a"}))
    assert "".join(read.words.split()) == "".join(visible(text).split())
    assert read.tags <= {"blockquote", "br", "strong"}


@given(HOSTILE, HOSTILE, st.integers(4, 200))
def test_links_lead_to_web_pages_alone(title, source, limit):
    read = Reading(html(link(title, source, limit)))
    assert all(re.match(r"https?://", url) for url in read.links)
    assert read.tags <= {"a", "p", "br"}
    assert Reading(html(fit(title, limit))).tags <= {"p", "br"}


@given(answers())
def test_any_card_is_drawn_of_few_tags(answer):
    card = render(answer).card
    for part in (card.description, *(field.value for field in card.fields)):
        assert Reading(html(part)).tags <= TAGS
