"""In which of the articles that are asked a word stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from index.model import Article
from index.text.words import subject_words

if TYPE_CHECKING:
    from index.search.bm25 import Bm25Index
    from index.search.hybrid import Scope
    from index.store.snapshot import ArticleVersion

LOOKED_AT = 20
"""Passages with a word: those of replaced versions stay in the index for a moment."""


def articles_with_any(
    words: str, bm25: Bm25Index, scope: Scope, among: Collection[ArticleVersion] = ()
) -> Mapping[ArticleVersion, Article]:
    """Return current articles that have one of the words in any inflection, `among` some if given.

    Only the best passages are looked at. Nothing is told of articles that the asker may not see.
    """
    found = bm25.search(
        words,
        scope.spaces,
        scope.languages,
        limit=LOOKED_AT,
        article_id=scope.only.id if scope.only else None,
        versions=among,
    )
    return scope.among({version for version, _, _ in found})


def article_has_all(words: str, bm25: Bm25Index, scope: Scope) -> bool:
    """Tell whether one of the articles that the words fit best has all of them, in any order."""
    having = articles_with_any(words, bm25, scope)
    for word in subject_words(words):
        having = having and articles_with_any(word, bm25, scope, having)
    return bool(having)
