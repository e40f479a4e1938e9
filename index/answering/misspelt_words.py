"""Common words with a slip of the fingers: read as the nearest that the articles have."""

from __future__ import annotations

import re
from collections.abc import Callable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.answering.common_words import common_words
from index.answering.slips import LETTERS_FOR_ANY_LETTER, is_slip
from index.words import QUESTION_WORDS

KNOWN_SHARE = 0.5
"""Of a question's words: with fewer known ones it is in another language."""

_WORD = re.compile(r"[^\W\d_]+")


def is_english(question: str) -> bool:
    """Whether enough of the words are common English ones."""
    found = [word.lower() for word in _WORD.findall(question)]
    known = sum(word in QUESTION_WORDS or word in common_words() for word in found)
    return known >= KNOWN_SHARE * len(found)


def common_word_for(word: str, stands: Callable[[str], bool]) -> str | None:
    """The common word that is meant, None where it is not clear.

    Of those one slip away exactly one may stand in the articles. Capitals make a name, which is
    somebody else's business.
    """
    if not (word.isascii() and word.islower()):
        return None
    near = process.extract(word, common_words(), scorer=OSA.distance, score_cutoff=1, limit=None)
    found = [other for other, _, _ in near if _is_typo(word, other) and stands(other)]
    return found[0] if len(found) == 1 else None


def _is_typo(word: str, other: str) -> bool:
    """Whether a slip explains the difference: in short words another letter is another word."""
    replaced = len(word) == len(other) and sorted(word) != sorted(other)
    return is_slip(word, other, 1) and not (replaced and len(word) < LETTERS_FOR_ANY_LETTER)
