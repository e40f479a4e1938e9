"""footnote init."""

import re
import stat
from pathlib import Path

import pytest
from discord import Permissions
from dotenv import dotenv_values

from bot.cli.probes import Application, TokenRejected, Unreachable
from bot.permissions import NEEDED, invite
from tests.unit.bot.cli.conftest import Footnote, lines, raising
from tests.unit.bot.test_settings import TOKEN

ROOT = Path(__file__).parents[4]
OTHER = TOKEN[::-1]


@pytest.fixture(autouse=True)
def env(tmp_path: Path, monkeypatch) -> Path:
    """The .env of an empty folder, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / ".env"


@pytest.fixture
def token_file(tmp_path: Path) -> str:
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    return "token"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_asks_for_token_and_folder_and_gives_the_link(footnote: Footnote, env):
    footnote.hidden, footnote.typed = [TOKEN], ["my articles"]
    result = footnote("init", interactive=True)
    assert result.exit_code == 0
    assert dotenv_values(env) == {"DISCORD_TOKEN": TOKEN, "FOOTNOTE_SEEDS": "my articles"}
    assert mode(env) == 0o600
    assert Path("my articles").is_dir()
    assert invite(7) in lines(result)
    assert "Quoter is set up" in result.stdout
    assert "Message Content" not in result.stdout
    assert TOKEN not in result.output


def test_works_without_a_terminal(footnote: Footnote, env, token_file):
    result = footnote("init", "--token-file", token_file, "--folder", "news")
    assert result.exit_code == 0
    assert not footnote.prompts
    assert env.read_text() == f"DISCORD_TOKEN={TOKEN}\nFOOTNOTE_SEEDS=news\n", "no quotes"


def test_without_a_terminal_the_folder_has_a_default(footnote: Footnote, env, token_file):
    assert footnote("init", "--token-file", token_file).exit_code == 0
    assert dotenv_values(env)["FOOTNOTE_SEEDS"] == "seeds"


def test_nobody_to_ask_is_an_error_that_names_the_option(footnote: Footnote, env):
    result = footnote("init")
    assert result.exit_code == 2
    assert "--token-file FILE" in result.stderr
    assert not env.exists()


def test_keeps_what_is_there(footnote: Footnote, env):
    env.write_text(f"# mine\nDISCORD_TOKEN={TOKEN}\nLOG_LEVEL=DEBUG # loud\nFOOTNOTE_SEEDS=\n")
    env.chmod(0o644)
    footnote.hidden, footnote.typed = [""], [""]
    assert footnote("init", interactive=True).exit_code == 0
    assert env.read_text() == (
        f"# mine\nDISCORD_TOKEN={TOKEN}\nLOG_LEVEL=DEBUG # loud\nFOOTNOTE_SEEDS=seeds\n"
    )
    assert mode(env) == 0o600
    assert "Enter keeps" in footnote.prompts[0]


@pytest.mark.parametrize(("answer", "kept"), [("y", TOKEN), ("", OTHER), ("n", OTHER)])
def test_asks_before_it_changes_a_value(footnote: Footnote, env, answer, kept):
    env.write_text(f"DISCORD_TOKEN={OTHER}\n")
    footnote.hidden, footnote.typed = [TOKEN], ["news", answer]
    result = footnote("init", interactive=True)
    assert footnote.prompts[-1] == "Replace DISCORD_TOKEN in .env? [y/N] "
    assert dotenv_values(env)["DISCORD_TOKEN"] == kept
    assert (result.exit_code, Path("news").exists()) == ((0, True) if kept == TOKEN else (1, False))


def test_replaces_nothing_where_nobody_can_be_asked(footnote: Footnote, env, token_file):
    env.write_text(f"DISCORD_TOKEN={OTHER}\n")
    result = footnote("init", "--token-file", token_file)
    assert result.exit_code == 2
    assert ".env has another DISCORD_TOKEN" in result.stderr
    assert env.read_text() == f"DISCORD_TOKEN={OTHER}\n"


def test_a_link_to_the_file_is_followed(footnote: Footnote, env, token_file, tmp_path):
    (tmp_path / "kept.env").touch()
    env.symlink_to("kept.env")
    assert footnote("init", "--token-file", token_file).exit_code == 0
    assert env.is_symlink()
    assert dotenv_values(tmp_path / "kept.env")["DISCORD_TOKEN"] == TOKEN


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (TokenRejected(), 2, "Discord rejects this token. Make a new one (Developer Portal"),
        (Unreachable("no route"), 1, "it can't be reached: no route; check the network"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(
    footnote: Footnote, env, token_file, error, code, said
):
    footnote.ask_application = raising(error)
    result = footnote("init", "--token-file", token_file)
    assert result.exit_code == code
    assert said in result.stderr
    assert TOKEN not in result.output
    assert not env.exists()


def test_asks_again_after_a_wrong_token(footnote: Footnote, env):
    def ask(token):
        if token.get_secret_value() == OTHER:
            raise TokenRejected
        return Application(7, "Quoter", reads_messages=True)

    footnote.ask_application = ask
    footnote.hidden, footnote.typed = ["", "hunter2", OTHER, TOKEN], [""]
    result = footnote("init", interactive=True)
    assert result.exit_code == 0
    assert dotenv_values(env)["DISCORD_TOKEN"] == TOKEN
    assert "a token is needed" in result.stderr
    assert "7 characters in 1 part" in result.stderr
    assert "hunter2" not in result.output


@pytest.mark.parametrize("content", [b"", b"hunter2", b"\xff\xfe"])
def test_a_file_without_a_token(footnote: Footnote, env, content):
    Path("bad").write_bytes(content)
    result = footnote("init", "--token-file", "bad")
    assert result.exit_code == 2
    assert "hunter2" not in result.output
    assert not env.exists()


def test_no_such_token_file(footnote: Footnote):
    footnote.environ["DISCORD_TOKEN"] = "wrong, so that this is to be set up anew"
    result = footnote("init", "--token-file", "nowhere")
    assert (result.exit_code, result.stderr) == (
        1,
        "footnote: nowhere: No such file or directory\n",
    )


def test_a_folder_that_cannot_be_made(footnote: Footnote, env, token_file):
    result = footnote("init", "--token-file", token_file, "--folder", f"{token_file}/news")
    assert result.exit_code == 1
    assert "Not a directory" in result.stderr
    assert not env.exists()


def test_without_the_intent_it_says_what_that_means(footnote: Footnote, token_file):
    footnote.ask_application = lambda _: Application(7, "Quoter", reads_messages=False)
    result = footnote("init", "--token-file", token_file)
    assert result.exit_code == 0
    assert "Message Content Intent is off" in result.stdout


def test_the_readme_links_with_exactly_what_is_needed():
    text = (ROOT / "README.md").read_text()
    assert invite(7).replace("=7&", "=APPLICATION_ID&") in text
    (labels,) = re.findall(r"permissions=\d+`\s+\((.+?)\)", text, re.S)
    named = "_".join(labels.lower().split()).replace("view_channels", "view_channel")
    assert Permissions(**dict.fromkeys(named.split(",_"), True)) == NEEDED
