"""`make benchmark` (or `python -m tests.benchmark [DATA]`): speed and memory on this machine.

DATA is a folder of SQuAD files to take passages and questions from; without it they come from the
seed article. Compared things take turns in one run, since machines are noisy.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np

from index import models
from index.library import Library
from index.model import Document
from index.models import load_embedder as load
from index.models import packaged
from index.models.embedder import OpenVinoEmbedder
from index.store.snapshot import Snapshot
from index.text import passages, sentences
from index.text import passages as passages_

ROOT = Path(__file__).parents[1]
ROUNDS = 3
PASSAGES = 160
SEARCHED = 646
"""Paragraphs of which the best FOUND are searched, beside a peer."""
FOUND = 10
QUESTIONS = 200
TORCH_BATCHES = (8, 32)


def main() -> None:
    """Print one line per measurement."""
    paragraphs, questions = _material(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    texts = paragraphs[:PASSAGES]
    with tempfile.TemporaryDirectory() as folder:
        embedder = load(None, ROOT / "build" / "models")
        assert isinstance(embedder, OpenVinoEmbedder)
        _embedding(embedder, texts)
        _adding(embedder, texts, Path(folder))
        _answering(embedder, texts, questions, Path(folder))
        _searching(embedder, paragraphs[:SEARCHED], questions, Path(folder))
        asyncio.run(_bot_memory(Path(folder) / "bot", questions))


def _material(data: Path | None) -> tuple[list[str], list[str]]:
    if data is None:
        seed = next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8")
        spans = sentences.sentences(seed, title="", language="en")
        passages = [p.span.of(seed) for p in passages_.passages(seed, spans)]
        return passages * (PASSAGES // len(passages)), [s.of(seed) for s in spans] * 20
    asked, more = (
        [p for entry in json.loads((data / name).read_text())["data"] for p in entry["paragraphs"]]
        for name in ("squad2_dev_part.json", "squad2_train_part.json")
    )
    questions = [q["question"] for p in asked for q in p["qas"]]
    step = len(questions) // QUESTIONS
    return [p["context"] for p in (*asked, *more)], questions[::step][:QUESTIONS]


def _embedding(embedder: OpenVinoEmbedder, texts: Sequence[str]) -> None:
    """Passages per second, ours against sentence-transformers in fp32."""
    from sentence_transformers import SentenceTransformer

    torch_model = SentenceTransformer(str(packaged.folder()), device="cpu")
    runs: dict[str, Callable[[], object]] = {
        f"ours ({embedder.precision})": lambda: embedder.embed(texts)
    }
    for size in TORCH_BATCHES:
        runs[f"torch fp32, batches of {size}"] = lambda size=size: torch_model.encode(  # type: ignore[misc]
            list(texts), batch_size=size, normalize_embeddings=True
        )
    speeds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            speeds[name].append(len(texts) / _seconds(run))
    medians = {name: statistics.median(found) for name, found in speeds.items()}
    ours, *others = medians.values()
    print(f"embedding {len(texts)} passages, median of {ROUNDS} rounds in turn:")
    for name, speed in medians.items():
        print(f"  {name}: {speed:.1f} passages/s")
    print(f"  ratio to torch: {', '.join(f'{ours / other:.2f}' for other in others)}")
    reference = torch_model.encode(list(texts), normalize_embeddings=True)
    cosine = (embedder.embed(texts) * np.asarray(reference)).sum(axis=1).min()
    print(f"  lowest cosine to fp32: {cosine:.6f}")


def _adding(embedder: OpenVinoEmbedder, texts: Sequence[str], folder: Path) -> None:
    """Passages per second of whole articles, against embedding the same passages alone."""
    articles = [
        Document(f"Article {n}", "\n\n".join(texts[n : n + 10]), origin=str(n))
        for n in range(0, len(texts), 10)
    ]
    own = [
        f"{one.title}\n{p.span.of(one.text)}"
        for one in articles
        for p in passages.passages(
            one.text, sentences.sentences(one.text, title=one.title, language="en")
        )
    ]
    speeds: dict[str, list[float]] = {"adding": [], "embedding alone": []}
    for round_ in range(ROUNDS):
        with Library.open(folder / f"add{round_}", embedder) as library:
            speeds["adding"].append(len(own) / _seconds(lambda: library.ingest(articles)))
        speeds["embedding alone"].append(len(own) / _seconds(lambda: embedder.embed(own)))
    adding, alone = (statistics.median(found) for found in speeds.values())
    print(f"adding {len(articles)} articles of {len(own)} passages: {adding:.1f} passages/s")
    print(f"  {adding / alone:.1%} of embedding the same passages alone ({alone:.1f} passages/s)")


def _answering(
    embedder: OpenVinoEmbedder, texts: Sequence[str], questions: Sequence[str], folder: Path
) -> None:
    """Milliseconds of answers over a few hundred passages, by step."""
    reading = models.load_reader(ROOT / "build" / "models")
    with Library.open(folder / "ask", embedder, reading) as library:
        library.ingest(Document(f"Paragraph {n}", t, origin=str(n)) for n, t in enumerate(texts))
        library.ask(questions[0])
        answers = [library.ask(question) for question in questions]
        print(f"answers over {len(library.list())} articles, {len(questions)} questions:")
        for step in ("total", "read", "search", "embed"):
            times = sorted(a.timings_ms[step] for a in answers if step in a.timings_ms)
            p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
            print(f"  {step}: p50 {p50:.1f} ms, p95 {p95:.1f} ms")
        answered = sorted(a.timings_ms.get("read", 0.0) for a in answers if a.answered)
        print(f"  read, of the {len(answered)} answered: p50 {answered[len(answered) // 2]:.1f} ms")


class Steps:
    """The seconds that each question takes, by step."""

    def __init__(self) -> None:
        self._taken: list[dict[str, float]] = []

    def ask(self, name: str, search: Callable[[str], object], question: str) -> None:
        """Search, and note how long that takes in all."""
        self._taken.append(defaultdict(float))
        self._taken[-1][name] = _seconds(lambda: search(question))

    def counting(self, name: str, owner: object, method: str) -> AbstractContextManager[object]:
        """Count a method's time as that of a step."""
        run = getattr(owner, method)

        def timed(*args: Any, **given: Any) -> object:
            began = time.perf_counter()
            try:
                return run(*args, **given)
            finally:
                self._taken[-1][name] += time.perf_counter() - began

        return patch.object(owner, method, timed)

    def report(self, name: str) -> None:
        """Print the milliseconds of one step."""
        taken = statistics.quantiles([one[name] for one in self._taken if name in one], n=20)
        print(f"  {name}: p50 {taken[9] * 1000:.1f} ms, p95 {taken[18] * 1000:.1f} ms")


