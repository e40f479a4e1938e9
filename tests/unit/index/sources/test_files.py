"""Files and folders."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.errors import SourceError, TooLargeSource
from index.sources import find, read_path
from index.sources.decoding import MAX_BYTES
from tests.denying import denied


def write(path: Path, text: str = "Some text.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_read_and_known_by_its_absolute_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    assert read_path(Path("a.txt")).origin == str(tmp_path / "a.txt")


def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path):
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    reasons = {
        "none.txt": "there is no such file",
        "": "it is a folder, not a file",
        "pipe.txt": "it is not a regular file",
        "loop.txt": "it cannot be read (too many levels of symbolic links)",
        "a\0.txt": "it cannot be read",
    }
    for name, reason in reasons.items():
        with pytest.raises(SourceError) as caught:
            read_path(tmp_path / name)
        assert (caught.value.name, caught.value.reason) == (str(tmp_path / name), reason)


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path):
    with denied(write(tmp_path / "a.txt")), pytest.raises(SourceError, match="not allowed"):
        read_path(tmp_path / "a.txt")


def test_size_is_checked_before_reading(tmp_path: Path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(MAX_BYTES * 1_000)
    with pytest.raises(TooLargeSource):
        read_path(tmp_path / "a.txt")


def test_folders_are_walked_sorted_and_filtered(tmp_path: Path):
    wanted = [write(tmp_path / name) for name in ("a.txt", "b/c.MD", "b/d.html", "e.htm", "f.pdf")]
    for name in (".hidden.txt", ".git/a.txt", "b/.x/a.txt", "f.odt", "g"):
        write(tmp_path / name)
    assert find([tmp_path]) == wanted


def test_files_are_taken_as_given_and_once(tmp_path: Path):
    odd, missing = write(tmp_path / ".odd.odt"), tmp_path / "none.txt"
    text = write(tmp_path / "a.txt")
    assert find([odd, text, missing, tmp_path, text]) == [odd, text, missing]


def test_link_loops_are_harmless(tmp_path: Path):
    text = write(tmp_path / "a" / "b.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "gone.txt").symlink_to(tmp_path / "nothing")
    assert find([tmp_path]) == [text]
