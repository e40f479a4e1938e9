import asyncio
from datetime import timedelta

import pytest

from bot.cogs.subscriptions import notifying as module
from bot.cogs.subscriptions.cards import ENTRIES
from bot.cogs.subscriptions.notifying import (
    ARTICLES,
    DIGEST_HOUR,
    NOTES,
    Matcher,
    Notifier,
    Poller,
    digest_time,
    question_of,
)
from bot.discord.replies import KNOWN_SECONDS
from index.errors import StorageError
from index.model import PUBLIC
from tests.fakes import http_error
from tests.unit.bot.cogs.subscriptions.conftest import ELSEWHERE, EVENING, GUILD, FakeClient
from tests.waiting import WAIT_SECONDS

WHY = "You follow: strike · `/unfollow`"
NOTE = (WHY, ["What is the latest on strike?"], ["Unfollow"])


@pytest.fixture
def notifier(harness):
    return Notifier(harness.client, harness.services, harness.clock)


async def test_a_note_says_why_and_is_sent_once(harness, notifier):
    harness.matched(harness.subscribe(), "a")
    assert await notifier.notify()
    assert await notifier.notify()
    assert harness.client.to(7).sent == [NOTE]


async def test_few_are_posted_one_by_one_and_more_in_one_card(harness, notifier):
    few, many = harness.subscribe(who="7"), harness.subscribe(who="8")
    harness.matched(few, *"abc"[:NOTES])
    harness.matched(many, *"abcd"[: NOTES + 1])
    await notifier.notify()
    assert harness.client.to(7).sent == [NOTE] * NOTES
    assert harness.client.to(8).sent == [(None, ["New articles"], ["Unfollow"])]


async def test_a_card_asks_only_for_what_it_shows(harness, notifier):
    harness.matched(harness.subscribe(), *map(str, range(100)))
    await notifier.notify()
    assert len(harness.client.to(7).sent) == 1
    assert len(harness.library.asked) == ENTRIES
    assert harness.waiting() == []


async def test_a_digest_is_one_card_a_day(harness, notifier):
    for topic in ("strike", "buns"):
        harness.matched(harness.subscribe(topic, digest=True), f"{topic} 1")
    await notifier.notify()
    assert harness.client.to(7).sent == []
    harness.clock.now += timedelta(hours=12)
    await notifier.notify()
    harness.matched(harness.subscribe("comet", digest=True), "comet 1")
    await notifier.notify()
    buttons = ["Unfollow: strike", "Unfollow: buns"]
    assert harness.client.to(7).sent == [(None, ["New in the last day"], buttons)]
    harness.clock.now += timedelta(days=1)
    await notifier.notify()
    assert harness.client.to(7).sent[1:] == [(None, ["New in the last day"], ["Unfollow"])]


@pytest.mark.parametrize(("hours", "days"), [(-1, 1), (0, 0), (15, 0)])
def test_digests_are_due_at_eight(hours, days):
    eight = EVENING.replace(hour=DIGEST_HOUR)
    assert digest_time(eight + timedelta(hours=hours)) == eight - timedelta(days=days)


async def test_the_subscription_of_a_member_who_left_ends(harness, notifier):
    left, stays = harness.subscribe(who="6"), harness.subscribe(who="7")
    harness.matched(left, "a")
    harness.matched(stays, "b")
    await notifier.notify()
    assert harness.client.to(6).sent == []
    assert harness.client.to(7).sent == [NOTE]
    assert harness.subscriptions.get(left.id) is None


async def test_what_was_made_in_direct_messages_needs_no_server(harness, notifier):
    harness.matched(harness.subscribe(space=PUBLIC, who="6"), "a")
    await notifier.notify()
    assert harness.client.to(6).sent == [NOTE]


async def test_of_several_processes_the_one_with_shard_0_writes_direct_messages(harness, notifier):
    """The others do not even try, as the nonce keeps a second message away for 2 minutes only."""
    harness.matched(harness.subscribe(space=PUBLIC, who="6"), "a")
    other = FakeClient()
    other.shard_ids, harness.client.shard_ids = [2, 3], [0, 1]
    await Notifier(other, harness.services, harness.clock).notify()
    assert other.to(6).sent == []
    assert harness.waiting() == ["a"]
    await notifier.notify()
    assert harness.client.to(6).sent == [NOTE]
    assert harness.waiting() == []


async def test_public_articles_that_a_server_leaves_out_are_not_posted(harness, notifier):
    subscription = harness.subscribe()
    harness.library.articles["a"] = PUBLIC
    harness.matched(subscription, "a")
    harness.services.server_settings.change(GUILD, "public", False, 7)
    await notifier.notify()
    assert harness.client.to(7).sent == []
    assert harness.waiting() == []


