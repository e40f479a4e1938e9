import pytest

from bot.cogs.subscriptions.notifying import Matcher, question_of
from index.errors import StorageError
from index.model import PUBLIC
from tests.unit.bot.cogs.subscriptions.conftest import GUILD

QUESTION = "What is the latest on strike?"


@pytest.fixture
def matcher(harness):
    return Matcher(harness.client, harness.services)


async def match_all(matcher):
    while await matcher.match_next():
        pass


async def test_only_what_an_article_answers_to_is_matched(harness, matcher):
    harness.subscribe("strike")
    harness.subscribe("buns", who="8")
    harness.arrive("a", "strike")
    await match_all(matcher)
    assert [
        (m.subscription.topic, m.article) for m in harness.matches.waiting(harness.clock.now)
    ] == [("strike", "a")]


async def test_the_same_is_asked_once(harness, matcher):
    for who in "789":
        harness.subscribe("Strike" if who == "7" else "strike", who=who)
    harness.arrive("a", "strike", "Strike")
    await match_all(matcher)
    assert len(harness.library.asked) == 1
    assert len(harness.waiting()) == 3


async def test_the_settings_of_the_server_count(harness, matcher):
    harness.subscribe()
    harness.services.server_settings.change(GUILD, "public", False, 7)
    harness.arrive("a", "strike", space=PUBLIC)
    await match_all(matcher)
    assert harness.waiting() == []


async def test_a_topic_that_breaks_the_answering_holds_up_no_other(harness, matcher, caplog):
    broken = harness.subscribe("broken")
    harness.subscribe("strike")
    harness.library.broken = [RuntimeError("a bug")]
    harness.arrive("a", "strike", "broken")
    await match_all(matcher)
    assert f"subscription {broken.id}: article a cannot be asked" in caplog.text
    assert [m.subscription.topic for m in harness.matches.waiting(harness.clock.now)] == ["strike"]


async def test_what_cannot_be_read_for_now_is_matched_later(harness, matcher):
    harness.subscribe()
    harness.library.broken = [StorageError("footnote.db", "the disk is away")]
    harness.arrive("a", "strike")
    with pytest.raises(StorageError):
        await matcher.match_next()
    await match_all(matcher)
    assert harness.waiting() == ["a"]


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
