"""The embedder and the reader, and how they run."""

from __future__ import annotations

import sys
from pathlib import Path

from index.models.embedder import Embedder, OpenVinoEmbedder, TransformerEmbedder
from index.models.reader import OpenVinoReader, Reader

# OpenVINO's telemetry package tells Google of every import unless told not to. OpenVINO does
# without it where it is not installed, so it is made to look so before any module here imports it.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]


def any_converted(cache: Path) -> bool:
    """Tell whether a model was converted into the folder before; that takes 3 to 10 s each."""
    return any(cache.glob("*/sha256"))


def load_embedder(model: str | None, cache: Path) -> Embedder:
    """Load the packaged model, or the sentence-transformers model that is named.

    `cache` is a folder for the converted weights. Raises ModelError.
    """
    return OpenVinoEmbedder(cache) if model is None else TransformerEmbedder(model)


def load_reader(cache: Path) -> Reader:
    """Load the shipped reader; `cache` is a folder for the converted weights. Raises ModelError."""
    return OpenVinoReader(cache)
