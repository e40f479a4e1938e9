from pathlib import Path

from index.model import PUBLIC, Space
from tests.builders import document, open_library

OTHER = Space("42")


def asked(tmp_path: Path, question: str, spaces=(PUBLIC,)):
    with open_library(tmp_path) as library:
        library.ingest([document(text="Mayor Lind opened the harbour. Fishermen cheered.")])
        library.ingest([document("Mill", "Mayor Brandt closed the old mill.")], OTHER)
        return library.ask(question, spaces)


def test_a_refusal_tells_which_name_is_known_and_which_is_not(tmp_path):
    answer = asked(tmp_path, "What did Lind say about Emmanuel Macron?")
    assert not answer.answered
    assert answer.missing.mentioned == ("Lind",)
    assert answer.missing.absent == ("Emmanuel Macron",)


def test_what_another_space_knows_is_absent(tmp_path):
    answer = asked(tmp_path, "What did Brandt say about Macron?")
    assert answer.missing.absent == ("Brandt", "Macron")
    seen = asked(tmp_path, "What did Brandt say about Macron?", (PUBLIC, OTHER))
    assert seen.missing.mentioned == ("Brandt",)


def test_without_names_the_other_words_tell(tmp_path):
    assert asked(tmp_path, "how many submarines sank").missing.absent == ("submarines",)


def test_nothing_is_told_where_every_word_is_known(tmp_path):
    missing = asked(tmp_path, "Did Lind see fishermen?").missing
    assert (missing.mentioned, missing.absent) == ((), ())
