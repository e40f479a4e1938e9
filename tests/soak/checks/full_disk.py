"""A full disk, a read-only one, and folders without the right to write."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.soak.check import Figure, Rounds, first_few

TITLE = "Disk full or read-only"
SOAK = 20
SUITE = 3

UNSHARE = ["unshare", "--map-root-user", "--mount"]
SECONDS = 600


def possible() -> bool:
    """Whether a disk can be mounted here that nobody else sees."""
    if not shutil.which("unshare"):
        return False
    mount = [*UNSHARE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(mount, capture_output=True, check=False).returncode == 0


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """A round fills the disk once."""
    if not possible():
        yield Figure("a small disk", "cannot be mounted here (unshare, mount)", held=False)
        return
    command = [*UNSHARE, sys.executable, "-m", "tests.soak.small_disk", folder, str(rounds.count)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        yield Figure("the process on the small disk", done.stderr[-2000:], held=False)
        return
    found = json.loads(done.stdout)
    messages = [message.replace(str(folder), "...") for message in found["messages"]]
    yield Figure("times full, then read-only, then without rights", str(rounds.count), held=True)
    yield Figure("what was said", "; ".join(messages), all(messages))
    yield Figure(
        "lost, half-written or not recovered", first_few(found["problems"]), not found["problems"]
    )
