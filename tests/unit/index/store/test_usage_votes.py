from datetime import timedelta

import pytest
import sqlalchemy as sa

from index.store.database import MAX_CHARS
from index.store.schema import votes as table
from index.store.usage import KEPT_DAYS, Complaint, Tally, Votes
from tests.builders import ONE, TWO
from tests.fakes import NOON
from tests.postgres import NUL_IN_POSTGRES


@pytest.fixture
def votes(catalog, clock):
    return Votes(catalog.database, clock)


def words(catalog, message):
    """What is kept of a user's words with a vote."""
    kept = sa.select(table.c.question, table.c.reason).where(table.c.message == message)
    with catalog.database.reading() as connection:
        return connection.execute(kept).one()


def test_a_vote_keeps_the_words_only_where_the_answer_did_not_help(votes, catalog):
    votes.put(ONE, "50", "7", "Who is Lind?", helpful=True, reason="Not asked for")
    votes.put(ONE, "51", "7", "Who is Berg?", helpful=False, reason="Outdated")
    assert (votes.of("50", "7"), words(catalog, "50")) == (True, (None, None))
    assert (votes.of("51", "7"), words(catalog, "51")) == (False, ("Who is Berg?", "Outdated"))


def test_a_vote_is_changed_and_not_doubled(votes, catalog):
    votes.put(ONE, "50", "7", "Who is Lind?", helpful=False, reason="Outdated")
    votes.put(ONE, "50", "7", "Who is Lind?", helpful=True)
    assert votes.days(ONE, 1) == {NOON.date(): Tally(1, 0)}
    assert votes.complaints(ONE, 1, 10) == []
    assert (votes.of("50", "7"), words(catalog, "50")) == (True, (None, None))


def test_a_vote_is_found_by_its_answer_and_user(votes):
    votes.put(ONE, "50", "7", "Who is Lind?", helpful=True)
    assert votes.of("50", "7") is True
    assert votes.of("50", "8") is None
    assert votes.of("51", "7") is None


def test_every_member_has_a_vote_on_every_answer(votes):
    for message in ("50", "51"):
        for who in ("7", "8", "9"):
            votes.put(ONE, message, who, "Who?", helpful=who == "7")
    assert votes.days(ONE, 1) == {NOON.date(): Tally(2, 4)}


def test_votes_of_one_space_never_show_in_another(votes):
    votes.put(ONE, "50", "7", "Who is Lind?", helpful=False)
    assert votes.days(TWO, 30) == {}
    assert votes.complaints(TWO, 30, 10) == []


def test_complaints_are_listed_by_question_with_reasons_and_all_votes(votes):
    votes.put(ONE, "50", "7", "Who is Lind?", helpful=False, reason="Outdated")
    votes.put(ONE, "51", "8", "who is  LIND?", helpful=False)
    votes.put(ONE, "52", "9", "Who is Lind?", helpful=True)
    votes.put(ONE, "53", "7", "Who is Berg?", helpful=False, reason="Wrong person")
    votes.put(ONE, "54", "7", "Who is Dahl?", helpful=True)
    first, second = votes.complaints(ONE, 1, 10)
    assert (first.question.casefold().split(), first.votes, first.reasons) == (
        ["who", "is", "lind?"],
        Tally(1, 2),
        ("Outdated",),
    )
    assert second == Complaint("Who is Berg?", Tally(0, 1), ("Wrong person",))
    assert votes.complaints(ONE, 1, 1) == [first]


def test_a_period_ends_today_and_old_votes_go(votes, clock):
    votes.put(ONE, "50", "7", "Who?", helpful=True)
    clock.now += timedelta(days=1)
    votes.put(ONE, "51", "7", "Who?", helpful=False)
    today = clock.now.date()
    assert votes.days(ONE, 1) == {today: Tally(0, 1)}
    assert votes.days(ONE, 2) == {NOON.date(): Tally(1, 0), today: Tally(0, 1)}
    clock.now = NOON + timedelta(days=KEPT_DAYS)
    votes.put(ONE, "52", "8", "Who?", helpful=True)
    assert (votes.of("50", "7"), votes.of("51", "7")) == (None, False)


def test_words_are_cut_and_may_be_anything(votes, catalog):
    votes.put(ONE, "50", "7", "x" * 2 * MAX_CHARS, helpful=False, reason="y" * 2 * MAX_CHARS)
    votes.put(ONE, "51", "7", "'); DROP TABLE votes; --\x00\ud800", helpful=False)
    cut, odd = words(catalog, "50"), words(catalog, "51")
    assert (len(cut.question), len(cut.reason)) == (MAX_CHARS, MAX_CHARS)
    assert odd.question.replace(NUL_IN_POSTGRES, "\0") == "'); DROP TABLE votes; --\0?"
