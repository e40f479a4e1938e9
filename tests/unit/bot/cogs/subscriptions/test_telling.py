import asyncio
from datetime import timedelta

import pytest

from bot.cogs.subscriptions.cards import ENTRIES
from bot.cogs.subscriptions.notifying import DIGEST_HOUR, NOTES, Teller, digest_time
from index.model import PUBLIC
from tests.fakes import http_error
from tests.unit.bot.cogs.subscriptions.conftest import EVENING, GUILD

WHY = "You follow: strike · `/unfollow`"
NOTE = (WHY, ["What is the latest on strike?"], ["Unfollow"])


@pytest.fixture
def teller(town):
    return Teller(town.client, town.services, town.clock)


async def test_a_note_says_why_and_is_sent_once(town, teller):
    town.matched(town.follow(), "a")
    assert await teller.tell()
    assert await teller.tell()
    assert town.client.to(7).sent == [NOTE]


async def test_few_are_told_one_by_one_and_more_in_one_card(town, teller):
    few, many = town.follow(who="7"), town.follow(who="8")
    town.matched(few, *"abc"[:NOTES])
    town.matched(many, *"abcd"[: NOTES + 1])
    await teller.tell()
    assert town.client.to(7).sent == [NOTE] * NOTES
    assert town.client.to(8).sent == [(None, ["New articles"], ["Unfollow"])]


async def test_a_card_asks_only_for_what_it_shows(town, teller):
    town.matched(town.follow(), *map(str, range(100)))
    await teller.tell()
    assert len(town.client.to(7).sent) == 1
    assert len(town.library.asked) == ENTRIES
    assert town.waiting() == []


async def test_a_digest_is_one_card_a_day(town, teller):
    for topic in ("strike", "buns"):
        town.matched(town.follow(topic, digest=True), f"{topic} 1")
    await teller.tell()
    assert town.client.to(7).sent == []
    town.clock.now += timedelta(hours=12)
    await teller.tell()
    town.matched(town.follow("comet", digest=True), "comet 1")
    await teller.tell()
    buttons = ["Unfollow: strike", "Unfollow: buns"]
    assert town.client.to(7).sent == [(None, ["New in one day"], buttons)]
    town.clock.now += timedelta(days=1)
    await teller.tell()
    assert town.client.to(7).sent[1:] == [(None, ["New in one day"], ["Unfollow"])]


@pytest.mark.parametrize(("hours", "days"), [(-1, 1), (0, 0), (15, 0)])
def test_digests_are_due_at_eight(hours, days):
    eight = EVENING.replace(hour=DIGEST_HOUR)
    assert digest_time(eight + timedelta(hours=hours)) == eight - timedelta(days=days)


async def test_who_left_is_told_nothing_and_follows_no_longer(town, teller):
    left, stays = town.follow(who="6"), town.follow(who="7")
    town.matched(left, "a")
    town.matched(stays, "b")
    await teller.tell()
    assert town.client.to(6).sent == []
    assert town.client.to(7).sent == [NOTE]
    assert town.follows.get(left.id) is None


async def test_what_was_made_in_direct_messages_needs_no_server(town, teller):
    town.matched(town.follow(space=PUBLIC, who="6"), "a")
    await teller.tell()
    assert town.client.to(6).sent == [NOTE]


async def test_public_articles_that_a_server_leaves_out_are_not_told(town, teller):
    follow = town.follow()
    town.library.articles["a"] = PUBLIC
    town.matched(follow, "a")
    town.services.server_settings.change(GUILD, "public", False, 7)
    await teller.tell()
    assert town.client.to(7).sent == []
    assert town.waiting() == []


async def test_an_article_that_is_gone_or_answers_no_longer_is_not_told(town, teller):
    town.matched(town.follow(), "a", "b")
    del town.library.articles["a"]
    town.library.answers["b"].clear()
    await teller.tell()
    assert town.client.to(7).sent == []
    assert town.waiting() == []


async def test_a_channel_is_told_while_the_bot_may_write_there(town, teller):
    channel, closed = (
        town.client.guild.add_channel(50),
        town.client.guild.add_channel(51, embed_links=False),
    )
    for number in ("50", "51", "52"):
        town.matched(town.follow(channel=number), f"in {number}")
    await teller.tell()
    assert channel.sent.sent == [(WHY.replace("You follow", "This channel follows"), *NOTE[1:])]
    assert closed.sent.sent == []
    assert town.waiting() == []
    kept = [one.channel for one in town.follows.by("7")]
    assert kept == ["50", "51"], "that of a channel that is gone is gone"


async def test_while_a_server_is_out_of_reach_it_waits(town, teller):
    town.matched(town.follow(), "a")
    town.client.guild.unavailable = True
    await teller.tell()
    assert town.waiting() == ["a"]
    town.client.guild.unavailable = False
    await teller.tell()
    assert town.client.to(7).sent == [NOTE]


async def test_closed_direct_messages_are_counted_and_pause(town, teller):
    follow = town.follow()
    town.client.to(7).faults = [http_error(403, 50007) for _ in range(9)]
    for article in "abcd":
        town.matched(follow, article)
        await teller.tell()
    assert town.follows.get(follow.id).paused
    assert len(town.client.to(7).faults) == 6, "no more was tried"


async def test_what_arrives_ends_the_count(town, teller):
    follow = town.follow()
    town.client.to(7).faults = [http_error(403, 50007)]
    town.matched(follow, "a")
    await teller.tell()
    assert town.follows.get(follow.id).failures == 1
    town.matched(follow, "b")
    await teller.tell()
    assert town.follows.get(follow.id).failures == 0


async def test_what_may_have_arrived_is_not_sent_again(town, teller, monkeypatch):
    monkeypatch.setattr("bot.discord.replies.RETRY_SECONDS", (0, 0, 0))
    follow = town.follow()
    town.client.to(7).faults = [http_error(503) for _ in range(4)]
    town.matched(follow, "a")
    await teller.tell()
    await teller.tell()
    assert town.client.to(7).sent == []
    assert town.follows.get(follow.id).failures == 0, "that is no refusal"


async def test_where_discord_cannot_say_who_is_there_it_waits(town, teller):
    async def fails(_):
        raise http_error(503)

    town.matched(town.follow(), "a")
    town.matched(town.follow(space=PUBLIC, who="8"), "b")
    town.client.guild.fetch_member = fails
    assert not await teller.tell()
    assert town.waiting() == ["a"]
    assert town.client.to(8).sent == [NOTE], "one that fails stops no other"


async def test_a_message_that_is_being_sent_is_finished(town, teller):
    town.matched(town.follow(), "a")
    channel, begun, go_on = town.client.to(7), asyncio.Event(), asyncio.Event()
    send = channel.send

    async def slowly(content, **more):
        begun.set()
        await go_on.wait()
        await send(content, **more)

    channel.send = slowly
    telling = asyncio.create_task(teller.tell())
    await begun.wait()
    telling.cancel()
    draining = asyncio.create_task(town.workers.drain(5))
    go_on.set()
    assert await draining
    assert channel.sent == [NOTE]
