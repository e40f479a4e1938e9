"""Hypothesis strategies: any answer, of hostile words; any file, nearly right or damaged."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from index.model import (
    PUBLIC,
    Answer,
    AnswerSentence,
    Article,
    Certainty,
    Citation,
    Hit,
    Missing,
    Passage,
    Span,
)

NASTY = [
    *"*_~`|<>[]()@#:/\\-+.\n \"'",
    "**", "@everyone", "@here", "<@1>", "<@&22>", "<#3>", "<t:1:R>", "<:a:1>", ":smile:", "||",
    "https://evil.example/a_(b)", "[x](http://evil.example)", "# ", "- ", "> ", "1. ", "-# ",
    "discord.gg/abc", "```", "é", "字", "😀", "\u202e", "\u2028", "\ud800", "\0", "word", "x" * 60,
]  # fmt: skip


def _joined(seed: int) -> str:
    """Return up to eight words that follow from the seed: one draw, where a list takes thirty."""
    source = random.Random(seed)
    words = [source.choice(NASTY) for _ in range(source.randrange(9))]
    if source.random() < 0.3:
        words.append("".join(chr(source.randrange(0x3100)) for _ in range(6)))
    return "".join(words)


parts = st.one_of(st.integers(0, 2**32).map(_joined), st.text(max_size=6))


def texts(max_times: int):
    """Draw a few words, repeated: long texts are cheap to make so."""
    return st.builds(lambda text, times: text * times, parts, st.sampled_from([1, 2, max_times]))


def spans(text: str):
    ends = st.integers(0, max(len(text), 1))
    return st.lists(
        st.tuples(ends, ends).map(lambda pair: Span(min(pair), max(pair))), max_size=4
    ).map(lambda found: tuple(disjoint(found)))


def disjoint(found):
    end = 0
    for span in sorted(found):
        if span.start >= end and span.end > span.start:
            end = span.end
            yield span


sources = st.one_of(
    st.none(),
    texts(9),
    st.sampled_from(
        [
            "https://news.example/a b(c)",
            "javascript:alert(1)",
            "http://[bad",
            "https://a@b.example/",
        ]
    ),
)
dates = st.one_of(
    st.none(), st.sampled_from(["2025-02-14", "2025-02-14T18:30:00+01:00", "**<@1>"]), texts(2)
)
articles = st.builds(
    Article,
    id=st.sampled_from(["abc123", "def456", "ghi789", "jkl012"]),
    space=st.just(PUBLIC),
    version=st.just("v"),
    title=texts(20),
    source=sources,
    published=dates,
    author=st.none(),
    language=st.just("en"),
    origin=st.one_of(st.none(), texts(2)),
    added=st.just("2025-02-14"),
    words=st.integers(0, 200_000),
    passages=st.integers(0, 2_000),
)


@st.composite
def citations(draw, number: int, stored):
    """A quote of one of `stored`, a strategy, which up to three others have too."""
    quote = draw(texts(40))
    highlights = draw(spans(quote))
    also = tuple(draw(st.lists(stored, max_size=3)))
    return Citation(number, draw(stored), Span(0, len(quote)), quote, highlights, also)


@st.composite
def hits(draw, cited=()):
    """A passage of any article or, as often, of one that is cited, around the quote or not."""
    citation = draw(st.sampled_from([None, *cited]))
    text = draw(texts(40)) + (draw(st.sampled_from(["", citation.quote])) if citation else "")
    article = citation.article if citation else draw(articles)
    start = draw(st.integers(0, 9))
    passage = Passage(0, Span(start, start + len(text)), ())
    return Hit(article, passage, text, 0.5, 0.5, 0.5)


some_words = st.lists(texts(9), max_size=4).map(tuple)


@st.composite
def answers(draw):
    stored = st.sampled_from(draw(st.lists(articles, min_size=1, max_size=5)))
    count = draw(st.sampled_from([0, 1, 3, 30]))
    # Thirty of three kinds: each takes 2 ms to draw.
    kinds = [draw(citations(1, stored)) for _ in range(min(count, 3))]
    cited = tuple(replace(kinds[n % 3], number=n + 1) for n in range(count))
    own = st.sampled_from([c.quote for c in cited] or ["word"])
    numbers = st.lists(st.integers(1, 40), max_size=12).map(tuple)
    sentences = st.builds(AnswerSentence, text=st.one_of(own, texts(40)), citations=numbers)
    return Answer(
        question=draw(texts(20)),
        certainty=draw(st.sampled_from(Certainty)),
        sentences=tuple(draw(st.lists(sentences, max_size=6))),
        citations=cited,
        hits=tuple(draw(st.lists(hits(cited), max_size=6))),
        confidence=0.5,
        rewritten=draw(st.one_of(st.none(), texts(20))),
        nearest=draw(st.one_of(st.none(), citations(1, stored))),
        missing=draw(st.builds(Missing, mentioned=some_words, absent=some_words)),
    )


HOSTILE = [
    "\0", "\ud800", "\udfff\ud800", "\ufeff", "\ufffe", "\u202e", "\u2028", "\x85", "\x1b[2J",
    "\r", "\r\n", "\n\n", "\t", "\u200b", "\U000e0041", "字。", "é", "e\u0301", "😀", "ﬁ", "\xad",
    "9" * 400, "1e999", "-1", "0x7fffffff", "2025-02-30", "0000-00-00",
    "2025-02-14T18:30:00+99:99", "&#0;", "&#xD800;", "&#99999999999;", "&nbsp;", "&a;", "%00",
    "\\", '"', "'", "`", "{", "[", "]", "@everyone", "He left. ", "She stayed! ", "word " * 40,
    "By Jane Roe\n", "14 February 2025\n",
]  # fmt: skip

words = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(), max_size=8))

ENCODINGS = (
    *("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"),
    *("cp1252", "cp1251", "shift_jis", "gb18030", "euc_jp", "iso2022_jp", "utf-7", "cp037"),
)


def encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Draw bytes of a text: mostly UTF-8, else another encoding, with or without a mark."""

    def encode(text: str, encoding: str) -> bytes:
        try:
            return text.encode(encoding, "surrogatepass")
        except UnicodeError:
            return text.encode(encoding, "replace" if "8" not in encoding else "ignore")

    return st.builds(encode, texts, st.sampled_from(ENCODINGS))


def joined(parts: Sequence[str], most: int = 25) -> st.SearchStrategy[str]:
    """Draw parts of a kind of file and hostile words in any order, some many times in a row."""
    piece = st.one_of(st.sampled_from(parts), st.sampled_from(parts), words)
    times = st.sampled_from([1, 1, 1, 1, 1, 1, 2, 40])
    run = st.builds(lambda one, n: one * n, piece, times)
    return st.lists(run, max_size=most).map("".join)


@st.composite
def damaged(draw: st.DrawFn, data: bytes, *, least: int = 1) -> bytes:
    """Draw a file with a few places overwritten, cut out, doubled or put elsewhere."""
    for _ in range(draw(st.integers(least, 4))):
        at, length = draw(st.integers(0, len(data))), draw(st.integers(0, 60))
        start = draw(st.integers(0, len(data)))
        own = data[start : start + draw(st.integers(0, 200))]
        put = draw(
            st.one_of(
                st.just(b""),
                st.binary(max_size=20),
                st.just(own),
                words.map(lambda word: word.encode("utf-8", "surrogatepass")),
            )
        )
        data = data[:at] + put + data[at + length :]
    return data
