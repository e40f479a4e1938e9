"""footnote run."""

from pathlib import Path

import pytest

from bot.cli import strings as cli_strings
from tests.unit.bot.cli.conftest import Footnote
from tests.unit.bot.test_settings import TOKEN


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
    assert result.stderr.startswith(f"{seeds}: 1 article, ")
    assert result.stderr.count("\n") == 1
    assert footnote.opened == [{"chroma": True, "reembed": False}]


def test_unchanged_seeds_are_one_short_line(footnote: Footnote, seeds: Path):
    footnote("run")
    assert footnote("run").stderr == f"{seeds}: 1 article, unchanged\n"


def test_a_refused_first_question_leaves_with_3(footnote: Footnote):
    assert footnote("run").exit_code == 3


def test_missing_seeds_are_a_warning(footnote: Footnote):
    result = footnote("run")
    assert result.stderr.startswith("warning: there is no folder ")
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
    assert cli_strings.NO_BOT in result.stderr
    assert "Hegseth spoke" in result.stdout


def test_a_wrong_token_is_not_repeated(footnote: Footnote):
    footnote.environ["DISCORD_TOKEN"] = "hunter2"
    result = footnote("run")
    assert result.exit_code == 2
    assert "DISCORD_TOKEN is a text of 7 characters" in result.stderr
    assert "hunter2" not in result.output
    assert result.stderr.count("\n") == 1


def test_seeds_that_are_gone_are_removed_and_told(footnote: Footnote, seeds: Path):
    footnote("run")
    (seeds / "seed.txt").unlink()
    result = footnote("run")
    assert result.stderr.startswith("removed seed.txt: Talks (public-talks)\n")
    assert result.exit_code == 3
    assert [article.title for article in footnote.library.list()] == ["Harbour reopens"]
