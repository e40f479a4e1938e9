import pytest

from index.answers import summary
from index.model import Form
from index.text.words import subject_words
from tests.builders import document, open_library


@pytest.mark.parametrize(
    "question",
    [
        "Summarise the article",
        "summarize this",
        "Can you give me a summary of the Hegseth story?",
        "tl;dr",
        "TLDR please",
        "What is it about?",
        "what's the article about",
        "What is the article mainly about?",
        "What does the article say?",
        "main points?",
        "What is “Harbour reopens” about?",
        'what\'s "Ferries, and who pays" about',
    ],
)
def test_requests_for_a_summary(question):
    assert summary.is_request(question)


@pytest.mark.parametrize(
    "question",
    [
        "What did Hegseth say about NATO?",
        "What is NATO about to do?",
        "What does the article say about NATO?",
        "Who wrote the summit declaration?",
        "What is it that Vance wants?",
        "What is “the deal” about to change?",
    ],
)
def test_questions_that_are_no_such_request(question):
    assert not summary.is_request(question)


def test_the_topic_is_what_is_left_of_the_request():
    words = subject_words("Please give me a short summary of the Hegseth story")
    assert summary.topic(words) == "Hegseth"
    assert summary.topic(subject_words("Summarise the article")) == ""


DAYS = ("2026-03-01", "2026-03-09", "2026-02-27")

STORM = (
    "Storm damage\n\n"
    "A storm killed a woman in Orm on Friday and cut the power of 9,000 homes. "
    "It was over by noon. "
    "He had never seen such a thing, and it was a thing that he would not forget. "
    "Trains between Orm and Lindholm stood still for most of the day after trees fell on the line. "
    "“We lost the roof, the roof of the barn, and the roof of the house,” said Ada Voss. "
    "Was it the worst storm that the storm service has seen in all its years in Orm? "
    "The ferry to Eskholm turned back with 85 people, two of whom were hurt."
)


def test_the_opening_and_sentences_that_stand_alone(tmp_path):
    with open_library(tmp_path) as library:
        library.ingest([document("Storm", STORM)])
        answer = library.ask("Summarise the article")
    told = [sentence.text.split()[0] for sentence in answer.sentences]
    assert told == ["A", "Trains", "The"]
    assert answer.form is Form.SUMMARY


def test_the_newest_article_is_taken_where_none_is_named(tmp_path):
    with open_library(tmp_path) as library:
        dated = [document(day, f"It rained on {day}.", published=day) for day in DAYS]
        library.ingest([*dated, document("Undated", "It snowed.")])
        answer = library.ask("Summarise the article")
    assert {citation.article.title for citation in answer.citations} == {max(DAYS)}


def test_an_article_of_one_sentence_is_its_summary(tmp_path):
    with open_library(tmp_path) as library:
        library.ingest([document("Rain", "It rained.")])
        answer = library.ask("Summarise the article")
    assert [sentence.text for sentence in answer.sentences] == ["It rained."]
