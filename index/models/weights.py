"""The trained weights that come with Footnote: eight bits each, a scale for every row.

The file holds what training changed. The word embeddings are the packaged model's own, so they
are not stored a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from index.errors import ModelError, ModelHashMismatch
from index.models.packaged import digest

FOLDER = Path(__file__).parent / "trained"

WEIGHTS = FOLDER / "reader.safetensors"

SHA256 = FOLDER / "reader.sha256"

SCALE = ".scale"

LEVELS = 127
"""Weights are whole numbers from -127 to 127 times their row's scale."""

Arrays = Mapping[str, NDArray[np.float32]]


def verify() -> str:
    """Return the weights' sha256 after checking it. Raises ModelHashMismatch, ModelError."""
    if not WEIGHTS.is_file() or not SHA256.is_file():
        raise ModelError(f"{WEIGHTS} is missing; install Footnote anew")
    expected, found = SHA256.read_text().strip(), digest(WEIGHTS)
    if found != expected:
        raise ModelHashMismatch(str(WEIGHTS), expected, found)
    return found


def load(path: Path = WEIGHTS) -> dict[str, NDArray[np.float32]]:
    """Read the weights, as float32 again."""
    stored = load_file(path)
    return {
        name: _expanded(array, stored.get(name + SCALE))
        for name, array in stored.items()
        if not name.endswith(SCALE)
    }


def save(arrays: Arrays, path: Path, about: Mapping[str, str]) -> None:
    """Write matrices as rows of int8 with float32 scales, everything else as float32."""
    stored: dict[str, NDArray[np.float32] | NDArray[np.int8]] = {}
    for name, array in arrays.items():
        if array.ndim < 2:
            stored[name] = array.astype(np.float32)
            continue
        scale = np.abs(array).max(axis=1, keepdims=True) / LEVELS
        scale[scale == 0] = 1.0
        stored[name] = np.rint(array / scale).astype(np.int8)
        stored[name + SCALE] = scale.astype(np.float32)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(stored, path, metadata=dict(about))


def _expanded(
    array: NDArray[np.float32] | NDArray[np.int8], scale: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    wide = array.astype(np.float32)
    return wide if scale is None else wide * scale
