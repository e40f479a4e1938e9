"""Articles that are published step by step, and what must be there after the last one.

Step i publishes article i % ARTICLES anew, with words of its own in every passage, so that whatever
is found tells which step it is of.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from index.library import Library
from index.model import PUBLIC, Document, Space
from tests.builders import long_document, open_library
from tests.soak.processes import SILENT_SECONDS, Child

ARTICLES = 8
TITLE = "Article "
SENTENCES = 24
IN_SYNC_SECONDS = 60.0
"""For Chroma to be repaired, per 10,000 passages; here are far fewer."""


def article(step: int) -> Document:
    """The document of a step."""
    whole = long_document(f"{TITLE}{step % ARTICLES}", SENTENCES, subject=f"vessel{step}")
    return Document(whole.title, whole.text, origin=f"/soak/{step % ARTICLES}")


def publish(library: Library, step: int) -> None:
    """Make a step."""
    library.ingest([article(step)])


def lost(library: Library, last: int, space: Space = PUBLIC, *, more: bool = True) -> Iterator[str]:
    """What is not as it must be after the last acknowledged step; nothing where all is well.

    With `more` the step after it may be there as well, but then as a whole.
    """
    due = {step % ARTICLES: step for step in range(max(0, last + 1 - ARTICLES), last + 1)}
    all_ = library.list((space,))
    found = {int(a.title.split()[1]): a for a in all_ if a.title.startswith(TITLE)}
    if len({a.title for a in all_}) != len(all_):
        yield "an article is there twice"
    for number in found.keys() | due.keys():
        steps = {due.get(number)} - {None}
        if more and number == (last + 1) % ARTICLES:
            steps.add(last + 1)
        if number not in found:
            yield f"article {number} is gone"
            continue
        text = library.text(found[number].id, (space,))
        step = next((s for s in steps if s is not None and article(s).text in text), None)
        if step is None:
            yield f"article {number} is none of the steps {steps}"
            continue
        yield from _half(library, step, found[number].passages, space)


def _half(library: Library, step: int, passages: int, space: Space) -> Iterator[str]:
    """Whether an article is found by its words, all of it, and nothing of what it replaced."""
    word = f"vessel{step}"
    hits = [hit for hit in library.search(word, (space,), limit=60) if hit.bm25 > 0]
    whole = [hit for hit in hits if f"{word} " in hit.text]
    if len(whole) != passages or len(hits) != passages:
        yield f"{len(whole)} of {passages} passages of step {step} are found, {len(hits)} in all"
    before = f"vessel{step - ARTICLES} "
    if any(before in hit.text for hit in library.search(before, (space,), limit=60)):
        yield f"step {step - ARTICLES} is still found"


def examine(library: Library, last: int, space: Space = PUBLIC) -> tuple[list[str], float]:
    """What is lost at once and in the end, and the seconds until Chroma is in sync."""
    problems = list(lost(library, last, space))
    began = time.monotonic()
    if not library._vectors.wait(IN_SYNC_SECONDS):
        problems.append(f"Chroma is {library._vectors.described}")
    seconds = time.monotonic() - began
    problems += lost(library, last, space)
    problems += [problem for problem, _ in library.health().problems]
    return problems, seconds


def restart(folder: Path, last: int, **database: str) -> tuple[list[str], float]:
    """Examine in a new process, as it might crash: problems, seconds until Chroma is in sync."""
    with Child(_examine, folder, last, database) as child:
        for found in child.messages(SILENT_SECONDS):
            return found
    return [f"the examining process ended with {child.process.exitcode}"], 0.0


def _examine(
    send: Callable[[Any], None], folder: Path, last: int, database: Mapping[str, str]
) -> None:
    with open_library(folder, chroma=True, **database) as library:
        found = examine(library, last)
    send(found)
