import pytest

from bot.cli.probes import Refused, Unreachable, judge

DATE = "Thu, 01 Jan 1970 00:10:00 GMT"


@pytest.mark.parametrize(("now", "ahead"), [(600.0, 0.0), (640.0, 40.0), (590.0, -10.0)])
def test_the_clock_is_compared(now, ahead):
    assert judge(200, DATE, now) == ahead


@pytest.mark.parametrize("date", [None, "", "yesterday"])
def test_a_date_that_is_none(date):
    assert judge(200, date, 600.0) is None


def test_a_token_that_is_refused():
    with pytest.raises(Refused):
        judge(401, DATE, 600.0)


@pytest.mark.parametrize("status", [403, 429, 503])
def test_an_answer_that_says_nothing_of_the_token(status):
    with pytest.raises(Unreachable, match=str(status)):
        judge(status, DATE, 600.0)
