"""Any other model, as sentence-transformers runs it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.embedder.base import Progress, Vectors
from index.embedder.batching import Batcher
from index.errors import ModelError


class TransformerEmbedder:
    """A model that the user named: a folder, or a name that the hub's local cache knows."""

    def __init__(self, model: str) -> None:
        """Load the model. Raises ModelError where it cannot be had."""
        from sentence_transformers import SentenceTransformer
        from transformers import logging

        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            self._model = SentenceTransformer(model, device="cpu", trust_remote_code=False)
        except (OSError, ValueError) as error:
            raise ModelError(f"the model {model!r} cannot be loaded: {error}") from error
        dimension = self._model.get_embedding_dimension()
        if not dimension:
            raise ModelError(f"the model {model!r} does not say how long its vectors are")
        self.name = model
        self.dimension = int(dimension)
        self._batcher = Batcher(self._run, self.dimension)

    def embed(
        self, texts: Sequence[str], *, urgent: bool = False, progress: Progress | None = None
    ) -> Vectors:
        """Return (len(texts), dimension) unit vectors, in order."""
        return self._batcher.embed(texts, urgent=urgent, progress=progress)

    def _run(self, texts: Sequence[str]) -> Vectors:
        vectors = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)
