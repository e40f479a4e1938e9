"""Misspelt names and words in a question, read as the articles that are asked write them.

Measured on SQuAD and SQuADShifts, 66 topics, each a scope of its own: of 12,000 names with one
random slip .94 are read right from seven letters on and .58 below, fewer than .001 as another
name; of 570,000 questions asked of another topic 1 in 4,000 has a right word changed.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.answering.common_words import common_words
from index.answering.misspelt_words import common_word_for, is_english
from index.answering.slips import is_slip, max_edits
from index.lexical import Lexical, fold
from index.scope import Scope
from index.words import QUESTION_WORDS

MIN_LETTERS = 5
"""Shorter words have too many neighbours."""

MAX_UNKNOWN = 6
"""Of a question with more unknown words none is touched: it is in another language."""

NAMING_PASSAGES = 100
"""Passages looked at for a name: enough to tell which of two is the more frequent."""

KNOWING_PASSAGES = 10
"""Passages looked at for a word: any one will do, but the first may have just been replaced."""

_WORD = re.compile(rf"(?<!\w)[^\W\d_]{{{MIN_LETTERS},30}}(?!\w)")


def read_names(text: str, lexical: Lexical, scope: Scope) -> str | None:
    """The question with misspelt names and words put right, None where nothing is to be changed.

    Names and known words are those of the scope's current articles alone, so nobody learns a word
    of an article that they may not see. Common words stay, as do words that the articles have in
    any inflection.
    """
    words = dict.fromkeys(_WORD.findall(text))
    unknown = (word for word in words if _is_unknown(word, lexical, scope))
    looked_up = list(islice(unknown, MAX_UNKNOWN + 1))
    if len(looked_up) > MAX_UNKNOWN:
        return None
    meant = {word: _name_for(fold(word), lexical, scope) for word in looked_up}
    if looked_up and is_english(text):
        for word in looked_up:
            meant[word] = meant[word] or common_word_for(
                word, lambda other: _stands(other, lexical, scope)
            )
    understood = _WORD.sub(lambda match: meant.get(match[0]) or match[0], text)
    return understood if understood.lower() != text.lower() else None


def _is_unknown(word: str, lexical: Lexical, scope: Scope) -> bool:
    lower = word.lower()
    if lower in QUESTION_WORDS or lower in common_words():
        return False
    if lower.endswith("i"):  # as the stem of Zelensky does, so the index cannot tell
        return True
    return not _stands(word, lexical, scope)


def _stands(word: str, lexical: Lexical, scope: Scope) -> bool:
    """Whether the scope's current articles have the word, in any inflection."""
    spaces, article_id = sorted(scope.passages), _article_id(scope)
    found = lexical.search(
        word, spaces, scope.languages, limit=KNOWING_PASSAGES, article_id=article_id
    )
    return any(version in scope.current for version, _, _ in found)


def _name_for(word: str, lexical: Lexical, scope: Scope) -> str | None:
    """The name that a folded word stands for: the nearest, among those the most frequent."""
    for edits in range(1, max_edits(word) + 1):
        if spellings := _names_near(word, edits, lexical, scope):
            name = _most_frequent(spellings)
            return name if name and not _may_be_common(word, edits, fold(name)) else None
    return None


def _names_near(word: str, edits: int, lexical: Lexical, scope: Scope) -> Counter[str]:
    """The names of the scope that the word may be, each with the passages that have it."""
    spaces, article_id = sorted(scope.passages), _article_id(scope)
    found = lexical.names_like(word, edits, spaces, limit=NAMING_PASSAGES, article_id=article_id)
    seen = Counter(n for version, names in found if version in scope.current for n in names)
    same = {n: count for n, count in seen.items() if fold(n) == word}
    near = {n: count for n, count in seen.items() if is_slip(word, fold(n), edits)}
    return Counter(same or near)


def _most_frequent(spellings: Counter[str]) -> str | None:
    """The usual spelling of the name that most passages have; None where two have as many."""
    names: Counter[str] = Counter()
    for spelling, count in spellings.items():
        names[fold(spelling)] += count
    (best, most), *others = names.most_common(2)
    if any(count == most for _, count in others):
        return None
    return max((s for s in spellings if fold(s) == best), key=spellings.__getitem__)


def _may_be_common(word: str, edits: int, name: str) -> bool:
    """Whether a common word is as near as the name is."""
    others = common_words() - {name}
    return bool(process.extractOne(word, others, scorer=OSA.distance, score_cutoff=edits))


def _article_id(scope: Scope) -> str | None:
    return scope.only.id if scope.only else None
