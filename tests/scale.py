"""`make benchmark SCALE=1000000`: search over so many made-up passages, beside peers.

`python -m tests.scale 1000000 30` lets Chroma be filled for 30 seconds only.

Ten passages an article, one space, and a toy embedder of 384 dimensions, so that what is measured
is the index. All but the last IMPORTED articles are made in processes of their own and published as
an import does it; BM25 then gets them at once. The folder build/scale is kept: a run that was
stopped goes on from where it was. The peers run in a virtual environment of their own, on the same
vectors and questions. What was measured is kept as well, for tests/scale_plot.py.
"""

from __future__ import annotations

import heapq
import json
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.library import Library
from index.model import PUBLIC, Document, Passage
from index.models.embedder import EmbedProgress, Vectors
from index.store.catalog import Catalog
from index.store.database import DATABASE
from index.store.snapshot import PassageKey
from index.text import passages, sentences

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "build" / "scale"
PEERS = ROOT / "build" / "peers" / "bin" / "python"

PASSAGES_EACH = 10
ARTICLES_A_CALL = 100
IMPORTED = 1_000
"""Articles, the last, that are imported as a user would do it, so that this is timed."""
QUESTIONS = 100
NEWS_A_SECOND = 10
NEAREST = 50
RECALLED = 20
"""Questions that are searched exactly as well."""
VOCABULARY = 20_000
CHROMA_SECONDS = 600.0
"""How long Chroma may take before it is measured as it is, unless another time is given."""
COPYING_SECONDS = 10.0
"""After which Chroma is measured while it is written to."""


