"""The console script in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli.commands import cli, environment
from bot.settings import SettingsError

pytestmark = pytest.mark.model

ROOT = Path(__file__).parents[4]

COMMANDS = {
    "run", "ask", "chat", "search", "add", "list", "show", "remove", "reindex", "backup", "restore",
    "doctor", "evaluate", "health", "watch",
}  # fmt: skip


def _footnote(folder: Path, *args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *args],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_commands():
    assert {command.name for command in cli.registered_commands} == COMMANDS


def test_the_environment_goes_before_the_file(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("LOG_LEVEL=DEBUG\nFOOTNOTE_DATA=/from/${file}\nUNUSED\n")
    given = {"LOG_LEVEL": "ERROR"}
    assert environment(given, file) == {"LOG_LEVEL": "ERROR", "FOOTNOTE_DATA": "/from/${file}"}
    assert given == {"LOG_LEVEL": "ERROR"}


def test_without_a_file_the_environment_is_all(tmp_path: Path):
    assert environment({"A": "b"}, tmp_path / ".env") == {"A": "b"}


def test_an_unreadable_file_is_a_settings_error(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_bytes(b"A=\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        environment({}, file)


def test_help_imports_nothing_heavy(tmp_path: Path):
    code = (
        "import sys\nfrom bot.cli import commands\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & "
        "{'torch', 'chromadb', 'discord', 'openvino', 'numpy', 'tantivy', 'trafilatura'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
    assert _footnote(tmp_path, "--help").returncode == 0


def test_a_wrong_value_in_the_file_is_one_line(tmp_path: Path):
    (tmp_path / ".env").write_text("DISCORD_TOKEN=hunter2\n")
    done = _footnote(tmp_path, "list")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("footnote: DISCORD_TOKEN is a text of 7 characters")
    assert done.stderr.count("\n") == 1


def test_a_file_that_is_no_text_is_one_line(tmp_path: Path):
    (tmp_path / ".env").write_bytes(b"A=\xff\xfe")
    done = _footnote(tmp_path, "list")
    assert (done.returncode, done.stderr) == (
        2,
        "footnote: .env is unreadable; allowed: UTF-8 text, NAME=value lines\n",
    )
