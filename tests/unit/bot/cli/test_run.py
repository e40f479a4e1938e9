"""footnote web and footnote worker."""

import shutil
import sys

import pytest

from bot.cli.strings import FIRST_QUESTION
from index.model import PUBLIC, Space


def test_the_page_is_served_for_a_space(footnote):
    assert footnote("web").exit_code == 0
    assert footnote("web", "--space", "1001").exit_code == 0
    assert [given[3] for given in footnote.pages] == [(PUBLIC,), (Space("1001"), PUBLIC)]
    mark = footnote.pages[0][5]
    count, folder = mark("Who?", "Title", "Some words.", "words")
    assert (count, folder.name) == (1, "marked")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_nobody_else_gets_in_without_a_password(footnote, host):
    footnote.environ["WEB_HOST"] = host
    result = footnote("web")
    assert result.exit_code == 2
    assert "WEB_PASSWORD, WEB_USER_HEADER or WEB_PUBLIC=1" in result.stderr
    assert not footnote.opened
    assert not footnote.pages


def test_a_private_space_that_everybody_would_see_is_warned_of(footnote):
    footnote.environ["WEB_PUBLIC"] = "1"
    assert "WEB_PUBLIC" not in footnote("web").stderr
    result = footnote("web", "--space", "1001")
    assert result.exit_code == 0
    assert "read the articles of 1001; leave out --space" in result.stderr


@pytest.mark.parametrize(
    ("found", "named"), [(None, ".venv/bin/footnote init"), ("/bin/footnote", ": footnote init")]
)
def test_the_chat_names_the_command_as_it_can_be_typed(footnote, monkeypatch, found, named):
    monkeypatch.setattr(sys, "argv", [".venv/bin/footnote", "run"])
    monkeypatch.setattr(shutil, "which", lambda _: found)
    assert f"{named}\n" in footnote("run", interactive=True).stderr


def test_a_worker_starts_with_its_indexes_made(footnote):
    footnote.environ["DATABASE_URL"] = "postgresql://footnote@127.0.0.1/footnote"
    assert footnote("worker").exit_code == 0
    assert footnote.workers == [footnote.library]
    assert footnote.opened == [{"chroma": True, "reembed": False}]
    assert footnote.library.asked[-1][0] == FIRST_QUESTION


def test_without_postgresql_there_is_nobody_to_answer(footnote):
    result = footnote("worker")
    assert result.exit_code == 2
    assert "DATABASE_URL" in result.stderr
    assert not footnote.opened
