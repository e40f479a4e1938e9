import shutil

from index.ingest import Indexer
from index.model import PUBLIC
from index.models.embedder import HashingEmbedder
from index.search.bm25 import Lexical
from index.search.bm25_sync import Bm25Sync
from tests.builders import document

LATER = "The harbour closed on Friday."


def add(catalog, text):
    indexer = Indexer(catalog, HashingEmbedder())
    (added,) = indexer.ingest([document(text=text, origin="/h")]).added
    return added.article.id, added.article.version


def found(lexical):
    hits = lexical.search("harbour", [PUBLIC], ["en"], limit=10)
    return {version for version, _, _ in hits}


def test_a_question_asked_before_a_newer_one_finds_its_own_version(catalog):
    lexical = Lexical(None)
    follower = Bm25Sync(lexical)
    first = add(catalog, "The harbour opened on Monday.")
    with catalog.snapshot() as older:
        second = add(catalog, LATER)
        with catalog.snapshot() as newer:
            assert follower.follow(newer)
        assert not follower.follow(older)
        assert found(lexical) == {first, second}
        with catalog.snapshot() as newer:
            assert not follower.follow(newer)


def test_a_folder_that_cannot_be_written_is_left_for_memory(catalog, tmp_path):
    lexical = Lexical(tmp_path / "lexical")
    follower = Bm25Sync(lexical)
    first = add(catalog, "The harbour opened on Monday.")
    with catalog.snapshot() as snapshot:
        follower.follow(snapshot)
    shutil.rmtree(tmp_path / "lexical")
    (tmp_path / "lexical").write_text("no folder")
    second = add(catalog, LATER)
    with catalog.snapshot() as snapshot:
        assert follower.follow(snapshot)
    assert found(lexical) == {second}
    assert follower.versions == {second: 1}
    assert first not in follower.versions


def test_an_index_without_one_of_its_files_is_made_anew(catalog, tmp_path):
    add(catalog, LATER)
    with catalog.snapshot() as snapshot:
        Bm25Sync(Lexical(tmp_path / "lexical")).follow(snapshot)
        for file in (tmp_path / "lexical").glob("*.pos"):
            file.unlink()
        lexical = Lexical(tmp_path / "lexical")
        assert lexical.contents() == {}
        Bm25Sync(lexical).follow(snapshot)
    assert len(found(lexical)) == 1


def test_a_folder_that_cannot_be_made_is_no_obstacle(tmp_path):
    (tmp_path / "lexical").write_text("no folder")
    assert Lexical(tmp_path / "lexical").contents() == {}
