"""`python -m index.search.probe FOLDER`: exits with 0 if a Chroma folder is sound.

Run in a process of its own, as a damaged folder can crash the one that opens it. It imports no more
than Chroma, as it runs after every kill.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import chromadb
import numpy as np
from chromadb.config import Settings

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

SAMPLE = 20
"""Vectors per collection that must find themselves."""


def probe(folder: Path) -> bool:
    """Open, count, list and search every collection; tell whether all of it agrees."""
    settings = Settings(anonymized_telemetry=False)
    collections = chromadb.PersistentClient(str(folder), settings=settings).list_collections()
    return all(map(_is_sound, collections))


def _is_sound(collection: Collection) -> bool:
    ids = collection.get(include=[])["ids"]
    if len(ids) != collection.count():
        return False
    for id_ in random.Random(0).sample(ids, min(SAMPLE, len(ids))):  # noqa: S311
        vectors = np.asarray(collection.get(ids=[id_], include=["embeddings"])["embeddings"])
        if len(vectors) != 1:
            return False
        found = collection.query(query_embeddings=vectors, n_results=1, include=["distances"])
        distances = found["distances"]
        if not distances or not distances[0] or distances[0][0] > 1e-3:  # itself, or a copy
            return False
    return True


if __name__ == "__main__":
    sys.exit(0 if probe(Path(sys.argv[1])) else 1)
