"""Whatever is in them, all other cards are within limits and do nothing but show it."""

from datetime import date, timedelta
from itertools import cycle

from hypothesis import given
from hypothesis import strategies as st

from bot.cogs.about.cog import Offer, forgotten_card, help_card, intro_card, privacy_card
from bot.cogs.articles.cards import (
    Indexed,
    articles_page,
    batch_card,
    indexed_card,
    reindexed_card,
    undone_card,
)
from bot.cogs.feeds import cards as feeds_cards
from bot.cogs.feeds.checking import FeedCheck
from bot.cogs.settings.cards import changes_card, settings_card
from bot.cogs.stats.cards import stats_card
from bot.cogs.stats.reader import COMPLAINTS, GAPS, DayStats, Stats
from bot.cogs.subscriptions import cards as subscriptions_cards
from bot.discord.embeds import CHOICE_MAX
from bot.permissions import Audience
from bot.places import Places
from bot.server_settings import LEVELS, ChannelMode, Section, ServerSettings
from bot.text import fit_plain, size
from index.changes import DETAILS, Changes
from index.model import PUBLIC, Added, Failed, Space, Thresholds
from index.sources.document import one_line
from index.store.feeds import MAX_FEEDS, Feed
from index.store.publications import Undone
from index.store.records import KeptOfUser
from index.store.settings_store import SettingChange
from index.store.subscriptions import MOST, Subscribed, Subscription
from index.store.usage import Complaint, Gap, Tally
from tests import strategies as make
from tests.fakes import NOON
from tests.properties import WITHOUT_SHRINKING, examples
from tests.unit.bot.discord.assertions import check

cards = examples(10, phases=WITHOUT_SHRINKING)

AT = Places("https://news.example", key=b"key")
ids = st.integers(10**16, 2**64 - 1)
counts = st.sampled_from([0, 1, 2, 12_345, 10**9])
spaces = st.one_of(st.just(PUBLIC), ids.map(lambda id_: Space(str(id_))))
lines = make.texts(30)
failed = st.builds(Failed, name=lines, reason=lines)

# What was indexed.

some = st.lists(make.texts(40), max_size=5).map(tuple)
changes = st.builds(
    Changes,
    added=some,
    changed=st.lists(st.tuples(make.texts(40), make.texts(40)), max_size=5).map(tuple),
    removed=some,
    details=st.lists(st.sampled_from(DETAILS), unique=True).map(tuple),
)
added = st.builds(Added, make.articles, st.sampled_from(["added", "unchanged"]))
indexed = st.one_of(
    added.map(Indexed),
    st.builds(
        lambda article, found: Indexed(Added(article, "replaced", article), found),
        make.articles,
        changes,
    ),
)
moments = st.sampled_from([None, NOON])


@cards
@given(indexed, moments)
def test_one_that_was_indexed(one, until):
    check(indexed_card(one, until, 1_000_000, AT))


@cards
@given(st.lists(st.one_of(indexed, failed), min_size=1, max_size=12), moments)
def test_several_that_were_indexed(outcomes, until):
    check(batch_card(outcomes, until, 1_000_000, AT))


@cards
@given(st.lists(added, max_size=9).map(tuple), st.lists(failed, max_size=9).map(tuple))
def test_what_was_read_again(read, unread):
    check(reindexed_card(read, unread, AT))


@cards
@given(
    st.lists(
        st.builds(Undone, lines, st.sampled_from(["removed", "restored", "left"])),
        min_size=1,
        max_size=30,
    ),
    ids,
)
def test_what_was_undone(undone, user):
    check(undone_card(undone, user))


@cards
@given(st.lists(make.articles, max_size=20).map(tuple), st.integers(0, 3))
def test_lists_of_articles(articles, page):
    check(articles_page(articles, page, places=AT))


@examples(100)
@given(lines)
def test_choices(title):
    name = fit_plain(title, CHOICE_MAX)
    assert size(name) <= CHOICE_MAX
    assert name == " ".join(name.split())
    name.encode()


# Feeds.

feeds = st.builds(
    Feed,
    id=st.just(1),
    space=spaces,
    url=st.one_of(lines, st.just("https://news.example/feed"), make.sources.map(str)),
    title=lines.map(one_line),  # as the parser of feeds promises
    channel=st.one_of(st.none(), ids.map(str)),
    added_by=st.just("7"),
    etag=st.none(),
    last_modified=st.none(),
    checked=moments,
    next_check=st.just(NOON),
    failures=counts,
    last_error=st.one_of(st.none(), lines),
    articles=counts,
    unread=counts,
)
checks = st.builds(
    FeedCheck,
    feed=feeds,
    added=st.lists(make.articles, max_size=20).map(tuple),
    failed=st.lists(failed, max_size=20).map(tuple),
    older=counts,
    waiting=counts,
    error=st.one_of(st.none(), lines),
)


@cards
@given(
    st.lists(feeds, max_size=MAX_FEEDS), st.integers(0, 9), st.one_of(st.none(), ids), st.booleans()
)
def test_lists_of_feeds(several, page, channel, writes):
    check(feeds_cards.feeds_page(several, page, 9, lambda _: (channel, writes)))


@cards
@given(checks, st.one_of(st.none(), ids), st.booleans())
def test_what_a_feed_brought(found, channel, shows_cards):
    check(feeds_cards.added_card(found, channel, AT))
    check(feeds_cards.checked_card(found, AT))
    if found.added:  # else nothing is announced
        check(feeds_cards.announcement_of(found.feed, found.added, AT, cards=shows_cards))


