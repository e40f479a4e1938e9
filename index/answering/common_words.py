"""Words that most people know: they are not taken for misspelt, whatever the articles have."""

from __future__ import annotations

import functools

from index.inference import packaged

MIN_LETTERS = 4


@functools.cache
def common_words() -> frozenset[str]:
    """About 20,000 English words and well-known names, inflected ones included, in lower case.

    They are the whole words among the 30,522 pieces of the packaged model's tokenizer (BERT's, made
    from English books and Wikipedia). Raises ModelError where the package is not installed.
    """
    pieces = (packaged.folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(p for p in pieces if p.isalpha() and len(p) >= MIN_LETTERS)
