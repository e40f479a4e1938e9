"""Text without invisible characters and look-alikes; texts that are nearly the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz

from index.model import Article, Hit

INVISIBLE = re.compile(
    # Soft hyphen, joiner of graphemes, marks and overrides of direction, fillers, separators of
    # Mongolian, zero-width spaces and word joiners, annotations, tags and spare variations.
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
    # Joiners between letters of Latin, Greek and Cyrillic; Persian, Hindi and emoji need theirs.
    "|(?<=[\u0000-\u052f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\u0000-\u052f])"
)
"""What shows nothing and would only part words, hide in them, or turn a line around."""

_SHAPES = {
    code: letter
    for first, last in (
        (0x24B6, 0x24E9),  # circled
        (0xFB00, 0xFB06),  # ligatures
        (0xFF10, 0xFF5A),  # full-width
        (0x1D400, 0x1D7FF),  # mathematical
        (0x1F110, 0x1F14F),  # in brackets, circled, squared
    )
    for code in range(first, last + 1)
    if (letter := unicodedata.normalize("NFKC", chr(code)).strip("()")).isalnum()
}
"""Styled letters and digits, which questions do not contain, as plain ones."""

_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԚԜавеѕіјкмнорстухүԛԝһԁӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυι",
    "ABESIJKMHOPCTYXYQWabesijkmhopctyxyqwhdlABEZHIKMNOPTYXavopui",
)
"""Cyrillic and Greek letters that look like Latin ones."""

_WORD = re.compile(r"[^\W\d_]+")

_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")

_STRANGE = re.compile("[\u0370-\u052f]")


def plain(text: str) -> str:
    """Return the text in composed, plain letters, without invisible characters.

    A letter of another script becomes the Latin one that looks like it, but only in words that mix
    both and consist of such letters: Cyrillic and Greek words stay as they are.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", INVISIBLE.sub("", text).translate(_SHAPES))
    return _WORD.sub(_in_one_script, text) if _STRANGE.search(text) else text


def _in_one_script(word: re.Match[str]) -> str:
    if not (_STRANGE.search(word[0]) and _LATIN.search(word[0])):
        return word[0]
    latin = word[0].translate(_TWINS)
    return word[0] if _STRANGE.search(latin) else latin


NEARLY = 90.0
"""Percent of the characters that two texts have in common, in order."""

MAX_COPIES = 3
"""Of one passage in other articles among the hits: enough to cite it and say where else it is."""

_TOKEN = re.compile(r"(?:(?<!\w)[-−–](?=\d))?[£$€¥₹]?[^\W_]+(?:[.,:][^\W_]+)*%?")
"""With its sign and unit, as these are part of a number."""

_LITTLE = frozenset(("a", "an", "the", "that"))
"""Words that two sentences may differ in and still say the same."""


def nearly_same(one: str, other: str) -> bool:
    """Tell whether two texts share nearly all characters, in the same order; case is ignored."""
    return _nearly_same(one.casefold(), other.casefold())


def _nearly_same(one: str, other: str) -> bool:
    return fuzz.ratio(one, other, score_cutoff=NEARLY) > 0


def same_words(one: str, other: str) -> bool:
    """Tell whether two sentences have the same words in order, but for stop words and marks.

    Any other word may turn the meaning: "not", "against", a month, a letter of a name.
    """
    return words_in_order(one) == words_in_order(other)


def words_in_order(text: str) -> list[str]:
    """Return the words of a text in lower case, without stop words and punctuation.

    A capital A within a sentence is a name: "hepatitis A".
    """
    found = _TOKEN.findall(unicodedata.normalize("NFKC", text))
    names = () if text.isupper() else ("A",)
    return [
        word.casefold().replace(",", "")
        for n, word in enumerate(found)
        if word.casefold() not in _LITTLE or (n and word in names)
    ]


def deduplicate(hits: Iterable[Hit], limit: int) -> list[Hit]:
    """Return the first hits, without passages that MAX_COPIES other articles have already.

    What is newer than those stays, as it may be their correction.
    """
    kept: list[Hit] = []
    folded: list[str] = []
    for hit in hits:
        text = hit.text.casefold()
        copies = [
            one.article
            for one, other in zip(kept, folded, strict=True)
            if one.article.id != hit.article.id and _nearly_same(other, text)
        ]
        if len(copies) < MAX_COPIES or _newer(hit.article, copies):
            kept.append(hit)
            folded.append(text)
            if len(kept) == limit:  # not later, as the next one would have to be looked up
                break
    return kept


def _newer(article: Article, others: Iterable[Article]) -> bool:
    published = article.published or ""
    return all(published > (other.published or "") for other in others)
