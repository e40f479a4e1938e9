from pathlib import Path

import pytest

from index.model import PUBLIC, Missing, Space, Thresholds
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


def test_a_name_is_mentioned_where_all_of_it_stands(tmp_path):
    answer = asked(tmp_path, "Did Lind Gas pay Emmanuel Macron?")
    assert (answer.missing.mentioned, answer.missing.absent) == ((), ("Emmanuel Macron",))


def test_what_another_space_knows_is_absent(tmp_path):
    answer = asked(tmp_path, "What did Brandt say about Macron?")
    assert answer.missing.absent == ("Brandt", "Macron")
    seen = asked(tmp_path, "What did Brandt say about Macron?", (PUBLIC, OTHER))
    assert seen.missing.mentioned == ("Brandt",)


@pytest.mark.parametrize(
    "question",
    [
        "how many submarines sank",  # what is no name may stand there in other words
        "What did the WHO say about submarines?",  # nor are acronyms looked for spelt out
        "What Did Emmanuel Macron Announce Today?",  # nor capitals of a title
        "What happened to Lind in 1999?",
        "What did Rosa Lind say?",  # one of the name's words stands
        "Did Lind see fishermen?",
    ],
)
def test_nothing_is_told_that_may_be_false(tmp_path, question):
    missing = asked(tmp_path, question).missing
    assert (missing.mentioned, missing.absent) == ((), ())


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What did the baker win?", "The bakery by the harbour won a prize."),
        ("How much ransom do the thieves ask for?", "The thieves want 40 bitcoin for the files."),
    ],
)
def test_what_stands_in_other_words_is_not_absent(tmp_path, question, text):
    with open_library(tmp_path) as library:
        library.ingest([document(text=text)])
        answer = library.ask(question, thresholds=Thresholds(1.0, 1.0))
    assert not answer.answered
    assert answer.missing == Missing()


@pytest.mark.parametrize(
    ("name", "written"),
    [("Greece", "Greek"), ("Denmark", "Danes"), ("Holland", "Dutch"), ("Kiev", "Kyiv")],
)
def test_a_country_is_not_absent_where_its_people_stand(tmp_path, name, written):
    with open_library(tmp_path) as library:
        library.ingest([document(text=f"The {written} fishermen cheered in the harbour.")])
        question = f"What did the minister of {name} decide about taxes?"
        assert library.ask(question).missing.absent == ()


@pytest.mark.parametrize(
    ("question", "there"),
    [
        ("How many fishermen cheered when Lind opened the harbour?", True),
        ("Who paid for the opened harbour?", True),
        ("When is the next solar eclipse?", False),
        ("What did Emmanuel Macron say when Lind opened the harbour?", False),  # a name is absent
    ],
)
def test_a_refusal_knows_whether_the_articles_have_its_topic(tmp_path, question, there):
    with open_library(tmp_path) as library:
        library.ingest([document(text="Mayor Lind opened the harbour. Fishermen cheered.")])
        answer = library.ask(question, thresholds=Thresholds(1.0, 1.0))
    assert not answer.answered
    assert answer.perhaps_there is there


def test_where_there_are_no_articles_nothing_is_there(tmp_path):
    with open_library(tmp_path) as library:
        assert not library.ask("Who opened the harbour?").perhaps_there
