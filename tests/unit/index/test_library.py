import shutil
import threading
import time
from pathlib import Path

import pytest
import tantivy

from index.errors import EmbedderChanged, UnknownArticle
from index.ingest import files
from index.library import Library
from index.model import PUBLIC, Document, Failed, IndexState, Space, Span, Thresholds
from index.models.reader import Reading, SentenceReading
from tests.builders import SEED, document, long_document, open_library
from tests.fake_models import OtherModel

ACME, BETA = Space("1001"), Space("1002")


def test_added_articles_are_listed_shown_and_searched(library):
    ((article, status),) = [(a.article, a.status) for a in library.ingest([document()]).added]
    assert status == "added"
    assert library.list() == (article,)
    assert (library.count([PUBLIC]), library.count([ACME])) == (1, 0)
    assert library.get(article.id) == article == library.get("HARBOUR OPENS")
    assert library.text(article.id) == document().text
    assert library.search("who cut the ribbon?")[0].article == article


def test_an_answer_says_that_there_are_no_articles(library):
    questions = ("Who cut the ribbon?", "What is the latest?", "Summarise the article")
    library.ingest([document()], ACME)
    assert all(library.ask(question).no_articles for question in questions)
    assert not any(library.ask(question, (ACME, PUBLIC)).no_articles for question in questions)
    assert not library.ask("Who won at chess?", (ACME,)).no_articles


def test_what_is_not_indexed_is_asked_and_forgotten(library):
    answer = library.ask_of([document()], "Who cut the ribbon?")
    assert answer.citations[0].article.title == document().title
    assert answer.hits == ()
    assert library.list() == ()
    assert library.ask("Who cut the ribbon?").no_articles


@pytest.mark.parametrize("typed", ["économie", "ÉCONOMIE", "straße"])
def test_a_title_is_found_in_any_case_of_any_letter(library, typed):
    title = {"straße": "STRASSE"}.get(typed, "Économie")
    library.ingest([document(title)])
    (article,) = library.list()
    assert library.get(typed) == article
    assert library.find(typed[:-1].swapcase()) == (article,)


def test_a_title_with_a_typo_is_found(library):
    library.ingest([document("Ferry strike ends"), document("Harbour opens")])
    assert [a.title for a in library.find("fery strke")] == ["Ferry strike ends"]
    assert [a.title for a in library.find("harbour")] == ["Harbour opens"]
    assert library.find("volcano") == library.find("fery") == ()


def test_of_many_titles_only_the_newest_are_compared_with_a_typo(library, monkeypatch):
    monkeypatch.setattr("index.store.titles.MOST_COMPARED", 1)
    library.ingest([document("Ferry strike ends", published="2026-01-01")])
    library.ingest([document("Harbour opens", published="2026-01-02")])
    assert library.find("fery strke") == ()
    assert [a.title for a in library.find("ferry strike")] == ["Ferry strike ends"]
    assert [a.title for a in library.find("harbuor opens")] == ["Harbour opens"]


DESCRIBED = [
    ("harbour reopens", "Harbour reopens"),
    ("reopens harbour", "Harbour reopens"),  # in any order
    ("tidewater", "Harbour reopens"),  # the source
    ("harbour lopez", "Harbour reopens"),  # title and author, without its accent
    ("MARÍA", "Harbour reopens"),
    ("tidewatr lopes", "Harbour reopens"),
    ("ISTANBUL", "İstanbul'da grev"),
    ("istanbul’da", "İstanbul'da grev"),
    ("ΣΕΙΣΜΟΣ", "Νέος σεισμός"),
    ("strasse", "Neue Straße"),
    ("fery strke", "Ferry strike"),
]


@pytest.mark.parametrize(("typed", "title"), DESCRIBED)
def test_a_list_is_searched_by_title_source_and_author(library, typed, title):
    library.ingest(
        [
            document("Harbour reopens", source="The Tidewater Post", author="María López"),
            document("İstanbul'da grev", text="Grev bitti."),
            document("Νέος σεισμός", text="Σεισμός."),
            document("Neue Straße", text="Offen."),
            document("Ferry strike", text="It ends."),
        ]
    )
    assert [one.title for one in library.list(words=typed)] == [title]


