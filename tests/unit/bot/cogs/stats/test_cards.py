from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.cogs.stats import strings as stats_strings
from bot.cogs.stats.cards import alt_text, stats_card
from bot.cogs.stats.reader import COMPLAINTS, GAPS, DayStats, Stats
from index.store.usage import Complaint, Gap, Tally
from tests.fakediscord import limits

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)
TWO_DAYS = (DayStats(YESTERDAY, 30, 2, 4, 1, 1_234.0), DayStats(TODAY, 3, 5, 0, 0, 87.6))
GAP = Gap("Who is\n- Orm?", 4)
COMPLAINT = Complaint("Why *now*?", Tally(2, 3), ("Wrong day", "@everyone", "c", "d"))
STATS = Stats(TWO_DAYS, 171.2, (GAP,), (COMPLAINT,), 12_345)
QUIET = Stats((DayStats(TODAY, 0, 0, 1, 0, None),), None)


def said(payload):
    card = payload.card
    return "\n".join([card.description, *(f"{f.name}\n{f.value}" for f in card.fields)])


def test_the_card_has_the_totals_in_words():
    text = said(stats_card(STATS, b"png"))
    assert "The last 2 days, <t:1763985600:D> to <t:" not in text, "another year"
    assert "The last 2 days, <t:1795435200:D> to <t:1795521600:D>" in text
    assert "**40 questions**: 33 answered (82%), 7 refused (18%)" in text
    assert "**5 votes** on answers: 4 helpful, 1 not helpful" in text
    assert "**12,345 language model tokens**" in text
    assert "**170 ms** median time to answer" in text
    assert r"- Who is - Orm? · 4 times" in text
    assert r"- Why \*now\*? · 2 helpful, 3 not helpful" in text
    assert "“Wrong day”; “" in text
    assert "”; “c” and 1 more" in text
    assert "@everyone" not in text


def test_the_alt_text_says_what_the_picture_shows():
    picture = stats_card(STATS, b"png").card.picture
    assert (picture.data, picture.alt) == (b"png", alt_text(STATS))
    assert picture.alt == (
        "Three charts for 2026-11-23 to 2026-11-24 (UTC)."
        " 40 questions: 33 answered, 7 refused; most on 2026-11-23: 32."
        " 5 votes: 4 helpful, 1 not helpful."
        " Median time to answer: 170 ms; by day from 88 ms to 1.2 s (on 2026-11-23)."
    )


def test_a_quiet_day_has_words_and_no_picture():
    payload = stats_card(QUIET, None)
    text = said(payload)
    assert "Today, <t:1795521600:D>" in text
    assert "Nothing was asked in this server today." in text
    assert "**1 vote** on answers: 1 helpful, 0 not helpful" in text
    assert text.count(stats_strings.NONE) == 2
    assert stats_strings.NO_PICTURE not in text
    assert payload.card.picture is None


def test_the_card_says_that_the_picture_failed():
    payload = stats_card(STATS, None)
    assert stats_strings.NO_PICTURE in payload.card.description
    assert payload.card.picture is None


def test_without_the_extra_for_plots_it_is_named():
    payload = stats_card(STATS, None, drawable=False)
    assert "footnote-bot[plots]" in payload.card.description
    assert stats_strings.NO_PICTURE not in payload.card.description
    assert "footnote-bot[plots]" not in stats_card(QUIET, None, drawable=False).card.description


@pytest.mark.parametrize("words_of_users", ["*" * 500, "word " * 100, "🦉" * 250, "\n" * 500])
def test_the_longest_words_are_within_limits(words_of_users):
    many = Complaint(words_of_users, Tally(10**6, 10**6), (words_of_users,) * 1_000)
    longest = Stats(
        (DayStats(YESTERDAY, *[10**9] * 4, 1e9), DayStats(TODAY, *[10**9] * 4, 1e9)),
        1e9,
        (Gap(words_of_users, 10**6),) * GAPS,
        (many,) * COMPLAINTS,
        not_found=(Gap(words_of_users, 10**6),) * GAPS,
    )
    card = stats_card(longest, b"png").card
    fields = [{"name": f.name, "value": f.value} for f in card.fields]
    embed = {"title": card.title, "description": card.description, "fields": fields}
    embed["footer"] = {"text": card.footer}
    about = {"id": 0, "description": card.picture.alt}
    limits.message({"embeds": [embed], "attachments": [about]})


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [(1, "1 ms"), (44.4, "44 ms"), (171, "170 ms"), (996, "1 s"), (12_400, "12 s")],
)
def test_times_have_two_digits(milliseconds, written):
    assert stats_strings.duration(milliseconds) == written


def test_what_the_articles_lack_is_apart_from_what_was_not_found():
    card = stats_card(
        replace(STATS, gaps=(Gap("Who is Macron?", 3),), not_found=(Gap("Who is Lind?", 2),)), None
    ).card
    assert [(f.name, f.value) for f in card.fields[:2]] == [
        ("Not in the articles", "- Who is Macron? · 3 times"),
        ("Perhaps in the articles, but not found", "- Who is Lind? · 2 times"),
    ]
