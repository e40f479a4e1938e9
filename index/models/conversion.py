"""Models in OpenVINO's format, made once and kept in a cache folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import openvino
from openvino import opset13 as op

from index.errors import ModelError

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


def _is_whole(folder: Path) -> bool:
    try:
        return (folder / _DIGEST).read_bytes() == _digest(folder)
    except OSError:
        return False


def _digest(folder: Path) -> bytes:
    digests = (hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in _FILES)
    return "\n".join(digests).encode()


def _finish(made: Path, folder: Path) -> None:
    """Rename the finished files into place; another process may have been first, which is fine."""
    try:
        (made / _DIGEST).write_bytes(_digest(made))
    except OSError as error:
        raise ModelError(f"the model cannot be converted: {error}") from error
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
        reason = (done.stderr.strip().splitlines() or ["it was killed"])[-1]
        raise ModelError(f"the model cannot be converted: {reason}")


LEVELS = 127
"""Weights are whole numbers from -127 to 127 times the scale of their output."""

MIN_WIDTH = 64
"""Smaller matrices stay: OpenVINO 2026.4 computes one with a single output wrongly."""


def compress(model: openvino.Model) -> None:
    """Put int8 constants with a scale for each output in place of a model's matrices.

    OpenVINO's CPU plugin knows the pattern: where the CPU has the instructions (VNNI) it rounds
    the activations as well, in groups (`DYNAMIC_QUANTIZATION_GROUP_SIZE`), else it expands the
    weights when it compiles.
    """
    for node in model.get_ordered_ops():
        if node.get_type_name() != "MatMul":
            continue
        matrix = _constant(node.input(1).get_source_output().get_node())
        if matrix is not None and min(matrix.shape) >= MIN_WIDTH:
            outputs_first = node.get_attributes()["transpose_b"]
            node.input(1).replace_source_output(_compressed(matrix, axis=int(outputs_first)))


def _constant(node: Any) -> Any:
    """Return the values behind a node, None where they depend on the input."""
    while node.get_type_name() == "Convert":
        node = node.input(0).get_source_output().get_node()
    return node.get_data() if node.get_type_name() == "Constant" else None


def _compressed(matrix: Any, *, axis: int) -> Any:
    wide = np.asarray(matrix, dtype=np.float32)
    scale = np.abs(wide).max(axis=axis, keepdims=True) / LEVELS
    scale[scale == 0] = 1.0
    whole = op.convert(op.constant(np.rint(wide / scale).astype(np.int8)), "f16")
    scaled = op.multiply(whole, op.constant(scale.astype(np.float16)))
    return op.convert(scaled, "f32").output(0)
