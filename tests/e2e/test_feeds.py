"""Feeds; with a bot of their own, as the shared one reaches no site on loopback."""

import re

import pytest
import pytest_asyncio

from tests.e2e.environment import answered, words
from tests.e2e.site import FILLER, Site
from tests.fakediscord.waiting import wait_until
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")
LONG_AGO = "2025-01-01T00:00:00.000+00:00"


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def site():
    async with Site() as site:
        yield site


@pytest.fixture
def env(polling):
    polling.clear_faults()
    return polling


@pytest.fixture
def paper(site, request):
    """A feed of its own for each test, with an article."""
    name = re.sub(r"\W+", "-", request.node.name)
    paper = site.paper(name, f"The {name.removeprefix('test_')} Times")
    paper.name = name
    return paper


async def done(ix):
    return await (await ix).final(until=lambda ix: "…" not in ix.content_text)


async def follow(env, link, **options):
    return await done(env.boss.slash(env.general, "feeds add", link=link, **options))


async def check(env, paper):
    return await done(env.boss.slash(env.general, "feeds check", feed=paper.title))


async def listed(env):
    return words(await done(env.boss.slash(env.general, "feeds list")))


def make_due(env, *papers):
    """Let time pass for some feeds: the bot finds them due at its next poll."""
    marks = ", ".join("?" * len(papers))
    env.sql(
        f"UPDATE feeds SET next_check = '{LONG_AGO}' WHERE title IN ({marks})",
        [paper.title for paper in papers],
    )


async def announced(channel, count=1):
    await wait_until(
        channel.signal, lambda: len(channel.history()) >= count, 15, lambda: "not announced"
    )
    return channel.history()


async def test_added_answered_announced_and_never_twice(env, site, paper):
    news = env.acme.add_channel("news")
    paper.publish("Otters return to the Lumen", "Otters were seen in the river Lumen on Monday.")
    ix = await follow(env, site.url(f"{paper.name}/feed"))
    assert f"Following: {paper.title}" in words(ix)
    assert "1 new article" in words(ix)
    assert f"[Otters return to the Lumen]({site.url(f'{paper.name}/1')})" in words(ix)
    assert "<t:1739534400:D>" in words(ix)
    assert "river Lumen" in await answered(env, "Where were otters seen?")
    again = await follow(env, site.url(f"{paper.name}/feed"))
    assert f"already follows “{paper.title}”" in words(again)
    assert "Nothing new" in words(await check(env, paper))
    assert paper.answered == [200, 200, 304]
    assert not news.history()


async def test_new_articles_are_announced_in_one_card(env, site, paper):
    news = env.acme.add_channel("paper-news")
    paper.publish("Old story", "The old mill of Fen was sold on Friday.")
    ix = await follow(env, site.url(f"{paper.name}/feed"), channel=news)
    assert f"announced in <#{news.id}>" in words(ix)
    assert not news.history(), "what the reply lists is no news"
    paper.publish("Comet @everyone", "The comet Ilse returns in 2061, astronomers said.")
    paper.publish(
        "Tram opens", "The tram to Orm opened on Sunday.", "Sun, 16 Feb 2025 09:00:00 GMT"
    )
    make_due(env, paper)
    (message,) = await announced(news)
    title, first, second, hint = words(message).split("\n")
    assert title == f"New in {paper.title}"
    assert hint == "Ask about them with /ask."
    assert first == f"- [Tram opens]({site.url(f'{paper.name}/3')}) · <t:1739696400:D>"
    assert second.startswith("- [Comet @everyone](")
    assert not message.pinged
    assert "2061" in await answered(env, "When does the comet Ilse return?")
    assert "Nothing new" in words(await check(env, paper))
    assert len(news.history()) == 1


async def test_a_failing_feed_stops_no_other(env, site, paper):
    bad = site.paper("bad", "The Broken Times")
    bad.publish("Bad", "The broken news of Tarn came first.")
    news = env.acme.add_channel("good-news")
    await follow(env, site.url("bad/feed"))
    await follow(env, site.url(f"{paper.name}/feed"), channel=news)
    bad.status, bad.headers = 503, {"Retry-After": "86400"}
    paper.publish("Good news", "The lighthouse of Quill was painted green.")
    make_due(env, bad, paper)
    assert "Good news" in words((await announced(news))[0])
    await env.bot.wait_log("feed .* failed, next check at")
    ix = await check(env, bad)
    assert "Couldn't be read: the site answered 503 Service Unavailable." in words(ix)
    state = await listed(env)
    entry = state[state.index(bad.title) :].split("\n")
    assert entry[2] == "-# failing (2 times in a row): the site answered 503 Service Unavailable"
    assert re.fullmatch(r"-# checked <t:\d+:R>, again <t:\d+:R>", entry[3])
    before, after = map(int, re.findall(r"<t:(\d+):R>", entry[3]))
    assert after - before >= 86_000, "Retry-After is longer than the backoff"
    ix = await done(env.boss.slash(env.general, "feeds check"))
    assert f"{bad.title}: couldn't be read: the site answered 503" in words(ix)
    assert f"{paper.title}: nothing new" in words(ix)
    bad.status, bad.headers = 200, {}
    assert "Nothing new" in words(await check(env, bad))
    assert "fails" not in await listed(env)


