"""footnote run, and the console script in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from bot.cli import strings as cli_strings
from bot.cli.app import environment
from bot.cli.commands import cli
from bot.settings import SettingsError
from tests.builders import open_library
from tests.unit.bot.cli.conftest import Footnote
from tests.unit.bot.cli.fake_library import FakeLibrary
from tests.unit.bot.test_settings import TOKEN
from tests.unreadable import denied

ROOT = Path(__file__).parents[4]
ENVIRON = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}

COMMANDS = {
    "run", "ask", "chat", "search", "add", "list", "show", "remove", "reindex", "backup", "restore",
    "migrate",
    "doctor", "evaluate", "gaps", "health", "init", "mark", "watch", "web", "worker",
}  # fmt: skip


def _footnote(folder: Path, *args: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return _run(folder, *args, environ=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _run(
    folder: Path, *args: str, environ: Mapping[str, str] = MappingProxyType({}), **streams: Any
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *args],
        cwd=folder,
        env={**ENVIRON, **environ},
        text=True,
        timeout=60,
        check=False,
        **streams,
    )


def test_the_commands():
    assert {command.name for command in cli.registered_commands} == COMMANDS


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("help", "--help"),
        ("help add", "add --help"),
        ("articles", "list"),
        ("articles x", "list x"),
    ],
)
def test_what_people_type_in_place_of_a_command(footnote: Footnote, typed: str, meant: str):
    result, wanted = footnote(*typed.split()), footnote(*meant.split())
    assert (result.exit_code, result.output) == (0, wanted.output)


def test_the_version(footnote: Footnote):
    result = footnote("--version")
    assert (result.exit_code, result.stdout) == (0, f"footnote {version('footnote-bot')}\n")


@pytest.mark.parametrize("command", ["", *sorted(COMMANDS)])
def test_help_is_for_people_who_do_not_program(footnote: Footnote, command: str):
    shown = footnote(*command.split(), "--help").stdout
    for jargon in ("<", "list[", "bool", "[["):
        assert jargon not in shown.replace("1<=x<=100", "")


def test_a_question_without_a_command_is_told_how(footnote: Footnote):
    result = footnote("Who is Ilse Berg?")
    assert result.exit_code == 2
    assert 'footnote ask "Who is Ilse Berg?"' in result.stderr


def test_the_help_of_the_page_names_the_variables_of_its_address(footnote: Footnote):
    shown = footnote("web", "--help").stdout
    assert "WEB_HOST and WEB_PORT" in " ".join(shown.split())


def test_the_help_has_every_command_in_full(footnote: Footnote):
    shown = " ".join(footnote("--help").stdout.split())
    for command in cli.registered_commands:
        assert f" {command.name} {(command.callback.__doc__ or '').split('.')[0]}" in shown


@pytest.mark.model
@pytest.mark.parametrize("command", ["--help", "--version", "doctor"])
def test_a_reader_that_goes_away_ends_a_command_well_and_quietly(tmp_path: Path, command: str):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer) as closed:
        done = _run(tmp_path, command, stdout=closed, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_environment_goes_before_the_file(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("\ufeffLOG_LEVEL=DEBUG\nFOOTNOTE_DATA=/from/${file}\n# UNUSED\n")
    given = {"LOG_LEVEL": "ERROR"}
    assert environment(given, file, pytest.fail) == {
        "LOG_LEVEL": "ERROR",
        "FOOTNOTE_DATA": "/from/${file}",
    }
    assert given == {"LOG_LEVEL": "ERROR"}


def test_without_a_file_the_environment_is_all(tmp_path: Path):
    assert environment({"A": "b"}, tmp_path / ".env", pytest.fail) == {"A": "b"}


def test_lines_that_set_nothing_are_named(tmp_path: Path):
    file, said = tmp_path / ".env", list[str]()
    file.write_text("\ufeffA=1\nB: 2\nC 3\n# D\nE\nF='6'\n")
    assert environment({}, file, said.append) == {"A": "1", "F": "6"}
    assert said == [
        f"warning: {file}, line {number}: I ignore it, because it isn't NAME=value"
        for number in (2, 3, 5)
    ]


def test_an_unreadable_file_is_a_settings_error(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_bytes(b"A=\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        environment({}, file, pytest.fail)


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("A=1")
    with denied(file), pytest.raises(SettingsError) as raised:
        environment({}, file, pytest.fail)
    assert cli_strings.settings_error(raised.value) == (
        f"{file} is unreadable (Permission denied); allowed: a file that you may read"
    )


@pytest.mark.model
def test_closed_streams_are_no_failure_of_their_own(tmp_path: Path):
    command = f"{sys.executable} -m bot init <&- >&- 2>&-"
    done = subprocess.run(command, shell=True, cwd=tmp_path, env=ENVIRON, timeout=60, check=False)
    assert done.returncode == 2  # as nobody can be asked for a token


@pytest.mark.model
def test_help_imports_nothing_heavy(tmp_path: Path):
    code = (
        "import sys\nfrom bot.cli import commands\n"
        "print(sorted({m.partition('.')[0] for m in sys.modules} & "
        "{'torch', 'chromadb', 'discord', 'openvino', 'numpy', 'sqlalchemy', 'trafilatura'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
    assert _footnote(tmp_path, "--help").returncode == 0


@pytest.mark.model
def test_a_wrong_value_in_the_file_is_one_line(tmp_path: Path):
    (tmp_path / ".env").write_text("DISCORD_TOKEN=hunter2\n")
    done = _footnote(tmp_path, "list")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("footnote: DISCORD_TOKEN is 7 characters")
    assert done.stderr.count("\n") == 1


@pytest.mark.model
def test_a_file_that_is_no_text_is_one_line(tmp_path: Path):
    (tmp_path / ".env").write_bytes(b"A=\xff\xfe")
    done = _footnote(tmp_path, "list")
    assert (done.returncode, done.stderr) == (
        2,
        "footnote: .env is unreadable; allowed: UTF-8 text, NAME=value lines\n",
    )


@pytest.mark.model
def test_a_model_that_cannot_be_had_is_told_soon(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hub = f"http://127.0.0.1:{silent.getsockname()[1]}"
        for model, reason in (
            ("no-such/model", "huggingface.co doesn't answer"),
            (str(tmp_path), "the folder has no modules.json or config.json in it"),
        ):
            began = time.monotonic()
            done = _footnote(
                tmp_path, "list", FOOTNOTE_MODEL=model, HF_ENDPOINT=hub, HF_HOME=str(tmp_path)
            )
            assert time.monotonic() - began < 20, "10 s where nothing else runs"
            assert (done.returncode, done.stdout) == (1, "")
            assert done.stderr.splitlines()[-1] == (
                f"footnote: FOOTNOTE_MODEL: I can't get the model {model!r}: {reason}; "
                "set it to a folder with the model, or leave it empty for the packaged one"
            )
    done = _footnote(
        tmp_path, "list", FOOTNOTE_MODEL="no-such", HF_ENDPOINT=hub, HF_HOME=str(tmp_path)
    )
    assert "huggingface.co can't be reached (" in done.stderr


@pytest.fixture
def seeds(footnote: Footnote) -> Path:
    """A seeds folder with the article that answers the first question."""
    folder = Path(footnote.environ["FOOTNOTE_SEEDS"])
    folder.mkdir()
    (folder / "seed.txt").write_text("Talks\n\nHegseth spoke about NATO membership.")
    return folder


def test_without_a_terminal_the_first_question_is_answered(footnote: Footnote, seeds: Path):
    result = footnote("run")
    assert result.exit_code == 0
    assert result.stdout.startswith(cli_strings.FIRST_QUESTION + "\n")
    assert "Hegseth spoke about NATO membership. [1]" in result.stdout
    assert result.stderr.startswith(f"{seeds}: indexed 1 article (")
    assert result.stderr.count("\n") == 1
    assert footnote.opened == [{"chroma": True, "reembed": False}]


def test_questions_of_a_pipe_are_answered_instead(footnote: Footnote, seeds: Path):
    footnote.typed = ["When did the harbour reopen?"]
    result = footnote("run")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "> When did the harbour reopen?",
        "The harbour reopened on Monday. [1]",
    ]
    assert cli_strings.FIRST_QUESTION not in result.stdout


def test_unchanged_seeds_are_one_short_line(footnote: Footnote, seeds: Path):
    footnote("run")
    assert footnote("run").stderr == f"{seeds}: 1 article, unchanged\n"


def test_a_refused_first_question_leaves_with_3(footnote: Footnote):
    assert footnote("run").exit_code == 3


@pytest.mark.parametrize("command", ["list", "run"])
def test_a_data_folder_that_is_a_file_is_named_with_its_variable(
    footnote: Footnote, tmp_path: Path, command: str
):
    (tmp_path / "data").write_text("")
    footnote.library = None  # type: ignore[assignment]
    footnote.open_library = lambda *_, **__: open_library(tmp_path / "data")  # type: ignore[method-assign]
    result = footnote(command)
    assert (result.exit_code, result.stderr) == (
        1,
        f"footnote: {tmp_path / 'data'}: it's a file, not a folder; "
        "set FOOTNOTE_DATA to a folder that I can read and write\n",
    )


def test_seeds_that_are_a_file_are_a_warning(footnote: Footnote):
    Path(footnote.environ["FOOTNOTE_SEEDS"]).write_text("A file. It is no folder.")
    result = footnote("run")
    assert result.stderr.startswith("warning: there's no folder ")
    assert "FOOTNOTE_SEEDS" in result.stderr


def test_seeds_that_may_not_be_read_are_a_warning(footnote: Footnote, seeds: Path):
    with denied(seeds):
        assert footnote("run").stderr == (
            f"warning: {seeds}: Permission denied; "
            "set FOOTNOTE_SEEDS to a folder that I can read and write\n"
        )


def test_missing_seeds_are_a_warning(footnote: Footnote):
    result = footnote("run")
    assert result.stderr.startswith("warning: there's no folder ")
    assert "FOOTNOTE_SEEDS" in result.stderr


def test_with_a_token_the_bot_starts_and_says_how_it_ended(footnote: Footnote, seeds: Path):
    footnote.environ["DISCORD_TOKEN"] = TOKEN
    result = footnote("run", interactive=True)
    assert result.exit_code == 7
    assert footnote.bots[0].token
    assert TOKEN not in result.output
    assert footnote.library.closed


def test_on_a_terminal_a_chat_opens_and_says_how_to_get_a_token(footnote: Footnote, seeds: Path):
    footnote.typed = ["Who is Hegseth?"]
    result = footnote("run", interactive=True)
    assert result.exit_code == 0
    assert cli_strings.NO_BOT.format("footnote") in result.stderr
    assert "Hegseth spoke" in result.stdout


def test_a_wrong_token_is_not_repeated(footnote: Footnote):
    footnote.environ["DISCORD_TOKEN"] = "hunter2"
    result = footnote("run")
    assert result.exit_code == 2
    assert "DISCORD_TOKEN is 7 characters" in result.stderr
    assert "hunter2" not in result.output
    assert result.stderr.count("\n") == 1


def test_seeds_that_are_gone_are_removed_and_listed(footnote: Footnote, seeds: Path):
    footnote("run")
    (seeds / "seed.txt").unlink()
    result = footnote("run")
    assert result.stderr.startswith("removed seed.txt: Talks (public-talks)\n")
    assert result.exit_code == 3
    assert [article.title for article in footnote.library.list()] == ["Harbour reopens"]


@pytest.mark.parametrize("command", ["run", "web"])
def test_seeds_are_left_to_the_process_that_leads(footnote: Footnote, seeds: Path, command: str):
    footnote("run")
    (seeds / "seed.txt").unlink()
    footnote.library.leads = False
    said = f"{seeds}: another process keeps its articles up to date\n"
    assert footnote(command).stderr.startswith(said)
    assert "Talks" in [article.title for article in footnote.library.list()]
    footnote.library.leads = True
    assert footnote(command).stderr.startswith("removed seed.txt: Talks (public-talks)\n")


def test_whoever_finds_nothing_indexes_the_seeds(footnote: Footnote, seeds: Path):
    footnote.library = FakeLibrary()
    footnote.library.leads = False
    assert footnote("run").stderr.startswith(f"{seeds}: indexed 1 article (")


def test_removing_a_seed_warns_that_it_comes_back(footnote: Footnote, seeds: Path):
    footnote("run")
    result = footnote("remove", "Talks", "--yes")
    file = (seeds / "seed.txt").resolve()
    assert result.stderr == (
        f"warning: the next footnote run adds it again; to prevent that, delete {file}\n"
    )
    assert not footnote("remove", "Harbour reopens", "--yes").stderr


@pytest.fixture
def sample(footnote: Footnote, tmp_path: Path, monkeypatch) -> Footnote:
    """The command line in an empty folder, with an empty library and an article in the wheel."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "packaged.txt").write_text("Talks\n\nHegseth spoke about NATO on Friday.")
    del footnote.environ["FOOTNOTE_SEEDS"]
    footnote.library.texts.clear()
    footnote.packaged_articles = lambda: [tmp_path / "packaged.txt"]
    return footnote


