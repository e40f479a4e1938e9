"""A parser for tests of the sandbox that does what hostile files make parsers do."""

from __future__ import annotations

import importlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from index.errors import EmptySource


def parse(data: bytes, how: str) -> Any:
    return {
        "echo": lambda: data.decode("latin-1"),
        "surrogate": lambda: "\ud800",
        "hang": lambda: time.sleep(60),
        "spin": spin,
        "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "exit": lambda: sys.exit(0),
        "raise": lambda: {}["key"],
        "recurse": lambda: parse(data, how),
        "refuse": refuse,
        "memory": lambda: len(b"a" * 10**10),
        "flood": lambda: "a" * 1_000_000,
        "write": lambda: Path("/tmp/footnote-test").write_bytes(b"a"),
        "fork": os.fork,
        "file": lambda: Path("/etc/hostname").read_text(),
        "folder": lambda: os.listdir("/"),
        "socket": lambda: socket.socket(),
        "process": lambda: subprocess.run(["/bin/true"]),
        "import": lambda: importlib.import_module("this"),
        "environment": lambda: dict(os.environ),
        "modules": lambda: sorted(sys.modules),
    }[how]()


def spin() -> None:
    while True:
        pass


def refuse() -> None:
    raise EmptySource("", "there is nothing in it")
