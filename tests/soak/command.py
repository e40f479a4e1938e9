"""`footnote add` as a process, and a data folder with the converted models in it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.forks import Fork

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "build" / "models"
"""Outlives one run: converting the models takes some seconds."""

ADD_SECONDS = 120.0


def new_data(folder: Path) -> Path:
    """A data folder, empty but for the models."""
    MODELS.mkdir(parents=True, exist_ok=True)
    data = folder / "data"
    data.mkdir()
    (data / "models").symlink_to(MODELS, target_is_directory=True)
    return data


def add(data: Path, file: Path, seconds: float = ADD_SECONDS) -> str:
    """Run `footnote add`, by kill -9 no longer than so many seconds; what it printed till then."""
    command = Fork("bot", "add", str(file))
    process, printed = command.launch({**os.environ, "FOOTNOTE_DATA": str(data)}, ROOT)
    process.join(seconds)
    process.kill()
    with printed:
        return printed.read().decode()
