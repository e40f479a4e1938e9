"""Texts to vectors: the packaged MiniLM, any sentence-transformers model, or a toy for tests."""

from __future__ import annotations

from pathlib import Path

from index.embedder.base import Embedder, Progress, Vectors
from index.embedder.hashing import HashingEmbedder
from index.inference.packaged import verify

__all__ = ["Embedder", "HashingEmbedder", "Progress", "Vectors", "load", "verify"]


def load(model: str | None, cache: Path) -> Embedder:
    """Load the packaged model, or the sentence-transformers model that is named.

    `cache` is a folder for the converted weights. Raises ModelError.
    """
    if model is None:
        from index.embedder.openvino import OpenVinoEmbedder

        return OpenVinoEmbedder(cache)
    from index.embedder.transformer import TransformerEmbedder

    return TransformerEmbedder(model)
