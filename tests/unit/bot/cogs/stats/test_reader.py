from datetime import timedelta

import pytest

from bot.cogs.stats.reader import COMPLAINTS, GAPS, DayStats, read_stats
from index.model import Space
from index.store.usage import Questions, Tally, Tokens, Votes

HERE, ELSEWHERE = Space("1001"), Space("1002")


@pytest.fixture
def stores(catalog, clock):
    return tuple(kind(catalog.database, clock) for kind in (Questions, Votes, Tokens))


def test_questions_and_votes_of_a_day_stand_together(stores, clock):
    questions, votes, tokens = stores
    for space in (HERE, ELSEWHERE):
        questions.count(space, "Who?", 64, answered=True)
        votes.put(space, f"m{space}", "7", "Who?", helpful=False, reason="Wrong.")
    votes.put(HERE, "m2", "8", "Who?", helpful=True)
    first = clock.now.date()
    clock.now += timedelta(days=2)
    questions.count(HERE, "Why?", 256, answered=False)
    for space, used in ((HERE, 700), (ELSEWHERE, 9_000), (HERE, 34)):
        tokens.reserve(space, used)
    stats = read_stats(questions, votes, tokens, HERE, 3)
    assert stats.days == (
        DayStats(first, 1, 0, 1, 1, 64),
        DayStats(first + timedelta(days=1), 0, 0, 0, 0, None),
        DayStats(first + timedelta(days=2), 0, 1, 0, 0, 256),
    )
    assert (stats.asked, stats.answered, stats.refused) == (2, 1, 1)
    assert (stats.helpful, stats.unhelpful) == (1, 1)
    assert [(gap.question, gap.count) for gap in stats.gaps] == [("Why?", 1)]
    (complaint,) = stats.complaints
    assert complaint.votes == Tally(1, 1)
    assert complaint.reasons == ("Wrong.",)
    assert stats.tokens == 734


def test_what_is_before_the_period_is_left_out(stores, clock):
    questions, votes, tokens = stores
    questions.count(HERE, "Who?", 64, answered=False)
    votes.put(HERE, "m", "7", "Who?", helpful=False)
    clock.now += timedelta(days=3)
    stats = read_stats(questions, votes, tokens, HERE, 3)
    assert (stats.asked, stats.helpful + stats.unhelpful, stats.median_ms) == (0, 0, None)
    assert stats.gaps == stats.complaints == ()


def test_only_the_first_of_many_are_listed(stores):
    questions, votes, tokens = stores
    for n in range(20):
        questions.count(HERE, f"What is {n}?", 64, answered=False)
        votes.put(HERE, f"m{n}", "7", f"Why {n}?", helpful=False)
    stats = read_stats(questions, votes, tokens, HERE, 1)
    assert (len(stats.gaps), len(stats.complaints)) == (GAPS, COMPLAINTS)
    assert stats.refused == 20
