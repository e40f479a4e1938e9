"""footnote backup, footnote restore."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from index.errors import DamagedDatabase, StorageError
from index.store.schema import VERSION
from tests.builders import document, open_library
from tests.postgres import Server
from tests.unit.bot.cli.conftest import Footnote, lines


@pytest.fixture
def data(footnote: Footnote) -> Path:
    """The command line's data folder, with one article."""
    data = Path(footnote.environ["FOOTNOTE_DATA"])
    with open_library(data) as library:
        library.ingest([document()])
    return data


def test_backup_and_restore(footnote: Footnote, data: Path, tmp_path: Path):
    file = tmp_path / "backup.db"
    size = lines(footnote("backup", str(file)))[0]
    assert size == f"Saved 1 article ({file.stat().st_size / 1e6:.1f} MB) to {file}"
    result = footnote("restore", str(file))
    assert (result.exit_code, result.stdout) == (
        0,
        f"Restored 1 article from {file}; the index that was there is kept as "
        f"{data / 'footnote.replaced.db'}\n",
    )
    assert not footnote.opened  # no model is loaded


def test_restore_on_a_new_machine(footnote: Footnote, data: Path, tmp_path: Path):
    footnote("backup", str(tmp_path / "backup.db"))
    footnote.environ["FOOTNOTE_DATA"] = str(tmp_path / "new")
    result = footnote("restore", str(tmp_path / "backup.db"))
    assert result.stdout == f"Restored 1 article from {tmp_path / 'backup.db'}\n"


def test_a_backup_is_replaced_only_with_force(footnote: Footnote, data: Path, tmp_path: Path):
    file = tmp_path / "backup.db"
    file.write_text("precious")
    result = footnote("backup", str(file))
    assert (result.exit_code, result.stderr) == (
        2,
        f"footnote: {file} already exists; use --force to replace it\n",
    )
    assert file.read_text() == "precious"
    assert footnote("backup", str(file), "--force").exit_code == 0


def test_wrong_paths_are_wrong_use(footnote: Footnote, data: Path, tmp_path: Path):
    for command, path in (("backup", tmp_path / "no" / "b.db"), ("restore", tmp_path / "no.db")):
        result = footnote(command, str(path))
        assert result.exit_code == 2
        assert result.stderr.startswith("footnote: no such file or folder: ")


def test_there_is_nothing_to_back_up(footnote: Footnote, tmp_path: Path):
    result = footnote("backup", str(tmp_path / "backup.db"))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "there's no index yet" in result.stderr


def test_what_is_no_backup_is_refused_in_one_line(footnote: Footnote, data: Path, tmp_path: Path):
    text, newer = tmp_path / "letter.txt", tmp_path / "newer.db"
    text.write_text("Dear diary, " * 1000)
    footnote("backup", str(newer))
    with closing(sqlite3.connect(newer)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    for file, words in ((text, "it isn't a backup of Footnote"), (newer, "install the")):
        result = footnote("restore", str(file))
        assert (result.exit_code, result.stdout) == (1, "")
        assert words in result.stderr
        assert result.stderr.count("\n") == 1


def test_nothing_is_restored_while_the_bot_runs(footnote: Footnote, data: Path, tmp_path: Path):
    file = str(tmp_path / "backup.db")
    with open_library(data):
        assert footnote("backup", file).exit_code == 0
        result = footnote("restore", file)
    assert result.exit_code == 1
    assert result.stderr == f"footnote: {data}: another process has it open; stop that first\n"


def test_a_damaged_index_is_one_line_with_the_remedy(footnote: Footnote, data: Path):
    footnote.open_error = DamagedDatabase("data/footnote.db", "file is not a database")
    result = footnote("list")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "footnote: data/footnote.db is damaged (file is not a database); "
        "restore a backup: footnote restore FILE; "
    )
    assert result.stderr.count("\n") == 1
    assert "footnote restore FILE" in footnote("doctor").stdout


POSTGRES = "postgresql://me:hunter22@db/footnote"


@pytest.mark.parametrize(("command", "program"), [("backup", "pg_dump"), ("restore", "pg_restore")])
def test_articles_in_postgresql_are_left_to_its_own_programs(
    footnote: Footnote, data: Path, tmp_path: Path, command: str, program: str
):
    file = tmp_path / "backup.db"
    footnote("backup", str(file))
    footnote.environ["DATABASE_URL"] = POSTGRES
    result = footnote(command, str(file), *["--force"] * (command == "backup"))
    assert result.exit_code == 2
    assert program in result.stderr
    assert "hunter22" not in result.stderr


@pytest.mark.parametrize(
    ("error", "remedy"),
    [(DamagedDatabase, "pg_restore"), (StorageError, "check the address and the server")],
)
def test_what_postgresql_reports_is_one_line_with_its_own_remedy(
    footnote: Footnote, error: type[StorageError], remedy: str
):
    footnote.environ["DATABASE_URL"] = POSTGRES
    footnote.open_error = error("postgresql://me:***@db/footnote", "invalid page")
    footnote.open_error.__cause__ = OSError("of the driver")
    result = footnote("list")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert remedy in result.stderr
    assert "footnote restore" not in result.stderr


def test_migrating_needs_an_address_and_does_not_repeat_its_password(footnote: Footnote):
    for to in ("", "mysql://me:hunter22@db/footnote"):
        result = footnote("migrate", "--to", to)
        assert result.exit_code == 2
        assert "postgresql://user" in result.stderr
        assert "hunter22" not in result.stderr


def test_migrating_names_each_table(footnote: Footnote, data: Path, postgres: Server):
    result = footnote("migrate", "--to", postgres.create())
    assert (result.exit_code, result.stderr) == (0, "")
    assert "articles: 1 row, the same in both" in lines(result)
    assert lines(result)[-1].startswith("Everything is there. Set DATABASE_URL")