class WordEmbedder:
    """The sum of a fixed random vector for each word: texts are near where they share words."""

    name = "scale"
    dimension = 384

    def __init__(self) -> None:
        drawn = np.random.RandomState(0).standard_normal((VOCABULARY, self.dimension))
        self._of_words = drawn.astype(np.float32)

    def embed(
        self, texts: Sequence[str], *, urgent: bool = False, progress: EmbedProgress | None = None
    ) -> Vectors:
        del urgent
        rows = [self._of_words[numbers(text) or [0]].sum(axis=0) for text in texts]
        vectors = np.array(rows, dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        if progress:
            progress(len(texts))
        return vectors


def numbers(text: str) -> list[int]:
    """Return the made-up words of a text, each a letter and a number."""
    words = text.lower().replace(".", " ").split()
    return [int(word[1:]) for word in words if word[0] == "w" and word[1:].isdigit()]


def article(number: int) -> Document:
    """Make up an article of words that are as unequally frequent as those of texts (Zipf's law)."""
    drawn = np.random.RandomState(number).zipf(1.2, (PASSAGES_EACH, 6, 20))
    paragraphs = (
        " ".join(f"W{' w'.join(map(str, sentence))}." for sentence in passage)
        for passage in np.minimum(drawn, VOCABULARY) - 1
    )
    return Document(
        f"Article {number}", "\n\n".join(paragraphs), language="en", origin=f"/{number}"
    )


def question(number: int) -> str:
    """Ask with eight of an article's words."""
    words = numbers(article(number).text)
    return " ".join(f"w{word}" for word in random.Random(number).sample(words, 8))


def main(size: int, chroma_seconds: float = CHROMA_SECONDS) -> None:
    """Import what is missing, measure, and print what was measured, each on a line of JSON."""
    folder, embedder = FOLDER / str(size), WordEmbedder()
    articles = size // PASSAGES_EACH
    asked = [question(random.Random(n).randrange(articles)) for n in range(QUESTIONS)]
    ours = _measure(folder, embedder, articles, asked, chroma_seconds)
    figures = [{"system": "Footnote"} | ours]
    print(json.dumps(figures[0]), flush=True)
    if PEERS.exists():
        figures += _compare(folder, embedder, asked)
    (folder / "figures.json").write_text(json.dumps(figures, indent=1))


def _measure(
    folder: Path, embedder: WordEmbedder, articles: int, asked: Sequence[str], chroma_seconds: float
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    fill(folder, articles - IMPORTED)
    with Library.open(folder, embedder) as library:
        began = time.perf_counter()
        library.search(asked[0])
        found["s until BM25 has all"] = round(time.perf_counter() - began, 1)
        if library.index_state().articles < articles:
            found["passages/s imported, BM25 included"] = _import(library, articles)
        found["passages"] = library.index_state().passages
        found["search while Chroma lacks all"] = _times(asked, library.search)
        found[f"of the nearest {NEAREST}, found"] = _recall(library, asked[:RECALLED])
        stop = threading.Event()
        news: list[float] = []
        first = int(time.time()) % 2**20 * 1_000  # none that an earlier run has published
        publishing = threading.Thread(target=_publish, args=(library, first, news, stop))
        publishing.start()
        found["search while news comes in"] = _times(asked, library.search)
        stop.set()
        publishing.join()
        found["publishing one article"] = _summary(news)
        last = article(first + len(news) - 1)
        assert library.search(last.text.split("\n\n")[0])[0].article.title == last.title
        vectors = library._vectors
        assert vectors
        began = time.perf_counter()
        vectors.wait(COPYING_SECONDS)
        found["search while Chroma is written"] = _times(asked, library.search)
        if vectors.wait(chroma_seconds):
            found["s until Chroma has all"] = round(time.perf_counter() - began, 1)
            found["search once Chroma has all"] = _times(asked, library.search)
        found["passages that Chroma lacks"] = library.index_state().chroma_behind
    began = time.perf_counter()
    with Library.open(folder, embedder) as library:
        library.search(asked[0])
        found["s from start to first answer"] = round(time.perf_counter() - began, 2)
    status = Path("/proc/self/status").read_text()
    found["peak MB"] = int(status.split("VmHWM:")[1].split()[0]) // 1024
    found["bytes on disk a passage"] = _size(folder) // found["passages"]
    return found


def _recall(library: Library, questions: Sequence[str]) -> float:
    """Return which share of the nearest passages is found without Chroma."""
    shares = []
    with library._catalog.snapshot() as snapshot:
        keys = [(c.article_id, c.version) for c in snapshot.changes() if c.version]
        asked = library._embedder.embed(questions)
        best: list[list[tuple[float, PassageKey]]] = [[] for _ in asked]
        for places, vectors in snapshot.vectors(keys):
            for n, near in enumerate((vectors @ asked.T).T.tolist()):
                both = chain(best[n], zip(near, places, strict=True))
                best[n] = heapq.nlargest(NEAREST, both)
        for question, nearest in zip(asked, best, strict=True):
            found = library._codes.search(snapshot, PUBLIC, question, NEAREST)
            places = {(key, n) for key, n, _ in found}
            shares.append(len(places.intersection(place for _, place in nearest)) / NEAREST)
    return round(statistics.mean(shares), 3)


def fill(folder: Path, articles: int) -> None:
    """Publish what is not there yet, but not in BM25; say how long the rest will take."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(Catalog(folder / DATABASE)) as catalog, ProcessPoolExecutor() as pool:
        with catalog.snapshot() as snapshot:
            there, _ = snapshot.counts()
        starts = range(there, articles, ARTICLES_A_CALL)
        began = time.perf_counter()
        for start, made in zip(starts, pool.map(_made, starts, repeat(articles)), strict=True):
            for document, found, vectors in made:
                catalog.publish(document, PUBLIC, found, vectors, embedder=WordEmbedder.name)
            _tell(there, start + len(made), articles, time.perf_counter() - began)


def _made(start: int, articles: int) -> list[tuple[Document, Sequence[Passage], Vectors]]:
    """Make some articles, with their passages and vectors."""
    embedder, made = WordEmbedder(), []
    for number in range(start, min(start + ARTICLES_A_CALL, articles)):
        one = article(number)
        spans = sentences.sentences(one.text, title=one.title, language=one.language)
        found = passages.passages(one.text, spans)
        made.append((one, found, embedder.embed(passages.searchable(one, one.text, found))))
    return made


def _import(library: Library, articles: int) -> float:
    """Import what is not there yet, and return how many passages a second that are."""
    there = library.index_state().articles
    began = time.perf_counter()
    for start in range(there, articles, ARTICLES_A_CALL):
        end = min(start + ARTICLES_A_CALL, articles)
        library.ingest(map(article, range(start, end)))
        _tell(there, end, articles, time.perf_counter() - began)
    return round((articles - there) * PASSAGES_EACH / (time.perf_counter() - began), 1)


def _tell(first: int, end: int, articles: int, seconds: float) -> None:
    left = seconds / (end - first) * (articles - end) / 60
    print(f"\r{end} of {articles} articles, {left:.1f} min left ", end="", file=sys.stderr)


def _publish(library: Library, first: int, taken: list[float], stop: threading.Event) -> None:
    number = first
    while not stop.wait(max(0.0, 1 / NEWS_A_SECOND - (taken[-1] if taken else 0.0))):
        began = time.perf_counter()
        library.ingest([article(number)])
        taken.append(time.perf_counter() - began)
        number += 1


def _times(questions: Sequence[str], search: Callable[[str], object]) -> dict[str, float]:
    """Return milliseconds, and those of the processor in this thread, which load changes least."""
    taken, computed = [], []
    for one in questions:
        began, before = time.perf_counter(), time.thread_time()
        search(one)
        taken.append(time.perf_counter() - began)
        computed.append(time.thread_time() - before)
    return _summary(taken) | {"processor": round(statistics.median(computed) * 1000, 1)}


def _summary(seconds: Sequence[float]) -> dict[str, float]:
    """Return median and 95th percentile in milliseconds."""
    p95 = statistics.quantiles(seconds, n=20)[-1]
    return {"p50": round(statistics.median(seconds) * 1000, 1), "p95": round(p95 * 1000, 1)}


def _size(folder: Path) -> int:
    files = (folder / name for name in ("footnote.db", "lexical", "chroma"))
    every = (path for one in files for path in (one, *one.rglob("*")))
    return sum(path.stat().st_size for path in every if path.is_file())


def _compare(
    folder: Path, embedder: WordEmbedder, asked: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Have peers index the same vectors and answer the same questions."""
    np.save(folder / "questions.npy", embedder.embed(asked))
    if not (folder / "vectors.npy").exists():
        np.save(folder / "vectors.npy", np.concatenate(list(_vectors(folder, embedder))))
    for peer in ("chroma", "lancedb"):
        command = [PEERS, ROOT / "tests" / "scale_peers.py", peer, folder]
        line = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        print(line.decode(), end="", flush=True)
        yield json.loads(line)


def _vectors(folder: Path, embedder: WordEmbedder) -> Iterator[NDArray[np.float16]]:
    with Library.open(folder, embedder, chroma=False) as library, library._catalog.snapshot() as s:
        keys = [(c.article_id, c.version) for c in s.changes() if c.version]
        for _, vectors in s.vectors(keys):
            yield vectors.astype(np.float16)


if __name__ == "__main__":
    main(int(sys.argv[1]), *map(float, sys.argv[2:3]))
