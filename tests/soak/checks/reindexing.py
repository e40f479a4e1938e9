"""Three readers while everything is indexed again and again."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from index.library import Library
from index.model import Document, Hit
from tests.builders import open_library
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.processes import SILENT_SECONDS, Child

TITLE = "Re-indexing while three readers ask"
SOAK = 10_000
SUITE = 300

SENTENCES = 40
MORE = (
    "for the merchants of Orm, who had waited since the frost",
    "while gulls cried above the customs house and its empty yard",
    "and nobody on the pier, not even the watchman, saw it go",
)
"""What the articles differ in: of near copies a search shows only some."""

ARTICLES = len(MORE)
QUESTION = "barge left quay at dawn with timber"
"""Every passage of every version has these words."""


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round is a read; two readers are threads of the process that writes, one is another's."""
    problems: list[str] = []
    reads: Counter[str] = Counter()
    with open_library(folder, chroma=True) as library:
        _write(library, 0)
        numbers, done = iter(rounds), threading.Event()
        taking = threading.Lock()

        def go_on() -> bool:
            with taking:
                return next(numbers, None) is not None

        def read() -> None:
            while go_on():
                problems.extend(_wrong(library))
                reads["threads"] += 1

        def listen(child: Child) -> None:
            for found in child.messages(SILENT_SECONDS):
                if not go_on():
                    return
                problems.extend(found)
                reads["process"] += 1

        with Child(_read, folder) as child:
            readers = [threading.Thread(target=read) for _ in range(2)]
            readers.append(threading.Thread(target=listen, args=(child,)))
            writer = _Writer(library, done)
            for thread in (*readers, writer):
                thread.start()
            for thread in readers:
                thread.join()
            done.set()
            writer.join()
    made = f"{reads['threads']} by threads, {reads['process']} by another process"
    yield Figure("reads", f"{reads.total()} ({made})", min(reads.values()) > 0)
    yield Figure("times that all was published anew meanwhile", str(writer.times), writer.times > 2)
    yield Figure("reads empty, mixed or partial", first_few(problems), not problems)


class _Writer(threading.Thread):
    """Publishes new texts, embeds the same ones anew, in turn."""

    def __init__(self, library: Library, done: threading.Event) -> None:
        super().__init__()
        self._library, self._done = library, done
        self.times = 0

    def run(self) -> None:
        while not self._done.is_set():
            self.times += 1
            if self.times % 3 == 0:
                self._library.ingest(self._library.list(), force=True)
            else:
                _write(self._library, self.times)
            time.sleep(0.005)


def _write(library: Library, times: int) -> None:
    library.ingest(
        Document(f"Barges {n}", _text(times, more), origin=f"/barges/{n}")
        for n, more in enumerate(MORE)
    )


def _text(times: int, more: str) -> str:
    return " ".join(
        f"The barge of round {times}, called {n}, left quay {n % 7} at dawn with timber {more}."
        for n in range(SENTENCES)
    )


def _wrong(library: Library) -> list[str]:
    """Read once: every passage of one version of every article has to be there."""
    hits = library.search(QUESTION, limit=ARTICLES * SENTENCES)
    problems = [] if hits else ["empty"]
    for article in {hit.article.id for hit in hits}:
        problems += _incomplete([hit for hit in hits if hit.article.id == article])
    if hits and len({hit.article.id for hit in hits}) != ARTICLES:
        problems.append("an article is missing")
    return problems


def _incomplete(hits: list[Hit]) -> Iterator[str]:
    rounds = {hit.text.split(" of round ")[1].split(",")[0] for hit in hits}
    if len(rounds) != 1 or len({hit.article.version for hit in hits}) != 1:
        yield f"mixed: rounds {sorted(rounds)}"
    if {hit.passage.n for hit in hits} != set(range(hits[0].article.passages)):
        yield f"partial: {len(hits)} of {hits[0].article.passages}"
    if any(hit.bm25 <= 0 for hit in hits):
        yield "partial: without BM25"


def _read(send: Callable[[list[str]], None], folder: Path) -> None:
    with open_library(folder, chroma=True) as library:
        while True:
            send(_wrong(library))