async def test_an_article_that_is_gone_or_answers_no_longer_is_not_posted(harness, notifier):
    harness.matched(harness.subscribe(), "a", "b")
    del harness.library.articles["a"]
    harness.library.answers["b"].clear()
    await notifier.notify()
    assert harness.client.to(7).sent == []
    assert harness.waiting() == []


async def test_a_channel_is_posted_to_while_the_bot_may_write_there(harness, notifier):
    channel, closed = (
        harness.client.guild.add_channel(50),
        harness.client.guild.add_channel(51, embed_links=False),
    )
    for number in ("50", "51", "52"):
        harness.matched(harness.subscribe(channel=number), f"in {number}")
    await notifier.notify()
    assert channel.sent.sent == [(WHY.replace("You follow", "This channel follows"), *NOTE[1:])]
    assert closed.sent.sent == []
    assert harness.waiting() == []
    kept = [one.channel for one in harness.subscriptions.by("7")]
    assert kept == ["50", "51"], "that of a channel that is gone is gone"


async def test_while_a_server_is_out_of_reach_it_waits(harness, notifier):
    harness.matched(harness.subscribe(), "a")
    harness.client.guild.unavailable = True
    await notifier.notify()
    assert harness.waiting() == ["a"]
    harness.client.guild.unavailable = False
    await notifier.notify()
    assert harness.client.to(7).sent == [NOTE]


async def test_closed_direct_messages_are_counted_and_pause(harness, notifier):
    subscription = harness.subscribe()
    harness.client.to(7).faults = [http_error(403, 50007) for _ in range(9)]
    for article in "abcd":
        harness.matched(subscription, article)
        await notifier.notify()
    assert harness.subscriptions.get(subscription.id).paused
    assert len(harness.client.to(7).faults) == 6, "no more was tried"


async def test_what_arrives_ends_the_count(harness, notifier):
    subscription = harness.subscribe()
    harness.client.to(7).faults = [http_error(403, 50007)]
    harness.matched(subscription, "a")
    await notifier.notify()
    assert harness.subscriptions.get(subscription.id).failures == 1
    harness.matched(subscription, "b")
    await notifier.notify()
    assert harness.subscriptions.get(subscription.id).failures == 0


@pytest.fixture
def begun(harness, notifier, monkeypatch):
    """Begin to send a message, of which nobody knows whether it arrived; return its nonce."""
    monkeypatch.setattr("bot.discord.replies.RETRY_SECONDS", (0, 0, 0))

    async def begin():
        subscription = harness.subscribe()
        harness.client.to(7).faults = [http_error(503) for _ in range(4)]
        harness.matched(subscription, "a")
        assert not await notifier.notify()
        assert harness.subscriptions.get(subscription.id).failures == 0, "that is no refusal"
        (waiting,) = harness.matches.waiting(harness.clock.now)
        return int(waiting.nonce)

    return begin


async def test_what_may_have_arrived_is_sent_again_with_the_same_nonce(harness, notifier, begun):
    nonce = await begun()
    harness.matched(harness.subscribe("buns"), "b")
    assert await notifier.notify()
    assert await notifier.notify()
    assert len(harness.client.to(7).sent) == 2
    assert harness.client.to(7).nonces.count(nonce) == 1


async def test_but_not_once_discord_would_take_it_for_another(harness, notifier, begun, caplog):
    await begun()
    harness.clock.now += timedelta(seconds=KNOWN_SECONDS)
    assert await notifier.notify()
    assert harness.client.to(7).sent == []
    assert harness.waiting() == []
    assert "not known whether it was posted" in caplog.text


async def test_where_discord_cannot_say_who_is_there_it_waits(harness, notifier):
    async def fails(_):
        raise http_error(503)

    harness.matched(harness.subscribe(), "a")
    harness.matched(harness.subscribe(space=PUBLIC, who="8"), "b")
    harness.client.guild.fetch_member = fails
    assert not await notifier.notify()
    assert harness.waiting() == ["a"]
    assert harness.client.to(8).sent == [NOTE], "one that fails stops no other"


async def test_a_message_that_is_being_sent_is_finished(harness, notifier):
    harness.matched(harness.subscribe(), "a")
    channel, begun, go_on = harness.client.to(7), asyncio.Event(), asyncio.Event()
    send = channel.send

    async def slowly(content, **more):
        begun.set()
        await go_on.wait()
        await send(content, **more)

    channel.send = slowly
    notifying = asyncio.create_task(notifier.notify())
    await begun.wait()
    notifying.cancel()
    draining = asyncio.create_task(harness.workers.drain(5))
    go_on.set()
    assert await draining
    assert channel.sent == [NOTE]


@pytest.fixture
def poller(harness):
    return Poller(harness.client, harness.services, harness.lead)


async def test_nothing_is_posted_while_articles_keep_coming(harness, poller):
    harness.subscribe()
    await poller.poll()
    for n in range(4):
        harness.arrive(str(n), "strike")
        await poller.poll()
        assert harness.client.to(7).sent == []
    await poller.poll()
    assert [titles for _, titles, _ in harness.client.to(7).sent] == [["New articles"]]


