"""What the reader's network computes, kept so that tests need not compute it anew.

A passage takes .35 s of both cores, and tests ask the same questions many times over. Only the
network's logits are kept: how a question becomes tokens, and logits a reading, runs in every test.
KEPT is part of the repository; what it lacks is computed once and kept in FOLDER. `make readings`
adds that to KEPT, and computes all of KEPT anew where the weights have changed. To drop what no
test asks any more, delete KEPT and FOLDER, then `make e2e readings`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import models
from index.models import weights
from index.models.encoding import PAD
from index.models.reader import Floats, Network

ROOT = Path(__file__).resolve().parents[1]
KEPT = Path(__file__).with_name("readings.npz")
FOLDER = ROOT / "build" / "readings"

AT_ONCE = 16
"""Passages that are computed between two reports of progress."""

Batch = dict[str, NDArray[np.int64]]
Rows = dict[bytes, bytes]
"""By a pair's tokens (uint16): its logits of start, of end and answerable (float16)."""


class KeptNetwork:
    """Computes, with a network that is loaded when it is needed, what is not kept."""

    def __init__(self, load: Callable[[], Network], folder: Path = FOLDER) -> None:
        self._load = load
        self._network: Network | None = None
        sha256 = weights.verify()
        made_with, rows = kept()
        self._rows = rows if made_with == sha256 else {}
        self._computed = Computed(sha256, folder)

    def run(self, batches: Sequence[Batch]) -> list[list[Floats]]:
        """Return the logits of start, end and answerable for each batch, which is one pair."""
        by_key = {_key(batch): batch for batch in batches}
        self._rows |= self._computed.find(key for key in by_key if key not in self._rows)
        missing = [key for key in by_key if key not in self._rows]
        if missing:
            self._network = self._network or self._load()
            outputs = self._network.run([by_key[key] for key in missing])
            new = {key: _packed(key, one) for key, one in zip(missing, outputs, strict=True)}
            self._computed.add(new)
            self._rows |= new
        return [unpacked(self._rows[_key(batch)]) for batch in batches]


class Computed:
    """The rows that tests have computed with one set of weights, in a file for all processes."""

    def __init__(self, sha256: str, folder: Path = FOLDER) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / f"{sha256[:8]}.db"
        with closing(self._connect()) as connection, connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS rows (tokens PRIMARY KEY, logits)")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=60)

    def find(self, keys: Iterable[bytes]) -> Rows:
        """Return those of the rows that are there."""
        select = "SELECT tokens, logits FROM rows WHERE tokens = ?"
        with closing(self._connect()) as connection:
            return dict(row for key in keys for row in connection.execute(select, (key,)))

    def add(self, rows: Rows) -> None:
        """Keep what was computed."""
        with closing(self._connect()) as connection, connection:
            connection.executemany("INSERT OR IGNORE INTO rows VALUES (?, ?)", rows.items())

    def all(self) -> Rows:
        """Return all rows."""
        with closing(self._connect()) as connection:
            return dict(connection.execute("SELECT tokens, logits FROM rows"))

    def clear(self) -> None:
        """Delete all rows."""
        with closing(self._connect()) as connection, connection:
            connection.execute("DELETE FROM rows")


def _key(batch: Batch) -> bytes:
    return batch["ids"][batch["mask"] == 1].astype(np.uint16).tobytes()


def _packed(key: bytes, outputs: Sequence[Floats]) -> bytes:
    starts, ends, answerable = outputs
    count = len(key) // 2
    parts = (starts[0, :count], ends[0, :count], answerable)
    return np.concatenate(parts).astype(np.float16).tobytes()


def unpacked(row: bytes) -> list[Floats]:
    """Return the logits of start, end and answerable."""
    logits = np.frombuffer(row, np.float16).astype(np.float32)
    starts, ends = logits[:-1].reshape(2, 1, -1)
    return [starts, ends, logits[-1:]]


def kept() -> tuple[str, Rows]:
    """Return the sha256 of the weights that KEPT was computed with, and its rows."""
    if not KEPT.exists():
        return "", {}
    with np.load(KEPT) as arrays:
        ends = np.cumsum(arrays["lengths"].astype(np.int64))
        tokens = np.split(arrays["tokens"], ends[:-1])
        logits = np.split(arrays["logits"], (2 * ends + np.arange(1, len(ends) + 1))[:-1])
        rows = {key.tobytes(): row.tobytes() for key, row in zip(tokens, logits, strict=True)}
        return str(arrays["weights"]), rows


def keep(sha256: str, rows: Rows) -> None:
    """Write KEPT: pairs with the same passage lie beside each other, as zlib looks back 32 KB."""
    keys = sorted(rows, key=lambda key: key[::-1])
    tokens = [np.frombuffer(key, np.uint16) for key in keys]
    np.savez_compressed(
        KEPT,
        weights=np.array(sha256),
        lengths=np.array([len(one) for one in tokens], np.uint16),
        tokens=np.concatenate(tokens),
        logits=np.concatenate([np.frombuffer(rows[key], np.float16) for key in keys]),
    )


def batch_of(key: bytes) -> Batch:
    """Return the network's input for a row."""
    from index.models.runtime import padded

    ids = padded([np.frombuffer(key, np.uint16).tolist()], PAD)
    return {"ids": ids, "mask": padded([[1] * (len(key) // 2)])}


def keep_readings() -> None:
    """Let `models.load_reader` load a reader whose network's logits are kept."""
    load = models.load_network
    models.load_network = lambda cache: KeptNetwork(partial(load, cache))


def main(folder: Path = FOLDER) -> None:
    """Renew KEPT."""
    sha256 = weights.verify()
    made_with, rows = kept()
    computed = Computed(sha256, folder)
    if made_with != sha256:
        network = KeptNetwork(lambda: models.load_network(ROOT / "build" / "models"), folder)
        keys = list(rows)
        for done in range(0, len(keys), AT_ONCE):
            network.run([batch_of(key) for key in keys[done : done + AT_ONCE]])
            print(f"\rcomputed {done} of {len(keys)} passages", end="", flush=True)
        rows = {}
    rows |= computed.all()
    keep(sha256, rows)
    computed.clear()
    print(f"\r{KEPT.name}: {len(rows)} passages, {KEPT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
