"""A machine that is cut off from PostgreSQL while it leads, reads and writes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from index.store.postgres import LOCK_SECONDS
from tests.soak.check import Figure, Rounds

TITLE = "A machine is cut off from PostgreSQL"
SOAK = 3
SUITE = 0  # test_postgres.py has the settings that this goes by

UNSHARE = ["unshare", "--net"]
SECONDS = 120
KNOWN_SECONDS = 20.0
"""Keepalives take 15, and a busy machine some more."""


def possible() -> bool:
    """Whether there can be a network here that drops packets."""
    if not shutil.which("unshare"):
        return False
    tables = [*UNSHARE, "iptables", "--list"]
    return subprocess.run(tables, capture_output=True, check=False).returncode == 0


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round cuts a machine off once."""
    del folder
    if not possible():
        yield Figure("a network of its own", "cannot be had here (root, iptables)", held=False)
        return
    command = [*UNSHARE, sys.executable, "-m", "tests.soak.lost_machine"]
    times: dict[str, list[float]] = {}
    for _ in rounds:
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=SECONDS, check=True)
        for name, seconds in json.loads(done.stdout).items():
            times.setdefault(name, []).append(seconds)
    most = {name: max(seconds) for name, seconds in times.items()}
    knew_first = all(map(float.__lt__, times["knew"], times["led"]))
    for name, what, held in (
        ("read", "its reads failed", most["read"] < KNOWN_SECONDS),
        ("knew", "it knew that it leads no longer", knew_first),
        ("wrote", "another machine wrote", most["wrote"] < LOCK_SECONDS),
        ("led", "another machine led", most["led"] < LOCK_SECONDS),
    ):
        yield Figure(f"until {what}", f"{most[name]:.1f} s at most", held)
