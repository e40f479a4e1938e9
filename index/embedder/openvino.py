"""The packaged model on OpenVINO: converted once, then neither torch nor transformers is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.embedder.base import Progress, Vectors
from index.embedder.batching import Batcher
from index.inference import packaged
from index.inference.conversion import converted

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

        from index.inference.cpu import Compiled

        source = packaged.verify()
        self._tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(packaged.MAX_TOKENS)
        name = f"{packaged.NAME}-{packaged.WEIGHTS_SHA256[:8]}-{_FORMAT}"
        path = converted(name, "index.embedder.convert", [str(source)], cache)
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
        from index.inference.cpu import padded, split

        batches = [
            {"input_ids": padded(rows), "attention_mask": padded([[1] * len(r) for r in rows])}
            for rows in split(token_ids, self._model.streams)
        ]
        return np.concatenate([vectors for (vectors,) in self._model.run(batches)])
