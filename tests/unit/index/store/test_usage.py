from datetime import UTC, datetime, timedelta

import pytest

from index.store import schema
from index.store.database import MAX_CHARS
from index.store.usage import GAP_DAYS, KEPT_DAYS, Day, Gap, Questions, Tokens
from tests.builders import ONE, TWO
from tests.fakes import NOON, Clock

TODAY = NOON.date()


@pytest.fixture
def questions(catalog, clock):
    return Questions(catalog.database, clock)


def ask(questions, *times_ms, question="Who?", space=ONE, answered=True):
    for time_ms in times_ms:
        questions.count(space, question, time_ms, answered=answered)


def test_questions_are_counted_by_day_with_their_median_time(questions, clock):
    ask(questions, 40, 50, 900)
    ask(questions, 20, 20, answered=False)
    clock.now += timedelta(days=2)
    ask(questions, 1_000)
    activity = questions.activity(ONE, 3)
    assert activity.median_ms == pytest.approx(45, rel=0.15)
    assert [(d.day - TODAY, d.answered, d.refused) for d in activity.days] == [
        (timedelta(days=0), 3, 2),
        (timedelta(days=1), 0, 0),
        (timedelta(days=2), 1, 0),
    ]
    medians = [d.median_ms for d in activity.days]
    assert medians == [pytest.approx(40, rel=0.05), None, pytest.approx(1_000, rel=0.05)]


def test_times_from_nothing_to_minutes_are_exact_to_5_percent(questions):
    for n, time_ms in enumerate((0, 0.4, 1, 44, 171, 12_000, 300_000)):
        space = f"{n}"
        ask(questions, time_ms, space=space)
        assert questions.activity(space, 1).median_ms == pytest.approx(max(time_ms, 1), rel=0.05)


def test_a_space_where_nothing_was_asked(questions):
    activity = questions.activity(ONE, 2)
    assert activity.median_ms is None
    assert activity.days == (Day(TODAY - timedelta(days=1), 0, 0, None), Day(TODAY, 0, 0, None))


def test_counts_and_gaps_of_one_space_never_show_in_another(questions):
    ask(questions, 40, answered=False)
    assert questions.activity(TWO, 30).days[-1] == Day(TODAY, 0, 0, None)
    assert questions.gaps(TWO, 30, 10) == []


def test_gaps_are_listed_by_how_often_they_were_asked(questions, clock):
    ask(questions, 40, question="Who is Berg?", answered=False)
    ask(questions, 40, 40, question="who is  lind?", answered=False)
    clock.now += timedelta(days=1)
    ask(questions, 40, question="Who is Lind?", answered=False)
    ask(questions, 40, question="Who is Dahl?")
    ask(questions, 40, question="\ud800" * 1_000, answered=False, space=TWO)
    assert questions.gaps(TWO, 1, 10) == [Gap("?" * MAX_CHARS, 1)]
    assert questions.gaps(ONE, 2, 10) == [Gap("who is  lind?", 3), Gap("Who is Berg?", 1)]
    assert questions.gaps(ONE, 1, 10) == [Gap("Who is Lind?", 1)]
    assert questions.gaps(ONE, 2, 1) == [Gap("who is  lind?", 3)]


def test_what_was_perhaps_there_is_no_gap(questions):
    for there in (True, True, False):
        questions.count(ONE, "Who is Lind?", 40, answered=False, perhaps_there=there)
    questions.count(ONE, "Who is Berg?", 40, answered=False, perhaps_there=True)
    questions.count(ONE, "Who is Dahl?", 40, answered=False, perhaps_there=None)
    assert questions.gaps(ONE, 1, 10) == [Gap("Who is Lind?", 1)]
    there = [Gap("Who is Lind?", 2), Gap("Who is Berg?", 1)]
    assert questions.gaps(ONE, 1, 10, perhaps_there=True) == there


def test_words_go_before_counts_do(questions, clock):
    ask(questions, 40, answered=False)
    clock.now = NOON + timedelta(days=GAP_DAYS)
    ask(questions, 40)
    assert questions.gaps(ONE, KEPT_DAYS, 10) == []
    assert questions.activity(ONE, GAP_DAYS + 1).days[0].refused == 1
    clock.now = NOON + timedelta(days=KEPT_DAYS)
    ask(questions, 40)
    assert questions.activity(ONE, KEPT_DAYS + 1).days[0].refused == 0


def test_no_user_is_named():
    for table in (schema.questions, schema.gaps):
        columns = set(table.columns.keys())
        named = {"space", "day", "answered", "time", "count", "hash", "question", "perhaps_there"}
        assert columns <= named


@pytest.fixture
def clock():
    return Clock(datetime(2026, 11, 24, 23, 50, tzinfo=UTC))


@pytest.fixture
def tokens(catalog, clock):
    return Tokens(catalog.database, clock)


def test_tokens_are_counted_by_space(tokens):
    assert tokens.reserve(ONE, 100)
    assert tokens.reserve(ONE, 50)
    assert (tokens.today(ONE), tokens.today(TWO)) == (150, 0)


def test_no_more_than_the_most_is_reserved(tokens):
    assert tokens.reserve(ONE, 900, 1_000)
    assert not tokens.reserve(ONE, 101, 1_000)
    assert tokens.today(ONE) == 900
    assert tokens.reserve(ONE, 100, 1_000)


def test_what_was_reserved_is_corrected_and_never_below_nothing(tokens):
    tokens.reserve(ONE, 900)
    tokens.correct(ONE, -500)
    assert tokens.today(ONE) == 400
    tokens.correct(ONE, -500)
    assert tokens.today(ONE) == 0
    tokens.correct(TWO, -5)
    assert tokens.today(TWO) == 0


def test_a_new_day_begins_at_nothing_and_old_ones_go(tokens, clock):
    tokens.reserve(ONE, 900, 1_000)
    yesterday = clock.now.date()
    clock.now += timedelta(minutes=20)
    assert tokens.reserve(ONE, 800, 1_000)
    assert tokens.days(ONE, 7) == {yesterday: 900, clock.now.date(): 800}
    assert tokens.days(ONE, 1) == {clock.now.date(): 800}
    clock.now += timedelta(days=365)
    tokens.reserve(ONE, 1)
    assert tokens.days(ONE, 1_000) == {clock.now.date(): 1}
