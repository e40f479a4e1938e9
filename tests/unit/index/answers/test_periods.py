from datetime import date

import pytest

from index.answers import periods

TODAY = date(2026, 11, 25)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("text", "first", "last", "rest"),
    [
        ("what happened in August", "2026-08-01", "2026-08-31", "what happened"),
        ("what happened in December", "2025-12-01", "2025-12-31", "what happened"),
        ("what happened last August", "2026-08-01", "2026-08-31", "what happened"),
        ("what happened last November", "2025-11-01", "2025-11-30", "what happened"),
        ("news from Aug 2025 on Evia", "2025-08-01", "2025-08-31", "news on Evia"),
        ("in February of 2024, what happened", "2024-02-01", "2024-02-29", "what happened"),
        ("what happened in May", "2026-05-01", "2026-05-31", "what happened"),
        ("what happened on 14 August", "2026-08-14", "2026-08-14", "what happened"),
        ("what happened on the 14th of August", "2026-08-14", "2026-08-14", "what happened"),
        ("what happened on August 14th, 2025", "2025-08-14", "2025-08-14", "what happened"),
        ("what happened on 2025-08-14", "2025-08-14", "2025-08-14", "what happened"),
        ("what happened in 2025", "2025-01-01", "2025-12-31", "what happened"),
        ("anything new since Monday", "2026-11-23", "2026-11-25", "anything new"),
        ("what happened on Wednesday", "2026-11-25", "2026-11-25", "what happened"),
        ("what happened last Wednesday", "2026-11-18", "2026-11-18", "what happened"),
        ("anything new since August", "2026-08-01", "2026-11-25", "anything new"),
        ("anything new after 14 August", "2026-08-15", "2026-11-25", "anything new"),
        ("articles before August 2026", "0001-01-01", "2026-07-31", "articles"),
        ("what happened yesterday", "2026-11-24", "2026-11-24", "what happened"),
        ("what happened last week", "2026-11-16", "2026-11-22", "what happened"),
        ("what happened this week", "2026-11-23", "2026-11-25", "what happened"),
        ("what happened last month", "2026-10-01", "2026-10-31", "what happened"),
        ("what happened over the weekend", "2026-11-21", "2026-11-22", "what happened"),
        ("news of the last 3 days", "2026-11-22", "2026-11-25", "news"),
        ("what happened in the last week on Evia", "2026-11-18", "2026-11-25", None),
    ],
)
def test_periods(text, first, last, rest):
    found = periods.find(text, TODAY)
    assert found is not None
    period, left = found
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    if rest is not None:
        assert left == rest


@pytest.mark.parametrize(
    "text",
    [
        "which articles may mention NATO",
        "what did March say",
        "who won in August Wilson's play, and who in May's",
        "what happened between 3 August and 9 September",
        "what happened on 31 February",
        "how many articles mention 2025",
        "what happened",
    ],
)
def test_what_is_no_single_period(text):
    found = periods.find(text, TODAY)
    assert found is None or "play" in found[1]


def test_a_period_holds_dates_with_and_without_a_time():
    found = periods.find("in August", TODAY)
    assert found is not None
    august, _ = found
    assert august.holds("2026-08-31T23:30:00+02:00")
    assert august.holds("2026-08-01")
    assert not august.holds("2026-09-01")
    assert not august.holds(None)
    earlier = august.in_year(2024)
    assert earlier is not None
    assert earlier.holds("2024-08-31")
    assert earlier.words == "in August 2024"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("what happened in August", "August"),
        ("what happened on August 4th", "4 August"),
        ("what happened on 4 May", "4 May"),
        ("what happened in May", ""),
        ("what happened in August 2026", ""),
        ("what happened on Monday", ""),
    ],
)
def test_a_text_may_name_a_month_or_day_without_a_year(text, named):
    period, _ = periods.find(text, TODAY)
    assert period.named == named
