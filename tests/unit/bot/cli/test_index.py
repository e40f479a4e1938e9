"""footnote add, footnote reindex."""

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp import web

from bot.cli import strings, terminal
from index.model import Added, Failed, Report, Space
from tests.builders import article, document, open_library
from tests.unit.bot.cli.conftest import HARBOUR, Footnote, lines
from tests.unit.index.web.sites import served

PERHAPS_LINK = "there's no such file; if it's a link, put https:// in front of it\n"


def test_a_folder_is_indexed_and_what_fails_is_named(footnote: Footnote, folder: Path):
    result = footnote("add", str(folder))
    assert result.exit_code == 0
    first, summary = lines(result)
    assert first.startswith("added public-bridge-closes: Bridge closes")
    assert summary.startswith("Indexed 1 article (")
    assert summary.endswith("s; 1 failed. 2 articles in all.")
    assert result.stderr.startswith(f"footnote: {folder / 'empty.txt'}: ")
    assert footnote.opened == [{"chroma": True, "reembed": False}]


def test_the_json_of_a_report(footnote: Footnote, folder: Path):
    report = json.loads(footnote("add", str(folder), "--json").stdout)
    passages = report["passages"]
    assert passages > 0
    reason = report["failed"][0].pop("reason")
    assert reason
    assert report == {
        "articles": 1,
        "passages": passages,
        "seconds": 0.5,
        "passages_per_s": passages / 0.5,
        "skipped": 0,
        "failed": [{"file": str(folder / "empty.txt")}],
        "added": [
            {"article_id": "public-bridge-closes", "title": "Bridge closes", "status": "added"}
        ],
    }


def test_what_is_unchanged_is_skipped_and_no_failure(footnote: Footnote, folder: Path):
    footnote("add", str(folder))
    result = footnote("add", str(folder / "bridge.txt"))
    assert result.exit_code == 0
    assert lines(result) == ["Nothing new: the article is unchanged. 2 articles in all."]


@pytest.mark.parametrize(
    ("unchanged", "failed", "said"),
    [
        (10, 0, "Nothing new: all 10 articles are unchanged."),
        (9, 1, "Nothing new: 9 unchanged, 1 failed."),
        (0, 2, "Nothing was indexed: 2 failed."),
    ],
)
def test_a_run_without_news_says_so(unchanged: int, failed: int, said: str):
    added = [Added(article(f"A{n}"), "unchanged") for n in range(unchanged)]
    failures = [Failed(f"{n}.txt", "it's empty") for n in range(failed)]
    assert strings.report(Report(tuple(added), tuple(failures), 0.5)) == said


def test_texts_that_are_here_already_are_listed_and_counted_apart():
    kept = article("1a2b", "Bridge", source="The Gazette")
    same = Added(kept, "duplicate", copy="two.txt")
    assert strings.duplicate(same) == "two.txt is already here as 1a2b: Bridge, The Gazette"
    assert strings.report(Report((same,), (), 0.5)) == "Nothing new: 1 already here."
    both = Report((same, Added(article("A"), "unchanged")), (Failed("a", "b"),), 0.5)
    assert strings.report(both) == "Nothing new: 1 unchanged, 1 already here, 1 failed."
    new = Report((same, Added(article("A"), "added")), (), 0.5)
    assert "s; 1 already here." in strings.report(new)


def test_nothing_indexed_is_a_failure(footnote: Footnote, folder: Path):
    empty = folder / "empty.txt"
    result = footnote("add", str(empty))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"footnote: {empty}: it's empty\n", "and not that one failed"
    assert not footnote.opened, "the models are not needed to tell that"


def test_an_empty_folder_is_a_failure_that_says_so(footnote: Footnote, tmp_path: Path):
    result = footnote("add", str(tmp_path))
    assert result.exit_code == 1
    assert "there's no text, Markdown, HTML, PDF or Word file (.docx) in there" in result.stderr
    assert not result.stdout
    assert not footnote.opened


def test_standard_input_with_metadata(footnote: Footnote):
    result = footnote(
        "add", "-", "--title", "Ferry", "--source", "https://x.example", "--published",
        "2025-03-01", "--json", input="The ferry sails at noon. It carries forty people.",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    report = json.loads(result.stdout)
    assert report["articles"] == 1
    article = footnote.library.get("Ferry")
    assert (article.source, article.published) == ("https://x.example", "2025-03-01")
    assert article.origin is None


def test_one_file_with_metadata_keeps_its_origin(footnote: Footnote, folder: Path):
    file = folder / "bridge.txt"
    assert footnote("add", str(file), "--title", "Ours").exit_code == 0
    assert footnote.library.get("Ours").origin == str(file.resolve())


def test_empty_standard_input_fails_with_a_reason(footnote: Footnote):
    result = footnote("add", "-", input="")
    assert result.exit_code == 1
    assert result.stderr.startswith("footnote: standard input: ")


def test_a_space(footnote: Footnote, folder: Path):
    result = footnote("add", str(folder), "--space", "42")
    assert lines(result)[-1].endswith("2 articles in all.")  # with the public one
    assert footnote.library.get("Bridge closes", [Space("42")]).space == "42"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["/no/such/file"], "/no/such/file: no such file or folder\n"),
        (["a.md", "b.md"], "a.md: no such file or folder; b.md: no such file or folder\n"),
        (["-", "{folder}"], "can't be combined with other paths"),
        (["{folder}", "--title", "x"], "only work with one file"),
        (["{folder}/bridge.txt", "{folder}/empty.txt", "--source", "x"], "only work with one file"),
        (["https://x.example/a", "HTTP://x.example/b", "--title", "x"], "only work with one file"),
        (["https://x.example/a", "--source", "x"], "leave out --source"),
        (["www.x.example/a"], f"www.x.example/a: {PERHAPS_LINK}"),
        (["x.example/a"], f"x.example/a: {PERHAPS_LINK}"),
        (["notes.md", "X.example:80/a.html"], f"X.example:80/a.html: {PERHAPS_LINK}"),
        (["news.co.uk"], f"news.co.uk: {PERHAPS_LINK}"),
        (["htp://x.example/a"], "htp://x.example/a: I only read links that begin with https://"),
        (["{folder}.old/a.txt"], ".old/a.txt: no such file or folder\n"),
        (["{folder}/bridge.txt", "--published", "yesterday"], "'yesterday'; allowed: 2025-02-14"),
    ],
)
def test_wrong_use(footnote: Footnote, folder: Path, args: list[str], words: str):
    result = footnote("add", *(arg.format(folder=folder) for arg in args))
    assert (result.exit_code, result.stdout) == (2, "")
    assert words in result.stderr
    assert not footnote.opened  # models take seconds to load
    assert result.stderr.count("\n") == 1