async def test_but_nobody_waits_for_ever(harness, poller, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.0)
    harness.subscribe()
    harness.arrive("a", "strike")
    await poller.poll()
    assert len(harness.client.to(7).sent) == 1


async def test_a_poll_is_bounded_and_many_articles_are_one_card(harness, poller):
    harness.subscribe()
    for n in range(ARTICLES + 5):
        harness.arrive(str(n), "strike")
    await poller.poll()
    assert len(harness.waiting()) == ARTICLES
    await poller.poll()
    assert len(harness.client.to(7).sent) == 1


async def test_what_fails_is_tried_again_and_it_stops_when_cancelled(harness, monkeypatch, caplog):
    monkeypatch.setattr(module, "PAUSE_SECONDS", 0.0)
    poller = Poller(harness.client, harness.services, harness.lead, 0.0)
    harness.subscribe()
    harness.library.broken = [StorageError("footnote.db", "away")]
    harness.arrive("a", "strike")
    harness.arrive("b", "strike")
    running = asyncio.create_task(poller.run())
    async with asyncio.timeout(WAIT_SECONDS):
        while not harness.client.to(7).sent:  # noqa: ASYNC110 (nothing signals it)
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert "new articles cannot be matched: StorageError" in caplog.text


QUESTION = "What is the latest on strike?"


@pytest.fixture
def matcher(harness):
    return Matcher(harness.client, harness.services, harness.lead)


async def match_all(matcher):
    while await matcher.match_next():
        pass


async def test_only_what_an_article_answers_to_is_matched(harness, matcher):
    harness.subscribe("strike")
    harness.subscribe("buns", who="8")
    harness.arrive("a", "strike")
    await match_all(matcher)
    assert [
        (m.subscription.topic, m.article) for m in harness.matches.waiting(harness.clock.now)
    ] == [("strike", "a")]


async def test_of_several_processes_the_one_that_leads_matches(harness, matcher):
    harness.subscribe()
    harness.arrive("a", "strike")
    harness.free = False
    await match_all(matcher)
    assert harness.waiting() == []
    harness.free = True
    await match_all(matcher)
    assert harness.waiting() == ["a"]


@pytest.mark.parametrize("everywhere", [False, True])
async def test_it_matches_for_other_servers_where_others_carry_them(harness, everywhere):
    matcher = Matcher(harness.client, harness.services, harness.lead, everywhere=everywhere)
    harness.subscribe(space=ELSEWHERE)
    harness.arrive("a", "strike", space=ELSEWHERE)
    await match_all(matcher)
    assert bool(harness.waiting()) is everywhere


async def test_the_same_is_asked_once(harness, matcher):
    for who in "789":
        harness.subscribe("Strike" if who == "7" else "strike", who=who)
    harness.arrive("a", "strike", "Strike")
    await match_all(matcher)
    assert len(harness.library.asked) == 1
    assert len(harness.waiting()) == 3


async def test_the_settings_of_the_server_count(harness, matcher):
    harness.subscribe()
    harness.services.server_settings.change(GUILD, "public", False, 7)
    harness.arrive("a", "strike", space=PUBLIC)
    await match_all(matcher)
    assert harness.waiting() == []


async def test_a_topic_that_breaks_the_answering_holds_up_no_other(harness, matcher, caplog):
    broken = harness.subscribe("broken")
    harness.subscribe("strike")
    harness.library.broken = [RuntimeError("a bug")]
    harness.arrive("a", "strike", "broken")
    await match_all(matcher)
    assert f"subscription {broken.id}: article a cannot be asked" in caplog.text
    assert [m.subscription.topic for m in harness.matches.waiting(harness.clock.now)] == ["strike"]


async def test_what_cannot_be_read_for_now_is_matched_later(harness, matcher):
    harness.subscribe()
    harness.library.broken = [StorageError("footnote.db", "the disk is away")]
    harness.arrive("a", "strike")
    with pytest.raises(StorageError):
        await matcher.match_next()
    await match_all(matcher)
    assert harness.waiting() == ["a"]


@pytest.mark.parametrize(
    "topic",
    ["Who won the cup final?", "what did Lind say", "How many barges left?", "تغير المناخ؟"],
)
def test_questions_are_asked_as_they_are(topic):
    assert question_of(topic) == topic


@pytest.mark.parametrize("topic", ["harbour strike", "WHO reform", "howling wolves", "NATO"])
def test_topics_are_asked_for_the_latest(topic):
    assert question_of(topic) == f"What is the latest on {topic}?"


@pytest.mark.parametrize(
    ("topic", "subject"), [("pension overview", "pension"), ("Summarise NATO news", "NATO")]
)
def test_what_any_article_would_answer_is_taken_for_a_topic(topic, subject):
    assert question_of(topic) == f"What is the latest on {subject}?"
