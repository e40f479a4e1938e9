"""Work on a disk of a few megabytes: `unshare -rm python -m tests.soak.small_disk FOLDER N`.

Mounts a disk in memory at FOLDER, which only this process and its children see, and prints what
went wrong in N rounds as JSON.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

from index.errors import StorageError
from index.library import Library
from index.model import Space
from tests.builders import long_document, open_library
from tests.soak.steps import ARTICLES, IN_SYNC_SECONDS, lost, publish

DISK_BYTES = 12_000_000
LEFT_BYTES = (0, 20_000, 60_000, 150_000, 400_000)
"""What is left of the disk when it is full, in turn: not each of the writers fails first."""

LARGE = Space("1001")
LARGE_SENTENCES = 1_500
MOST_ADDED = 100
_CAPABILITY_VERSION_3 = 0x20080522


def main(folder: Path, rounds: int) -> None:
    """Fill the disk while a library is open, then take its folder's rights away."""
    problems, messages, last = [], set(), ARTICLES - 1
    _mount(folder, f"size={DISK_BYTES}")
    data = folder / "data"
    with open_library(data, chroma=True) as library:
        for step in range(ARTICLES):
            publish(library, step)
        assert library._vectors.wait(IN_SYNC_SECONDS)
        for number in range(rounds):
            last, told = _full(library, folder / "ballast", last, LEFT_BYTES[number % 5], problems)
            messages.add(told)
    subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
    messages.add(_refused(data, problems))
    subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
    with open_library(data, chroma=True) as library:
        problems += lost(library, last)
        if _give_up_rights():
            last = _without_rights(library, data, last, problems)
        if not library._vectors.wait(IN_SYNC_SECONDS):
            problems.append(f"Chroma is {library._vectors.described}")
        problems += [*lost(library, last), *(p for p, _ in library.health().problems)]
    print(json.dumps({"problems": problems, "messages": sorted(messages)}))


def _full(
    library: Library, ballast: Path, last: int, left: int, problems: list[str]
) -> tuple[int, str]:
    """Add until the disk is full, make room, and publish again."""
    _fill(ballast, left)
    told = ""
    try:
        for number in range(MOST_ADDED):
            library.ingest([long_document(f"Large {number}", LARGE_SENTENCES)], LARGE)
        problems.append(f"no error after {MOST_ADDED} large articles on a full disk")
    except StorageError as error:
        told = str(error)
    problems += [f"full: {one}" for one in lost(library, last, more=False)]
    try:
        publish(library, last + 1)
        last += 1
    except StorageError:
        pass  # a small one may find room inside the database
    ballast.unlink()
    publish(library, last + 1)
    problems += [f"with room again: {one}" for one in lost(library, last + 1, more=False)]
    for large in library.list((LARGE,)):
        library.remove(large.id, (LARGE,))
    return last + 1, told


def _refused(data: Path, problems: list[str]) -> str:
    """Open on a read-only disk: refused in words, nothing written."""
    try:
        open_library(data, chroma=True).close()
    except StorageError as error:
        return str(error)
    problems.append("a read-only disk was not refused")
    return ""


def _without_rights(library: Library, data: Path, last: int, problems: list[str]) -> int:
    """Publish into folders that may not be written, then into the same with rights again."""
    folders = [data, *(path for path in data.rglob("*") if path.is_dir())]
    for path in folders:
        path.chmod(0o500)
    try:
        for _ in range(ARTICLES):
            publish(library, last + 1)
            last += 1
    except StorageError:
        pass  # SQLite may have its files open already, and need no right to make any
    problems += [f"read-only: {one}" for one in lost(library, last)]
    for path in folders:
        path.chmod(0o700)
    publish(library, last + 1)
    problems += [f"with rights again: {one}" for one in lost(library, last + 1, more=False)]
    return last + 1


def _fill(ballast: Path, left: int) -> None:
    with ballast.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(1 << 16)):
                pass
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
        file.truncate(max(0, file.tell() - left))


def _mount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)


def _give_up_rights() -> bool:
    """Be somebody whom the rights of files hold for; the superuser is not."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    return ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()) == 0


if __name__ == "__main__":
    os.environ["HF_HUB_OFFLINE"] = "1"
    main(Path(sys.argv[1]), int(sys.argv[2]))
