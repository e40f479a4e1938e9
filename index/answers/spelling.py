"""Misspelt names and words in a question, read as the articles write them."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA, Postfix, Prefix

from index.answers.lookup import articles_with_any
from index.models import packaged
from index.search.bm25 import Bm25Index, fold
from index.search.hybrid import Scope
from index.text.words import QUESTION_WORDS, entries

MAX_EDITS = 2
"""Letters added, left out, replaced, or swapped with their neighbour (optimal string alignment)."""

LETTERS_FOR_ANY_LETTER = 7
"""Shorter words need an edit that keeps the sound: Capote is not Capone."""

LETTERS_FOR_TWO_EDITS = 8

_SOUND_ALIKE = ("aeiouyj", "ckqgxh", "szx", "vwfub", "dt", "mn", "pb")
"""Letters that are heard or transliterated for one another: Zelenski, Kharkov, Jelzin."""

_ENDINGS = ("s", "n")
"""What tells a place from its people, or one of them from many: Alaska and Alaskan, Manchus."""


def max_edits(word: str) -> int:
    """Return how many edits a word of this length may be away from what was meant."""
    return MAX_EDITS if len(word) >= LETTERS_FOR_TWO_EDITS else 1


def is_typo(word: str, name: str, edits: int) -> bool:
    """Tell whether `word` may be `name` misspelt by at most `edits`; both folded, and unequal."""
    if OSA.distance(word, name, score_cutoff=edits) > edits:
        return False
    if word[0] != name[0]:
        return word[:2] == name[1::-1] and word[2:] == name[2:]
    if edits == MAX_EDITS:
        return len(name) >= LETTERS_FOR_TWO_EDITS and _sound_alike(word[-1], name[-1])
    typed, meant, at_end = _difference(word, name)
    if len(typed) == len(meant) == 1:
        far_in = len(word) >= LETTERS_FOR_ANY_LETTER and not at_end
        return far_in or _sound_alike(typed, meant)
    return not (at_end and typed + meant in _ENDINGS)


def _sound_alike(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in _SOUND_ALIKE)


def _difference(word: str, name: str) -> tuple[str, str, bool]:
    """Return what each has between their common start and end, and whether it is the end."""
    start = Prefix.similarity(word, name)
    word, name = word[start:], name[start:]
    end = Postfix.similarity(word, name)
    return word[: len(word) - end], name[: len(name) - end], end == 0


@functools.cache
def _typed() -> dict[str, str]:
    """Return what words stand for that people type in a hurry."""
    return dict(line.split("=") for line in entries("index.text", "typed"))


_LOWER_WORD = re.compile(r"(?<![\w.'’-])[a-z]+(?![\w'’-]|\.\w)")

_AUXILIARY = "is|are|was|were|did|do|does|has|have|had|would|will"

_SHORT = (
    (re.compile(rf"\Ay (?=(?:{_AUXILIARY})\b)"), "why "),
    (re.compile(r"\b(?<![.'’-])r (?=(?:u|you|they|we|there|the)\b)"), "are "),
    (re.compile(r"\b(?<![.'’-])u(?= |\Z)(?!\.)"), "you"),
)
"""Single letters, where what stands beside them tells that they are words."""


def written_out(text: str) -> str:
    """Return an English question with "wut" and "abt" as they are written: "what", "about"."""
    written = text
    for pattern, word in _SHORT:
        written = pattern.sub(word, written)
    written = _LOWER_WORD.sub(lambda match: _typed().get(match[0], match[0]), written)
    return written if is_english(written) else text


COMMON_WORD_MIN_LETTERS = 4


@functools.cache
def common_words() -> frozenset[str]:
    """About 20,000 English words and well-known names, inflected ones included, in lower case.

    They are the whole words among the 30,522 pieces of the packaged model's tokenizer (BERT's, made
    from English books and Wikipedia). Raises ModelError where the package is not installed.
    """
    pieces = (packaged.folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(p for p in pieces if p.isalpha() and len(p) >= COMMON_WORD_MIN_LETTERS)


KNOWN_SHARE = 0.5
"""Of a question's words: with fewer known ones it is in another language."""

_TYPED_WORD = re.compile(r"[^\W\d_]+")


def is_english(question: str) -> bool:
    """Tell whether enough of the words are common English ones."""
    found = [word.lower() for word in _TYPED_WORD.findall(question)]
    known = sum(word in QUESTION_WORDS or word in common_words() for word in found)
    return known >= KNOWN_SHARE * len(found)


def common_word_for(word: str, stands: Callable[[str], bool]) -> str | None:
    """Return the common word that is meant, None where it is not clear.

    Of those one typo away exactly one may stand in the articles. Capitals make a name, which is
    somebody else's business.
    """
    if not (word.isascii() and word.islower()):
        return None
    near = process.extract(word, common_words(), scorer=OSA.distance, score_cutoff=1, limit=None)
    found = [other for other, _, _ in near if _is_likely_typo(word, other) and stands(other)]
    return found[0] if len(found) == 1 else None


