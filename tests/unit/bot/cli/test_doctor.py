"""footnote doctor."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import doctor, strings
from bot.cli.doctor import State
from bot.cli.probes import Silent, TokenRejected, Unreachable
from bot.settings import Settings
from index.errors import ModelHashMismatch, StorageError
from index.models import weights
from index.sources import sandbox
from tests.unit.bot.cli.conftest import Footnote, lines, raising
from tests.unit.bot.cli.fake_library import HEALTH
from tests.unit.bot.test_settings import TOKEN


def _make(footnote: Footnote) -> None:
    for variable in ("FOOTNOTE_DATA", "FOOTNOTE_SEEDS"):
        Path(footnote.environ[variable]).mkdir()


def test_all_well(footnote: Footnote):
    _make(footnote)
    footnote.environ["DISCORD_TOKEN"] = TOKEN
    result = footnote("doctor")
    assert result.exit_code == 0, result.stdout
    assert all(line.startswith("ok ") for line in lines(result))
    assert TOKEN not in result.output
    for subject in ("Python", "DISCORD_TOKEN", "seeds", "data folder", "disk", "model", "index"):
        assert f" {subject}: " in result.stdout


def test_a_fresh_folder_is_no_failure_and_stays_unmade(footnote: Footnote):
    result = footnote("doctor")
    assert result.exit_code == 0
    assert "warn  index: there's none yet; run: footnote run" in lines(result)
    assert any(line.startswith("warn  DISCORD_TOKEN: not set; ") for line in lines(result))
    assert not Path(footnote.environ["FOOTNOTE_DATA"]).exists()


def test_wrong_settings_are_all_named_without_the_token(footnote: Footnote):
    footnote.environ |= {"DISCORD_TOKEN": "hunter2", "LOG_LEVEL": "loud"}
    result = footnote("doctor")
    assert result.exit_code == 1
    assert "fail  DISCORD_TOKEN: it's 7 characters" in result.stdout
    assert "fail  LOG_LEVEL: it's 'loud'; set it to DEBUG" in result.stdout
    assert "hunter2" not in result.output


@pytest.mark.parametrize(("kind", "remedy"), [("model", "it"), ("reader", "Footnote")])
def test_an_altered_model_fails(footnote: Footnote, kind: str, remedy: str):
    def altered() -> None:
        raise ModelHashMismatch("/m", "aa", "bb")

    setattr(footnote, f"verify_{kind}", altered)
    result = footnote("doctor")
    assert result.exit_code == 1
    assert f"fail  {kind}: /m: sha256 is bb, expected aa; reinstall {remedy}" in result.stdout


def test_problems_of_the_index_come_with_their_remedy(footnote: Footnote):
    _make(footnote)
    footnote.library.report_health = replace(HEALTH, problems=(("3 vectors are gone", "do this"),))
    result = footnote("doctor")
    assert result.exit_code == 1
    assert "fail  index: 3 vectors are gone; do this" in lines(result)


def test_an_index_that_cannot_be_opened_is_a_line(footnote: Footnote):
    _make(footnote)
    for error in (StorageError("/d", "it is locked"), ZeroDivisionError("bug")):
        footnote.open_error = error
        result = footnote("doctor")
        assert result.exit_code == 1
        assert "fail  index: " in result.stdout


def test_a_data_folder_that_is_a_file_fails(footnote: Footnote):
    Path(footnote.environ["FOOTNOTE_DATA"]).write_text("x")
    result = footnote("doctor")
    assert result.exit_code == 1
    assert "fail  data folder: " in result.stdout


def test_old_pythons_and_other_models():
    assert doctor.python((3, 10, 1)).state is State.FAIL
    assert doctor.python((3, 11, 0)).state is State.OK
    settings = Settings.from_environment({"FOOTNOTE_MODEL": "other"})
    assert "other" in doctor.model(None, settings).finding


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (lambda _: 0.5, "ok    clock: same as Discord's"),
        (lambda _: 95.0, "warn  clock: 95 s fast; "),
        (lambda _: -31.0, "warn  clock: 31 s slow; "),
        (lambda _: None, "ok    Discord: reached, and it accepts the token"),
        (raising(TokenRejected()), "fail  Discord: it rejects DISCORD_TOKEN; "),
        (raising(Unreachable("no route")), "fail  Discord: it can't be reached: no route; check"),
    ],
)
def test_discord_is_asked_where_there_is_a_token(footnote: Footnote, answer, line: str):
    footnote.ask_discord = answer
    assert "Discord: " not in footnote("doctor").stdout
    footnote.environ["DISCORD_TOKEN"] = TOKEN
    result = footnote("doctor")
    assert line in result.stdout
    assert TOKEN not in result.output


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (lambda _: [], "ok    running process: it's healthy"),
        (lambda _: ["A.", "B."], "fail  running process: A. B.; docs/operations.md"),
        (raising(Silent("-", refused=True)), "ok    METRICS_PORT: 9464 is free"),
        (raising(Silent("another program answers there")), "fail  METRICS_PORT: 9464: another"),
    ],
)
def test_a_bot_that_runs_is_asked(footnote: Footnote, answer, line: str):
    footnote.ask_health = answer
    assert "ok    METRICS_PORT: not set" in footnote("doctor").stdout
    footnote.environ["METRICS_PORT"] = "9464"
    assert line in footnote("doctor").stdout


def test_the_database_is_named(footnote: Footnote):
    _make(footnote)
    assert "ok    database: data/footnote.db" in footnote("doctor").stdout
    assert "workers" not in footnote("doctor").stdout


@pytest.mark.parametrize(
    ("living", "line"),
    [
        ((2, 0), "ok    workers: 2 running"),
        ((0, 0), "ok    workers: 0 running"),
        ((1, 3), "warn  workers: 1 running; 3 of another release; bots only use"),
    ],
)
def test_workers_are_counted_where_there_can_be_some(footnote: Footnote, living, line: str):
    _make(footnote)
    footnote.living = living
    assert line in footnote("doctor").stdout


def test_feeds_that_fail_are_counted(footnote: Footnote):
    _make(footnote)
    assert "ok    feeds: 2 feeds, 1 due" in footnote("doctor").stdout
    footnote.library.feeds.tally = lambda: (2, 1, 1)
    assert "warn  feeds: 2 feeds, 1 due, 1 failing; /feeds list" in footnote("doctor").stdout


@pytest.mark.parametrize(("closed", "state"), [(True, "ok "), (False, "warn ")])
def test_what_the_parsers_of_files_may_open_is_checked(
    footnote: Footnote, monkeypatch, closed, state
):
    monkeypatch.setattr(sandbox, "opens_nothing", lambda: closed)
    (line,) = [line for line in lines(footnote("doctor")) if "file parsers" in line]
    assert line.startswith(state)


def test_the_remedy_for_the_reader_names_its_folder():
    folder = strings.READER_REMEDY.rpartition(" ")[2]
    assert Path(folder).resolve() == weights.FOLDER.resolve()
