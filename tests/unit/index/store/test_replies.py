from datetime import timedelta

import pytest

from index.store.replies import KEPT_DAYS, TURN_DAYS, Replies, Reply
from tests.builders import ONE, TWO
from tests.fakes import NOON


@pytest.fixture
def replies(catalog, clock):
    return Replies(catalog.database, clock)


def test_a_reply_is_found_by_its_message_and_by_the_one_that_asked(replies):
    replies.put("50", ONE, "7", "Who is Lind?", source="49")
    replies.put("51", TWO, "8", "Who is Berg?", article="abc")
    lind = Reply("50", "49", ONE, "7", "Who is Lind?", None, NOON)
    assert [replies.of("50")] == replies.to("49") == [lind]
    assert replies.of("51") == Reply("51", None, TWO, "8", "Who is Berg?", "abc", NOON)
    assert replies.of("49") is None
    assert replies.to("50") == []


def test_how_long_ago_somebody_was_last_answered(replies, clock):
    replies.put("50", ONE, "7", "Who is Lind?")
    clock.now += timedelta(seconds=20)
    replies.put("51", ONE, "8", "Who is Lind?")
    clock.now += timedelta(seconds=10)
    assert replies.seconds_since(ONE, "7", 60) == 30
    assert replies.seconds_since(ONE, None, 60) == 10
    assert replies.seconds_since(ONE, "7", 29) is None
    assert replies.seconds_since(TWO, None, 60) is None


def test_a_message_that_is_answered_anew_has_its_new_question(replies):
    replies.put("50", ONE, "7", "Who is Lindt?", source="49")
    replies.put("50", ONE, "7", "Who is Lind?", source="49")
    assert replies.of("50").question == "Who is Lind?"


def test_old_ones_are_forgotten(replies, clock):
    replies.put("50", ONE, "7", "Who is Lind?")
    clock.now += timedelta(days=KEPT_DAYS - 1)
    replies.put("51", ONE, "7", "Who is Berg?")
    assert replies.of("50")
    clock.now += timedelta(days=1)
    replies.put("52", ONE, "7", "Who is Dahl?")
    assert not replies.of("50")
    assert replies.of("51")


def test_removed(replies):
    for message in ("50", "51"):
        replies.put(message, ONE, "7", "Who?")
    replies.remove("50")
    assert not replies.of("50")
    assert replies.of("51")


def test_the_last_ones_to_somebody_while_their_words_are_kept(replies, clock):
    replies.put("9", ONE, "7", "Who is Lind?")
    clock.now += timedelta(days=TURN_DAYS, seconds=1)
    for message, space, who in (("8", ONE, "7"), ("5", ONE, "7"), ("6", TWO, "7"), ("4", ONE, "8")):
        clock.now += timedelta(seconds=1)
        replies.put(message, space, who, "Why?", answer="Because.")
    assert [reply.message for reply in replies.by("7", ONE, 9)] == ["8", "5"]
    assert [reply.message for reply in replies.by("7", ONE, 1)] == ["5"]
    replies.remove_by("7", ONE)
    assert [one for one in ("9", "8", "5", "6", "4") if replies.of(one)] == ["6", "4"]


def test_a_lone_surrogate_does_no_harm(replies):
    replies.put("50", ONE, "7", "Who is \ud800?")
    assert replies.of("50").question == "Who is ??"


def test_answers_of_a_channel_and_what_they_go_on_from(replies):
    replies.put("9", ONE, "7", "Who is Lind?", channel="5", answer="The mayor. [1]")
    replies.put("10", ONE, "8", "Why?", channel="5", before="9")
    replies.put("11", ONE, "7", "Who is Berg?", channel="6")
    replies.put("12", ONE, "7", "Who is Dahl?", before="10")  # privately
    assert [reply.message for reply in replies.in_channel("5", "12", 6)] == ["9", "10"]
    assert [reply.message for reply in replies.in_channel("5", "10", 6)] == ["9"]
    assert [reply.message for reply in replies.in_channel("5", "12", 1)] == ["10"]
    assert [reply.message for reply in replies.chain("12", 6)] == ["9", "10", "12"]
    assert [reply.message for reply in replies.chain("12", 2)] == ["10", "12"]
    assert [reply.answer for reply in replies.chain("10", 6)] == ["The mayor. [1]", None]
    assert replies.chain("13", 6) == []


def test_a_conversation_is_forgotten_before_its_questions(replies, clock):
    replies.put("9", ONE, "7", "Who is Lind?", channel="5", answer="The mayor. [1]")
    clock.now += timedelta(days=TURN_DAYS + 1)
    assert replies.in_channel("5", "10", 6) == replies.chain("9", 6) == []
    replies.put("10", ONE, "7", "Who is Berg?")
    kept = replies.of("9")
    assert (kept.question, kept.channel, kept.answer) == ("Who is Lind?", None, None)


def test_an_answer_that_goes_on_from_itself_ends(replies):
    replies.put("9", ONE, "7", "Who is Lind?", before="9")
    assert len(replies.chain("9", 6)) == 6
