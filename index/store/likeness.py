"""Articles whose title or description is like what somebody typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from index.model import Article

_LIKE_TITLE = 75.0
"""The similarity (0 to 100) from which on words may be a title misspelt or in another order."""

TYPO_LETTERS = 5
"""Fewer are like too many titles: kelp, kept."""

_WORD_LETTERS = 4
"""Fewer are no typo of a word that stands beside others."""

_LETTERS_A_TYPO = 8
"""A word may be misspelt once, and once more for each so many letters."""

_WORD = re.compile(r"\w+")


def with_titles_like(words: str, articles: Sequence[Article], limit: int) -> list[Article]:
    """Return those whose titles the words may be misspelt, likest first."""
    titles = [article.title.casefold() for article in articles]
    sought = words.casefold().strip()
    found = process.extract(
        sought, titles, scorer=fuzz.WRatio, score_cutoff=_LIKE_TITLE, limit=limit
    )
    return [articles[n] for _, _, n in found]


def described(words: str, articles: Iterable[Article]) -> list[Article]:
    """Return those with all the words in title, source or author.

    Case and accents do not count. Where there are none, those whose words may be misspelt.
    """
    sought = _WORD.findall(_folded(words))
    if not sought:
        return []
    texts = [(article, _folded(_description(article))) for article in articles]
    found = [article for article, text in texts if all(word in text for word in sought)]
    if found or sum(map(len, sought)) < TYPO_LETTERS:
        return found
    return [article for article, text in texts if _may_mean(sought, text)]


def _description(article: Article) -> str:
    return " ".join(filter(None, (article.title, article.source_or_file, article.author)))


def _folded(text: str) -> str:
    """Return a text without case and accents; the Turkish i without a dot is an i."""
    letters = unicodedata.normalize("NFKD", text.casefold()).replace("ı", "i")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _may_mean(sought: Iterable[str], text: str) -> bool:
    """Tell whether each word stands in a text, as written or misspelt; both are folded."""
    there = set(_WORD.findall(text))
    return all(word in text or any(_is_typo(word, one) for one in there) for word in sought)


def _is_typo(word: str, meant: str) -> bool:
    most = 1 + len(word) // _LETTERS_A_TYPO
    return len(word) >= _WORD_LETTERS and OSA.distance(word, meant, score_cutoff=most) <= most
