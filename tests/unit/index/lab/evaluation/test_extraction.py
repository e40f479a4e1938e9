"""Articles found in pages, measured on folders like those of the two projects."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest

from index.errors import QuestionSetError
from index.lab.evaluation import __main__ as commands
from index.lab.evaluation.extraction import ExtractionScore, extractors, measure, pages, score

TEXT = (
    "The council of Brell voted on Monday to close the old swimming hall in June. The roof leaks,"
    " and mending it would cost 3.2 million euros, the mayor, Ada Kern, said."
)
PAGE = f"<html><head><title>Hall</title></head><body><article><p>{TEXT}</p></article></body></html>"


@pytest.fixture
def benchmark(tmp_path: Path) -> Path:
    folder = tmp_path / "article-extraction-benchmark"
    (folder / "html").mkdir(parents=True)
    (folder / "html" / "a1.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    truth = {"a1": {"articleBody": TEXT, "url": "https://a.example"}, "gone": {"articleBody": ""}}
    (folder / "ground-truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return folder


@pytest.fixture
def readability(tmp_path: Path) -> Path:
    for name in ("one", "without"):
        folder = tmp_path / "readability" / "test" / "test-pages" / name
        folder.mkdir(parents=True)
        (folder / "source.html").write_text(PAGE, encoding="utf-8")
    (folder.parent / "one" / "expected.html").write_text(f"<div><p>{TEXT}</p></div>", "utf-8")
    return tmp_path / "readability"


def test_both_layouts_are_read(benchmark: Path, readability: Path):
    assert [(page.name, page.text) for page in pages(benchmark)] == [("a1", TEXT)]
    assert [(page.name, page.text) for page in pages(readability)] == [("one", TEXT)]


def test_another_folder_is_named(tmp_path: Path):
    with pytest.raises(QuestionSetError, match="no pages"):
        list(pages(tmp_path))


def test_runs_of_four_words_are_compared():
    assert score("a b c d e", "a b c d e") == (1.0, 1.0)
    assert score("a b c d e x y", "a b c d e") == (0.5, 1.0)
    assert score("a b c d", "a b c d e f g h i j k") == (1.0, 1 / 8)
    assert score("", "a b c d") == (None, 0.0)
    assert score("", "") == (None, 1.0)
    assert ExtractionScore(0.5, 1.0).f == pytest.approx(2 / 3)


def test_an_article_that_is_found_whole_has_1(benchmark: Path):
    over = list(pages(benchmark))
    for extract in list(extractors().values())[:2]:
        assert measure(extract, over) == ExtractionScore(1.0, 1.0)
    assert measure(lambda _: "", over) == ExtractionScore(0.0, 0.0)


def test_the_figures_are_printed(
    benchmark: Path,
    readability: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    arguments = ["evaluation", "extraction", str(benchmark), str(readability)]
    monkeypatch.setattr(sys, "argv", arguments)
    commands.main()
    printed = capsys.readouterr().out
    assert "| 1 | article-extraction-benchmark | Footnote | 1.000 | 1.000 | 1.000 |" in printed
    assert "| 1 | readability | trafilatura, defaults | 1.000 | 1.000 | 1.000 |" in printed
