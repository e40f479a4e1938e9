"""What the reader says, kept in a file for all processes and runs of the tests.

Reading a passage takes up to half a second, and the tests ask the same questions many times over.
Another reader (weights or code) has another file.
"""

from __future__ import annotations

import hashlib
import pickle
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from index import models
from index.model import Hit, Span
from index.models import weights
from index.models.reader import Reader, Reading
from index.text import bylines, passages

FOLDER = Path(__file__).resolve().parents[1] / "build" / "readings"

MODULES = ("convert", "encoding", "network", "reader", "runtime", "weights")
READING = (
    *(Path(models.__file__).with_name(f"{name}.py") for name in MODULES),
    Path(bylines.__file__),
)
"""The code that a reading depends on; the passage itself is part of the key."""


class KeptReadings:
    """Asks the reader, loaded when it is needed, for what is not in the file. Thread-safe."""

    def __init__(self, load: Callable[[], Reader], folder: Path = FOLDER) -> None:
        self._load = load
        self._reader: Reader | None = None
        self._lock = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)
        code = hashlib.sha256(b"".join(path.read_bytes() for path in READING))
        self._file = folder / f"{weights.verify()[:8]}-{code.hexdigest()[:8]}.db"
        with closing(self._connect()) as connection, connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS readings (key PRIMARY KEY, reading)")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._file, timeout=60)

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Return one reading per hit, in order."""
        keys = [_key(question, hit) for hit in hits]
        with closing(self._connect()) as connection:
            select = "SELECT reading FROM readings WHERE key = ?"
            rows = {key: connection.execute(select, (key,)).fetchone() for key in keys}
            found = {key: pickle.loads(row[0]) for key, row in rows.items() if row}
            unread = {key: hit for key, hit in zip(keys, hits, strict=True) if key not in found}
            if unread:
                new = zip(unread, self._ask(question, list(unread.values())), strict=True)
                found |= new
                kept = [(key, pickle.dumps(found[key])) for key in unread]
                with connection:
                    connection.executemany("INSERT OR IGNORE INTO readings VALUES (?, ?)", kept)
        return [found[key] for key in keys]

    def _ask(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        with self._lock:
            self._reader = self._reader or self._load()
        return self._reader.read(question, hits)


def _key(question: str, hit: Hit) -> bytes:
    start = hit.passage.span.start
    spans = [Span(s.start - start, s.end - start) for s in hit.passage.sentences]
    read = repr((question, passages.heading(hit.article), hit.text, spans))
    return hashlib.sha256(read.encode()).digest()


def keep_readings() -> None:
    """Let `models.load_reader` load a reader whose readings are kept."""
    load = models.load_reader
    models.load_reader = lambda cache: KeptReadings(partial(load, cache))
