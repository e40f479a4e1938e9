"""What a new process finds in a data folder, asked in a child since it might crash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from tests.builders import open_library
from tests.soak.books import examine
from tests.soak.processes import Child

SILENT_SECONDS = 90.0


def restart(folder: Path, last: int) -> tuple[list[str], float]:
    """Start anew after the last acknowledged step: problems, seconds until Chroma is in step."""
    with Child(_examine, folder, last) as child:
        for found in child.messages(SILENT_SECONDS):
            return found
    return [f"the process that examines ended with {child.process.exitcode}"], 0.0


def some(problems: Sequence[str]) -> str:
    """The first few of them, counted."""
    return f"{len(problems)}: {'; '.join(islice(problems, 3))}" if problems else "none"


def _examine(send: Callable[[Any], None], folder: Path, last: int) -> None:
    with open_library(folder, chroma=True) as library:
        found = examine(library, last)
    send(found)
