"""Counting words in any script."""

from __future__ import annotations

import re

from index.model import Span

_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_WORD = re.compile(
    # A Han or Kana character; four of Thai, Lao, Burmese or Khmer; else what spaces separate (a
    # very long link counts as several).
    rf"[{_CJK}]|[{_UNSPACED}]{{1,4}}|[^\s{_CJK}{_UNSPACED}]{{1,40}}"
)


def count_words(text: str) -> int:
    """Count words; in scripts without spaces, characters or groups of them."""
    return sum(1 for _ in _WORD.finditer(text))


def words_in(text: str, span: Span) -> list[re.Match[str]]:
    """Find the words of a part of the text."""
    return list(_WORD.finditer(text, span.start, span.end))
