"""What the command line shows while models are loaded."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bot import compose
from bot.cli import strings
from bot.cli.app import App
from bot.settings import Settings
from index.models.embedder import Embedder
from index.models.reader import Reader
from tests.fake_models import HashingEmbedder, OverlapReader
from tests.waiting import block_until

COUNT = 2


def shown_while(ready: Sequence[int], line: str) -> str:
    """Load models of which so many are ready, one count after the other; wait for a line each."""
    written, now = io.StringIO(), [ready[0]]

    def load(settings: Settings, cache: Path) -> tuple[Embedder, Reader]:
        for now[0] in ready:
            block_until(lambda: line.format(now[0]) in written.getvalue())
        return HashingEmbedder(), OverlapReader()

    app = App(
        {},
        load_models=load,
        models_ready=lambda _: (now[0], COUNT),
        configure_logging=lambda _: None,
        err=Console(file=written, force_terminal=True, width=100),
    )
    app.models(Path())
    return written.getvalue()


def test_on_a_terminal_the_first_run_shows_how_many_models_are_ready():
    assert strings.PREPARING in shown_while(range(COUNT), "{} of 2 ready, ")


def test_where_models_are_ready_nothing_is_prepared():
    assert strings.PREPARING not in shown_while([COUNT], strings.LOADING)


def test_converted_models_are_counted_but_no_other_that_is_set(tmp_path: Path):
    for count, name in enumerate(("embedder-1", "reader-1", "reader-0")):
        assert compose.models_ready(Settings(models=str(tmp_path))) == (count, COUNT)
        (tmp_path / name).mkdir()
        (tmp_path / name / "sha256").touch()
    assert compose.models_ready(Settings(models=str(tmp_path))) == (COUNT, COUNT)
    assert compose.models_ready(Settings(models=str(tmp_path), model="other")) == (1, 1)
