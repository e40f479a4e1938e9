from index.search.sync import STALE_SECONDS, Follow


def test_missing_is_what_is_not_held_whole():
    follow: Follow[str] = Follow()
    assert follow.missing({"a": 2, "b": 3, "c": 1}, {"a": 2, "b": 1}) == ["b", "c"]


def test_replaced_versions_stay_for_those_who_still_read_them():
    now = [0.0]
    follow: Follow[str] = Follow(clock=lambda: now[0])
    assert follow.expired({"b": 1}, {"a": 1, "b": 1}) == []
    now[0] = STALE_SECONDS - 0.1
    assert follow.expired({"b": 1}, {"a": 1, "b": 1}) == []
    now[0] = STALE_SECONDS
    assert follow.expired({"b": 1}, {"a": 1, "b": 1}) == ["a"]


def test_a_version_that_came_back_is_not_stale():
    now = [0.0]
    follow: Follow[str] = Follow(clock=lambda: now[0])
    follow.expired({}, {"a": 1})
    follow.expired({"a": 1}, {"a": 1})
    now[0] = STALE_SECONDS
    assert follow.expired({}, {"a": 1}) == []
