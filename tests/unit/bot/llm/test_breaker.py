from bot.llm.writer import Breaker


def test_it_rests_after_a_failure_and_tries_one_at_a_time():
    now = [0.0]
    breaker = Breaker(60, lambda: now[0])
    assert breaker.allows()
    breaker.trip()
    now[0] = 59.9
    assert not breaker.allows()
    now[0] = 60
    assert breaker.allows()
    assert not breaker.allows()  # while the one tries
    now[0] = 119.9
    assert not breaker.allows()
    now[0] = 120
    assert breaker.allows()


def test_it_closes_after_a_success():
    breaker = Breaker(60, lambda: 0.0)
    assert not breaker.is_open
    breaker.trip()
    assert breaker.is_open
    breaker.close()
    assert not breaker.is_open
    assert breaker.allows()
    assert breaker.allows()
