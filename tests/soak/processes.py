"""Child processes that may be killed at any moment; forked, so that each starts in no time."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any, Self

from tests.forks import CONTEXT

SILENT_SECONDS = 90.0
"""Longer than any child that works says nothing."""

KILLED = -signal.SIGKILL
"""The exit code of a process that was killed."""


def die() -> None:
    """End this process at once, as by kill -9."""
    os.kill(os.getpid(), signal.SIGKILL)


class Child:
    """Runs `target(send, *args)` in a process of its own; `target` is a module's function."""

    def __init__(self, target: Callable[..., None], *args: Any) -> None:
        self._received, given = CONTEXT.Pipe(duplex=False)
        self.process = CONTEXT.Process(target=_main, args=(target, given, *args), daemon=True)
        self.process.start()
        given.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.join()
        self._received.close()

    def messages(self, seconds: float) -> Iterator[Any]:
        """What it sends, until it ends. Raises TimeoutError where nothing comes for so long."""
        while self._received.poll(seconds):
            try:
                yield self._received.recv()
            except EOFError:
                self.process.join(seconds)
                return
        raise TimeoutError(f"process {self.process.pid} says nothing for {seconds} s")


def _main(target: Callable[..., None], given: Connection, *args: Any) -> None:
    target(given.send, *args)