@pytest.mark.parametrize("typed", ["volcano", "kelp", "harbour volcano", "!!"])
def test_a_list_that_nothing_matches_is_empty(library, typed):
    library.ingest([document("Kept harbour")])
    assert library.list(words=typed) == ()


def test_a_list_is_newest_first_and_undated_ones_last(library):
    """What was added today without a date stood before the news of yesterday."""
    days = (None, "2026-03-01", "2026-05-01")
    library.ingest([document(f"Harbour of {day}", f"Of {day}.", published=day) for day in days])
    expected = ["Harbour of 2026-05-01", "Harbour of 2026-03-01", "Harbour of None"]
    for words in ("", "harbour"):
        assert [one.title for one in library.list(words=words)] == expected


def test_a_search_of_the_list_stays_in_its_spaces(library):
    library.ingest([document("Harbour of Acme")], ACME)
    library.ingest([document("Harbour of Beta")], BETA)
    assert [a.title for a in library.list((PUBLIC, BETA), "harbour")] == ["Harbour of Beta"]
    assert [a.title for a in library.list((PUBLIC, BETA), "harbuor")] == ["Harbour of Beta"]
    assert library.list((PUBLIC, BETA), "acme") == ()


def test_everything_is_there_after_reopening(tmp_path):
    with open_library(tmp_path) as library:
        library.ingest([document()])
    with open_library(tmp_path) as library:
        assert library.search("ribbon")[0].text == document().text


@pytest.mark.parametrize("lost", ["lexical", "chroma"])
def test_an_index_that_was_deleted_is_made_anew(tmp_path, lost):
    with open_library(tmp_path, chroma=True) as library:
        library.ingest([document(), long_document("Barges", 60)])
    shutil.rmtree(tmp_path / lost)
    with open_library(tmp_path, chroma=True) as library:
        assert library.search("ribbon")[0].article.title == "Harbour opens"
        assert library._vectors.wait(30)
        assert library.search("ribbon")[0].article.title == "Harbour opens"


def test_words_of_another_release_are_indexed_anew(tmp_path):
    with open_library(tmp_path, chroma=True) as library:
        library.ingest([document(text="On Monday Mayor Ostrander cut the ribbon.")])
    shutil.rmtree(tmp_path / "lexical")
    (tmp_path / "lexical").mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=True)
    tantivy.Index(builder.build(), path=str(tmp_path / "lexical"))
    with open_library(tmp_path, chroma=True) as library:
        assert library.health().words == "1 passages"
        answer = library.ask("What did Ostrandre cut?")
        assert answer.rewritten == "What did Ostrander cut?"


def test_the_indexes_report_how_far_they_are(tmp_path):
    with open_library(tmp_path, chroma=True) as library:
        library.ingest([document(), document(title="Weather", text="It rained on Monday.")])
        assert library.index_state().bm25_in_step
        assert not library.health().problems
        assert library.index_state() == IndexState(
            2, 2, bm25_in_step=True, chroma_in_step=True, chroma_behind=0
        )
        with open_library(tmp_path) as beside:
            beside.ingest([document(title="News", text="A ferry sank.")])
            state = beside.index_state()
            assert (state.chroma_in_step, state.chroma_behind) == (False, 3), "it has none"
        state = library.index_state()
        assert (state.articles, state.bm25_in_step) == (3, False)
        library.search("ferry")
        assert library.index_state().bm25_in_step


def test_a_replaced_article_answers_with_its_new_text_only(tmp_path):
    with open_library(tmp_path, chroma=True) as library:
        library.ingest([document(origin="/h.txt")])
        library.ingest([document(origin="/h.txt", text="The harbour closed on Friday.")])
        texts = [hit.text for hit in library.search("harbour ribbon")]
    assert texts == ["The harbour closed on Friday."]


def test_of_versions_given_together_the_last_counts(library):
    old, new = (document(text=f"The harbour {word}.", origin="/a") for word in ("opened", "shut"))
    library.ingest([old])
    found = library.ingest([new, old]).added
    assert [one.status for one in found] == ["replaced", "replaced"]
    (article,) = library.list()
    assert library.text(article.id) == old.text


