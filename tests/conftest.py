"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.properties import examples

os.environ["HF_HUB_OFFLINE"] = "1"

settings.register_profile("footnote", examples(100))
settings.load_profile("footnote")


@pytest.fixture(scope="session")
def model_cache() -> Path:
    """A folder for the converted model that outlives one run (deleting it costs some seconds)."""
    folder = Path(__file__).parents[1] / "build" / "models"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
