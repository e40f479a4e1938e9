"""The embedder and the reader, and how they run."""

from __future__ import annotations

import sys
from pathlib import Path

from index.models import weights
from index.models.conversion import CONVERT, converted, suitable
from index.models.embedder import Embedder, OpenVinoEmbedder, TransformerEmbedder
from index.models.reader import Network, NetworkReader, Reader

# OpenVINO's telemetry package tells Google of every import unless told not to. OpenVINO does
# without it where it is not installed, so it is made to look so before any module here imports it.
sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]


def count_converted(cache: Path) -> int:
    """Count the models that were converted into the folder; that takes 3 to 10 s each."""
    return sum(1 for _ in cache.glob("*/sha256"))


def load_embedder(model: str | None, cache: Path) -> Embedder:
    """Load the packaged model, or the sentence-transformers model that is named.

    `cache` is a folder for the converted weights. Raises ModelError.
    """
    return OpenVinoEmbedder(cache) if model is None else TransformerEmbedder(model)


_READER_FORMAT = "5"
"""Part of the converted reader's folder name: raise it when `convert.py` changes."""


def load_reader(cache: Path) -> Reader:
    """Load the shipped reader; `cache` is a folder for the converted weights. Raises ModelError."""
    return NetworkReader(load_network(cache))


def load_network(cache: Path) -> Network:
    """Load the reader's network, in the form that suits the CPU.

    The first time it is converted into `cache` (10 to 20 s). Raises ModelError, ModelHashMismatch.
    """
    from index.models.runtime import Compiled

    stored = suitable()
    name = f"reader-{weights.verify()[:8]}-{_READER_FORMAT}-{stored}"
    return Compiled(converted(name, CONVERT, ["reader", stored, str(weights.WEIGHTS)], cache))
