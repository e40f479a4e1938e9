import pytest

from index.answers.summary_requests import is_request, topic
from index.text.words import subject_words


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
    assert is_request(question)


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
    assert not is_request(question)


def test_the_topic_is_what_is_left_of_the_request():
    words = subject_words("Please give me a short summary of the Hegseth story")
    assert topic(words) == "Hegseth"
    assert topic(subject_words("Summarise the article")) == ""
