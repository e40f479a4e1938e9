from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.cogs.feeds.cards import (
    PAGE,
    added_card,
    all_checked_card,
    announcement_of,
    checked_card,
    feeds_page,
)
from bot.cogs.feeds.checking import MOST_NEW, FeedCheck
from bot.discord.embeds import CARD_MAX, CONTENT_MAX, DESCRIPTION_MAX, TITLE_MAX
from bot.text import size
from index.model import Failed, Space
from index.store.feeds import MAX_FEEDS, Feed
from tests.builders import article

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
FEED = Feed(
    1, Space("42"), "https://news.example/feed", "Daily *News*", None, "7", None, None, AT, AT, 0,
    None, 12, 0,
)  # fmt: skip
FAILING = replace(FEED, failures=3, last_error="the site answered 503", unread=2)
LONG = "\\*_@everyone <@1> " * 40
LINK = "https://news.example/" + "a" * 500
WORST = replace(FAILING, title=LONG, url=LINK, last_error=LONG, articles=10**6, channel="9" * 19)


def nowhere(_):
    return None, False


def fits(payload):
    card = payload.card
    assert size(card.title) <= TITLE_MAX
    assert size(card.description) <= DESCRIPTION_MAX
    assert card.size <= CARD_MAX
    return card.description


def test_the_list_says_how_each_feed_does():
    lines = fits(feeds_page([FEED, FAILING], 0, 1, lambda feed: (9, not feed.failures))).split("\n")
    at = int(AT.timestamp())
    title = r"[Daily \*News\*](https://news.example/feed)"
    times = f"-# checked <t:{at}:R>, again <t:{at}:R>"
    assert lines == [
        title,
        "-# 12 articles · announced in <#9>",
        times,
        title,
        "-# 12 articles · 2 couldn't be read · announced in <#9>, but I can't post there",
        "-# **failing** (3 times in a row): the site answered 503",
        times,
    ]


def test_a_feed_that_was_never_checked_and_no_feed():
    text = fits(feeds_page([replace(FEED, checked=None)], 0, 1, nowhere))
    assert text.endswith("-# 12 articles · not announced\n-# not checked yet")
    assert "`/feeds add`" in fits(feeds_page([], 0, 1, nowhere))


def test_the_longest_of_everything_fits():
    fits(feeds_page([WORST] * PAGE, 0, 1, lambda _: (10**19, False)))
    worst = FeedCheck(
        WORST,
        tuple(article(id=str(n), title=LONG, source=LINK) for n in range(MOST_NEW)),
        tuple(Failed(LONG, LONG) for _ in range(MOST_NEW)),
        older=200,
        waiting=200,
    )
    for made in (
        added_card(worst, 10**19),
        checked_card(worst),
        announcement_of(WORST, worst.added),
    ):
        assert "more" in fits(made)
    assert size(announcement_of(WORST, worst.added, cards=False).content) <= CONTENT_MAX
    fits(checked_card(replace(worst, error=LONG)))
    fits(all_checked_card([replace(worst, error=LONG)] * MAX_FEEDS, complete=False))


def test_a_check_names_what_came_what_failed_and_what_is_left():
    done = FeedCheck(
        FEED,
        (article(title="Owls", source="https://news.example/owls"),),
        (Failed("Bees", "it's empty"),),
        3,
        1,
        duplicates=2,
    )
    lines = fits(added_card(done, 9)).split("\n")
    assert lines[0] == "1 new article."
    assert lines[1].startswith("- [Owls](")
    assert lines[2:] == [
        "**Couldn't be read:**",
        "- Bees: it's empty",
        "2 articles already here under another link.",
        "3 older articles skipped.",
        "I'll try 1 article at the next check.",
        "New articles will be announced in <#9>.",
        f"Next check <t:{int(AT.timestamp())}:R>.",
    ]


def test_all_feeds_in_short_with_what_failed_first():
    checks = [FeedCheck(FEED), FeedCheck(FEED, (article(),)), FeedCheck(FEED, error="it is gone")]
    lines = fits(all_checked_card(checks, complete=True)).split("\n")
    assert [line.partition(": ")[2] for line in lines] == [
        "couldn't be read: it is gone",
        "1 new",
        "nothing new",
    ]
    assert "ran out of time" in fits(all_checked_card(checks, complete=False))


@pytest.mark.parametrize("cards", [True, False])
def test_news_are_links_and_ping_nobody(cards):
    made = announcement_of(FEED, [article(title="@everyone Owls", source=LINK[:60])], cards=cards)
    text = made.card.description if cards else made.content
    assert "@everyone" not in text
    assert "Owls](" in text
