"""What a clean stop leaves beside Chroma's folder: a list of its files, as they were then.

Chroma reads what it finds: a file that was cut short or overwritten while nobody had the folder
open crashes the process that asks for it, or answers wrongly.
"""

from __future__ import annotations

import json
from contextlib import suppress
from enum import Enum
from pathlib import Path


class Seal(Enum):
    """How a folder was left."""

    WHOLE = "as a clean stop left it, or never used"
    BROKEN = "other than a clean stop left it"
    NONE = "by a process that was killed"


def seal(folder: Path) -> None:
    """Note the folder's files. Where that cannot be written, the next start tries the folder."""
    file = _file(folder)
    try:
        file.write_text(json.dumps(_contents(folder)), encoding="utf-8")
    except OSError:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def unseal(folder: Path) -> None:
    """Say that the folder is in use from now on. Raises OSError."""
    _file(folder).unlink(missing_ok=True)


def examine(folder: Path) -> Seal:
    """Tell how the folder was left. Raises OSError where it cannot be read."""
    file = _file(folder)
    if not _contents(folder):
        return Seal.WHOLE
    if not file.exists():
        return Seal.NONE
    try:
        noted = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        return Seal.BROKEN
    return Seal.WHOLE if noted == _contents(folder) else Seal.BROKEN


def _file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.sealed")


def _contents(folder: Path) -> dict[str, list[int]]:
    """Size and time of change of every file."""
    files = {p.relative_to(folder): p.stat() for p in folder.rglob("*") if p.is_file()}
    return {path.as_posix(): [s.st_size, s.st_mtime_ns] for path, s in sorted(files.items())}
