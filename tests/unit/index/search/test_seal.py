import os

import pytest

from index.search.chroma import Seal, examine, seal, unseal


@pytest.fixture
def folder(tmp_path):
    """A sealed folder with a file in a folder of its own."""
    folder = tmp_path / "chroma"
    (folder / "segment").mkdir(parents=True)
    (folder / "segment" / "data.bin").write_bytes(b"12345678")
    seal(folder)
    return folder


def test_what_nobody_touched_is_whole(folder):
    assert examine(folder) is Seal.WHOLE


def test_what_is_not_there_or_empty_is_whole(tmp_path):
    (tmp_path / "empty").mkdir()
    assert examine(tmp_path / "empty") is Seal.WHOLE
    assert examine(tmp_path / "nowhere") is Seal.WHOLE


def test_what_was_opened_and_not_sealed_again_has_none(folder):
    unseal(folder)
    assert examine(folder) is Seal.NONE


def cut(file):
    os.truncate(file, 4)


def overwrite(file):
    file.write_bytes(b"87654321")


def add(file):
    file.with_name("more.bin").write_bytes(b"")


def lose(file):
    file.rename(file.parents[1] / file.name)


@pytest.mark.parametrize("harm", [cut, overwrite, add, lose])
def test_what_was_changed_is_broken(folder, harm):
    harm(folder / "segment" / "data.bin")
    assert examine(folder) is Seal.BROKEN


def test_an_unreadable_seal_is_broken(folder):
    (folder.parent / "chroma.sealed").write_text("{")
    assert examine(folder) is Seal.BROKEN


def test_a_seal_that_cannot_be_written_is_none(tmp_path, folder):
    unseal(folder)
    (tmp_path / "chroma.sealed").mkdir()
    seal(folder)
    (tmp_path / "chroma.sealed").rmdir()
    assert examine(folder) is Seal.NONE
