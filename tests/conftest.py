"""What all tests share: examples of properties, the folder of models, which tests are slow."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test, settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from index import models
from index.models import weights
from index.models.embedder import Embedder
from index.models.reader import NetworkReader
from tests import postgres as servers
from tests.properties import examples
from tests.readings import KEPT, Computed, KeptNetwork

os.environ["HF_HUB_OFFLINE"] = "1"

settings.register_profile("footnote", examples(100))
settings.load_profile("footnote")

TESTS = Path(__file__).parent
EACH_BY_ITSELF = "soak/test_checks.py"
"""Its tests share nothing; those of another file share a bot, a library or a network."""
WITH_PROCESSES = ("e2e/", EACH_BY_ITSELF)
"""Marked `model`, as are single files of tests/unit."""
SLOWEST = (
    *("test_trainer", "test_seed_questions", "[load]", "[kills_"),
    *("e2e/test_buttons", "e2e/test_conversations", "[", "e2e/"),
    *("test_any_card", "test_any_answer", "test_any_history"),
)
"""What is started first, so that no process is left with a long file at the end."""
WITH_TORCH = re.compile(r"unit/(bot/llm/test_real|index/(lab/training|models)/test_[mnrt])")
"""Done by one process: importing torch and its libraries takes 10 s of CPU."""


class Files(LoadFileScheduling):
    """Give each file's tests to one process, those that share nothing to any, all of torch to one.

    Not by marks and `--dist loadgroup`: xdist 3.8 drops the groups under pytest 9.2
    (https://github.com/pytest-dev/pytest-xdist/issues/1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        path = super()._split_scope(nodeid)
        if WITH_TORCH.search(path):
            return "torch"
        return nodeid if path.endswith(EACH_BY_ITSELF) else path


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Files:
    """Give files out, whatever `--dist` says."""
    return Files(config, log)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out files that `-m model` or `-m "not model"` wants nothing of.

    Importing all of them takes longer than many a test, in each process.
    """
    wanted = config.option.markexpr
    if wanted not in ("model", "not model") or not fnmatch(collection_path.name, "test_*.py"):
        return None
    text = collection_path.read_text(encoding="utf-8")
    all_of_it = _with_processes(collection_path) or "\npytestmark = pytest.mark.model" in text
    left_out = all_of_it if wanted == "not model" else not (all_of_it or "mark.model" in text)
    return left_out or None


def _with_processes(path: Path) -> bool:
    return path.relative_to(TESTS).as_posix().startswith(WITH_PROCESSES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, start the slowest first.

    Coverage is not measured in properties: it slows each of a hundred examples by half, and other
    tests run the same lines.
    """
    for item in items:
        if _with_processes(item.path):
            item.add_marker(pytest.mark.model)
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker(pytest.mark.no_cover)
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    by_itself = item.path.relative_to(TESTS).as_posix() == EACH_BY_ITSELF
    name = item.name if by_itself else item.path.relative_to(TESTS).as_posix()
    return next((n for n, part in enumerate(SLOWEST) if part in name), len(SLOWEST))


@pytest.fixture(scope="session")
def model_cache() -> Path:
    """A folder for the converted model that outlives one run (deleting it costs some seconds)."""
    folder = TESTS.parent / "build" / "models"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def embedder(model_cache) -> Embedder:
    """The packaged model, which takes a second to load."""
    return models.load_embedder(None, model_cache)


@pytest.fixture(scope="session")
def reader(model_cache) -> NetworkReader:
    """The shipped reader, whose network computes only what no test has asked before."""
    return NetworkReader(KeptNetwork(lambda: models.load_network(model_cache)))


@pytest.fixture(scope="session")
def postgres() -> Iterator[servers.Server]:
    """A PostgreSQL server of the tests' own."""
    with servers.running(servers.binaries()) as server:
        yield server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were not run for want of PostgreSQL, and tell of passages not kept."""
    skipped = terminalreporter.getreports("skipped")
    names = [report.nodeid for report in skipped if servers.NO_POSTGRES in str(report.longrepr)]
    if names:
        terminalreporter.section(f"NOT TESTED: {servers.NO_POSTGRES}", red=True, bold=True)
        terminalreporter.write_line("\n".join(names))
    computed = len(Computed(weights.verify()).all())
    if computed:
        terminalreporter.write_line(f"{computed} passages are not in {KEPT.name}: make readings")
