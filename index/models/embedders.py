"""The packaged model on OpenVINO, and any other as sentence-transformers runs it."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index import strings
from index.errors import ModelError, ModelNotFound
from index.models import packaged
from index.models.batching import Batcher
from index.models.conversion import CONVERT, converted
from index.models.embedder import Progress, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

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
        path = converted(name, CONVERT, ["embedder", str(source)], cache)
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
    """A model that the user named: a folder, or a name in the hub's local cache or on the hub."""

    def __init__(self, model: str) -> None:
        """Load the model. Raises ModelNotFound, ModelError."""
        self._model = _load(model)
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


HUB_SECONDS = 4.0
"""How long the hub may take to say whether it has a model; its library tries for 90."""

_FILES = ("modules.json", "config.json")
"""Every model has one of them."""

_ORGANISATION = "sentence-transformers/"
"""Put by the library before a name without one."""


def _load(model: str) -> SentenceTransformer:
    """Load a model from this machine, else from the hub."""
    names = [model] if "/" in model else [_ORGANISATION + model, model]
    try:
        if _is_here(model, names):
            try:
                return _loaded(model, local=True)
            except OSError:  # a download that was broken off can be finished
                if os.path.isdir(model):
                    raise
        _find_on_hub(model, names)
        return _loaded(model, local=False)
    except (OSError, ValueError) as error:
        raise ModelError(f"the model {model!r} cannot be loaded: {error}") from error


def _loaded(model: str, *, local: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer
    from transformers import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    return SentenceTransformer(model, device="cpu", trust_remote_code=False, local_files_only=local)


def _is_here(model: str, names: Sequence[str]) -> bool:
    """Tell whether a model is in a folder or in the hub's cache. Raises ModelNotFound."""
    if os.path.isdir(model):
        if not any(Path(model, file).is_file() for file in _FILES):
            raise ModelNotFound(model, strings.NO_MODEL_FILES)
        return True
    from huggingface_hub import try_to_load_from_cache

    return any(
        isinstance(try_to_load_from_cache(name, file), str) for name in names for file in _FILES
    )


def _find_on_hub(model: str, names: Sequence[str]) -> None:
    """Ask the hub for a model, HUB_SECONDS at most. Raises ModelNotFound."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import RepositoryNotFoundError

    reasons = [strings.HUB_SILENT]

    def ask() -> None:
        for name in names:
            try:
                HfApi().model_info(name, timeout=HUB_SECONDS)
            except RepositoryNotFoundError:
                reasons.append(strings.NOT_ON_HUB)
            except Exception as error:  # noqa: BLE001 - of the network, of any kind
                reasons.append(strings.no_hub(error))
                return
            else:
                reasons.clear()
                return

    # A thread that nobody waits for: looking up a host's address has no time limit.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(HUB_SECONDS)
    if reasons:
        raise ModelNotFound(model, reasons[-1])
