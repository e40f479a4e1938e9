import pytest

from index.answers.cache import ThreadSafeCache
from index.model import Thresholds
from tests.builders import document, open_library
from tests.fake_models import OverlapReader


def test_what_was_not_used_for_longest_is_forgotten():
    remembered = ThreadSafeCache[int](2)
    remembered.put("a", 1)
    remembered.put("b", 2)
    assert remembered.get("a") == 1
    remembered.put("c", 3)
    assert [remembered.get(key) for key in "abc"] == [1, None, 3]


@pytest.fixture
def library(tmp_path):
    with open_library(tmp_path, reader=OverlapReader(), thresholds=Thresholds(0.0, 0.0)) as library:
        library.ingest([document()])
        yield library


def test_an_answer_is_given_again_without_searching(library):
    first = library.ask("Who cut the ribbon?")
    again = library.ask("Who cut the ribbon?")
    assert again.sentences == first.sentences
    assert "search" in first.timings_ms
    assert "search" not in again.timings_ms


def test_a_new_version_empties_what_it_touched_and_no_more(library):
    library.ingest([document("Another", "The tram stopped.")], "7")
    other = library.ask("Who cut the ribbon?")
    library.ingest([document("Another", "The tram stopped again.")], "7")
    assert library.ask("Who cut the ribbon?").corpus == other.corpus
    assert "search" not in library.ask("Who cut the ribbon?").timings_ms
    library.ingest([document(text="The harbour opened. Mayor Berg cut the ribbon.")])
    changed = library.ask("Who cut the ribbon?")
    assert changed.corpus != other.corpus
    assert "Mayor Berg cut the ribbon." in changed.text


def test_other_thresholds_and_articles_are_other_questions(library):
    question = "Who cut the ribbon?"
    assert library.ask(question).answered
    assert not library.ask(question, thresholds=Thresholds(1.0, 1.0)).answered
    library.ingest([document("Another", "The tram stopped.")])
    assert library.ask(question, article_id="Harbour opens").corpus != library.ask(question).corpus