@pytest.mark.parametrize("command", [["ask", "What did Hegseth say about NATO?"], ["run"]])
def test_a_first_question_has_an_answer_without_any_article(sample: Footnote, command):
    result = sample(*command)
    assert result.exit_code == 0
    assert "Hegseth spoke about NATO" in result.stdout
    assert 'I added a sample. To remove it: footnote remove "Talks"' in result.stderr


def test_the_sample_is_added_to_a_chat(sample: Footnote):
    sample.typed = ["What did Hegseth say about NATO?"]
    assert "Hegseth spoke about NATO" in sample("chat").stdout


@pytest.mark.parametrize("there", ["an article", "a folder", "another folder is set", "a token"])
def test_no_sample_where_articles_are_or_will_be(sample: Footnote, folder: Path, there):
    if there == "an article":
        sample("add", str(folder / "bridge.txt"))
    elif there == "a folder":
        Path("seeds").mkdir()
    elif there == "a token":
        sample.environ["DISCORD_TOKEN"] = TOKEN
    else:
        sample.environ["FOOTNOTE_SEEDS"] = "news"
    sample(*(["run"] if there == "a token" else ["ask", "What did Hegseth say about NATO?"]))
    assert "Talks" not in [article.title for article in sample.library.list()]


def test_ctrl_c_ends_the_process_whatever_its_threads_do(tmp_path):
    code = (
        "import sys, threading, time; import bot.cli.commands as commands\n"
        "threading.Thread(target=time.sleep, args=[60]).start()\n"
        "commands.cli = lambda **_: sys.exit(130)\n"
        "commands.main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=ENVIRON,
        capture_output=True,
        text=True,
        timeout=40,
        check=False,
    )
    assert ended.returncode == 130
    assert ended.stderr == cli_strings.STOPPED
