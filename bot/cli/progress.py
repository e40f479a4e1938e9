"""Progress bars on standard error; none without a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from bot.cli import clean

Advance = Callable[[int, int], None]
"""Called with (done, total) passages."""

Follow = Callable[[str, int, int], None]
"""Called with (file, done, total) questions; a total of 0 is not known yet."""


@contextmanager
def passages(console: Console, label: str) -> Iterator[Advance | None]:
    """Give a callback for (done, total) passages, or None where there is no terminal."""
    if not console.is_terminal:
        yield None
        return
    with _bar(console, "passages") as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def questions(console: Console) -> Iterator[Follow]:
    """Give a callback for (file, done, total) questions, which is idle without a terminal."""
    if not console.is_terminal:
        yield lambda _file, _done, _total: None
        return
    with _bar(console, "questions") as bar:
        task = bar.add_task("", total=None)

        def follow(file: str, done: int, total: int) -> None:
            bar.update(task, description=clean.one_line(file), completed=done, total=total or None)

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
