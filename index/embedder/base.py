"""What the library needs of an embedder."""

from __future__ import annotations

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
        """Which model made the vectors; stored with them."""
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