def test_a_removed_article_is_gone(tmp_path):
    with open_library(tmp_path, chroma=True) as library:
        (added,) = library.ingest([document()]).added
        library.remove(added.article.id)
        assert library.search("harbour") == ()
        with pytest.raises(UnknownArticle):
            library.get(added.article.id)


def test_spaces_see_public_and_their_own_only(library):
    library.ingest([document(title="Public harbour")])
    (acme,) = library.ingest([document(title="Acme harbour")], ACME).added
    library.ingest([document(title="Beta harbour")], BETA)
    seen = {h.article.title for h in library.search("harbour", (PUBLIC, BETA))}
    assert seen == {"Public harbour", "Beta harbour"}
    assert {a.title for a in library.find("harbour", (PUBLIC, BETA))} == seen
    for call in (library.get, library.text, library.remove):
        with pytest.raises(UnknownArticle):
            call(acme.article.id, (PUBLIC, BETA))
    with pytest.raises(UnknownArticle):
        library.ask("harbour?", (PUBLIC, BETA), article_id=acme.article.id)


def test_a_question_can_be_put_to_one_article(library):
    library.ingest([document(), document(title="Weather", text="It rained on Monday.")])
    weather = library.get("weather")
    hits = library.search("harbour on Monday", article_id=weather.id)
    assert {h.article.id for h in hits} == {weather.id}


def test_a_question_can_have_a_threshold_of_its_own(tmp_path):
    with open_library(tmp_path, thresholds=Thresholds(1.0, 1.0)) as library:
        library.ingest([document()])
        assert not library.ask("who cut the ribbon?").answered
        assert library.ask("who cut the ribbon?", thresholds=Thresholds(0.0, 0.0)).answered
        assert library.thresholds == Thresholds(1.0, 1.0)


def test_a_second_process_searches_and_adds_without_the_indexes(tmp_path):
    with open_library(tmp_path, chroma=True) as owner:
        owner.ingest([document()])
        with open_library(tmp_path, chroma=True) as guest:
            assert guest.search("ribbon")[0].article.title == "Harbour opens"
            guest.ingest([document(title="Weather", text="It rained in the valley.")])
            assert guest.search("rained")[0].article.title == "Weather"
        assert owner.search("rained in the valley")[0].article.title == "Weather"
        assert owner._vectors.wait(30)
        assert len(list(owner._vectors.chroma.versions)) == 2


def test_a_guest_takes_over_when_the_owner_is_gone(tmp_path):
    owner = open_library(tmp_path, chroma=True)
    owner.ingest([document()])
    with open_library(tmp_path, chroma=True) as guest:
        assert guest.search("ribbon")
        assert not guest._vectors.wait(0.5)
        assert guest.health().vectors == "kept by another process that has the index open"
        owner.close()
        deadline = time.monotonic() + 60
        while not guest._vectors.wait(1) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert guest.health().vectors == "in step"
        assert guest.search("ribbon")[0].article.title == "Harbour opens"


def test_the_folder_is_free_again_after_closing(tmp_path):
    open_library(tmp_path).close()
    with open_library(tmp_path, chroma=True) as library:
        assert library.health().vectors == "in step"


def test_an_empty_document_is_an_error_that_names_it(library):
    (failed,) = library.ingest([document(text=" \n ", origin="/empty.txt")]).failed
    assert failed == Failed("/empty.txt", "there's no sentence in it")


