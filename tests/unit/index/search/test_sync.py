from index.search.sync import STALE_SECONDS, SyncState


def test_missing_is_what_is_not_held_whole():
    state: SyncState[str] = SyncState()
    assert state.missing({"a": 2, "b": 3, "c": 1}, {"a": 2, "b": 1}) == ["b", "c"]


def test_replaced_versions_stay_for_those_who_still_read_them():
    now = [0.0]
    state: SyncState[str] = SyncState(clock=lambda: now[0])
    assert state.expired({"b": 1}, {"a": 1, "b": 1}) == []
    now[0] = STALE_SECONDS - 0.1
    assert state.expired({"b": 1}, {"a": 1, "b": 1}) == []
    now[0] = STALE_SECONDS
    assert state.expired({"b": 1}, {"a": 1, "b": 1}) == ["a"]


def test_a_version_that_came_back_is_not_stale():
    now = [0.0]
    state: SyncState[str] = SyncState(clock=lambda: now[0])
    state.expired({}, {"a": 1})
    state.expired({"a": 1}, {"a": 1})
    now[0] = STALE_SECONDS
    assert state.expired({}, {"a": 1}) == []