async def test_removed_articles_stay_away_and_removed_feeds_leave_theirs(env, site, paper):
    paper.publish("Owls of Tarn", "The owls of Tarn hunt at noon, rangers said.")
    await follow(env, site.url(f"{paper.name}/feed"))
    sure = await done(env.boss.slash(env.general, "remove", article="Owls of Tarn"))
    await done(env.boss.click(sure, "Remove"))
    paper.publish("Herons of Nemi", "The herons of Nemi nest in the old tower.")
    ix = await check(env, paper)
    assert "1 new article" in words(ix)
    assert "Owls" not in words(ix)
    (offered,) = await env.boss.autocomplete(env.general, "feeds remove", "feed", paper.name)
    ix = await done(env.boss.slash(env.general, "feeds remove", feed=offered["value"]))
    assert words(ix) == (
        f"This server no longer follows “{paper.title}”. Its 1 article stays; /remove removes them."
    ).replace("/remove", "`/remove`")
    assert "old tower" in await answered(env, "Where do the herons of Nemi nest?")
    assert paper.title not in await listed(env)
    ix = await done(env.boss.slash(env.general, "feeds remove", feed=paper.title))
    assert "There's no feed" in words(ix)


async def test_a_page_that_cannot_be_read_is_taken_from_the_feed_or_named(env, site, paper):
    paper.publish("Short", "Never seen.")
    paper.publish("Long", "Never seen.")
    paper.within["Long"] = f"The ferry to Skerry sails at dawn. {FILLER}"
    site.missing |= {f"{paper.name}/1", f"{paper.name}/2"}
    ix = await follow(env, site.url(f"{paper.name}/feed"))
    assert "1 new article" in words(ix)
    assert "- Short: the site answered 404 Not Found" in words(ix)
    assert "I'll try 1 article at the next check" in words(ix)
    assert "at dawn" in await answered(env, "When does the ferry to Skerry sail?")
    site.missing.clear()
    ix = await check(env, paper)
    assert "1 new article" in words(ix)
    assert "Short" in words(ix)
    assert "could not be read" not in await listed(env)


async def test_the_first_check_takes_the_newest_and_later_ones_all(env, site, paper):
    for n in range(1, 23):
        date = f"Sat, {n:02} Mar 2025 12:00:00 GMT"
        paper.publish(f"Day {n}", f"On day {n} of the fair {n * 3} goats were shown.", date)
    ix = await follow(env, site.url(f"{paper.name}/feed"))
    assert "20 new articles" in words(ix)
    assert "2 older articles skipped" in words(ix)
    assert words(ix).index("Day 22") < words(ix).index("Day 21")
    assert "Nothing new" in words(await check(env, paper))


async def test_a_page_leads_to_its_feed_and_what_is_no_feed_is_an_error(env, site, paper):
    paper.publish("Found", "The feed of the front page was found.")
    ix = await follow(env, site.url(paper.name))
    assert f"Following: {paper.title}" in words(ix)
    assert site.url(f"{paper.name}/feed") in await listed(env)
    ix = await follow(env, site.url("nothing"))
    assert "it's neither a feed (RSS, Atom or JSON Feed) nor a page that links to" in words(ix)
    ix = await follow(env, "http://127.0.0.1:1/feed")
    assert "the site can't be reached; try again later" in words(ix)


async def test_members_are_denied_it_and_see_nothing(env, site, paper):
    await follow(env, site.url(paper.name))
    for name, options in (
        ("feeds add", {"link": site.url(paper.name)}),
        ("feeds list", {}),
        ("feeds remove", {"feed": paper.title}),
        ("feeds check", {}),
    ):
        ix = await done(env.alice.slash(env.general, name, **options))
        assert "You need Manage Server" in words(ix)
        assert ix.ephemeral
        ix = await done(env.boss.slash(env.boss.dm, name, **options))
        assert "only works in a server" in words(ix)
    for actor, channel in ((env.alice, env.general), (env.bea, env.lobby)):
        assert not await actor.autocomplete(channel, "feeds remove", "feed", "")
    other = await done(env.bea.slash(env.lobby, "feeds remove", feed=paper.title))
    assert "There's no feed" in words(other)
    assert "This server doesn't follow any feeds yet" in words(
        await done(env.bea.slash(env.lobby, "feeds list"))
    )


async def test_nothing_is_announced_where_the_bot_or_the_user_may_not_write(env, site, paper):
    link = site.url(paper.name)
    mute = env.acme.add_channel("mute", deny={env.fd.bot: "send_messages"})
    ix = await follow(env, link, channel=mute)
    assert f"I can't post in <#{mute.id}>" in words(ix)
    read = env.acme.add_channel("read-only", deny={env.boss: "send_messages"})
    ix = await follow(env, link, channel=read)
    assert f"You can't post in <#{read.id}>" in words(ix)
    assert paper.title not in await listed(env)


async def test_feeds_go_on_after_a_restart(env, site, paper):
    news = env.acme.add_channel("late-news")
    await follow(env, site.url(f"{paper.name}/feed"), channel=news)
    assert await env.bot.terminate() == 0
    paper.publish("While away", "The bridge of Fen fell while nobody looked.")
    make_due(env, paper)
    await env.restart()
    assert "While away" in words((await announced(news))[0])
    assert paper.answered[-1] == 200
    assert "nobody looked" in await answered(env, "When did the bridge of Fen fall?")


@pytest.mark.parametrize("when", ["delay", "after"], ids=["before it arrives", "after it arrived"])
async def test_a_bot_that_is_killed_while_it_announces_news_does_so_once(env, site, paper, when):
    news = env.acme.add_channel("sudden-news")
    await follow(env, site.url(f"{paper.name}/feed"), channel=news)
    seconds = {when: 2.0}
    fault = env.fd.fault(rf"/channels/{news.id}/messages$", 0, method="POST", **seconds)
    paper.publish(f"Power cut: {when}", f"All lamps of the {when} quay went out on Monday.")
    make_due(env, paper)
    await until(lambda: fault.hits)
    await env.restart(kill=True)
    await announced(news)
    await until(lambda: not env.sql("SELECT 1 FROM feed_entries WHERE announcement IS NOT NULL"))
    assert len(news.history()) == 1
