"""An embedder and a reader without a model, for tests that are about something else."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np

from index.model import Hit, Span
from index.models.embedder import EmbedProgress, Vectors
from index.models.reader import Reading, SentenceReading
from index.text.words import subject_words

_WORD = re.compile(r"\w+")

MARGIN = 6.0
"""From no word found (score -3) to all of them (3)."""


class HashingEmbedder:
    """Feature hashing of lower-case word stems (first five letters); needs no model."""

    name = "hashing"

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension

    def embed(
        self, texts: Sequence[str], *, urgent: bool = False, progress: EmbedProgress | None = None
    ) -> Vectors:
        """Return (len(texts), dimension) unit vectors; a text without words is a fixed vector."""
        del urgent  # nothing waits here
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in _WORD.findall(text.lower()):
                digest = hashlib.blake2b(word[:5].encode(), digest_size=8).digest()
                sign = 1.0 if digest[0] & 1 else -1.0
                row[int.from_bytes(digest[1:], "big") % self.dimension] += sign
            if not row.any():
                row[0] = 1.0
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        if progress:
            progress(len(texts))
        return vectors


class OtherModel(HashingEmbedder):
    """A model of another name and another length."""

    name = "other"

    def __init__(self) -> None:
        super().__init__(dimension=32)


class OverlapReader:
    """Scores by the share of the question's subject words; needs no model."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Return one reading per hit."""
        wanted = {word.lower() for word in subject_words(question)}
        return [self._reading(wanted, hit) for hit in hits]

    @staticmethod
    def _reading(wanted: set[str], hit: Hit) -> Reading:
        found = []
        for sentence in hit.passage.sentences:
            start = hit.passage.span.start
            text = hit.text[sentence.start - start : sentence.end - start]
            share = len(wanted & {w.lower() for w in _WORD.findall(text)}) / max(len(wanted), 1)
            found.append(SentenceReading(MARGIN * (share - 0.5), Span(0, len(text))))
        return Reading(max(one.score for one in found), tuple(found))