def _is_likely_typo(word: str, other: str) -> bool:
    """Tell whether a typo explains the difference: a short word with a letter changed is new."""
    replaced = len(word) == len(other) and sorted(word) != sorted(other)
    return is_typo(word, other, 1) and not (replaced and len(word) < LETTERS_FOR_ANY_LETTER)


MIN_LETTERS = 4
"""As in index/text/words.py: shorter names are not known."""

LETTERS_OF_WORDS = 5
"""Shorter words have too many neighbours: they may be names alone."""

MAX_UNKNOWN = 6
"""Of a question with more unknown words none is touched: it is in another language."""

NAMING_PASSAGES = 100
"""Passages looked at for a name: enough to tell which of two is the more frequent."""

_WORD = re.compile(rf"(?<!\w)[^\W\d_]{{{MIN_LETTERS},30}}(?!\w)")


def read_names(text: str, bm25: Bm25Index, scope: Scope) -> str | None:
    """Return the question with misspelt names and words corrected, None where there are none.

    Names and known words are those of the scope's current articles alone, so nobody learns a word
    of an article that they may not see. Common words stay, as do words that the articles have in
    any inflection.
    """
    asked = text
    text = written_out(asked)
    words = dict.fromkeys(_WORD.findall(text))
    unknown = (word for word in words if _is_unknown(word, bm25, scope))
    looked_up = list(islice(unknown, MAX_UNKNOWN + 1))
    if len(looked_up) > MAX_UNKNOWN:
        looked_up = []
    english = bool(looked_up) and is_english(text)
    long = [word for word in looked_up if len(word) >= LETTERS_OF_WORDS]
    named = long + [word for word in looked_up if word not in long and english]
    meant = {word: _name_for(word, bm25, scope) for word in named}
    for word in long if english else ():
        meant[word] = meant[word] or common_word_for(
            word, lambda other: _stands(other, bm25, scope)
        )
    rewritten = _WORD.sub(lambda match: meant.get(match[0]) or match[0], text)
    return rewritten if rewritten.lower() != asked.lower() else None


def _is_unknown(word: str, bm25: Bm25Index, scope: Scope) -> bool:
    lower = word.lower()
    if lower in QUESTION_WORDS or _is_common(lower):
        return False
    if lower.endswith("i"):  # as the stem of Zelensky does, so the index cannot tell
        return True
    return not _stands(word, bm25, scope)


_INFLECTED = re.compile(r"(?:e?s|e?d|ing|ly)\Z")


def _is_common(word: str) -> bool:
    """Tell whether a word in lower case is a common one or made of one: bothers."""
    stem = _INFLECTED.sub("", word)
    return not common_words().isdisjoint({word, stem, f"{stem}e"})


def _stands(word: str, bm25: Bm25Index, scope: Scope) -> bool:
    """Tell whether the scope's current articles have the word, in any inflection."""
    return bool(articles_with_any(word, bm25, scope))


def _name_for(typed: str, bm25: Bm25Index, scope: Scope) -> str | None:
    """Return the name that a word stands for: the nearest, among those the most frequent."""
    word = fold(typed)
    is_name = len(typed) < LETTERS_OF_WORDS and typed[1:].islower() and typed[0].isupper()
    for edits in range(1, max_edits(word) + 1):
        if spellings := _names_near(word, edits, bm25, scope):
            name = _most_frequent(spellings)
            return (
                name if name and (is_name or not _may_be_common(word, edits, fold(name))) else None
            )
    return None


def _names_near(word: str, edits: int, bm25: Bm25Index, scope: Scope) -> Counter[str]:
    """Return the names of the scope that the word may be, each with the passages that have it."""
    spaces, article_id = scope.spaces, _article_id(scope)
    found = bm25.names_like(word, edits, spaces, limit=NAMING_PASSAGES, article_id=article_id)
    current = scope.among({version for version, _ in found})
    seen = Counter(n for version, names in found if version in current for n in names)
    same = {n: count for n, count in seen.items() if fold(n) == word}
    near = {n: count for n, count in seen.items() if is_typo(word, fold(n), edits)}
    return Counter(same or near)


def _most_frequent(spellings: Counter[str]) -> str | None:
    """Return the usual spelling of the name in most passages; None where two have as many."""
    names: Counter[str] = Counter()
    for spelling, count in spellings.items():
        names[fold(spelling)] += count
    (best, most), *others = names.most_common(2)
    if any(count == most for _, count in others):
        return None
    return max((s for s in spellings if fold(s) == best), key=spellings.__getitem__)


def _may_be_common(word: str, edits: int, name: str) -> bool:
    """Tell whether a common word is as near as the name is."""
    others = common_words() - {name}
    return bool(process.extractOne(word, others, scorer=OSA.distance, score_cutoff=edits))


def _article_id(scope: Scope) -> str | None:
    return scope.only.id if scope.only else None
