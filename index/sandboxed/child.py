"""What the child process runs: limits, then one parser; JSON in the argument, JSON out on stdout.

It is started by its path and not as a module: `-I -S` leaves nothing but the standard library to
import from, until the first argument has told where the rest is.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
from typing import Any

_UNUSED = ("PIL", "fontTools", "cryptography", "Crypto", "brotli", "brotlicffi")
"""Taken by pypdf where they happen to be installed: time, and more code that hostile files reach.
Without them a file gives the same text on every machine."""

_DETAIL_MAX_CHARS = 300


def main() -> None:
    """Read a file from stdin and write what its parser makes of it."""
    job = json.loads(sys.argv[1])
    limit(job["memory_bytes"], job["cpu_seconds"])
    sys.path += job["path"]
    sys.modules.update(dict.fromkeys(_UNUSED))  # type: ignore[arg-type]
    sys.stdout.write(reply(job["module"], sys.stdin.buffer.read(), job["arguments"]))


def limit(memory_bytes: int, cpu_seconds: int) -> None:
    """Limit this process for good: no files written, no other processes, no core dump."""
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def reply(module: str, data: bytes, arguments: list[str]) -> str:
    """Return JSON with either what was `found` or an `error` by name, with its `reason`."""
    from index.errors import SourceError

    # Broken files have made the parsers raise nearly everything, AssertionError and
    # RecursionError among it.
    try:
        parse = importlib.import_module(module).parse
        return _json(found=parse(data, *arguments))
    except SourceError as error:
        return _json(error=type(error).__name__, reason=error.reason)
    except MemoryError:
        return _json(error="memory")
    except Exception as error:  # noqa: BLE001
        detail = f"{type(error).__name__}: {error}"
        return _json(error="broken", reason=detail[:_DETAIL_MAX_CHARS])


def _json(**fields: Any) -> str:
    # Only ASCII, so that lone surrogates arrive and are seen to in one place.
    return json.dumps(fields)


if __name__ == "__main__":
    main()