@cards
@given(st.lists(checks, max_size=MAX_FEEDS), st.booleans())
def test_what_all_feeds_brought(several, complete):
    check(feeds_cards.all_checked_card(several, complete=complete))


# What is followed.

subscriptions = st.builds(
    Subscription,
    id=st.just(12),
    space=spaces,
    who=st.just("7"),
    topic=make.texts(9).map(lambda topic: topic[:200]),
    channel=st.one_of(st.none(), ids.map(str)),
    digest=st.booleans(),
    since=st.just(NOON),
    failures=st.integers(0, 3),
)
cited = make.answers().filter(lambda answer: answer.citations)


@examples(4, slower=10, phases=WITHOUT_SHRINKING)
@given(
    st.lists(subscriptions, min_size=1, max_size=subscriptions_cards.ENTRIES),
    st.lists(cited, min_size=1, max_size=2),  # eight take a second to draw
    counts,
)
def test_notes_of_what_is_followed(topics, answers, more):
    several = map(subscriptions_cards.MatchedAnswer, topics, cycle(answers))
    check(subscriptions_cards.notification(list(several), more))


@cards
@given(subscriptions, st.sampled_from(["added", "changed", "unchanged"]))
def test_what_is_followed_now(follow, status):
    check(subscriptions_cards.subscribed_card(Subscribed(follow, status), NOON))


@cards
@given(st.lists(subscriptions, max_size=2 * MOST), lines)
def test_lists_of_what_is_followed(several, server):
    check(
        subscriptions_cards.list_card(
            several, dict.fromkeys((f.space for f in several), server), NOON
        )
    )


# Settings, statistics, help.

KEYS = [
    *("threshold", "public", "private", "index_roles", "announcements", "member_cooldown_seconds"),
    *("server_cooldown_seconds", "llm_daily_tokens", "llm_mark", "log", "feeds", *ChannelMode),
]
scalars = st.one_of(st.none(), st.booleans(), st.floats(), ids, lines, st.sampled_from(ChannelMode))
values = st.one_of(scalars, st.lists(scalars, max_size=9), st.dictionaries(lines, scalars))
logged = st.builds(
    SettingChange,
    space=ids.map(lambda id_: Space(str(id_))),
    key=st.one_of(st.sampled_from(KEYS), ids.map("channel:{}".format), lines),
    old=values,
    new=values,
    denied=st.booleans(),
    who=st.one_of(st.just(""), ids.map(str)),
    at=st.just(NOON),
)


@cards
@given(st.lists(logged, max_size=20))
def test_logs_of_settings(several):
    check(changes_card(several))


seconds = st.integers(0, 86_400)
server_settings = st.builds(
    ServerSettings,
    channels=st.dictionaries(ids, st.sampled_from(ChannelMode), max_size=60),
    index_roles=st.lists(ids, max_size=25).map(tuple),
    private=st.booleans(),
    threshold=st.one_of(st.none(), st.sampled_from(list(LEVELS))),
    public=st.booleans(),
    announcements=st.one_of(st.none(), ids),
    member_cooldown_seconds=seconds,
    server_cooldown_seconds=seconds,
    llm_daily_tokens=st.one_of(st.none(), counts),
    llm_mark=st.booleans(),
)


@cards
@given(
    server_settings,
    st.builds(Thresholds, st.floats(0, 1), st.floats(0, 1)),
    st.sampled_from(Section),
    st.booleans(),
    ids,
)
def test_settings(found, thresholds, section, reads_all, guild):
    check(settings_card(found, thresholds, guild, section, reads_all=reads_all))


medians = st.one_of(st.none(), st.floats(0, 1e9))
days = st.lists(st.tuples(counts, counts, counts, counts, medians), min_size=1, max_size=365).map(
    lambda each: tuple(
        DayStats(date(2026, 1, 1) + timedelta(n), *one) for n, one in enumerate(each)
    )
)
stats = st.builds(
    Stats,
    days,
    median_ms=medians,
    gaps=st.lists(st.builds(Gap, lines, counts), max_size=GAPS).map(tuple),
    not_found=st.lists(st.builds(Gap, lines, counts), max_size=GAPS).map(tuple),
    complaints=st.lists(
        st.builds(
            Complaint,
            lines,
            st.builds(Tally, counts, counts),
            st.lists(lines, max_size=9).map(tuple),
        ),
        max_size=COMPLAINTS,
    ).map(tuple),
    tokens=counts,
)


@cards
@given(stats)
def test_statistics(found):
    check(stats_card(found, None))


held = st.builds(KeptOfUser, *[counts] * 5)
offers = st.builds(
    Offer,
    name=st.sampled_from(["ask", "index url"]),
    description=st.just("Ask the articles"),
    audience=st.sampled_from(Audience),
    menu=st.booleans(),
)


@cards
@given(st.lists(offers, max_size=60), st.booleans(), st.booleans())
def test_help(several, in_server, reads_all):
    check(help_card(several, in_server=in_server, reads_all=reads_all))


@cards
@given(held, st.one_of(st.none(), lines))
def test_what_is_kept_and_who_it_is(kept, name):
    check(privacy_card(kept, name))
    check(forgotten_card(kept))
    check(intro_card(name, name))
