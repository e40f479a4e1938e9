"""Chroma and BM25 made anew from 10,000 passages, while questions are asked."""

from __future__ import annotations

import random
import shutil
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

from index.library import Library
from index.model import Document
from tests.fake_models import HashingEmbedder
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.checks.damaged_copies import halve
from tests.soak.processes import SILENT_SECONDS, Child

TITLE = "Repair of 10,000 passages while questions are asked"
SOAK = 14
SUITE = 2

PASSAGES = 10_000
PASSAGES_IN_SUITE = 200
PASSAGES_EACH = 10
"""Of an article. Its vectors are hashes of its words, not a model's: they are copied no less."""

DIMENSION = 384
"""That of the packaged model."""

IN_SYNC_SECONDS = 60.0
"""For 10,000 passages."""

PAUSE_SECONDS = 0.02
"""Between two questions."""

SENTENCES_EACH = 7
"""Of a passage: 110 words."""

WORDS = [f"{a}{b}{c}" for a, b, c in product(*("bdfgklmnprstvz", "aeiou", "bdfglmnrstx"))]


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: damage the folders of a closed library, open it, ask until all is in sync."""
    count = PASSAGES if rounds.count > SUITE else PASSAGES_IN_SUITE
    for name, model in (("sound", "hashing"), ("foreign", "other")):
        with Child(_fill, folder / name, count, model) as child:
            list(child.messages(10 * SILENT_SECONDS))
    problems: list[str] = []
    tried, longest, slowest = 0, 0.0, [0.0]
    for _, (name, damage) in zip(rounds, _damages(folder), strict=False):
        data = folder / "tried"
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(folder / "sound", data)  # with the times of the files
        damage(data)
        seconds, meanwhile, after, found = _repaired(data, count)
        problems += [f"{name}: {one}" for one in found]
        tried += 1
        longest = max(longest, seconds)
        slowest += meanwhile
        yield Figure(
            f"{name}: until in sync again; questions meanwhile; questions after",
            f"{seconds:.1f} s; {_spread(meanwhile)}; {_spread(after)}",
            seconds < IN_SYNC_SECONDS,
            timed=True,
        )
    yield Figure("passages, in articles of ten", f"{count:,}", tried > 0)
    yield Figure("lost, wrongly answered or unrepaired", first_few(problems), not problems)
    yield Figure("longest until in sync again", f"{longest:.1f} s", longest < IN_SYNC_SECONDS)
    yield Figure("longest question meanwhile", f"{max(slowest) * 1_000:.0f} ms", True)


def _damages(folder: Path) -> Iterator[tuple[str, Callable[[Path], Any]]]:
    """Every damage with its name."""
    yield "Chroma deleted", lambda data: shutil.rmtree(data / "chroma")
    yield "BM25 deleted", lambda data: shutil.rmtree(data / "lexical")
    yield "both deleted", _delete_both
    yield "Chroma of another model", lambda data: _exchange(data, folder / "foreign")
    yield "left by a kill", lambda data: (data / "chroma.sealed").unlink()
    sound = folder / "sound"
    files = [path.relative_to(sound) for path in (sound / "chroma").rglob("*") if path.is_file()]
    for file in sorted(files, key=lambda file: file.name):
        yield f"{file.name} cut short", lambda data, file=file: halve(data / file)
        yield (
            f"{file.name} cut short, after a kill",
            lambda data, file=file: (halve(data / file), (data / "chroma.sealed").unlink()),
        )


def _delete_both(data: Path) -> None:
    shutil.rmtree(data / "chroma")
    shutil.rmtree(data / "lexical")


def _exchange(data: Path, foreign: Path) -> None:
    shutil.rmtree(data / "chroma")
    shutil.copytree(foreign / "chroma", data / "chroma")
    shutil.copy2(foreign / "chroma.sealed", data / "chroma.sealed")


def _repaired(data: Path, count: int) -> tuple[float, list[float], list[float], list[str]]:
    """Seconds until in sync, those of each question meanwhile and after, and problems."""
    with Child(_ask_until_in_sync, data, count) as child:
        for found in child.messages(SILENT_SECONDS + IN_SYNC_SECONDS):
            return found
    return IN_SYNC_SECONDS, [], [], [f"the process ended with {child.process.exitcode}"]


def _ask_until_in_sync(send: Callable[[Any], None], data: Path, count: int) -> None:
    problems: list[str] = []
    numbers = random.Random(6)
    began = time.monotonic()
    with _open(data) as library:

        def ask() -> float:
            number = numbers.randrange(count)
            asked = time.monotonic()
            hits = library.search(_said(number), limit=5)
            seconds = time.monotonic() - asked
            if not hits or f" {_name(number)} " not in hits[0].text:
                problems.append(f"passage {number} is not found first")
            time.sleep(PAUSE_SECONDS)
            return seconds

        meanwhile = [ask()]
        sync = library._vectors
        while not (in_sync := sync.wait(0)) and time.monotonic() - began < IN_SYNC_SECONDS:
            meanwhile.append(ask())
        seconds = time.monotonic() - began
        if not in_sync or (held := sum(n for *_, n in sync.chroma.versions)) != count:
            problems.append(f"Chroma is {sync.described}, with {held if in_sync else 'some'}")
        after = [ask() for _ in range(100)]
        problems += [problem for problem, _ in library.health().problems]
    send((seconds, meanwhile, after, problems))


def _fill(send: Callable[[int], None], data: Path, count: int, model: str) -> None:
    with _open(data, model) as library:
        articles = count // PASSAGES_EACH if model == "hashing" else 1
        library.ingest(map(_article, range(articles)))
        made = sum(article.passages for article in library.list())
        assert made == articles * PASSAGES_EACH, made
        assert library._vectors.wait(10 * IN_SYNC_SECONDS)


def _open(data: Path, model: str = "hashing") -> Library:
    embedder = HashingEmbedder(DIMENSION)
    embedder.name = model
    return Library.open(data, embedder)


def _article(number: int) -> Document:
    passages = (number * PASSAGES_EACH + n for n in range(PASSAGES_EACH))
    return Document(f"Article {number}", "\n\n".join(map(_passage, passages)))


def _passage(number: int) -> str:
    words = random.Random(number)
    others = [
        f"The {' '.join(words.choices(WORDS, k=14))} was seen." for _ in range(SENTENCES_EACH - 1)
    ]
    return " ".join([f"The {_said(number)} was seen there.", *others])


def _said(number: int) -> str:
    """Words of one passage alone, in this order."""
    words = random.Random(f"said {number}")
    return " ".join([*words.choices(WORDS, k=10), _name(number), words.choice(WORDS)])


def _name(number: int) -> str:
    return f"vessel{number}"


def _spread(seconds: list[float]) -> str:
    if len(seconds) < 2:
        return f"{len(seconds)} asked"
    p50, p99 = statistics.median(seconds), statistics.quantiles(seconds, n=100)[98]
    return f"{len(seconds)}, p50 {p50 * 1_000:.0f} ms, p99 {p99 * 1_000:.0f} ms"
