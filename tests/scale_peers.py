"""What a user would pick instead, on the vectors of tests/scale.py; run in build/peers.

What was filled is kept: a run that was stopped goes on from there.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

BATCH = 5_000
NEAREST = 50


def chroma(vectors: np.ndarray, folder: str) -> Callable[[np.ndarray], object]:
    """Fill plain Chroma, in a folder, and return how to ask it."""
    import chromadb

    client = chromadb.PersistentClient(folder)
    kind: Any = {"hnsw": {"space": "cosine"}}
    collection = client.get_or_create_collection("scale", configuration=kind)
    for start in range(collection.count(), len(vectors), BATCH):
        rows = vectors[start : start + BATCH].astype(np.float32)
        ids = [str(n) for n in range(start, start + len(rows))]
        collection.add(ids=ids, embeddings=rows)
    return lambda one: collection.query(query_embeddings=one[None], n_results=NEAREST)


def lancedb(vectors: np.ndarray, folder: str) -> Callable[[np.ndarray], object]:
    """Fill LanceDB, with the index that it makes by default, and return how to ask it."""
    import lancedb
    import pyarrow as pa

    database = lancedb.connect(folder)
    if "scale" in database.table_names():
        table = database.open_table("scale")
    else:
        values = pa.array(vectors.astype(np.float32).ravel())
        column = pa.FixedSizeListArray.from_arrays(values, vectors.shape[1])
        table = database.create_table("scale", pa.table({"vector": column}))
    if not table.list_indices():
        table.create_index(metric="cosine")
    return lambda one: table.search(one).metric("cosine").limit(NEAREST).to_arrow()


def main(peer: str, folder: Path) -> None:
    """Print one line of JSON."""
    vectors, questions = np.load(folder / "vectors.npy"), np.load(folder / "questions.npy")
    data = folder / f"peer-{peer}"
    data.mkdir(exist_ok=True)
    began = time.perf_counter()
    ask = {"chroma": chroma, "lancedb": lancedb}[peer](vectors, str(data))
    filled = time.perf_counter() - began
    taken = []
    for one in questions:
        began = time.perf_counter()
        ask(one)
        taken.append((time.perf_counter() - began) * 1000)
    status = Path("/proc/self/status").read_text()
    found = {
        "system": peer,
        "s to fill what was missing": round(filled, 1),
        "p50": round(statistics.median(taken), 1),
        "p95": round(statistics.quantiles(taken, n=20)[-1], 1),
        "peak MB": int(status.split("VmHWM:")[1].split()[0]) // 1024,
        "bytes on disk a passage": sum(f.stat().st_size for f in data.rglob("*") if f.is_file())
        // len(vectors),
    }
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
