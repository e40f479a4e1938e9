"""footnote evaluate."""

from __future__ import annotations

import json
from dataclasses import asdict
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli import evaluate, terminal
from index.model import PUBLIC, THRESHOLDS
from tests.builders import ONE
from tests.unit.bot.cli.conftest import Footnote, lines
from tests.unit.index.lab.evaluation.builders import SKY, entry, title_of, write, write_sets


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_sets(tmp_path / "sets")


@pytest.fixture
def where(tmp_path: Path) -> list[str]:
    return ["--work", str(tmp_path / "work"), "--plots", str(tmp_path / "plots")]


def test_a_markdown_table_for_each_file(footnote: Footnote, data, where, tmp_path):
    result = footnote("evaluate", str(data), *where)
    assert result.exit_code == 0
    found = lines(result)
    assert [line for line in found if line.startswith("## ")] == ["## sky", "## town"]
    assert sum(line.startswith("| system | hit@1 |") for line in found) == 2
    assert sum(line.startswith("| Footnote | 1.000 |") for line in found) == 2
    assert (
        "Questions to 3 paragraphs: 4 answerable, 2 adversarial, 4 gold removed, " in result.stdout
    )
    assert sum(line.startswith("| answerable | 4 |") for line in found) == 1
    said = [line for line in found if line.startswith("Footnote is sure from ")]
    assert [line.endswith("one question in two having an answer.") for line in said] == [True] * 2
    written = [tmp_path / "plots" / name for name in ("risk_coverage.png", "calibration.png")]
    assert all(path.stat().st_size > 5000 for path in written)
    assert result.stderr == f"Plots: {written[0]}, {written[1]}\n"


def test_without_the_extra_for_plots_it_is_named_at_once(footnote, data, where, monkeypatch):
    monkeypatch.setattr(evaluate, "find_spec", lambda _: None)
    result = footnote("evaluate", str(data), *where)
    assert result.exit_code == 2
    assert "pip install 'footnote-bot[plots]'" in result.stderr
    assert not footnote.models_loaded


def test_json_has_the_same_numbers_and_null_where_there_is_none(footnote, data, where):
    result = footnote("evaluate", str(data), *where, "--json")
    assert result.exit_code == 0
    sky, town = json.loads(result.stdout)["files"]
    assert (sky["file"], town["paragraphs"]) == ("sky", 3)
    assert town["questions"]["gold removed"] == 4
    assert [row["system"] for row in town["systems"]] == [
        "dense alone",
        "BM25 alone",
        "hybrid, no reader",
        "Footnote",
    ]
    assert town["systems"][0]["calibration_error"] is None
    assert 0 <= town["systems"][3]["calibration_error"] <= 1
    names = [outcome["name"] for outcome in sky["footnote"]["outcomes"]]
    assert names[:2] == ["answerable", "gold removed"]
    assert sky["footnote"]["thresholds"] == asdict(THRESHOLDS)
    assert 0 <= town["footnote"]["coverage"] <= 1


def test_a_bar_follows_the_questions_of_each_file_where_somebody_watches():
    watched = Console(force_terminal=True, width=80, file=StringIO())
    with terminal.questions_progress(watched) as follow:
        follow("sky\x1b", 0, 0)
        follow("town", 3, 12)
    assert "town" in watched.file.getvalue()
    quiet = Console(file=StringIO())
    with terminal.questions_progress(quiet) as follow:
        follow("town", 3, 12)
    assert quiet.file.getvalue() == ""


def test_on_a_terminal_systems_are_columns(footnote, data, where):
    result = footnote("evaluate", str(data), *where, terminal=True)
    assert result.exit_code == 0
    assert "| system" not in result.stdout
    assert any("hit@1" in line and "1.000" in line for line in lines(result))


@pytest.mark.parametrize("broken", ["{", '{"data": [1]}', b"\xff"])
def test_a_broken_file_is_one_line_before_any_model_is_loaded(footnote, data, where, broken):
    (data / "broken.json").write_bytes(broken if isinstance(broken, bytes) else broken.encode())
    _refused(footnote, data, where, "broken.json: not ")


def test_what_has_no_questions_is_one_line(footnote, tmp_path, where):
    _refused(footnote, tmp_path / "gone", where, "there's no folder ")
    folder = tmp_path / "empty"
    folder.mkdir()
    _refused(footnote, folder, where, "no file *.json in it")
    write(folder, "sky", entry(title_of("train"), SKY))
    _refused(footnote, folder, where, "no answerable question falls to the dev part")


def test_a_paragraph_without_text_is_one_line(footnote, tmp_path, where):
    one = entry(title_of("dev"), SKY)
    one["paragraphs"].append({"context": " ", "qas": []})
    write(tmp_path / "sets", "sky", one)
    result = footnote("evaluate", str(tmp_path / "sets"), *where)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def _refused(footnote: Footnote, data: Path, where: list[str], reason: str) -> None:
    result = footnote("evaluate", str(data), *where)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("footnote: ")
    assert reason in result.stderr
    assert result.stderr.count("\n") == 1
    assert footnote.models_loaded == []


def test_a_marked_question_is_measured(footnote, where):
    harbour = ["--article", "Harbour reopens"]
    wrong = footnote("mark", "Who sang?", *harbour, "--answer", "Lind sang")
    assert wrong.exit_code == 2
    assert "those words aren't in" in wrong.stderr
    words = footnote.library.text(footnote.library.list()[0].id).split(".")[0]
    assert footnote("mark", "What of it?", *harbour, "--answer", words).exit_code == 0
    result = footnote("mark", "Who sang?", *harbour)
    assert result.stdout.startswith("Marked: 2 questions.")
    evaluated = footnote("evaluate", result.stdout.split()[-1], *where, "--json")
    (file,) = json.loads(evaluated.stdout)["files"]
    assert file["questions"]["answerable"] == file["questions"]["adversarial"] == 1


def test_gaps_are_listed_most_asked_first(footnote: Footnote, library):
    footnote.library.records = library.records
    nothing = footnote("gaps")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert "went unanswered" in nothing.stderr
    count = library.records.questions.count
    for question in ("Who won?", "Where is Oslo?", "Where is OSLO?"):
        count(PUBLIC, question, 10, answered=False)
    count(PUBLIC, "When did it end?", 10, answered=False, perhaps_there=True)
    count(PUBLIC, "Who is Berg?", 10, answered=True)
    count(ONE, "Who is private?", 10, answered=False)
    assert lines(footnote("gaps")) == [
        "Where is Oslo? (asked 2×)",
        "Who won? (asked 1×)",
        "When did it end? (asked 1×; perhaps in the articles)",
    ]
    assert lines(footnote("gaps", "--space", ONE)) == ["Who is private? (asked 1×)"]
    first = json.loads(footnote("gaps", "--json").stdout)[0]
    assert first == {"question": "Where is Oslo?", "count": 2, "perhaps_there": False}
