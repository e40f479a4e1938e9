"""The embedder and the reader, and how they run."""

from __future__ import annotations

from pathlib import Path

from index.models.embedder import Embedder
from index.models.reader import Reader


def load_embedder(model: str | None, cache: Path) -> Embedder:
    """Load the packaged model, or the sentence-transformers model that is named.

    `cache` is a folder for the converted weights. Raises ModelError.
    """
    if model is None:
        from index.models.embedders import OpenVinoEmbedder

        return OpenVinoEmbedder(cache)
    from index.models.embedders import TransformerEmbedder

    return TransformerEmbedder(model)


def load_reader(cache: Path) -> Reader:
    """Load the shipped reader; `cache` is a folder for the converted weights. Raises ModelError."""
    from index.models.openvino_reader import OpenVinoReader

    return OpenVinoReader(cache)
