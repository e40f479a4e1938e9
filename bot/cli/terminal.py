"""What is printed on a terminal: text made safe, JSON, progress bars."""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""C0 and C1 (escape sequences begin with one of them), marks that turn the direction of writing,
and halves of surrogate pairs, which no encoding can print. Tab and newline stay."""

_SPACE = re.compile(r"\s+")


def printable(words: str) -> str:
    """Return the words without control characters, lines and tabs kept."""
    return _CONTROL.sub("", words.replace("\r\n", "\n"))


def one_line(words: str) -> str:
    """Return the words without control characters, each run of blanks one space."""
    return _CONTROL.sub("", _SPACE.sub(" ", words))


def well_formed(words: str) -> str:
    """Return the words with halves of surrogate pairs replaced by a question mark."""
    return words.encode("utf-8", "replace").decode()


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Return JSON that a terminal shows as it stands and a parser reads back unchanged."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


class Output(io.TextIOWrapper):
    """Standard output; when its reader goes away, as `head` does, the command ends well."""

    def write(self, text: str, /) -> int:
        """Write, or leave."""
        with self._or_leave():
            return super().write(text)

    def flush(self) -> None:
        """Flush, or leave."""
        with self._or_leave():
            super().flush()

    @contextmanager
    def _or_leave(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            # Python writes what is left when it ends; that must not fail, and be told, again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            raise SystemExit from None


@dataclass(frozen=True)
class Changing:
    """A line that is asked for anew each time it is shown."""

    line: Callable[[], str]

    def __rich__(self) -> str:
        """Return what the line is now."""
        return self.line()


Advance = Callable[[int, int], None]
"""Called with (done, total) passages."""

Follow = Callable[[str, int, int], None]
"""Called with (file, done, total) questions; a total of 0 is not known yet."""


@contextmanager
def passages_progress(console: Console, label: str) -> Iterator[Advance | None]:
    """Give a callback for (done, total) passages, or None where there is no terminal."""
    if not console.is_terminal:
        yield None
        return
    with _bar(console, "passages") as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def questions_progress(console: Console) -> Iterator[Follow]:
    """Give a callback for (file, done, total) questions, which is idle without a terminal."""
    if not console.is_terminal:
        yield lambda _file, _done, _total: None
        return
    with _bar(console, "questions") as bar:
        task = bar.add_task("", total=None)

        def follow(file: str, done: int, total: int) -> None:
            bar.update(task, description=one_line(file), completed=done, total=total or None)

        yield follow


def _bar(console: Console, unit: str) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(unit),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )
