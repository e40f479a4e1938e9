"""Models in OpenVINO's format, made once and kept in a cache folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from index import strings
from index.errors import ModelError
from index.models.packaged import digest

CONVERT = "index.models.convert"
"""The module that converts Footnote's own models."""

Stored = Literal["levels", "floats"]
"""How the large matrices are stored."""

_FILES = ("model.xml", "model.bin")

_DIGEST = "sha256"


def converted(name: str, module: str, arguments: Sequence[str], cache: Path) -> Path:
    """Return the model's file, making it first where it is missing or was altered.

    `name` is the folder's, and must change whenever the model does. `module` is run with the
    arguments and the file to write. Raises ModelError.
    """
    folder = cache / name
    if not _is_whole(folder):
        shutil.rmtree(folder, ignore_errors=True)
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as made:
            _convert(module, [*arguments, str(Path(made) / _FILES[0])])
            _finish(Path(made), folder)
    return folder / _FILES[0]


def suitable() -> Stored:
    """Return what suits this CPU: with AMX it computes several times faster in bf16.

    Only Linux tells whether there is AMX.
    """
    with suppress(OSError):
        if "amx_bf16" in Path("/proc/cpuinfo").read_text(encoding="utf-8"):
            return "floats"
    return "levels"


def _is_whole(folder: Path) -> bool:
    try:
        return (folder / _DIGEST).read_bytes() == _digest(folder)
    except OSError:
        return False


def _digest(folder: Path) -> bytes:
    return "\n".join(digest(folder / name) for name in _FILES).encode()


def _finish(made: Path, folder: Path) -> None:
    """Rename the finished files into place; another process may have been first, which is fine."""
    try:
        (made / _DIGEST).write_bytes(_digest(made))
    except OSError as error:
        raise ModelError(strings.not_converted(error)) from error
    folder.mkdir(exist_ok=True)
    for name in (*_FILES, _DIGEST):  # the digest last: it declares the rest whole
        os.replace(made / name, folder / name)


def _convert(module: str, arguments: Sequence[str]) -> None:
    """Convert in a child process, so that torch's 400 MB do not stay with us."""
    done = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", module, *arguments],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or [strings.KILLED])[-1]
        raise ModelError(strings.not_converted(reason))
