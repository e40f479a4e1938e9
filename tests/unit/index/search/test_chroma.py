import os
import socket
from contextlib import closing

import pytest

from index.search import chroma
from index.search.chroma import ChromaPlace, LastStop, last_stop, record_clean_stop, record_use


@pytest.fixture
def folder(tmp_path):
    """A folder after a clean stop, with a file in a folder of its own."""
    folder = tmp_path / "chroma"
    (folder / "segment").mkdir(parents=True)
    (folder / "segment" / "data.bin").write_bytes(b"12345678")
    record_clean_stop(folder)
    return folder


def test_untouched_is_a_clean_stop(folder):
    assert last_stop(folder) is LastStop.CLEAN


def test_missing_or_empty_is_a_clean_stop(tmp_path):
    (tmp_path / "empty").mkdir()
    assert last_stop(tmp_path / "empty") is LastStop.CLEAN
    assert last_stop(tmp_path / "nowhere") is LastStop.CLEAN


def test_a_folder_in_use_counts_as_killed(folder):
    record_use(folder)
    assert last_stop(folder) is LastStop.KILLED


def cut(file):
    os.truncate(file, 4)


def overwrite(file):
    file.write_bytes(b"87654321")


def add(file):
    file.with_name("more.bin").write_bytes(b"")


def lose(file):
    file.rename(file.parents[1] / file.name)


@pytest.mark.parametrize("harm", [cut, overwrite, add, lose])
def test_changed_files_are_altered(folder, harm):
    harm(folder / "segment" / "data.bin")
    assert last_stop(folder) is LastStop.ALTERED


def test_an_unreadable_record_is_altered(folder):
    (folder.parent / "chroma.sealed").write_text("{")
    assert last_stop(folder) is LastStop.ALTERED


def test_a_record_that_cannot_be_written_counts_as_killed(tmp_path, folder):
    record_use(folder)
    (tmp_path / "chroma.sealed").mkdir()
    record_clean_stop(folder)
    (tmp_path / "chroma.sealed").rmdir()
    assert last_stop(folder) is LastStop.KILLED


@pytest.fixture
def silent():
    """The address of a server that takes connections and says nothing."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_server_that_hangs_is_given_up(silent, tmp_path, monkeypatch):
    monkeypatch.setattr(chroma, "SERVER_SECONDS", 0.1)
    with pytest.raises(TimeoutError):
        chroma.Chroma(ChromaPlace(tmp_path / "chroma", silent), "hashing", 64)


def test_a_server_that_is_down_is_reported(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    with pytest.raises(ConnectionError):
        chroma.Chroma(ChromaPlace(tmp_path / "chroma", url), "hashing", 64)
