"""footnote list, show, remove."""

import json
from pathlib import Path

import pytest

from bot.cli.strings import NO_ARTICLES
from index.model import PUBLIC, Document, Space
from tests.unit.bot.cli.conftest import HARBOUR, Footnote, lines

ID = "public-harbour-reopens"


def test_list_on_a_pipe_is_tab_separated(footnote: Footnote):
    footnote.library.ingest([Document("Tab\there", "Text.")])
    assert lines(footnote("list")) == [
        f"{ID}\tHarbour reopens\thttps://news.example/harbour\t2025-02-14T09:30:00+00:00\t2",
        "public-tab-here\tTab here\t\t\t1",
    ]
    assert footnote.opened == [{"chroma": False, "reembed": False}]


def test_list_on_a_terminal_is_a_table(footnote: Footnote):
    out = footnote("list", terminal=True).stdout
    assert "passages" in out
    assert ID in out


def test_list_of_nothing(footnote: Footnote):
    footnote.library.texts.clear()
    result = footnote("list")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "footnote add" in result.stderr
    assert json.loads(footnote("list", "--json").stdout) == []


def test_list_of_what_some_words_find(footnote: Footnote):
    footnote.library.ingest([Document("Ferry strike ends", "Text.")])
    (line,) = lines(footnote("list", "ferry", "strike"))
    assert "Ferry strike ends" in line
    (article,) = json.loads(footnote("list", "harbour", "--json").stdout)
    assert article["article_id"] == ID


def test_list_of_words_that_find_nothing(footnote: Footnote):
    result = footnote("list", "big", "volcano")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "“big volcano”" in result.stderr
    assert "footnote list shows all" in result.stderr
    assert json.loads(footnote("list", "volcano", "--json").stdout) == []


def test_list_json(footnote: Footnote):
    (article,) = json.loads(footnote("list", "--json").stdout)
    assert article["article_id"] == ID
    assert article["passages"] == 2
    assert {"title", "source", "published", "space", "added", "words"} <= article.keys()


def test_show(footnote: Footnote):
    out = footnote("show", ID).stdout
    assert f"article_id: {ID}\ntitle: Harbour reopens\n" in out
    assert "added: 2025-02-15T00:00:00" in out
    assert "version: " not in out
    assert out.endswith(f"\n\n{HARBOUR.text}\n")


def test_show_json_has_the_text_as_stored(footnote: Footnote):
    shown = json.loads(footnote("show", "Harbour reopens", "--json").stdout)
    assert shown["text"] == HARBOUR.text


def test_show_of_nothing(footnote: Footnote):
    result = footnote("show", "nope")
    assert result.exit_code == 1
    assert "footnote list" in result.stderr


def test_what_list_finds_alone_is_shown(footnote: Footnote):
    assert footnote("show", "harbour").stdout.endswith(f"\n\n{HARBOUR.text}\n")


def test_of_several_that_match_none_is_shown(footnote: Footnote):
    footnote.library.ingest([Document("Harbour closes", "Text.")])
    result = footnote("show", "harbour")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "footnote: 2 articles match 'harbour'; did you mean Harbour reopens "
        f"({ID}, 2025-02-14) or Harbour closes (public-harbour-closes)?\n"
    )
    assert footnote("show", "Harbour closes").exit_code == 0


@pytest.mark.parametrize("command", [("show",), ("remove", "--yes")])
def test_of_several_of_one_title_none_is_taken(footnote: Footnote, command: tuple[str, ...]):
    """The newest was shown, or removed, without a word of the other."""
    for space in (PUBLIC, Space("42")):
        article = Document("Night trams", f"Text of {space}.", published="2026-11-28")
        footnote.library.ingest([article], space)
    result = footnote(*command, "night trams", "--space", "42")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "2 articles match 'night trams'; did you mean Night trams (" in result.stderr
    assert ", 2026-11-28)" in result.stderr
    assert footnote("show", "public-night-trams", "--space", "42").exit_code == 0
    assert len(footnote.library.list((PUBLIC, Space("42")))) == 3


def test_of_very_many_that_match_some_are_named(footnote: Footnote):
    footnote.library.ingest([Document(f"Harbour in {n * 'x'}", "Text.") for n in range(1, 9)])
    assert "or one of 4 more (footnote list harbour)?" in footnote("show", "harbour").stderr


def test_show_where_there_are_no_articles(footnote: Footnote):
    footnote.library.texts.clear()
    assert footnote("show", "harbour").stderr == f"footnote: {NO_ARTICLES}\n"


def test_a_part_of_a_title_removes_nothing(footnote: Footnote):
    assert footnote("remove", "harbour", "--yes").exit_code == 1
    assert footnote.library.texts


def test_remove_asks_on_a_terminal(footnote: Footnote):
    footnote.typed = ["n"]
    result = footnote("remove", ID, interactive=True)
    assert (result.exit_code, result.stderr) == (1, "Nothing was removed.\n")
    assert footnote.prompts == ["Remove 'Harbour reopens' (2 passages)? [y/N] "]
    footnote.typed = ["y"]
    result = footnote("remove", ID, interactive=True)
    assert (result.exit_code, result.stdout) == (0, f"Removed {ID}: Harbour reopens\n")
    assert not footnote.library.texts


def test_several_are_removed_after_one_question(footnote: Footnote):
    footnote.library.ingest([Document("Weather", "Rain.")])
    footnote.typed = ["y"]
    result = footnote("remove", ID, "Weather", "weather", interactive=True)
    assert footnote.prompts == ["Remove 'Harbour reopens' and 'Weather' (3 passages)? [y/N] "]
    assert len(lines(result)) == 2
    assert not footnote.library.texts


def test_of_several_one_that_is_not_there_keeps_all(footnote: Footnote):
    result = footnote("remove", ID, "nope", "--yes")
    assert (result.exit_code, result.stdout) == (1, "")
    assert footnote.library.texts


def test_remove_with_yes_asks_nobody(footnote: Footnote):
    assert footnote("remove", ID, "--yes").exit_code == 0
    assert not footnote.prompts
    assert footnote.opened == [{"chroma": True, "reembed": False}]


def test_remove_where_nobody_can_be_asked(footnote: Footnote):
    result = footnote("remove", ID)
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert footnote.library.texts


@pytest.fixture
def files(footnote: Footnote, tmp_path: Path, monkeypatch) -> Footnote:
    """Two files of one name and one of another are indexed."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"a/ferry.txt": "Ferry", "b/ferry.txt": "Boat", "pool.txt": "Pool"}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{text} closes\n\nIt closed on Friday after a storm.")
    footnote("add", "a", "b", "pool.txt")
    return footnote


@pytest.mark.parametrize(
    ("given", "removed"),
    [
        ("pool.txt", "Pool"),
        ("./pool.txt", "Pool"),
        ("a/ferry.txt", "Ferry"),
        ("Ferry closes", "Ferry"),
    ],
)
def test_a_file_that_was_added_is_removed_by_its_name(files: Footnote, given, removed):
    result = files("remove", given, "--yes")
    assert (result.exit_code, lines(result)[0][-len(removed) - 7 :]) == (0, f"{removed} closes")


def test_of_two_files_of_a_name_neither_is_removed(files: Footnote):
    result = files("remove", "ferry.txt", "--yes")
    assert result.exit_code == 2
    assert "did you mean Boat closes" in result.stderr or "did you mean Ferry" in result.stderr
    assert len(files.library.texts) == 4
    assert files("remove", "nofile.txt", "--yes").exit_code == 1
