"""Strings of feeds."""

from __future__ import annotations

from bot.text import plural

# Commands, as Discord lists them (at most 100 characters each).
FEEDS = "Follow RSS and Atom feeds; their new articles are added to this server"
ADD = "Follow a feed: adds its newest articles now, and new ones as they appear"
ADD_LINK = "A link to an RSS or Atom feed, or to a site that has one"
ADD_CHANNEL = "Where to announce new articles, if not in the channel from the settings"
LIST = "List feeds and their status"
REMOVE = "Stop following a feed; its articles stay"
CHECK = "Look for new articles now"
FEED = "The feed"
FEED_OR_ALL = "The feed (all feeds if you leave this out)"

# Reasons, which follow on a colon.
NO_FEED = "it's neither a feed (RSS, Atom or JSON Feed) nor a page that links to one"
EMPTY_ANSWER = "the site sent nothing"
TOO_LONG = "it took too long"

# Cards.
NO_FEEDS = "This server doesn't follow any feeds yet. Add one with `/feeds add`."
NOTHING_NEW = "Nothing new."
ALL_CHECKED = "All feeds checked"
UNREAD = "**Couldn't be read:**"
OUT_OF_TIME = "I ran out of time. I'll check the rest soon."
ASK_ABOUT = "Ask about them with /ask."
NOWHERE = "not announced"
MAY_NOT_WRITE = "but I can't post there"
NEVER_CHECKED = "not checked yet"
NOT_YOUR_LIST = "Only the person who ran this command can turn its pages. Use `/feeds list`."
ADDED_TITLE = "Following: {}"
CHECKED_TITLE = "Checked: {}"
NEWS_TITLE = "New in {}"
LIST_TITLE = "Feeds ({count:,}), page {page:,} of {pages:,}"
FAILED_IN_SHORT = "couldn't be read: {}"
ANNOUNCED_IN = "announced in <#{}>"
WILL_BE_ANNOUNCED = "New articles will be announced in <#{}>."
UNREAD_COUNT = "{:,} couldn't be read"
TIMES = "checked <t:{checked}:R>, again <t:{following}:R>"
NEXT_CHECK = "Next check <t:{}:R>."


def new_articles(count: int) -> str:
    return f"{plural(count, 'new article')}."


def new_in_short(count: int) -> str:
    return f"{count:,} new" if count else "nothing new"


def older(count: int) -> str:
    """Count entries that the first check leaves out."""
    return f"{plural(count, 'older article')} skipped."


def duplicates(count: int) -> str:
    """Count entries whose text another article has."""
    return f"{plural(count, 'article')} already here under another link."


def waiting(count: int) -> str:
    """Count entries that the next check takes."""
    return f"I'll try {plural(count, 'article')} at the next check."


def failing(failures: int, reason: str) -> str:
    again = f" ({failures:,} times in a row)" if failures > 1 else ""
    return f"**failing**{again}: {reason}"


def progress(done: int, total: int) -> str:
    return f"Reading article {done + 1:,} of {total:,} …"


def progress_of_all(done: int, total: int) -> str:
    return f"Checked {done:,} of {plural(total, 'feed')} …"


def removed(title: str, articles: int) -> str:
    stay = "stays" if articles == 1 else "stay"
    kept = f" Its {plural(articles, 'article')} {stay}; `/remove` removes them." if articles else ""
    return f"This server no longer follows {title}.{kept}"
