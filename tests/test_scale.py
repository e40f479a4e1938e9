"""What tests/scale.py fills a folder with is what an import makes."""

from index.library import Library
from tests.scale import WordEmbedder, article, fill, question


def test_what_is_filled_is_what_an_import_makes(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.scale.ARTICLES_A_CALL", 3)
    for articles in (4, 8):  # the second goes on from the first
        fill(tmp_path, articles)
    with Library.open(tmp_path, WordEmbedder(), chroma=False) as library:
        assert library.index_state().passages == 80
        again = library.ingest(map(article, range(8)))
        assert [one.status for one in again.added] == ["unchanged"] * 8
        found = searched(library)
    with Library.open(tmp_path / "imported", WordEmbedder(), chroma=False) as library:
        library.ingest(map(article, range(8)))
        assert searched(library) == found


def searched(library):
    return [(hit.article.title, hit.passage.n, hit.score) for hit in library.search(question(7))]
