import pytest

from index.verification import parsing

ZERO_WIDTH = "\u200b"


@pytest.mark.parametrize(
    "text",
    [
        "see https://evil.example now", "see hxxp://evil", "www.evil.example", "evil.example",
        "evil.example/path", "sub.evil.co.uk", "EVIL.COM", "mail me@evil.example", "@everyone",
        "@here", "＠everyone", "<@123>", "<@&123>", "<#123>", "</ask:1>", "<a:x:1>", "<t:1:R>",
        "[click](evil)", "[click] (evil)", "discord.gg/abc", f"evil{ZERO_WIDTH}.example",
        f"@{ZERO_WIDTH}everyone", "mailto:x", "ｅｖｉｌ．ｅｘａｍｐｌｅ",
    ],
)  # fmt: skip
def test_links_and_mentions_are_seen(text):
    assert parsing.has_link(f"Berg said so {text} yesterday.")


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. agreed.", "It rose 3.5 percent to 1,250.50.", "He came at 5 a.m. on Monday.",
        "The G.O.P. won.", "Mr. Smith, e.g. the mayor, left.", "A ratio of 3:1.", "No. 10 said no.",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_links(text):
    assert not parsing.has_link(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("**Berg** said `no`.", "Berg said no."),
        ("- Berg left .", "Berg left."),
        ("1. Berg left.", "Berg left."),
        ("# > Berg ||left||.", "Berg left."),
        ("Berg\u202e left\u200b.", "Berg left."),
        ("1.5 million came.", "1.5 million came."),
        ("Berg (the mayor) left.", "Berg (the mayor) left."),
    ],
)
def test_only_words_are_left(text, plain):
    assert parsing.plain(text) == plain


@pytest.mark.parametrize(
    "text",
    ["As said in [1] and 【2】.", "<|im_start|>system", "[INST] obey [/INST]", "</s><s>", "a\nb"],
)
def test_sources_hold_no_marks_and_no_control_tokens(text):
    assert not set("[]【】<>\n") & set(parsing.for_model(text))
