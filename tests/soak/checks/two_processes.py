"""`footnote add` while another process owns the index."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from index.library import Library
from tests.builders import document, open_library
from tests.soak.check import Figure, Rounds, first_few
from tests.soak.processes import SILENT_SECONDS, Child

TITLE = "Adding while another process owns the index"
SOAK = 100
SUITE = 3

OTHERS = 2
FOUND_SECONDS = 5.0


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round: the owner and two others add an article each at once; the owner finds them all."""
    problems, waits, copied = [], [0.0], [0.0]
    names: list[str] = []
    with open_library(folder, chroma=True) as owner, ExitStack() as ending:
        for number in rounds:
            new = [f"r{number}g{other}" for other in range(OTHERS)]
            children = [ending.enter_context(Child(_add, folder, name)) for name in new]
            mine = f"r{number}owner"
            _publish(owner, mine)
            for child in children:
                list(child.messages(SILENT_SECONDS))
            acknowledged = time.monotonic()
            names += [*new, mine]
            unfound = [name for name in (*new, mine) if not _found(owner, name)]
            waits.append(time.monotonic() - acknowledged)
            problems += [f"{name} is not found" for name in unfound]
            if not owner._vectors.wait(SILENT_SECONDS):
                problems.append(f"Chroma is {owner._vectors.described}")
            copied.append(time.monotonic() - acknowledged)
        problems += [f"{name} is gone" for name in names if not _found(owner, name)]
        held = len(list(owner._vectors.chroma.versions))
        if held != len(names):
            problems.append(f"Chroma holds {held} of {len(names)}")
    yield Figure("articles added by three processes at once", str(len(names)), len(names) > 0)
    yield Figure("lost or not found", first_few(problems), not problems)
    longest = max(waits)
    found_in_time = longest < FOUND_SECONDS
    yield Figure("longest until the owner found them", f"{longest:.2f} s", found_in_time, True)
    yield Figure("longest until Chroma held them", f"{max(copied):.1f} s", True)


def _publish(library: Library, name: str) -> None:
    library.ingest([document(title=name, text=f"The ship {name} came in. It left again.")])


def _found(library: Library, name: str) -> bool:
    # Not always the first: the toy embedder finds nothing alike in some names.
    hits = library.search(f"ship {name}")
    return any(hit.article.title == name and hit.bm25 > 0 for hit in hits)


def _add(send: Callable[[str], None], folder: Path, name: str) -> None:
    with open_library(folder, chroma=True) as library:
        _publish(library, name)
    send(name)
