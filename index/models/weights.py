"""The trained weights that come with Footnote: few bits each, a scale for every group of a row.

The file is safetensors. A matrix NAME of `bits` bits is stored as NAME (packed bytes), NAME.scale
(float16, one a group) and NAME.shape (rows, columns, bits); everything else is float16. Six bits
keep nearly what eight keep, and 109 M weights then fit into 90 MB.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from index import strings
from index.errors import ModelError, ModelHashMismatch
from index.models.packaged import digest

FOLDER = Path(__file__).parent / "trained"

WEIGHTS = FOLDER / "reader.safetensors"

TOKENIZER = FOLDER / "tokenizer.json"

SHA256 = FOLDER / "reader.sha256"
"""Of both files, as sha256sum writes it."""

GROUP = 64
"""Weights in a row that share a scale; every matrix of the network has a multiple as columns."""

SHRINKS = np.linspace(0.72, 1.0, 15, dtype=np.float32)
"""Scales that are tried, as shares of the one that holds the largest weight; the one of least
squared error is taken."""

SCALE, SHAPE = ".scale", ".shape"

Floats = NDArray[np.float32]
Scales = NDArray[np.float16]
Levels = NDArray[np.int8]


def verify() -> str:
    """Return the weights' sha256 after checking them and the tokenizer.

    Raises ModelHashMismatch, ModelError.
    """
    for path in (WEIGHTS, TOKENIZER, SHA256):
        if not path.is_file():
            raise ModelError(strings.missing(path, "Footnote"))
    lines = (line.split() for line in SHA256.read_text().splitlines())
    expected = {name: sha256 for sha256, name in lines}
    found = {path: digest(path) for path in (WEIGHTS, TOKENIZER)}
    for path, sha256 in found.items():
        if sha256 != expected.get(path.name):
            raise ModelHashMismatch(str(path), expected.get(path.name, ""), sha256)
    return found[WEIGHTS]


def save(
    arrays: Mapping[str, Floats],
    bits: Mapping[str, int],
    path: Path,
    about: Mapping[str, str],
    scales: Mapping[str, Scales] | None = None,
) -> dict[str, float]:
    """Write arrays; the matrices named in `bits` with 6 or 8 bits a weight.

    They are rounded to the levels of `scales`, where it has them. Returns each matrix's relative
    error, the root of the mean square over that of the weights.
    """
    stored: dict[str, NDArray[np.generic]] = {}
    errors: dict[str, float] = {}
    for name, array in arrays.items():
        if name not in bits:
            stored[name] = array.astype(np.float16)
            continue
        found = (scales or {}).get(name)
        found = best_scales(array, bits[name]) if found is None else found
        levels = rounded(array, bits[name], found)
        stored[name] = packed(levels, bits[name])
        stored[name + SCALE] = found
        stored[name + SHAPE] = np.array([*array.shape, bits[name]], np.int32)
        back = _expanded(levels, found)
        whole = float(np.mean(array**2)) or 1.0
        errors[name] = float(np.sqrt(np.mean((back - array) ** 2) / whole))
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(stored, path, metadata=dict(about))
    return errors


def load(path: Path = WEIGHTS) -> dict[str, Floats]:
    """Read a file that `save` wrote, as float32 again."""
    stored = load_file(path)
    return {
        name: _expanded(_levels(stored, name), stored[name + SCALE])
        if name + SHAPE in stored
        else array.astype(np.float32)
        for name, array in stored.items()
        if not name.endswith((SCALE, SHAPE))
    }


def load_levels(path: Path) -> dict[str, tuple[Levels, Scales]]:
    """Read the matrices of few bits of a file that `save` wrote.

    Their levels are (rows, columns), the scales (rows, columns / GROUP).
    """
    stored = load_file(path)
    return {
        name: (_levels(stored, name), stored[name + SCALE].astype(np.float16))
        for name in stored
        if name + SHAPE in stored
    }


def load_scales(path: Path) -> dict[str, Scales]:
    """Read the scales of a file that `save` wrote, by the names of their matrices."""
    stored = load_file(path)
    return {
        name.removesuffix(SCALE): array.astype(np.float16)
        for name, array in stored.items()
        if name.endswith(SCALE)
    }


def _levels(stored: Mapping[str, NDArray[Any]], name: str) -> Levels:
    rows, columns, bits = (int(n) for n in stored[name + SHAPE])
    return unpacked(stored[name], bits).reshape(rows, columns)


def highest_level(bits: int) -> int:
    """Return the highest level of so many bits; the lowest is its negative."""
    return (1 << (bits - 1)) - 1


def best_scales(array: Floats, bits: int) -> Scales:
    """Return the scales, (rows, columns / GROUP), with which rounding loses least."""
    highest, grouped = highest_level(bits), _grouped(array)
    widest = np.abs(grouped).max(axis=2) / highest
    best = np.full(widest.shape, np.inf, np.float32)
    scales = np.zeros(widest.shape, np.float16)
    for shrink in SHRINKS:
        tried = np.maximum(widest * shrink, 1e-7).astype(np.float16)
        wide = tried.astype(np.float32)[..., None]
        back = np.clip(np.rint(grouped / wide), -highest, highest) * wide
        errors = np.square(back - grouped).sum(axis=2)
        better = errors < best
        best[better], scales[better] = errors[better], tried[better]
    return scales


def rounded(array: Floats, bits: int, scales: Scales) -> Levels:
    """Return the nearest levels, (rows, columns)."""
    highest = highest_level(bits)
    exact = np.rint(_grouped(array) / scales.astype(np.float32)[..., None])
    levels: Levels = np.clip(exact, -highest, highest).astype(np.int8)
    return levels.reshape(array.shape)


def packed(levels: Levels, bits: int) -> NDArray[np.uint8]:
    """Return levels as bytes: one of 8 bits in one, four of 6 bits in three."""
    raised = (levels.reshape(-1).astype(np.int16) + 2 ** (bits - 1)).astype(np.uint32)
    parts = [raised]
    if bits == 6:
        joined = raised[0::4] | raised[1::4] << 6 | raised[2::4] << 12 | raised[3::4] << 18
        parts = [joined >> shift & 255 for shift in (0, 8, 16)]
    data: NDArray[np.uint8] = np.stack(parts, axis=1).reshape(-1).astype(np.uint8)
    return data


def unpacked(data: NDArray[np.uint8], bits: int) -> Levels:
    """Return levels; `packed` the other way round."""
    wide = data.astype(np.uint32)
    if bits == 6:
        joined = wide[0::3] | wide[1::3] << 8 | wide[2::3] << 16
        parts = [joined >> shift & 63 for shift in (0, 6, 12, 18)]
        wide = np.stack(parts, axis=1).reshape(-1)
    levels: Levels = (wide.astype(np.int16) - 2 ** (bits - 1)).astype(np.int8)
    return levels


def _expanded(levels: Levels, scales: Scales) -> Floats:
    wide = _grouped(levels.astype(np.float32)) * scales.astype(np.float32)[..., None]
    return wide.reshape(levels.shape)


def _grouped(array: Floats) -> Floats:
    rows, columns = array.shape
    return array.reshape(rows, columns // GROUP, GROUP)
