"""`footnote add` as a process, and a data folder with the converted models in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "add", file],
        cwd=ROOT,
        env={**os.environ, "FOOTNOTE_DATA": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        return process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        return process.communicate()[0]
