import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.markdown import (
    END_WORDS,
    URL_MAX,
    WHOLE_MAX,
    emphasise,
    escape,
    fit,
    link,
    safe_url,
    scrolling_to,
    timestamp,
)
from index.model import Span
from tests.properties import examples


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("**bold** _it_ ~~no~~ `c`", r"\*\*bold\*\* \_it\_ \~\~no\~\~ \`c\`"),
        ("# head\n- list\n> quote", "\\# head\n\\- list\n\\> quote"),
        ("1. one\n-# small", "1\\. one\n\\-# small"),
        ("<@1> <#2> <t:3:R>", r"\<\@1> \<#2> \<t\:3:R>"),
        ("@everyone @here", "\\@\u200beveryone \\@\u200bhere"),
        ("see https://x.example", r"see https\://x.example"),
        ("[a](http://b)", r"\[a\](http\://b)"),
        (":smile: at 10:30", r"\:smile: at 10:30"),
        ("mood:smile", r"mood\:smile"),
        ("discord.gg/abc", r"discord.gg\/abc"),
        ("a - b, 1.5 and #1", "a - b, 1.5 and #1"),
        ("-5 or +5 or 1.5", "-5 or +5 or 1.5"),
        ("1.5 million\n-5 degrees", "1.5 million\n-5 degrees"),
        ("tab\there \u202eback \ud800", "tab here back \ufffd"),
        ("N\u200bATO, \u202eOTAN\u202c \U000e0041!", "NATO, OTAN !"),
    ],
)  # fmt: skip
def test_escape(text, escaped):
    assert escape(text) == escaped


def test_bold_is_trimmed_joined_and_ends_with_the_line():
    text = "one two three\nfour"
    assert emphasise(text, [Span(3, 8), Span(8, 13)]) == "one **two three**\nfour"
    assert emphasise(text, [Span(8, 16)], prefix="> ") == "> one two **three**\n> **fo**ur"
    assert emphasise("end of it. - yes", [Span(7, 9)]) == "end of **it**. - yes"
    assert emphasise(text, [Span(3, 4), Span(90, 99)]) == "one two three\nfour"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x (1)", "https://a.example/x%20%281%29"),
        ("http://a.example/>b", "http://a.example/%3Eb"),
        ("https://a.example/@ann/1", "https://a.example/@ann/1"),
        ("https://a.example/@Here/1", "https://a.example/%40Here/1"),
        ("javascript:alert(1)", None),
        ("https://user:pw@a.example", None),
        ("https://", None),
        ("The Times", None),
        ("http://[x", None),
        ("https://a.example/\ud800", None),
        (None, None),
    ],
)
def test_safe_url(url, safe):
    assert safe_url(url) == safe


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2025-02-14", "<t:1739534400:D>"),
        ("2025-02-14T12:00:00+00:00", "<t:1739534400:D>"),
        ("2025-02-14T12:00:00", "<t:1739534400:D>"),
        ("in *May*", r"in \*May\*"),
        (None, ""),
    ],
)
def test_timestamp(published, shown):
    assert timestamp(published) == shown


def test_fit_cuts_at_words():
    assert fit("one two three", 8) == "one two…"
    assert fit("one two", 7) == "one two"
    assert fit("unbreakable", 5) == "unbr…"
    assert fit("word", 0) == ""


def test_link_gives_up_on_a_long_address():
    assert link("T", "https://a.example/" + "x" * 700, 2_000) == "T"
    assert link("", "https://a.example/", 100) == "[?](https://a.example/)"


PAGE = "https://news.example/a"
LONG = "one two three four five six seven eight nine ten eleven twelve thirteen"


@pytest.mark.parametrize(
    ("words", "directive"),
    [
        ("He left.", "He%20left."),
        ("co-chairs, R&D", "co%2Dchairs%2C%20R%26D"),
        ("“Why?” (2014)", "%E2%80%9CWhy%3F%E2%80%9D%20%282014%29"),
        ("two  blanks\tand a tab", "two%20blanks%20and%20a%20tab"),
        (LONG.removesuffix(" thirteen"), LONG.removesuffix(" thirteen").replace(" ", "%20")),
        (
            LONG,
            "one%20two%20three%20four%20five%20six,eight%20nine%20ten%20eleven%20twelve%20thirteen",
        ),
        ("First line.\n\nLast, line.", "First%20line.,Last%2C%20line."),
        ("100% #1 ~:~", "100%25%20%231%20~%3A~"),
    ],
)
def test_words_to_scroll_to(words, directive):
    assert scrolling_to(PAGE, words) == f"{PAGE}#:~:text={directive}"


@pytest.mark.parametrize(
    ("source", "link"),
    [
        (f"{PAGE}?b=1#part", f"{PAGE}?b=1#part:~:text=He"),
        (f"{PAGE}#part:~:text=other", f"{PAGE}#part:~:text=He"),
        ("https://news.example/x(1)", "https://news.example/x%281%29#:~:text=He"),
        ("HTTP://NEWS.EXAMPLE/a", "http://NEWS.EXAMPLE/a#:~:text=He"),
    ],
)
def test_a_link_keeps_its_own_place(source, link):
    assert scrolling_to(source, "He") == link


@pytest.mark.parametrize(
    "source",
    [None, "", "The Daily", "javascript:alert(1)", "ftp://news.example/a", "file:///etc/passwd"],
)
def test_what_is_no_web_page_stays(source):
    assert scrolling_to(source, "He left.") == source


def test_no_words_and_too_many_letters_leave_the_plain_link():
    assert scrolling_to(PAGE, " \n ") == PAGE
    assert scrolling_to(PAGE, "字" * 100) == PAGE
    assert scrolling_to(f"{PAGE}{'b' * URL_MAX}", "He left.") == f"{PAGE}{'b' * URL_MAX}"


@examples(200)
@given(st.lists(st.text("ab-,&.%#\né字 '\ud800", max_size=9), max_size=30).map(" ".join))
def test_whatever_the_words_start_and_end_are_theirs(words):
    link = scrolling_to(PAGE, words)
    assert safe_url(link) == link
    if "#" not in link:
        assert not words.strip() or "字" in words or len(words) > 100
        return
    directive = link.removeprefix(f"{PAGE}#:~:text=")
    assert re.fullmatch(r"[\w.~%,]+", directive, re.ASCII)
    lines = [
        " ".join(line.split()).replace("\ud800", "?") for line in words.split("\n") if line.strip()
    ]
    match list(map(unquote, directive.split(","))):
        case [whole]:
            assert lines == [whole]
            assert len(whole.split()) <= WHOLE_MAX
        case [start, end]:
            assert f"{lines[0]} ".startswith(f"{start} ")
            assert f" {lines[-1]}".endswith(f" {end}")
            assert max(len(start.split()), len(end.split())) <= END_WORDS
