"""Parse files in a child process, so that a crash or a hang there does not end this one.

A thread cannot survive the first or be stopped in the second. Formats whose parsers risk either
are therefore parsed in a fresh interpreter with limits on memory, time and output.
"""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import errors, strings
from index.errors import SourceError, TooLargeSource, UndecodableSource
from index.sandboxed import child

MAX_CHILDREN = 2
"""At once; more would only share the processors and add up in memory."""

_TURNS = threading.BoundedSemaphore(MAX_CHILDREN)
_ROOT = Path(child.__file__).parents[2]
_ERRORS = ("EmptySource", "SourceError", "TooLargeSource", "UndecodableSource", "UnsupportedSource")


log = logging.getLogger(__name__)

_open = threading.Event()
"""Set once a child has been seen that could open files."""


@dataclass(frozen=True, slots=True)
class ResourceLimits:
    """The resources that one file may use."""

    memory_bytes: int = 512 * 1024 * 1024
    cpu_seconds: int = 15
    wall_seconds: float = 30.0
    output_bytes: int = 20_000_000


LIMITS = ResourceLimits()


@dataclass(slots=True)
class _Ended:
    """How a child ended: what it wrote, its exit status, and why it was killed, if it was."""

    output: bytes = b""
    status: int = 0
    killed: str | None = None


def run(
    name: str, module: str, data: bytes, *arguments: str, limits: ResourceLimits = LIMITS
) -> Any:
    """Return what `module`.parse(data, *arguments) returns in a child process.

    It is JSON made plain values, unchecked but for its size. Raises SourceError.
    """
    with _TURNS:
        try:
            ended = _child(module, data, arguments, limits)
        except OSError as error:
            raise SourceError(name, strings.NO_ROOM) from error
    if ended.killed is not None:
        raise TooLargeSource(name, ended.killed)
    try:
        reply = json.loads(ended.output) if ended.status == 0 else {}
    except ValueError:
        reply = {}
    _note(reply)
    if "found" in reply:
        return reply["found"]
    raise _error(name, reply, ended.status)


def opens_nothing() -> bool:
    """Start a child and tell whether the system keeps it from opening files and sockets."""
    run("", "index.sandboxed.alternates", b"", "")
    return not _open.is_set()


def _note(reply: dict[str, Any]) -> None:
    if reply.get("open") and not _open.is_set():
        _open.set()
        log.warning("this system lets parsers of files open others; see `footnote doctor`")


def _child(module: str, data: bytes, arguments: tuple[str, ...], limits: ResourceLimits) -> _Ended:
    job = {
        "module": module,
        "arguments": arguments,
        "path": [str(_ROOT), *(str(Path(entry).absolute()) for entry in sys.path if entry)],
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": limits.cpu_seconds,
    }
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
        [sys.executable, "-I", "-S", "-B", child.__file__, json.dumps(job)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},  # the token is none of its business
    )
    ended = _Ended()

    def kill(why: str) -> None:
        ended.killed = why
        process.kill()

    timer = threading.Timer(limits.wall_seconds, kill, [strings.TOO_SLOW])
    timer.daemon = True
    timer.start()
    with process:
        try:
            ended.output = _exchange(process, data, limits.output_bytes + 1)
            if len(ended.output) > limits.output_bytes:
                kill(strings.TOO_MUCH)
            ended.status = process.wait()
        finally:
            timer.cancel()
            process.kill()
    return ended


def _exchange(process: subprocess.Popen[bytes], data: bytes, most: int) -> bytes:
    """Write the file, then read at most so many bytes; the child reads all before it writes."""
    assert process.stdin
    assert process.stdout
    # A child that ends before it has read everything has a status that says why.
    with suppress(BrokenPipeError):
        process.stdin.write(data)
    with suppress(BrokenPipeError):
        process.stdin.close()
    return process.stdout.read(most)


def _error(name: str, reply: dict[str, Any], status: int) -> SourceError:
    kind, reason = reply.get("error", ""), reply.get("reason", "")
    if kind in _ERRORS:
        error: SourceError = getattr(errors, kind)(name, reason)
        return error
    if kind == "memory":
        return TooLargeSource(name, strings.TOO_MUCH_MEMORY)
    if -status in (signal.SIGXCPU, signal.SIGKILL):
        return TooLargeSource(name, strings.TOO_SLOW)
    log.debug("a file could not be parsed: status %d, %s", status, reason or "no reason")
    return UndecodableSource(name, strings.BROKEN)