def test_unreadable_files_are_reported_and_the_rest_is_indexed(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("The harbour opened on Monday. It was cold.")
    (folder / "b.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
    (folder / "c.txt").write_text("  \n ")
    (folder / "d.txt").write_text("...\n---\n***")
    with open_library(tmp_path / "data") as library:
        report = library.ingest(files([folder]))
    assert [Path(f.name).name for f in report.failed] == ["b.txt", "c.txt", "d.txt"]
    assert all(f.reason for f in report.failed)
    assert [Path(a.origin).name for a in report.indexed] == ["a.txt"]
    assert report.passages == 1
    assert report.passages_per_second > 0


def test_unchanged_files_are_skipped_and_changed_ones_replaced(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text("Harbour opens\n\nThe harbour opened on Monday.")
    with open_library(tmp_path / "data") as library:
        library.ingest(files([file]))
        assert library.ingest(files([file])).skipped == 1
        file.write_text("Harbour opens\n\nThe harbour closed on Friday.")
        report = library.ingest(library.list())
        assert [a.status for a in report.added] == ["replaced"]
        assert library.search("harbour")[0].text.endswith("closed on Friday.")
        file.unlink()
        assert [f.name for f in library.ingest(library.list()).failed] == [str(file)]
        assert len(library.list()) == 1


def test_progress_counts_up_to_all_passages(library):
    seen: list[tuple[int, int]] = []
    (added,) = library.ingest(
        [long_document("Barges", 200)], progress=lambda done, total: seen.append((done, total))
    ).added
    assert seen[-1] == (added.article.passages, added.article.passages)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_progress_estimates_what_is_not_read_yet(library, monkeypatch):
    monkeypatch.setattr("index.ingest.WINDOW_DOCUMENTS", 2)
    some = [document(f"Harbour {n}", text=f"Ferry {n} sails.", origin=str(n)) for n in range(6)]
    known, unknown = list[tuple[int, int]](), list[tuple[int, int]]()
    library.ingest(some, progress=lambda *seen: known.append(seen))
    library.ingest(iter(some), force=True, progress=lambda *seen: unknown.append(seen))
    assert known == [(2, 6), (4, 6), (6, 6)]
    assert unknown == [(2, 2), (4, 4), (6, 6)]


def test_another_model_is_refused_until_everything_is_embedded_anew(tmp_path):
    with open_library(tmp_path, chroma=True) as library:
        library.ingest([document()])
    with pytest.raises(EmbedderChanged) as caught:
        Library.open(tmp_path, OtherModel())
    assert (caught.value.stored, caught.value.current) == ("hashing", "other")
    with Library.open(tmp_path, OtherModel(), reembed=True) as library:
        assert [a.status for a in library.ingest(library.list(), force=True).added] == ["replaced"]
        assert library._vectors.wait(30)
        assert library.search("ribbon")[0].article.title == "Harbour opens"
    with Library.open(tmp_path, OtherModel()) as library:
        assert library._vectors.wait(30)
        assert library.search("ribbon")[0].text == document().text


def test_readers_never_see_an_article_half_replaced(tmp_path):
    versions = ["first", "second"]
    texts = {v: long_document("Barges", 40, subject=v).text for v in versions}
    wrong: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            hits = library.search("left quay at dawn with timber", limit=50)
            kinds = {v for v in versions for h in hits if v in h.text}
            if len(kinds) != 1 or len(hits) != hits[0].article.passages:
                wrong.append(f"{len(hits)} hits of {kinds}")

    with open_library(tmp_path, chroma=True) as library:
        library.ingest([Document("Barges", texts["first"], origin="/b")])
        readers = [threading.Thread(target=read) for _ in range(2)]
        for reader in readers:
            reader.start()
        for round_ in range(12):
            library.ingest([Document("Barges", texts[versions[(round_ + 1) % 2]], origin="/b")])
            time.sleep(0.02)
        done.set()
        for reader in readers:
            reader.join()
    assert wrong == []


def test_health_counts_and_finds_nothing_wrong(library):
    library.ingest(files([SEED]))
    health = library.health()
    assert (health.articles, health.spaces, health.problems) == (1, 1, ())
    assert health.words == f"{health.passages} passages"


class Preferring:
    """A reader that finds the answer wherever a word stands."""

    def __init__(self, word):
        self.word = word

    def read(self, _question, hits):
        scores = [9.0 if self.word in hit.text else -9.0 for hit in hits]
        return [
            Reading(score, tuple(SentenceReading(score, Span(0, 3)) for _ in hit.passage.sentences))
            for score, hit in zip(scores, hits, strict=True)
        ]


def test_the_reader_reranks_what_is_found(tmp_path):
    with open_library(tmp_path, reader=Preferring("rye")) as library:
        library.ingest(
            [document("Harbour opens"), document("Mill", "The mill by the harbour grinds rye.")]
        )
        assert library.search("harbour")[0].article.title == "Harbour opens"
        (best,) = library.search("harbour", limit=1, rerank=True)
        assert best.article.title == "Mill"
        assert len(library.search("harbour", rerank=True)) == 2
