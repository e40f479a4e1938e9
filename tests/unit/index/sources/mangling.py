"""Any file of a kind: one that is nearly right, written by hand or damaged, in any encoding."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

NASTY = [
    "\0", "\ud800", "\udfff\ud800", "\ufeff", "\ufffe", "\u202e", "\u2028", "\x85", "\x1b[2J",
    "\r", "\r\n", "\n\n", "\t", "\u200b", "\U000e0041", "字。", "é", "e\u0301", "😀", "ﬁ", "\xad",
    "9" * 400, "1e999", "-1", "0x7fffffff", "2025-02-30", "0000-00-00",
    "2025-02-14T18:30:00+99:99", "&#0;", "&#xD800;", "&#99999999999;", "&nbsp;", "&a;", "%00",
    "\\", '"', "'", "`", "{", "[", "]", "@everyone", "He left. ", "She stayed! ", "word " * 40,
    "By Jane Roe\n", "14 February 2025\n",
]  # fmt: skip

words = st.one_of(st.sampled_from(NASTY), st.text(st.characters(), max_size=8))

ENCODINGS = (
    *("utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"),
    *("cp1252", "cp1251", "shift_jis", "gb18030", "euc_jp", "iso2022_jp", "utf-7", "cp037"),
)


def encoded(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Bytes of a text: most often in UTF-8, else with or without a mark in what it may be not."""

    def encode(text: str, encoding: str) -> bytes:
        try:
            return text.encode(encoding, "surrogatepass")
        except UnicodeError:
            return text.encode(encoding, "replace" if "8" not in encoding else "ignore")

    return st.builds(encode, texts, st.sampled_from(ENCODINGS))


def joined(parts: Sequence[str], most: int = 25) -> st.SearchStrategy[str]:
    """Parts of a kind of file and hostile words in any order, some many times in a row."""
    piece = st.one_of(st.sampled_from(parts), st.sampled_from(parts), words)
    times = st.sampled_from([1, 1, 1, 1, 1, 1, 2, 40])
    run = st.builds(lambda one, n: one * n, piece, times)
    return st.lists(run, max_size=most).map("".join)


@st.composite
def damaged(draw: st.DrawFn, data: bytes, *, least: int = 1) -> bytes:
    """A file with a few places overwritten, cut out, doubled or put elsewhere."""
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
