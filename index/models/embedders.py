"""The packaged model on OpenVINO, and any other as sentence-transformers runs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.errors import ModelError
from index.models import packaged
from index.models.batching import Batcher
from index.models.conversion import converted
from index.models.embedder import Progress, Vectors

_FORMAT = "1"
"""Part of the converted model's folder name: raise it when `convert.py` changes."""


class OpenVinoEmbedder:
    """all-MiniLM-L6-v2: bf16 where the CPU computes in it, else fp32. Thread-safe."""

    name = packaged.NAME
    dimension = packaged.DIMENSION

    def __init__(self, cache: Path) -> None:
        """Load the model, converting it into `cache` the first time (3 to 10 s).

        Raises ModelError, ModelHashMismatch.
        """
        from tokenizers import Tokenizer

        from index.models.runtime import Compiled

        source = packaged.verify()
        self._tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(packaged.MAX_TOKENS)
        name = f"{packaged.NAME}-{packaged.WEIGHTS_SHA256[:8]}-{_FORMAT}"
        path = converted(name, "index.models.convert_embedder", [str(source)], cache)
        self._model = Compiled(path)
        self.precision = self._model.precision
        self._batcher = Batcher(self._run, self.dimension)

    def embed(
        self, texts: Sequence[str], *, urgent: bool = False, progress: Progress | None = None
    ) -> Vectors:
        """Return (len(texts), 384) unit vectors, in order."""
        encodings = self._tokenizer.encode_batch_fast(list(texts))
        token_ids = [encoding.ids for encoding in encodings]
        return self._batcher.embed(token_ids, urgent=urgent, progress=progress)

    def _run(self, token_ids: Sequence[list[int]]) -> Vectors:
        from index.models.runtime import padded, split

        batches = [
            {"input_ids": padded(rows), "attention_mask": padded([[1] * len(r) for r in rows])}
            for rows in split(token_ids, self._model.streams)
        ]
        return np.concatenate([vectors for (vectors,) in self._model.run(batches)])


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