def test_of_several_paths_a_wrong_one_keeps_none_of_the_others(footnote: Footnote, folder: Path):
    """With one path mistyped nothing was added."""
    paths = [str(folder / "bridge.txt"), "/no/such/file", "x.example/a"]
    result = footnote("add", *paths)
    assert result.exit_code == 0
    assert lines(result)[0] == "added public-bridge-closes: Bridge closes"
    assert "2 failed" in lines(result)[-1]
    assert result.stderr.splitlines() == [
        "footnote: /no/such/file: no such file or folder",
        f"footnote: x.example/a: {PERHAPS_LINK.strip()}",
    ]


def test_reindex_reads_what_changed(footnote: Footnote):
    result = footnote("reindex")
    assert result.exit_code == 0
    assert lines(result)[-1] == "Nothing new: the article is unchanged."
    assert footnote.library.reindexed == [("public-harbour-reopens", False)]


def test_reindex_one_article_of_a_space(footnote: Footnote):
    footnote.library.ingest([HARBOUR], Space("42"))
    footnote("reindex", "Harbour reopens", "--space", "42")
    assert footnote.library.reindexed == [("42-harbour-reopens", False)]


def test_reindex_of_a_space_without_articles_says_so(footnote: Footnote):
    result = footnote("reindex", "--space", "typo")
    assert result.stderr == (
        "warning: there are no articles in the space 'typo', only in: public\n"
    )
    assert result.stdout == "There are no articles to index.\n"


def test_reindex_all_may_open_another_models_index(footnote: Footnote):
    result = footnote("reindex", "--all", "--json")
    assert json.loads(result.stdout)["added"][0]["status"] == "replaced"
    assert footnote.opened == [{"chroma": True, "reembed": True}]


def test_progress_is_shown_where_somebody_watches(footnote: Footnote):
    from rich.console import Console

    with terminal.passages_progress(Console(force_terminal=True), "Indexing") as advance:
        assert advance
        advance(1, 2)
    with terminal.passages_progress(Console(force_terminal=False), "Indexing") as advance:
        assert advance is None


@pytest.mark.parametrize("titles", [(), ("--title", "Ferries")])
async def test_a_link_is_fetched(footnote: Footnote, tmp_path: Path, titles: tuple[str, ...]):
    async with served() as site:
        link = site.url("/news")
        site.pages["/news"] = web.Response(text="News\n\nThe ferry sails at noon.")
        with open_library(tmp_path / "data") as footnote.library:
            result = await asyncio.to_thread(footnote, "add", link, *titles)
    assert (result.exit_code, result.stderr) == (0, "")
    with open_library(tmp_path / "data") as library:
        (article,) = library.list()
        assert article.title == ("Ferries" if titles else "News")
        assert article.origin == article.source == link


async def test_links_and_files_are_added_together_and_what_fails_is_named(
    footnote: Footnote, tmp_path: Path, folder: Path
):
    async with served() as site:
        news, shut = site.url("/news"), site.url("/shut")
        site.pages["/news"] = web.Response(text="News\n\nThe ferry sails at noon.")
        site.pages["/robots.txt"] = web.Response(text="User-agent: *\nDisallow: /shut")
        file = str(folder / "bridge.txt")
        with open_library(tmp_path / "data") as footnote.library:
            result = await asyncio.to_thread(footnote, "add", news, file, shut, news)
    assert result.exit_code == 0
    assert lines(result)[-1].startswith("Indexed 2 articles (")
    assert result.stderr == f"footnote: {shut}: the site asks bots not to read this page\n"


async def test_reindex_fetches_links_and_keeps_what_cannot_be_fetched(
    footnote: Footnote, tmp_path: Path
):
    async with served() as site:
        news, shut = site.url("/news"), site.url("/shut")
        site.pages["/news"] = web.Response(text="News\n\nThe ferry sails at noon.")
        site.pages["/robots.txt"] = web.Response(text="User-agent: *\nDisallow: /shut")
        with open_library(tmp_path / "data") as library:
            library.ingest([document("Old", origin=news), document("Kept", origin=shut)])
            footnote.library = library
            result = await asyncio.to_thread(footnote, "reindex")
        assert result.exit_code == 0
        assert lines(result)[0].startswith("replaced ")
        assert result.stderr.endswith(f"{shut}: the site asks bots not to read this page\n")
    with open_library(tmp_path / "data") as library:
        assert sorted(article.title for article in library.list()) == ["Kept", "News"]
