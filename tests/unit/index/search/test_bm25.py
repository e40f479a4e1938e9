from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
import tantivy

from index.model import PUBLIC, Space
from index.search.bm25 import Bm25Index, Passages, analyze, field_of
from index.store.snapshot import ArticleVersion

NATO = Passages(("a", "1"), PUBLIC, "en", ["NATO membership was dismissed.", "The weather held."])
SECRET = Passages(("b", "1"), Space("7"), "en", ["NATO NATO NATO."])


def test_finds_stemmed_words_and_says_where():
    bm25 = Bm25Index(None)
    bm25.update([], [NATO])
    ((version, n, score),) = bm25.search("Dismissing members", [PUBLIC], ["en"], limit=5)
    assert (version, n) == (("a", "1"), 0)
    assert score > 0


def test_never_looks_into_other_spaces():
    bm25 = Bm25Index(None)
    bm25.update([], [NATO, SECRET])
    assert {v for v, _, _ in bm25.search("NATO", [PUBLIC], ["en"], limit=5)} == {("a", "1")}
    both = bm25.search("NATO", [PUBLIC, Space("7")], ["en"], limit=5)
    assert {v for v, _, _ in both} == {("a", "1"), ("b", "1")}


@pytest.mark.parametrize("share", [0.0, 1.0], ids=["left out", "filtered"])
def test_finds_the_best_of_some_spaces_however_many_are_better_elsewhere(monkeypatch, share):
    monkeypatch.setattr("index.search.bm25.UNFILTERED_SHARE", share)
    bm25 = Bm25Index(None)
    worse = Passages(
        ("w", "1"), PUBLIC, "en", ["The weather held, and NATO met in a long session."]
    )
    secrets = [replace(SECRET, version=(f"s{n}", "1")) for n in range(20)]
    bm25.update([], [NATO, *secrets, worse])
    found = bm25.search("NATO", [PUBLIC], ["en"], limit=2)
    assert [version for version, _, _ in found] == [("a", "1"), ("w", "1")]
    assert len(bm25.search("NATO", [PUBLIC], ["en"], limit=1)) == 1
    assert len(bm25.search("NATO", [Space("7")], ["en"], limit=50)) == len(secrets)
    assert bm25.search("NATO", [Space("8")], ["en"], limit=50) == []


def test_can_be_limited_to_one_article():
    bm25 = Bm25Index(None)
    bm25.update([], [NATO, Passages(("c", "1"), PUBLIC, "en", ["NATO too."])])
    found = bm25.search("NATO", [PUBLIC], ["en"], limit=5, article_id="c")
    assert [v for v, _, _ in found] == [("c", "1")]


def test_can_be_limited_to_versions():
    bm25 = Bm25Index(None)
    more = [Passages((name, "1"), PUBLIC, "en", ["NATO too."]) for name in "cde"]
    bm25.update([], [NATO, *more])
    versions = {("c", "1"), ("e", "1"), ("gone", "1")}
    found = bm25.search("NATO", [PUBLIC], ["en"], limit=5, versions=versions)
    assert {v for v, _, _ in found} == {("c", "1"), ("e", "1")}


def test_can_be_limited_to_passages():
    bm25 = Bm25Index(None)
    bm25.update([], [replace(NATO, texts=["NATO too.", "NATO NATO.", "NATO."])])
    places = {(("a", "1"), 0), (("a", "1"), 2), (("a", "1"), 30), (("b", "1"), 1)}
    found = bm25.search("NATO", [PUBLIC], ["en"], limit=5, places=places)
    assert {(version, n) for version, n, _ in found} == {(("a", "1"), 0), (("a", "1"), 2)}
    scores = {n: score for _, n, score in bm25.search("NATO", [PUBLIC], ["en"], limit=5)}
    assert {n: score for _, n, score in found} == {n: scores[n] for n in (0, 2)}


