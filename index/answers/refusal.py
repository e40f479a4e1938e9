"""What a refusal can tell: which words of the question the articles do not have."""

from __future__ import annotations

from index.answers.question import Question
from index.model import Missing
from index.search.bm25 import Bm25Index
from index.search.hybrid import Scope
from index.text import words

MOST_NAMED = 3
"""More words than that would not be read."""

MIN_CHARS = 5
"""Of a word that is no name: "nothing about submarines" helps, "nothing about see" does not."""

LOOKED_AT = 20
"""Passages with a word: those of replaced versions stay in the index for a moment."""


def missing(question: Question, bm25: Bm25Index, scope: Scope) -> Missing:
    """Look up the question's names, and where all are known its other words, in the scope."""
    names = words.name_phrases(question.text)
    absent = [name for name in names if not _occurs(name, bm25, scope)]
    mentioned = [name for name in names if name not in absent]
    if not absent:
        in_names = {word for name in names for word in name.split()}
        others = [w for w in words.subject_words(question.text) if w not in in_names]
        absent = [word for word in others if _tells(word) and not _occurs(word, bm25, scope)]
    if not absent:
        return Missing()
    return Missing(tuple(mentioned[:MOST_NAMED]), tuple(absent[:MOST_NAMED]))


def _tells(word: str) -> bool:
    return len(word) >= MIN_CHARS or word.isdigit()


def _occurs(phrase: str, bm25: Bm25Index, scope: Scope) -> bool:
    """Tell whether every word of a phrase stands, in any form, in what the asker may see."""
    return all(_stands(word, bm25, scope) for word in phrase.split())


def _stands(word: str, bm25: Bm25Index, scope: Scope) -> bool:
    found = bm25.search(
        word,
        sorted(scope.passages),
        scope.languages,
        limit=LOOKED_AT,
        article_id=scope.only.id if scope.only else None,
    )
    return any(version in scope.current for version, _, _ in found)
