import pytest

from index.store.records import _USERS, KeptOfUser
from index.store.schema import metadata
from tests.builders import ONE, TWO
from tests.fakes import NOON


def test_what_is_kept_of_a_user_is_counted_and_deleted_in_all_spaces(records):
    for who in ("7", "8"):
        records.replies.put(f"50{who}", ONE, who, "Who is Lind?")
        records.replies.put(f"51{who}", TWO, who, "Who is Berg?")
        records.votes.put(ONE, f"50{who}", who, "Who is Lind?", helpful=True)
        records.feeds.add(ONE, f"https://a.example/{who}", "A", who, NOON)
        records.settings.write(ONE, "private", who == "7", who)
        records.subscriptions.put(ONE, who, "Lind", digest=False)
    assert records.held("7") == records.held("8") == KeptOfUser(2, 1, 1, feeds=1, subscriptions=1)
    records.forget("7")
    assert records.held("7") == KeptOfUser(0, 0, 0, 0, 0)
    assert records.held("8") == KeptOfUser(2, 1, 1, 1, 1)
    assert [change.who for change in records.settings.changes(ONE, 10)] == ["8", ""]
    assert sorted(feed.added_by for feed in records.feeds.list(ONE)) == ["", "8"]
    assert records.settings.read(ONE) == {"private": False}, "what was set stays set"


@pytest.mark.parametrize(("table", "step"), [("questions", "count"), ("replies", "put")])
@pytest.mark.parametrize("answer", ["Lind is the mayor.", None], ids=["answered", "refused"])
def test_what_is_noted_of_a_question_is_one_commit(records, monkeypatch, table, step, answer):
    part = getattr(records, table)
    whole = getattr(part, step)

    def fail(*args, **given):
        whole(*args, **given)
        raise OSError("disk full")

    monkeypatch.setattr(part, step, fail)
    with pytest.raises(OSError, match="disk full"):
        records.note("50", ONE, "7", "Who is Lind?", answer, 90.0)
    assert records.replies.of("50") is None
    assert records.questions.gaps(ONE, 1, 10) == []
    (today,) = records.questions.activity(ONE, 1).days
    assert (today.answered, today.refused) == (0, 0)


def test_every_column_that_names_a_user_is_counted_and_forgotten():
    named = [
        column
        for table in metadata.tables.values()
        for column in table.columns
        if column.name in ("who", "added_by", "user")
    ]
    assert set(map(str, named)) == set(map(str, _USERS))
