import pytest

from bot.discord.markdown import emphasise, escape, fit, fit_plain, link, safe_url, timestamp
from index.model import Span


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
    assert fit_plain("  a title   of words ", 10) == "a title…"


def test_link_gives_up_on_a_long_address():
    assert link("T", "https://a.example/" + "x" * 700, 2_000) == "T"
    assert link("", "https://a.example/", 100) == "[?](https://a.example/)"
