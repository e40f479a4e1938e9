"""Whether a Chroma folder can be used, found out where a crash does no harm: `-m ... FOLDER`."""

from __future__ import annotations

import random
import sys

import numpy as np

SAMPLE = 20
"""Vectors per collection that must find themselves."""


def main(folder: str) -> int:
    """Open, count, list and search every collection; 0 when all of it agrees."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False))
    for collection in client.list_collections():
        ids = collection.get(include=[])["ids"]
        if len(ids) != collection.count():
            return 1
        for id_ in random.Random(0).sample(ids, min(SAMPLE, len(ids))):  # noqa: S311
            embeddings = np.asarray(collection.get(ids=[id_], include=["embeddings"])["embeddings"])
            if len(embeddings) != 1:
                return 1
            nearest = collection.query(
                query_embeddings=embeddings, n_results=1, include=["distances"]
            )["distances"]
            if not nearest or not nearest[0] or nearest[0][0] > 1e-3:  # itself, or a twin
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
