from index.model import Space
from tests.builders import document, open_library

OTHER = Space("42")
LIND = document("Harbour", "The harbour opened. Mayor Rosa Lind said the harbour was a success.")
VOSS = document("Mill", "The mill burned. “The mill was old,” said Ada Voss, who ran it.")
QUIET = document("Rain", "It rained for a week and nobody in the village had a word to say.")


def test_questions_on_the_newest_articles_that_have_an_answer(tmp_path):
    with open_library(tmp_path) as library:
        library.ingest([LIND, VOSS, QUIET])
        library.ingest([document("Hidden", "Bo Kern said the fair was off.")], OTHER)
        found = library.suggestions()
        assert set(found) <= {"What did Rosa Lind say?", "What did Ada Voss say?"}
        assert found
        for question in found:
            assert library.ask(question).answered
        assert len(library.suggestions(count=1)) == 1


def test_without_articles_there_are_none(tmp_path):
    with open_library(tmp_path) as library:
        assert library.suggestions() == ()
