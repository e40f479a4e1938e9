"""Feeds as cards: their list, what became of a check, and what is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.cogs.feeds import strings
from bot.cogs.feeds.checking import FeedCheck
from bot.discord.embeds import CONTENT_MAX, DESCRIPTION_MAX, TITLE_MAX, Card, Payload, Tone
from bot.discord.markdown import dated_link, fit, fit_lines, link
from bot.places import Places
from bot.text import and_more, plural, size
from index.model import Article, Failed
from index.store.feeds import Feed

PAGE = 6
"""Feeds on a page: with entries of HEAD_MAX, REASON_MAX and some 200 they stay below the limit."""

HEAD_MAX = 240
REASON_MAX = 200
ENTRY_MAX = 360
FAILED_SHOWN = 5
FAILED_MAX = 200
NAME_MAX = 60

NOTES_MAX = 1_600
"""Below the articles of a check: FAILED_SHOWN times FAILED_MAX, and some lines."""


def feeds_page(
    feeds: Sequence[Feed], page: int, pages: int, place: Callable[[Feed], tuple[int | None, bool]]
) -> Payload:
    """Return a page of the list, counted from 0.

    `place` returns in which channel a feed's articles are announced, and whether that is possible.
    """
    shown = feeds[page * PAGE : (page + 1) * PAGE]
    text = "\n".join(_entry(feed, *place(feed)) for feed in shown) or strings.NO_FEEDS
    title = strings.LIST_TITLE.format(page=page + 1, pages=pages, count=len(feeds))
    tone = Tone.FAILED if any(feed.failures for feed in shown) else Tone.NEUTRAL
    return Payload(card=Card(title, text, tone))


def _entry(feed: Feed, channel_id: int | None, writes: bool) -> str:
    announced = strings.ANNOUNCED_IN.format(channel_id) if channel_id else strings.NOWHERE
    state = [plural(feed.articles, "article"), announced]
    if channel_id and not writes:
        state[-1] += f", {strings.MAY_NOT_WRITE}"
    if feed.unread:
        state.insert(1, strings.UNREAD_COUNT.format(feed.unread))
    lines = [link(feed.title, feed.url, HEAD_MAX), f"-# {' · '.join(state)}"]
    if feed.failures:
        lines.append(f"-# {strings.failing(feed.failures, fit(feed.last_error or '', REASON_MAX))}")
    if feed.checked:
        times = strings.TIMES.format(
            checked=int(feed.checked.timestamp()), following=int(feed.next_check.timestamp())
        )
        lines.append(f"-# {times}")
    else:
        lines.append(f"-# {strings.NEVER_CHECKED}")
    return "\n".join(lines)


def added_card(check: FeedCheck, channel_id: int | None, places: Places | None = None) -> Payload:
    """Return what the first check of a feed brought; `channel_id` is where more is announced."""
    notes = [strings.WILL_BE_ANNOUNCED.format(channel_id)] if channel_id else []
    return Payload(card=_card(strings.ADDED_TITLE, check, notes, places))


def checked_card(check: FeedCheck, places: Places | None = None) -> Payload:
    """Return what a check brought."""
    return Payload(card=_card(strings.CHECKED_TITLE, check, [], places))


def _card(title: str, check: FeedCheck, notes: list[str], places: Places | None) -> Card:
    head = fit(title.format(check.feed.title), TITLE_MAX)
    soon = strings.NEXT_CHECK.format(int(check.feed.next_check.timestamp()))
    if check.error:
        lines = [f"{strings.UNREAD} {fit(check.error, REASON_MAX)}.", soon]
        return Card(head, "\n".join(lines), Tone.FAILED)
    notes = [*_failed(check.failed), *_left(check), *notes, soon]
    announcement_of = strings.new_articles(len(check.added)) if check.added else strings.NOTHING_NEW
    text = _listed(check.added, DESCRIPTION_MAX - NOTES_MAX, places)
    tone = Tone.FAILED if check.failed else Tone.NEUTRAL
    return Card(head, "\n".join(filter(None, (announcement_of, text, *notes))), tone)


def _failed(failed: Sequence[Failed]) -> list[str]:
    if not failed:
        return []
    lines = [f"- {fit(f'{f.name}: {f.reason}', FAILED_MAX)}" for f in failed[:FAILED_SHOWN]]
    more = len(failed) - FAILED_SHOWN
    return [strings.UNREAD, *lines, *([and_more(more)] if more > 0 else [])]


def _left(check: FeedCheck) -> list[str]:
    same = [strings.duplicates(check.duplicates)] if check.duplicates else []
    older = [strings.older(check.older)] if check.older else []
    return same + older + ([strings.waiting(check.waiting)] if check.waiting else [])


def all_checked_card(checks: Sequence[FeedCheck], *, complete: bool) -> Payload:
    """Return what the checks of several feeds brought, those that failed first."""
    checks = sorted(checks, key=lambda check: (check.error is None, not check.added))
    lines = [_in_short(check) for check in checks]
    text = fit_lines(lines, DESCRIPTION_MAX - len(strings.OUT_OF_TIME) - 1)
    if not complete:
        text = f"{text}\n{strings.OUT_OF_TIME}"
    tone = Tone.FAILED if any(check.error for check in checks) else Tone.NEUTRAL
    return Payload(card=Card(strings.ALL_CHECKED, text, tone))


def _in_short(check: FeedCheck) -> str:
    if check.error:
        state = strings.FAILED_IN_SHORT.format(fit(check.error, FAILED_MAX))
    else:
        state = strings.new_in_short(len(check.added))
    return f"- {fit(check.feed.title, NAME_MAX)}: {state}"


def announcement_of(
    feed: Feed, articles: Sequence[Article], places: Places | None = None, *, cards: bool = True
) -> Payload:
    """Return the announcement of new articles."""
    title = fit(strings.NEWS_TITLE.format(feed.title), TITLE_MAX)
    if not cards:
        head = f"**{title}**"
        text = _listed(articles, CONTENT_MAX - size(head) - 1, places)
        return Payload(content=f"{head}\n{text}")
    text = _listed(articles, DESCRIPTION_MAX, places)
    return Payload(card=Card(title, text, Tone.NEUTRAL, footer=strings.ASK_ABOUT))


def _listed(articles: Sequence[Article], limit: int, places: Places | None) -> str:
    """Return titles as links with dates, as many as fit, and count the rest."""
    return fit_lines([f"- {dated_link(one, ENTRY_MAX, places)}" for one in articles], limit)
