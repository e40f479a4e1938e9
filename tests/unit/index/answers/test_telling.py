"""What is told about a subject: sentences that have its words, however little is asked."""

import pytest

from index.answers.telling import Subject, SubjectKind, subject
from index.model import Certainty, Thresholds
from index.models.reader import Reading, SentenceReading, Span
from tests.builders import document, open_library


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("tell me about rubio", "rubio"),
        ("Can you tell me more about the harbour bridge?", "harbour bridge"),
        ("what do you know about Runa Holt?", "Runa Holt"),
        ("any info on the strike", "strike"),
        ("anything about Greece?", "Greece"),
        ("please give me some background on the new law", "new law"),
    ],
)
def test_a_subject_is_what_shall_be_told_about(question, topic):
    assert subject(question) == Subject(topic, SubjectKind.ABOUT)


@pytest.mark.parametrize("question", ["harbour bridge", "rubio", "Rubio?", "brandt budget deficit"])
def test_keywords_are_a_subject(question):
    assert subject(question) == Subject(question.rstrip("?"), SubjectKind.KEYWORDS)


@pytest.mark.parametrize(
    "question",
    [
        "tell me about why he left",
        "Tell me who won",
        "What does the mayor know about the bridge?",
        "when closed",
        "Who is the mayor?",
        "who is in the boat",
        "harbour bridge closing this autumn for repairs",
        "",
    ],
)
def test_other_questions_are_none(question):
    assert subject(question) is None


class Unconvinced:
    """Finds no answer anywhere."""

    def read(self, question, hits):
        return [
            Reading(-9.0, tuple(SentenceReading(-9.0, Span(0, 1)) for _ in hit.passage.sentences))
            for hit in hits
        ]


BRIDGE = document(
    "Harbour bridge shut",
    "Engineer Runa Holt shut the harbour bridge on Monday. Rain fell.\n\n"
    "Holt will repair two bolts. The harbour master, Jan van McGee, watched.",
)


@pytest.fixture
def ask(tmp_path):
    with open_library(tmp_path, reader=Unconvinced()) as library:
        library.ingest([BRIDGE])
        yield library.ask


def quotes(answer):
    return [sentence.text for sentence in answer.sentences]


def test_what_is_told_about_somebody_names_them(ask):
    answer = ask("tell me about Runa Holt")
    assert answer.certainty is Certainty.SURE
    assert quotes(answer)[0] == "Engineer Runa Holt shut the harbour bridge on Monday."
    assert all("Holt" in quote for quote in quotes(answer))


def test_keywords_are_answered_unsurely_by_a_sentence_with_all_of_them(ask):
    answer = ask("holt bolts")
    assert answer.certainty is Certainty.PERHAPS
    assert quotes(answer) == ["Holt will repair two bolts."]
    assert not ask("holt rain").answered


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("who is runa holt?", "Engineer Runa Holt shut the harbour bridge on Monday."),
        ("Who was Holt", "Engineer Runa Holt shut the harbour bridge on Monday."),
        ("who's jan van mcgee", "The harbour master, Jan van McGee, watched."),
    ],
)
def test_who_somebody_is_is_told_by_the_first_sentence_with_the_name(ask, question, sentence):
    answer = ask(question)
    assert answer.certainty is Certainty.SURE
    assert quotes(answer)[0] == sentence


@pytest.mark.parametrize("question", ["who is harbour bridge", "who is repair", "who is Ida Holt"])
def test_who_is_asked_of_names_alone(ask, question):
    assert not ask(question).answered


def test_nothing_unsure_is_told_where_nothing_unsure_is_wanted(ask):
    assert not ask("holt bolts", thresholds=Thresholds(0.6, 0.6)).answered


def test_nothing_is_told_about_what_is_not_there(ask):
    assert not ask("tell me about Greece").answered


def test_people_who_share_the_name_are_told_of_each(tmp_path):
    finance = document("Budget", "Finance Minister Lena Brandt cut the budget. Brandt was calm.")
    diver = document("Wreck", "The diver Otto Brandt found a wreck. Brandt took two bolts.")
    with open_library(tmp_path, reader=Unconvinced()) as library:
        library.ingest([finance, diver])
        assert sorted(quotes(library.ask("who is Brandt?"))) == [
            "Finance Minister Lena Brandt cut the budget.",
            "The diver Otto Brandt found a wreck.",
        ]
        assert all("Lena" in quote for quote in quotes(library.ask("who is Lena Brandt?")))


def test_who_is_typed_with_a_capital_is_no_common_word(tmp_path):
    with open_library(tmp_path, reader=Unconvinced()) as library:
        text = "Her deputy, Ravi Long, takes over. It will not be long before somebody is found."
        library.ingest([document("School", text)])
        assert quotes(library.ask("Who is Long?")) == ["Her deputy, Ravi Long, takes over."]
        assert not library.ask("who is long").answered