def test_of_too_many_passages_those_with_the_rarest_words_are_found(monkeypatch):
    monkeypatch.setattr("index.search.bm25.MOST_POSTINGS", 5)
    bm25 = Bm25Index(None)
    texts = ["The harbour opened."] * 6 + ["The harbour has a ferry."] * 2
    bm25.update([], [Passages(("a", "1"), PUBLIC, "en", texts)])

    def found(question):
        return {n for _, n, _ in bm25.search(question, [PUBLIC], ["en"], limit=50)}

    assert found("Harbour ferry?") == {6, 7}
    assert found("Harbour?") == found("Harbour or zoo?") == set(range(8))


def test_query_syntax_in_a_question_is_only_words():
    bm25 = Bm25Index(None)
    bm25.update([], [NATO])
    found = bm25.search(
        'body_en:"nato" AND (weather OR -NATO) ^2 [a TO b]', [PUBLIC], ["en"], limit=5
    )
    assert len(found) == 2


def test_a_question_without_words_finds_nothing():
    bm25 = Bm25Index(None)
    bm25.update([], [NATO])
    assert bm25.search("?! the of", [PUBLIC], ["en"], limit=5) == []


def test_contents_follow_updates_also_after_reopening(tmp_path):
    bm25 = Bm25Index(tmp_path / "words")
    bm25.update([], [NATO, SECRET])
    assert bm25.contents() == {("a", "1"): 2, ("b", "1"): 1}
    bm25.update([("a", "1")], [Passages(("a", "2"), PUBLIC, "en", ["New text."])])
    assert Bm25Index(tmp_path / "words").contents() == {("a", "2"): 1, ("b", "1"): 1}


def test_adding_a_version_twice_does_not_double_it():
    bm25 = Bm25Index(None)
    bm25.update([], [NATO])
    bm25.update([], [NATO])
    assert bm25.contents() == {("a", "1"): 2}


