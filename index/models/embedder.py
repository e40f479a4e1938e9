"""What the library needs of an embedder, and a toy for tests."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""(n, dimension) float32, each row of length 1."""

Progress = Callable[[int], None]
"""Called with the number of texts that were embedded since the last call."""


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their cosine similarity."""

    @property
    def name(self) -> str:
        """Return which model made the vectors; stored with them."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def embed(
        self, texts: Sequence[str], *, urgent: bool = False, progress: Progress | None = None
    ) -> Vectors:
        """Return (len(texts), dimension) vectors, in order. Blocks; thread-safe.

        Urgent texts (somebody waits for an answer) go before the rest.
        """
        ...


Codes = NDArray[np.uint64]
"""(n, words) uint64: a bit for each dimension of a vector, rounded up to whole words."""


def binary_codes(vectors: Vectors) -> Codes:
    """Return codes whose Hamming distance rises with the angle between the vectors.

    The signs of random projections (Charikar 2002, "Similarity estimation techniques from rounding
    algorithms"); those of the vectors themselves would be alike where these have many zeros.
    """
    # Not by @: BLAS shares small products among threads, which took 100 ms while others computed.
    projected = np.einsum("ij,jk->ik", vectors, _projection(vectors.shape[1]))
    return np.packbits(projected > 0, axis=1).view(np.uint64)


@functools.cache
def _projection(dimension: int) -> Vectors:
    """Return a random matrix of (dimension, bits), the same one at all times."""
    bits = -(-dimension // 64) * 64
    # RandomState's numbers never change between releases of numpy; Generator's may.
    return np.random.RandomState(0).standard_normal((dimension, bits)).astype(np.float32)


_WORD = re.compile(r"\w+")


class HashingEmbedder:
    """Feature hashing of lower-case word stems (first five letters); needs no model."""

    name = "hashing"

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension

    def embed(
        self, texts: Sequence[str], *, urgent: bool = False, progress: Progress | None = None
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
