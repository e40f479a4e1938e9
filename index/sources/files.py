"""Files and folders."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from index.errors import SourceError
from index.sources.decoding import MAX_BYTES, check_size


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes, checked for size before it is read. Raises SourceError."""
    name = str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SourceError(name, "it is a folder, not a file")
        if not stat.S_ISREG(status.st_mode):
            raise SourceError(name, "it is not a regular file")
        check_size(name, status.st_size)
        with path.open("rb") as file:
            # The file may have grown since.
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise SourceError(name, _reason(error)) from error
    check_size(name, len(data))
    return data


def walk(paths: Iterable[Path], suffixes: Collection[str]) -> list[Path]:
    """Return the files as given and, of folders, those with the suffixes, sorted; each once.

    Hidden files and folders are skipped; links to folders inside a folder are not followed.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_inside(path, suffixes) if path.is_dir() else [path]))
    return list(found)


def _inside(folder: Path, suffixes: Collection[str]) -> list[Path]:
    return sorted(
        path for path in _visible(folder) if path.suffix.lower() in suffixes and path.is_file()
    )


def _visible(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(parent, name) for name in names if not name.startswith("."))


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "you are not allowed to read it"
    if isinstance(error, OSError) and error.strerror:
        return f"it cannot be read ({error.strerror.lower()})"
    return "it cannot be read"
