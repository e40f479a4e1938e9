"""What a refusal can tell: which names of the question no article has."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from index.answers.lookup import article_has_all, articles_with_any
from index.model import Hit, Missing
from index.search.bm25 import fold
from index.text import words
from index.text.spelt import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from index.answers.question import Question
    from index.search.bm25 import Bm25Index
    from index.search.hybrid import Scope

MOST_NAMED = 3
"""More names than that would not be read."""


def missing(question: Question, bm25: Bm25Index, scope: Scope, hits: Sequence[Hit]) -> Missing:
    """Look up the question's names in the scope.

    Other words tell nothing, since the articles may have them in other words; nor do acronyms,
    which they may have spelt out, and numbers. A name is absent if none of its words stands, in any
    form or under another name, and mentioned if all of them stand in one article. A place is absent
    only where those `hits` that have the other names, else all, are surely about other places.
    """
    texts = [f"{hit.article.title}\n{hit.text}" for hit in hits]
    asked = _with_capitals(question.text, texts)
    names = telling_names(asked)
    absent = [name for name in names if not _occurs(name, bm25, scope)]
    places = [name for name in absent if _is_place(name, asked)]
    if places:
        known = [name for name in names if name not in absent]
        having = [text for text in texts if any(name in text for name in known)]
        elsewhere = all(map(_is_set_elsewhere, having or texts))
        absent = [n for n in absent if n not in places or (elsewhere and not _is_wide(n))]
    if not absent:
        return Missing()
    mentioned = [n for n in names if n not in absent and article_has_all(n, bm25, scope)]
    return Missing(tuple(mentioned[:MOST_NAMED]), tuple(absent[:MOST_NAMED]))


_WORD = re.compile(r"[^\W\d_]+")

_SMALL_WORD = re.compile(r"(?<![\w'’-])[a-zà-ž]{4,30}(?![\w-])")

_ALSO_WORDS = frozenset(("pole", "polish", "swede", "turkey"))
"""Places and people of the list that are more often something else in small letters."""


def _with_capitals(question: str, texts: Sequence[str]) -> str:
    """Return a question with the names in small letters that texts write, and with places."""
    # Imported here: it brings numpy and SQLAlchemy, which `footnote --help` must not wait for.
    from index.answers.spelling import common_words

    found = set(_WORD.findall("\n".join(texts)))

    def written(match: re.Match[str]) -> str:
        word, name = match[0], match[0].capitalize()
        is_word = word in words.QUESTION_WORDS or word in common_words() or word in found
        return name if name in found and not is_word else word

    with_places = _small_place().sub(lambda match: match[0].title(), question)
    return _SMALL_WORD.sub(written, with_places)


@functools.cache
def _small_place() -> re.Pattern[str]:
    """Return a pattern for places in small letters, but for "a turkey" and "some china"."""
    names = (name for line in words.entries("index.text", "places") for name in line.split("/"))
    small = {name.lower() for name in names if name.istitle()} - _ALSO_WORDS
    found = "|".join(re.escape(name) for name in sorted(small, key=len, reverse=True))
    thing = "".join(rf"(?<!\b{word} )" for word in ("a", "an", "some", "this", "that"))
    return re.compile(rf"(?<![\w'’-]){thing}(?:{found})(?![\w-])")


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


LEAST_BEGINNING = 3
"""Letters of a name by which what is derived from it is found: "Maoist"."""

LOOKED_AT = 20
"""Of the words that begin as a name, the most frequent."""

_DERIVED = re.compile(r"(?:i(?:st|sm|te|an)|eer|er|an)s?$")

_LAST_VOWEL = re.compile(r"(?<=\w{4})[aeiouy]$")


def _occurs(name: str, bm25: Bm25Index, scope: Scope) -> bool:
    """Tell whether a name stands in the scope: in any form, derived, under another name, by a part.

    What only begins as a name, as "Ford" and "fordable", counts: that claims less, never too much.
    """
    renamed = (other for each in (name, *name.split()) for other in words.other_names(each))
    known = dict.fromkeys([*forms(name), *renamed, *words.parts_of_place(name)])
    if any(articles_with_any(form, bm25, scope) for form in known):
        return True
    word = fold(name.split()[-1])
    root = _DERIVED.sub("", word)
    beginning = _LAST_VOWEL.sub("", root if len(root) > LEAST_BEGINNING else word)
    if len(beginning) < LEAST_BEGINNING:
        return False
    longer = bm25.words_from(beginning, scope.spaces, scope.languages, limit=LOOKED_AT)
    return any(articles_with_any(each, bm25, scope) for each in longer)


def forms(name: str) -> Iterator[str]:
    """Yield the name's words, and the other names of a country that it is."""
    for word in (name, *name.split()):
        yield word
        yield from words.names_of_place(word)


_WIDE = frozenset(
    """
    africa america arctic asia atlantic balkan balkans baltic caribbean central east eastern europe
    gulf latin levant maghreb mediterranean middle north northern pacific sahel scandinavia south
    southeast southern west western
    """.split()
)
"""Of names for parts of the world that have many countries: one of those may stand there."""

_AT = r"\b(?:across|around|at|in|near|off|on|outside) (?:the )?"

_SOMEWHERE = re.compile(
    rf"{_AT}(?P<name>(?:[A-ZÀ-Ž][\w-]*[a-zß-ž]\b(?: (?=[A-ZÀ-Ž]))?)+)(?!['’\w])"
)

_COUNCIL = re.compile(r"\b[A-Z]\w+ on [A-Z]\w+ [A-Z]")
"""The Council on Foreign Relations is no place."""

_TIMES = frozenset((*WEEKDAYS, *MONTHS))


def _is_place(name: str, question: str) -> bool:
    listed = any(words.names_of_place(word) for word in (name, *name.split()))
    return listed or _is_wide(name) or bool(re.search(rf"{_AT}{re.escape(name)}\b", question))


def _is_wide(name: str) -> bool:
    return _WIDE.issuperset(name.casefold().split())


def _is_set_elsewhere(text: str) -> bool:
    """Tell whether a text names countries, and no place of which it is not known where it is.

    A story on Evia need not say that this is in Greece.
    """
    for found in _SOMEWHERE.finditer(_COUNCIL.sub("", text)):
        named = found["name"].split()
        known = any(words.names_of_place(each) for each in (found["name"], *named))
        if not known and named[0].casefold() not in _TIMES:
            return False
    return bool(_a_place().search(text))


@functools.cache
def _a_place() -> re.Pattern[str]:
    names = (name for line in words.entries("index.text", "places") for name in line.split("/"))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
