"""Cards lead to the web page where an article has no address of its own."""

import pytest

from bot.cogs.articles.cards import Indexed, articles_page, batch_card, indexed_card, reindexed_card
from bot.cogs.ask.cards import render
from bot.cogs.feeds import cards as feeds_cards
from bot.cogs.feeds.checking import FeedCheck
from bot.cogs.subscriptions.cards import MatchedAnswer, notification
from bot.places import Places
from index.model import Added, Space
from index.store.feeds import Feed
from index.store.subscriptions import Subscription
from tests.builders import answer, article, citation
from tests.fakes import NOON

OWN = article("a1", "Harbour", source=None)
ELSEWHERE = article("a2", "Ferry", source="https://paper.example/ferry")
BOTH = (OWN, ELSEWHERE)
FEED = Feed(
    1, Space("42"), "https://x.example/", "X", None, "7", None, None, NOON, NOON, 0, None, 1, 0
)
CHECK = FeedCheck(FEED, BOTH)
ADDED = tuple(Indexed(Added(one, "added")) for one in BOTH)
FOLLOWED = Subscription(12, Space("42"), "7", "Harbours", None, False, NOON, 0)


def entry(one, places):
    return MatchedAnswer(FOLLOWED, answer(citation(of=one)), places)


CARDS = {
    "/articles": lambda at: articles_page(BOTH, 0, places=at),
    "/index of one": lambda at: indexed_card(ADDED[0], NOON, 9, at),
    "/index of several": lambda at: batch_card(ADDED, NOON, 9, at),
    "/reindex": lambda at: reindexed_card(tuple(Added(one, "replaced") for one in BOTH), (), at),
    "/feeds add": lambda at: feeds_cards.added_card(CHECK, 9, at),
    "/feeds check": lambda at: feeds_cards.checked_card(CHECK, at),
    "what a feed brought": lambda at: feeds_cards.announcement_of(CHECK.feed, CHECK.added, at),
    "what a feed brought, without cards": lambda at: feeds_cards.announcement_of(
        CHECK.feed, CHECK.added, at, cards=False
    ),
    "a notification": lambda at: notification([entry(OWN, at)]),
    "several notifications": lambda at: notification([entry(OWN, at), entry(ELSEWHERE, at)]),
    "an answer": lambda at: render(answer(citation(of=OWN)), places=at),
    "others with the same words": lambda at: render(
        answer(citation(of=ELSEWHERE, also=(OWN,))), places=at
    ),
}


@pytest.mark.parametrize("card", CARDS)
def test_every_card_leads_there(card):
    page = Places("https://news.example")
    assert "[Harbour](https://news.example/a/a1)" in text_of(CARDS[card](page))
    assert "paper.example" in text_of(CARDS[card](page)) or "Ferry" not in text_of(
        CARDS[card](page)
    )
    assert "news.example" not in text_of(CARDS[card](None))


def text_of(payload):
    card = payload.card
    fields = [field.value for field in card.fields] if card else []
    return "\n".join([payload.content, card.description if card else "", *fields])
