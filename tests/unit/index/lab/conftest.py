"""A small question set, indexed with the toy embedder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.lab.evaluation.bench import Bench
from index.lab.evaluation.data import Topic, read
from tests.fake_models import HashingEmbedder
from tests.unit.index.lab.evaluation.builders import TOWN, entry, title_of, write, write_sets


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with two files."""
    return write_sets(tmp_path / "sets")


@pytest.fixture
def topics(tmp_path: Path) -> list[Topic]:
    """The town alone."""
    return read(write(tmp_path, "town", entry(title_of("dev"), TOWN)))


@pytest.fixture
def bench(tmp_path: Path, topics: list[Topic]) -> Iterator[Bench]:
    """The town's paragraphs, indexed."""
    made = Bench(tmp_path, topics, HashingEmbedder())
    yield made
    made.close()
