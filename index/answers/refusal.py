"""What a refusal can tell: which names of the question no article has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.answers.standing import has_all, standing
from index.model import Missing
from index.text import words

if TYPE_CHECKING:
    from index.answers.question import Question
    from index.search.bm25 import Bm25Index
    from index.search.hybrid import Scope

MOST_NAMED = 3
"""More names than that would not be read."""


def missing(question: Question, bm25: Bm25Index, scope: Scope) -> Missing:
    """Look up the question's names in the scope.

    Other words tell nothing, since the articles may have them in other words; nor do acronyms,
    which they may have spelt out, and numbers. A name is absent if none of its words stands, in any
    form or as another name of the same country, and mentioned if all of them stand in one article.
    """
    names = telling_names(question.text)
    absent = [name for name in names if not _occurs(name, bm25, scope)]
    if not absent:
        return Missing()
    mentioned = [n for n in names if n not in absent and has_all(n, bm25, scope)]
    return Missing(tuple(mentioned[:MOST_NAMED]), tuple(absent[:MOST_NAMED]))


def telling_names(question: str) -> list[str]:
    """Return the names of a question that can be looked up: no acronyms and numbers."""
    if _is_title(question):
        return []
    return [name for name in words.name_phrases(question) if _tells(name)]


def _tells(name: str) -> bool:
    return not name.isupper() and not any(character.isdigit() for character in name)


_SMALL = frozenset("a an and as at but by for from in of on or the to with".split())
"""Words that titles have in lower case."""


def _is_title(question: str) -> bool:
    """Tell whether all words have capitals, so that these make no names."""
    return all(word[0].isupper() or word in _SMALL for word in question.split())


def _occurs(name: str, bm25: Bm25Index, scope: Scope) -> bool:
    return any(standing(form, bm25, scope) for form in forms(name))


def forms(name: str) -> Iterator[str]:
    """Yield the name's words, and the other names of a country that it is."""
    for word in (name, *name.split()):
        yield word
        yield from words.names_of_place(word)
