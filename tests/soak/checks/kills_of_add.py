"""kill -9 of `footnote add` at random moments."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

from index.library import Library
from index.models import load_embedder as load
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.command import ADD_SECONDS, MODELS, add, new_data
from tests.soak.steps import ARTICLES, article, examine

TITLE = "kill -9 of `footnote add` at random moments"
SOAK = 60
SUITE = 1

SEED = 6

FIRST_SHARE = 0.3
"""Of the time that a whole run takes; early enough to kill it whatever the machine does."""


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: add a file, killed at a moment of the time that the first took; examine."""
    data, random_ = new_data(folder), random.Random(SEED)
    embedder = load(None, MODELS)
    began = time.monotonic()
    acknowledged = _add(folder, 0, ADD_SECONDS)
    took = time.monotonic() - began
    last, killed, problems, repairs = 0, 0, [] if acknowledged else ["nothing was added"], [0.0]
    for number in rounds:
        # Most of the time goes to starting: the writes come in the second half.
        share = random_.uniform(0.4, 1.0) if number else FIRST_SHARE
        began = time.monotonic()
        if _add(folder, last + 1, took * share):
            last += 1
            took = min(took, time.monotonic() - began)
        else:
            killed += 1
        with Library.open(data, embedder) as library:
            found, seconds = examine(library, last)
        problems += found
        repairs.append(seconds)
    yield Figure("killed before it acknowledged", f"{killed} times", killed > 0)
    yield Figure("acknowledged", f"{last + 1} files", last >= 0)
    yield Figure("lost, half-visible or unrepaired", first_few(problems), not problems)
    yield Figure("longest until Chroma was in sync again", f"{max(repairs):.1f} s", held=True)


def _add(folder: Path, step: int, seconds: float) -> bool:
    """Run the command on the file of a step; whether it acknowledged that before it was killed."""
    file = folder / f"{step % ARTICLES}.txt"
    document = article(step)
    file.write_text(f"{document.title}\n\n{document.text}\n")
    return f": {document.title}\n" in add(folder / "data", file, seconds)