def _searching(
    embedder: OpenVinoEmbedder, texts: Sequence[str], questions: Sequence[str], folder: Path
) -> None:
    """Milliseconds of searches and of their steps, alone and in turn with what a user would write.

    The bot's process has no torch, whose threads go on waiting for work on the same cores.
    """
    with Library.open(folder / "search", embedder) as library, ExitStack() as undo:
        library.ingest(Document(f"Paragraph {n}", t, origin=str(n)) for n, t in enumerate(texts))
        steps = Steps()
        print(f"searching {library.health().passages} passages, {len(questions)} questions:")
        parts = {
            "embedding the question": (embedder, "embed"),
            "BM25": (library._searcher._bm25, "search"),
            "vectors": (library._searcher._dense, "search"),
            "texts": (Snapshot, "single_passages"),
        }
        for name, (owner, method) in parts.items():
            undo.enter_context(steps.counting(name, owner, method))
        for question in questions:
            steps.ask("Library.search alone", library.search, question)
        for name in ("Library.search alone", *parts):
            steps.report(name)
        plain, both = _plain_chroma(folder / "plain", texts), Steps()
        for question in questions:
            both.ask("Library.search in turn", library.search, question)
            both.ask("Chroma and sentence-transformers", plain, question)
    for name in ("Library.search in turn", "Chroma and sentence-transformers"):
        both.report(name)


def _plain_chroma(folder: Path, texts: Sequence[str]) -> Callable[[str], object]:
    """Fill a Chroma of its own, and return how to search it."""
    import chromadb
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(packaged.folder()), device="cpu")
    settings = chromadb.Settings(anonymized_telemetry=False)
    collection = chromadb.PersistentClient(str(folder), settings).create_collection(
        "plain", configuration={"hnsw": {"space": "cosine"}}
    )
    ids = [str(n) for n in range(len(texts))]
    collection.add(ids=ids, documents=list(texts), embeddings=model.encode(list(texts)))
    return lambda question: collection.query(
        query_embeddings=model.encode([question]), n_results=FOUND
    )


async def _bot_memory(data: Path, questions: Sequence[str]) -> None:
    """Peak resident memory of the real bot process after some questions."""
    from tests.fakediscord import FakeDiscord

    async with FakeDiscord() as discord:
        guild = discord.add_guild("Acme")
        channel, member = guild.add_channel("general"), guild.add_member("Alice")
        for name in ("first start (converts the model)", "later start"):
            bot = await discord.run_bot(
                [sys.executable, "-m", "bot", "run"], {"FOOTNOTE_DATA": str(data)}, cwd=ROOT
            )
            began = time.perf_counter()
            await discord.wait_ready(120, commands=["ask"])
            seconds = time.perf_counter() - began
            for question in questions[:20]:
                await (await member.slash(channel, "ask", question=question)).final(30, settle=0.2)
            peak = _peak_memory_mb(bot.pid)
            print(f"bot, {name}: ready after {seconds:.1f} s, peak memory {peak:.0f} MB")
            await bot.terminate()
            discord.sessions.clear()


def _peak_memory_mb(pid: int) -> float:
    """The most that a process has held, as Linux counts it."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+)", status)[0]) / 1024


def _seconds(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
