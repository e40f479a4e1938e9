from pathlib import Path

import pytest

from index.model import PUBLIC, Missing, Space, Thresholds
from tests.builders import document, open_library, text_of

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
        "Did a fisherman pay a ransom to the baker?",
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
def test_what_stands_in_other_words_is_not_absent(library, question, text):
    library.ingest([document(text=text)])
    answer = library.ask(question, thresholds=Thresholds(1.0, 1.0))
    assert not answer.answered
    assert answer.missing == Missing()


@pytest.mark.parametrize(
    ("name", "written"),
    [("Greece", "Greek"), ("Denmark", "Danes"), ("Holland", "Dutch"), ("Kiev", "Kyiv")],
)
def test_a_country_is_not_absent_where_its_people_stand(library, name, written):
    library.ingest([document(text=f"The {written} fishermen cheered in the harbour.")])
    question = f"What did the minister of {name} decide about taxes?"
    assert library.ask(question).missing.absent == ()


ISLAND = "Two firefighters were hurt on Evia. The blaze reached the village, said Mayor Lind."
COAST = "The blaze near Limni was put out by crews from France, said Mayor Lind."
SUMMIT = "Lind doubts that Ukraine can win. He spoke at NATO in January and on Monday in Poland."


def absent_from(tmp_path, question, *texts):
    with open_library(tmp_path) as library:
        library.ingest([document(f"Report {n}", text) for n, text in enumerate(texts)])
        answer = library.ask(question, thresholds=Thresholds(1.0, 1.0))
    assert not answer.answered
    return answer.missing.absent


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        ("What is the news about Greece?", [ISLAND]),
        ("What is the news about Greece?", [COAST]),  # a country is named, but not Limni's
        ("What did Lind say about Greece?", [COAST, SUMMIT]),
        ("What is the news about Greece?", ["Athens hopes that France will help."]),
        ("What happened in Peloponnese?", ["A blaze burned for three days near Kalamata."]),
        ("What did the minister of Greece decide?", ["A blaze burned for three days."]),
        ("What is the news about Europe?", [SUMMIT]),
        ("What did Lind say about Balkans?", [SUMMIT]),
    ],
)
def test_a_place_is_not_absent_where_articles_may_be_of_a_part_of_it(tmp_path, question, texts):
    assert absent_from(tmp_path, question, *texts) == ()


def test_a_place_is_absent_where_an_article_names_other_countries_alone(tmp_path):
    assert absent_from(tmp_path, "What did Lind say about China?", SUMMIT) == ("China",)
    other = "A ship sank near Limni and nobody was hurt."
    assert absent_from(tmp_path, "What did Lind say about China?", SUMMIT, other) == ("China",)


def test_a_country_that_readmes_article_does_not_name_is_absent(tmp_path):
    seed = text_of("seed")
    assert absent_from(tmp_path, "What did Hegseth say about China?", seed) == ("China",)
    assert absent_from(tmp_path, "What did Hegseth say about Sweden?", seed) == ()


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("what did hegseth say about china", ("China",)),
        ("what did hegseth say about new zealand?", ("New Zealand",)),
        ("what did hegseth say about brazil and japan", ("Brazil", "Japan")),
        ("what did hegseth say about sweden", ()),  # "Swedish" stands there
        ("what did hegseth say about russia", ()),
        ("did hegseth polish his speech", ()),
        ("did hegseth eat a turkey", ()),
        ("did hegseth drop a china cup", ()),
        ("what did us officials say about bread", ()),
        ("what did hegseth say about macron", ()),  # may be a word that is misspelt
    ],
)
def test_places_in_small_letters_are_names(tmp_path, question, absent):
    assert absent_from(tmp_path, question, text_of("seed")) == absent


def test_a_name_in_small_letters_is_told_as_the_articles_write_it(tmp_path):
    with open_library(tmp_path) as library:
        library.ingest([document(text=text_of("seed"))])
        missing = library.ask("what did hegseth say about china").missing
    assert missing == Missing(mentioned=("Hegseth",), absent=("China",))


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Marx", "Marxist"),
        ("Marxists", "Marx"),
        ("Trump", "Trumpism"),
        ("Brexit", "Brexiteers"),
        ("Brexiteers", "Brexit"),
        ("Mao", "Maoists"),
        ("Orwell", "Orwellian"),
        ("Twitter", "X"),
        ("X", "Twitter"),
        ("Facebook", "Meta"),
        ("Islam", "Muslim"),
    ],
)
def test_a_name_is_not_absent_where_a_derivation_or_another_name_stands(tmp_path, name, written):
    text = f"The fishermen of the harbour argued about {written} all day."
    assert absent_from(tmp_path, f"What did the mayor say of {name} at noon?", text) == ()
    with_other = text.replace(written, "Kern")
    found = absent_from(tmp_path / "b", f"What did the mayor say of {name} at noon?", with_other)
    assert found == ((name,) if name != "X" else ())


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("flurb the snoggle?", None),
        ("how many submarines sank", None),
        ("What did Lind say about Emmanuel Macron?", "Mayor Lind opened the harbour."),
        ("Which fisheries?", "Fishermen cheered."),  # another stem, but a cosine of .5
    ],
)
def test_a_refusal_quotes_only_what_has_to_do_with_the_question(tmp_path, question, quote):
    answer = asked(tmp_path, question)
    assert not answer.answered
    assert (answer.nearest and answer.nearest.quote) == quote


@pytest.mark.parametrize(
    ("question", "there"),
    [
        ("How many fishermen cheered when Lind opened the harbour?", True),
        ("Who paid for the opened harbour?", True),
        ("When is the next solar eclipse?", False),
        ("What did Emmanuel Macron say when Lind opened the harbour?", False),  # a name is absent
    ],
)
def test_a_refusal_knows_whether_the_articles_have_its_topic(library, question, there):
    library.ingest([document(text="Mayor Lind opened the harbour. Fishermen cheered.")])
    answer = library.ask(question, thresholds=Thresholds(1.0, 1.0))
    assert not answer.answered
    assert answer.perhaps_there is there


def test_where_there_are_no_articles_nothing_is_there(library):
    assert not library.ask("Who opened the harbour?").perhaps_there
