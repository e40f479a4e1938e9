"""Texts to vectors: the packaged MiniLM, any sentence-transformers model, or a toy for tests."""

from index.embedder.base import Embedder

__all__ = ["Embedder"]
