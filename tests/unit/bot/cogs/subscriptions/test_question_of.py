import pytest

from bot.cogs.subscriptions.matching import question_of


@pytest.mark.parametrize(
    "topic",
    ["Who won the cup final?", "what did Lind say", "How many barges left?", "تغير المناخ؟"],
)
def test_questions_are_asked_as_they_are(topic):
    assert question_of(topic) == topic


@pytest.mark.parametrize("topic", ["harbour strike", "WHO reform", "howling wolves", "NATO"])
def test_topics_are_asked_for_the_latest(topic):
    assert question_of(topic) == f"What is the latest on {topic}?"


@pytest.mark.parametrize(
    ("topic", "subject"), [("pension overview", "pension"), ("Summarise NATO news", "NATO")]
)
def test_what_any_article_would_answer_is_taken_for_a_topic(topic, subject):
    assert question_of(topic) == f"What is the latest on {subject}?"
