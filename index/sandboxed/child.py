"""What the child process runs: limits, then one parser; JSON in the argument, JSON out on stdout.

Nothing can be opened once the file has been read: no file, no folder, no socket, no pipe. All that
is to be imported must have been by then, which is why parsers import at their top what their
libraries would import later.

It is started by its path and not as a module: `-I -S` leaves nothing but the standard library to
import from, until the first argument has told where the rest is.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
from types import ModuleType
from typing import Any

_UNUSED = ("PIL", "fontTools", "cryptography", "Crypto", "brotli", "brotlicffi")
"""Taken by pypdf where they happen to be installed: time, and more code that hostile files reach.
Without them a file gives the same text on every machine."""

_DETAIL_MAX_CHARS = 300

_CODECS = (
    "ascii big5 charmap cp437 cp866 cp874 cp932 cp949 cp950 cp1250 cp1251 cp1252 cp1253 cp1254"
    " cp1255 cp1256 cp1257 cp1258 euc_jp euc_kr gb18030 gb2312 gbk idna iso2022_jp iso8859_1"
    " iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9 iso8859_10"
    " iso8859_13 iso8859_14 iso8859_15 iso8859_16 koi8_r koi8_u latin_1 mac_roman"
    " raw_unicode_escape shift_jis tis_620 unicode_escape utf_16 utf_16_be utf_16_le utf_32"
    " utf_32_be utf_32_le utf_7 utf_8 utf_8_sig"
).split()
"""What feeds and PDFs name (https://encoding.spec.whatwg.org/#names-and-labels and CMaps)."""


def main() -> None:
    """Read a file from stdin and write what its parser makes of it."""
    job = json.loads(sys.argv[1])
    limit(job["memory_bytes"], job["cpu_seconds"])
    sys.path += job["path"]
    sys.modules.update(dict.fromkeys(_UNUSED))  # type: ignore[arg-type]
    parser = load(job["module"])
    data = sys.stdin.buffer.read()
    close_off()
    sys.stdout.write(reply(parser, data, job["arguments"]))


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


def load(module: str) -> ModuleType:
    """Import a parser, and what it may need later."""
    for name in ("_strptime", "index.errors", *(f"encodings.{codec}" for codec in _CODECS)):
        importlib.import_module(name)
    return importlib.import_module(module)


def close_off() -> None:
    """Open nothing from now on; what is open stays."""
    sys.meta_path.clear()  # what is not imported by now is not there, rather than not readable
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def can_open() -> bool:
    """Tell whether something can be opened after all."""
    try:
        os.close(os.dup(0))
    except OSError:
        return False
    return True


def reply(parser: ModuleType, data: bytes, arguments: list[str]) -> str:
    """Return JSON with either what was `found` or an `error` by name, with its `reason`.

    `open` tells whether the system lets the parser open files.
    """
    from index.errors import SourceError

    # Broken files have made the parsers raise nearly everything, AssertionError and
    # RecursionError among it.
    try:
        return _json(found=parser.parse(data, *arguments))
    except SourceError as error:
        return _json(error=type(error).__name__, reason=error.reason)
    except MemoryError:
        return _json(error="memory")
    except Exception as error:  # noqa: BLE001
        detail = f"{type(error).__name__}: {error}"
        return _json(error="broken", reason=detail[:_DETAIL_MAX_CHARS])


def _json(**fields: Any) -> str:
    # Only ASCII, so that lone surrogates arrive and are seen to in one place.
    return json.dumps(fields | {"open": can_open()})


if __name__ == "__main__":
    main()