class RecordingWriter:
    """Notes what is to be deleted, and hands everything on."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self.deleted: list[str] = []
        self._writer = writer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)

    def delete_documents_by_term(self, field: str, term: str) -> None:
        self.deleted.append(term)
        self._writer.delete_documents_by_term(field, term)


def test_only_versions_that_are_there_are_deleted():
    """To delete what they did not hold, every update opened all segments."""
    bm25 = Bm25Index(None)
    bm25._writer = writer = RecordingWriter(bm25._index.writer(32_000_000, 1))
    bm25.update([], [NATO])
    bm25.update([], [SECRET])
    assert writer.deleted == []
    bm25.update([], [NATO])
    assert writer.deleted == ["a:1"]
    assert bm25.contents() == {("a", "1"): 2, ("b", "1"): 1}


def test_a_closed_index_leaves_its_folder_to_others(tmp_path):
    bm25, other = Bm25Index(tmp_path), Bm25Index(tmp_path)
    bm25.update([], [NATO])
    with pytest.raises(ValueError, match="Lock"):
        other.update([], [SECRET])
    bm25.close()
    other.update([], [SECRET])
    assert other.contents() == {("a", "1"): 2, ("b", "1"): 1}
    bm25.close()


def test_many_small_updates_are_merged(tmp_path):
    bm25 = Bm25Index(tmp_path)
    for n in range(30):
        bm25.update([], [replace(NATO, version=(f"a{n}", "1"))])
    bm25.close()
    merged = Bm25Index(tmp_path)
    assert merged._searcher.num_segments < 10
    assert len(merged.contents()) == 30


def test_of_an_update_that_fails_nothing_stays(tmp_path):
    def failing():
        yield SECRET
        raise OSError("no space left")

    bm25 = Bm25Index(tmp_path)
    bm25.update([], [NATO])
    with pytest.raises(OSError, match="no space"):
        bm25.update([NATO.version], failing())
    bm25.update([], [replace(NATO, version=("c", "1"))])
    assert bm25.contents() == {("a", "1"): 2, ("c", "1"): 2}


@pytest.mark.parametrize("damage", [b"", b"{", b"\x00" * 100])
def test_a_damaged_index_starts_empty(tmp_path, damage):
    Bm25Index(tmp_path).update([], [NATO])
    (tmp_path / "meta.json").write_bytes(damage)
    bm25 = Bm25Index(tmp_path)
    assert bm25.contents() == {}
    bm25.update([], [NATO])
    assert bm25.contents() == {("a", "1"): 2}


def test_each_language_has_its_own_stems():
    bm25 = Bm25Index(None)
    bm25.update([], [Passages(("d", "1"), PUBLIC, "de", ["Die Häuser brannten."])])
    assert bm25.search("Haus", [PUBLIC], ["de"], limit=5)
    assert not bm25.search("Haus", [PUBLIC], ["en"], limit=5)


def test_text_without_spaces_is_found_by_parts():
    bm25 = Bm25Index(None)
    bm25.update([], [Passages(("z", "1"), PUBLIC, "zh", ["北约成员国资格被否定"])])
    assert bm25.search("成员国", [PUBLIC], ["zh"], limit=5)


def test_possessives_and_contractions_leave_no_fragments():
    assert analyze("Hegseth's, don't, we’ll", field_of("en")) == ["hegseth", "don", "we"]


def test_idf_falls_from_unknown_to_common():
    bm25 = Bm25Index(None)
    bm25.update([], [Passages(("a", "1"), PUBLIC, "en", ["nato ukrain", "ukrain", "ukrain"])])
    unknown, rare, common = (bm25.idf(t, "body_en") for t in ("china", "nato", "ukrain"))
    assert unknown == pytest.approx(1.0)
    assert unknown > rare > common > 0


def named(article: str, space: Space, *names: Sequence[str]) -> Passages:
    return Passages((article, "1"), space, "en", ["Text."] * len(names), names)


def test_names_alike_are_found_as_they_are_written():
    bm25 = Bm25Index(None)
    bm25.update([], [named("a", PUBLIC, ["Özdemir", "Bildt"], ["Vance"], [])])
    assert bm25.names_like("ozdmeir", 1, [PUBLIC], limit=9) == [(("a", "1"), ["Özdemir", "Bildt"])]
    assert bm25.names_like("ozdmier", 1, [PUBLIC], limit=9) == []
    assert len(bm25.names_like("ozdmier", 2, [PUBLIC], limit=9)) == 1


def test_names_of_other_spaces_and_articles_are_not_found():
    bm25 = Bm25Index(None)
    bm25.update([], [named("a", PUBLIC, ["Bildt"]), named("b", Space("7"), ["Bildt"])])

    def versions(*spaces: Space, article_id: str | None = None) -> set[ArticleVersion]:
        found = bm25.names_like("bildtt", 1, spaces, limit=9, article_id=article_id)
        return {version for version, _ in found}

    assert versions(PUBLIC) == {("a", "1")}
    assert versions(PUBLIC, Space("7")) == {("a", "1"), ("b", "1")}
    assert versions(PUBLIC, Space("7"), article_id="b") == {("b", "1")}
    assert versions(Space("8")) == set()


def test_names_go_with_their_version():
    bm25 = Bm25Index(None)
    bm25.update([], [named("a", PUBLIC, ["Bildt"])])
    bm25.update([("a", "1")], [])
    assert bm25.names_like("bildtt", 1, [PUBLIC], limit=9) == []


def test_an_index_of_another_release_starts_empty(tmp_path):
    old = tantivy.SchemaBuilder()
    old.add_text_field("version", stored=True, tokenizer_name="raw", index_option="basic")
    index = tantivy.Index(old.build(), path=str(tmp_path))
    writer = index.writer(32_000_000, 1)
    writer.add_document(tantivy.Document(version="a:1"))
    writer.commit()
    writer.wait_merging_threads()
    bm25 = Bm25Index(tmp_path)
    assert bm25.contents() == {}
    bm25.update([], [NATO])
    assert Bm25Index(tmp_path).contents() == {("a", "1"): 2}
