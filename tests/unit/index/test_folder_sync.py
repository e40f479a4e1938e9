"""A folder kept in step, on a real library with the toy embedder."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import StorageError
from index.folder_sync import Folder, Synced
from index.ingest import files
from index.library import Library
from index.model import Space
from tests.builders import document
from tests.unreadable import denied

HARBOUR = "Harbour opens\n\nThe harbour opened on Monday. Mayor Lind cut the ribbon."
BRIDGE = "Bridge closes\n\nThe bridge closed on Friday after a storm. Nobody was hurt."


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    seeds = tmp_path / "seeds"
    (seeds / "more").mkdir(parents=True)
    (seeds / "harbour.txt").write_text(HARBOUR)
    (seeds / "more" / "bridge.txt").write_text(BRIDGE)
    return seeds


@pytest.fixture
def folder(library: Library, seeds: Path) -> Folder:
    folder = Folder(library, seeds)
    assert statuses(folder.sync()) == ["added", "added"]
    return folder


def statuses(synced):
    return [added.status for added in synced.report.added]


def titles(library: Library):
    return sorted(article.title for article in library.list())


def test_what_is_added_changed_and_removed_is_reported(folder, library, seeds):
    assert folder.sync() == Synced()
    (seeds / "ferry.md").write_text("# Ferry sails\n\nThe ferry sails at noon. It is full.")
    (seeds / "harbour.txt").write_text(HARBOUR + " It closed again on Tuesday.")
    (seeds / "more" / "bridge.txt").unlink()
    synced = folder.sync()
    assert sorted(statuses(synced)) == ["added", "replaced"]
    assert [article.title for article in synced.removed] == ["Bridge closes"]
    assert titles(library) == ["Ferry sails", "Harbour opens"]


def test_while_nothing_changes_no_articles_are_listed(folder, library, seeds, monkeypatch):
    """Every sync, once a minute, listed all articles of the space twice."""
    folder.sync()
    for name in ("list", "from_folder"):
        monkeypatch.setattr(library, name, None)
    assert folder.sync() == Synced()
    (seeds / "more" / "bridge.txt").unlink()
    assert [article.title for article in folder.sync().removed] == ["Bridge closes"]


def test_what_others_index_and_lose_is_removed(folder, library, seeds):
    (seeds / ".hidden.txt").write_text("Hidden\n\nThis file was named by hand.")
    library.ingest(files([seeds / ".hidden.txt"]))
    assert folder.sync() == Synced()
    (seeds / ".hidden.txt").unlink()
    assert [article.title for article in folder.sync().removed] == ["Hidden"]


def test_what_happened_while_nobody_looked_is_caught_up_with(folder, library, seeds):
    (seeds / "harbour.txt").unlink()
    synced = Folder(library, seeds).sync()
    assert statuses(synced) == ["unchanged"]
    assert [article.title for article in synced.removed] == ["Harbour opens"]


def test_a_file_that_is_being_written_waits(folder, library, seeds):
    with (seeds / "ferry.txt").open("w") as file:
        for part in ("Ferry sails\n\nThe ferry", " sails at noon. ", "It is full."):
            file.write(part)
            file.flush()
            assert not statuses(folder.sync(settled=True))
            assert folder.waiting
    assert statuses(folder.sync(settled=True)) == ["added"]
    assert not folder.waiting
    assert "It is full." in library.text("Ferry sails")


def test_an_unreadable_file_is_reported_once_and_keeps_its_article(folder, library, seeds):
    (seeds / "harbour.txt").write_bytes(b"\xff\xfe\0\0\xd8")
    (seeds / "more" / "bridge.txt").write_text(BRIDGE + " It opened on Sunday.")
    synced = folder.sync()
    (failed,) = synced.report.failed
    assert failed.name == str(seeds / "harbour.txt")
    assert statuses(synced) == ["replaced"]
    assert folder.sync().report.failed == ()
    assert titles(library) == ["Bridge closes", "Harbour opens"]


def test_what_could_not_be_stored_is_tried_again(folder, library, seeds, monkeypatch):
    def full(*_, **__):
        raise StorageError("footnote.db", "database or disk is full")

    (seeds / "ferry.txt").write_text("Ferry sails\n\nThe ferry sails at noon. It is full.")
    monkeypatch.setattr(library, "ingest", full)
    with pytest.raises(StorageError):
        folder.sync()
    monkeypatch.undo()
    assert statuses(folder.sync()) == ["added"]


def test_a_vanished_folder_takes_no_article_with_it(folder, library, seeds):
    seeds.rename(seeds.with_name("elsewhere"))
    synced = folder.sync()
    assert synced.missing
    assert not synced.removed
    assert titles(library) == ["Bridge closes", "Harbour opens"]
    seeds.with_name("elsewhere").rename(seeds)
    assert folder.sync() == Synced()


def test_an_emptied_folder_says_what_was_removed(folder, library, seeds):
    for path in sorted(seeds.rglob("*.txt")):
        path.unlink()
    synced = folder.sync()
    assert sorted(article.title for article in synced.removed) == ["Bridge closes", "Harbour opens"]
    assert library.list() == ()


def test_a_renamed_file_stays_its_article(folder, library, seeds):
    before = library.get("Harbour opens")
    (seeds / "harbour.txt").rename(seeds / "port.txt")
    synced = folder.sync()
    assert synced.removed == ()
    after = library.get("Harbour opens")
    assert after.id == before.id
    assert after.origin == str((seeds / "port.txt").resolve())
    (seeds / "port.txt").unlink()
    assert [article.title for article in folder.sync().removed] == ["Harbour opens"]


@pytest.mark.parametrize("gone", ["harbour.txt", "copy.txt"])
def test_of_two_files_with_the_same_words_one_is_enough(folder, library, seeds, gone):
    (seeds / "copy.txt").write_text(HARBOUR)
    folder.sync()
    (seeds / gone).unlink()
    assert folder.sync().removed == ()
    left = {"harbour.txt", "copy.txt"} - {gone}
    assert Path(library.get("Harbour opens").origin).name == left.pop()


def test_articles_from_elsewhere_are_left_alone(folder, library, seeds, tmp_path):
    (tmp_path / "seeds2").mkdir()
    (tmp_path / "seeds2" / "gone.txt").write_text("Gone\n\nThis file is not in the folder.")
    library.ingest(files([tmp_path / "seeds2"]))
    (tmp_path / "seeds2" / "gone.txt").unlink()
    (seeds / ".hidden.txt").write_text("Hidden\n\nThis file was named by hand.")
    library.ingest(files([seeds / ".hidden.txt"]))
    library.ingest([document("Pasted", origin="https://news.example/")])
    library.ingest(files([seeds]), Space("42"))
    assert folder.sync().removed == ()
    assert len(library.list()) == 5
    (seeds / "harbour.txt").unlink()
    folder.sync()
    assert len(library.list([Space("42")])) == 2


def test_a_file_that_may_not_be_read_is_not_gone(folder, seeds):
    with denied(seeds / "more"):
        with pytest.raises(PermissionError):
            list((seeds / "more").iterdir())
        assert folder.sync().removed == ()
