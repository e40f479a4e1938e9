"""Indexed, listed, re-read and restored articles as cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.cogs.articles import strings
from bot.discord.embeds import (
    CONTENT_MAX,
    DESCRIPTION_MAX,
    FIELD_VALUE_MAX,
    Card,
    Field,
    Payload,
    Tone,
)
from bot.discord.markdown import (
    article_link,
    excerpt,
    fit,
    fit_lines,
    link,
    timestamp,
    words_of,
)
from bot.places import Places
from bot.text import and_more, size
from index.changes import Changes, changed_words
from index.model import PUBLIC, Added, Article, Failed, Span
from index.store.publications import Undone

PAGE = 8
"""Articles on a page: eight entries of ENTRY_MAX and their ids stay below DESCRIPTION_MAX."""

ENTRY_MAX = 360
ID_MAX = 70
SOURCE_MAX = 60
FAILED_SHOWN = 5
FAILED_MAX = 300


def pages(articles: int) -> int:
    """Return how many pages a list has; an empty list has one."""
    return max(1, -(-articles // PAGE))


def articles_page(
    articles: tuple[Article, ...], page: int, words: str = "", places: Places | None = None
) -> Payload:
    """Return a page, counted from 0, of the list of all articles or those that words find."""
    shown = articles[page * PAGE : (page + 1) * PAGE]
    title = strings.articles_title(page + 1, pages(len(articles)), len(articles), fit(words, 100))
    text = "\n".join(_listed_article(one, places) for one in shown)
    return Payload(card=Card(title, text, Tone.NEUTRAL))


def _listed_article(article: Article, places: Places | None) -> str:
    place = strings.PUBLIC_ARTICLE if article.space == PUBLIC else strings.OWN_ARTICLE
    details = (timestamp(article.published), words_of(article.source_or_file, SOURCE_MAX), place)
    title = article_link(article, ENTRY_MAX, places)
    return f"{title}\n-# {' · '.join(d for d in details if d)} · {code(article.id)}"


def code(text: str) -> str:
    """Return an id that is easily copied."""
    return f"`{text[:ID_MAX].replace('`', ' ')}`"


def reindexed_card(
    added: tuple[Added, ...], failed: tuple[Failed, ...], places: Places | None = None
) -> Payload:
    """Return how many articles changed, which, and what went wrong."""
    changed = [a.article for a in added if a.indexed]
    lines = [strings.UNCHANGED.format(len(added) - len(changed))]
    lines += [f"- {article_link(a, ENTRY_MAX, places)}" for a in changed[:FAILED_SHOWN]]
    if len(changed) > FAILED_SHOWN:
        lines.append(and_more(len(changed) - FAILED_SHOWN))
    if failed:
        lines += ["", strings.failed(len(failed))]
        lines += [f"- {fit(f'{f.name}: {f.reason}', FAILED_MAX)}" for f in failed[:FAILED_SHOWN]]
    tone = Tone.FAILED if failed else Tone.NEUTRAL
    return Payload(card=Card(strings.reindexed(len(changed)), "\n".join(lines), tone))


QUOTED = 3
"""Changes that are quoted of one article: at two sentences each they fit into a field."""

QUOTE_MAX = 140

TITLE_MAX = 200
"""Leaves room for the counts of changes within ENTRY_MAX."""

CHOSEN_TITLE_MAX = 140
"""Of one of the 25 articles at most that are removed together."""

END_MAX = 100
"""The line that counts the articles and says how long it can be undone."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of one input and, of a new version, what it changed."""

    added: Added
    changes: Changes | None = None


def indexed_card(
    indexed: Indexed, until: datetime | None, total: int, places: Places | None = None
) -> Payload:
    """Return what became of one article; `until` is when it can no longer be undone.

    `total` counts the articles that there are now.
    """
    article = indexed.added.article
    fields = [
        Field(strings.FIELD_PASSAGES, f"{article.passages:,}"),
        Field(strings.FIELD_WORDS, f"{article.words:,}"),
        Field(strings.FIELD_ID, code(article.id)),
    ]
    if indexed.changes:
        lines = [_summary(indexed.changes), *_quotes(indexed.changes)]
        fields.insert(0, Field(strings.FIELD_CHANGES, fit_lines(lines, FIELD_VALUE_MAX)))
    title = strings.ADDED_TITLE.get(indexed.added.status, indexed.added.status)
    text = _with_end(article_link(article, ENTRY_MAX, places), until, total)
    return Payload(card=Card(title, text, Tone.NEUTRAL, tuple(fields)))


def batch_card(
    outcomes: Sequence[Indexed | Failed],
    until: datetime | None,
    total: int,
    places: Places | None = None,
) -> Payload:
    """Return what became of each of several inputs, in their order; see `indexed_card`."""
    counts = Counter(map(_kind, outcomes))
    title = strings.outcomes([(k, counts[k]) for k in strings.OUTCOMES if counts[k]])
    room = DESCRIPTION_MAX - END_MAX
    budget = room // max(len(outcomes), 1) - 1
    entries = [_entry(one, max(budget, ENTRY_MAX), places) for one in outcomes]
    text = _with_end(fit_lines(entries, room), until, total)
    tone = Tone.FAILED if counts["failed"] else Tone.NEUTRAL
    return Payload(card=Card(title, text, tone))


def _entry(one: Indexed | Failed, limit: int, places: Places | None) -> str:
    outcome = f"**{strings.OUTCOMES[_kind(one)]}**"
    if isinstance(one, Failed):
        return f"- {outcome}: {fit(f'{one.name}: {one.reason}', ENTRY_MAX - size(outcome) - 4)}"
    article = one.added.article
    head = f"- {outcome}: {article_link(article, TITLE_MAX, places)}"
    if one.changes is None:
        return head
    lines = [f"{head}, {_summary(one.changes)}", *_quotes(one.changes)]
    return fit_lines(lines, limit, more=None)


def _kind(one: Indexed | Failed) -> str:
    return "failed" if isinstance(one, Failed) else one.added.status


def _summary(changes: Changes) -> str:
    counts = len(changes.added), len(changes.changed), len(changes.removed)
    return strings.changes(*counts, changes.details)


def _quotes(changes: Changes) -> Iterator[str]:
    """Yield the first changes, each labelled; a changed sentence takes two lines.

    The words that changed are bold. A line break keeps a pair together.
    """
    pairs = (_pair(was, now) for was, now in changes.changed)
    added = (_quote(strings.ADDED, sentence) for sentence in changes.added)
    removed = (_quote(strings.REMOVED, sentence) for sentence in changes.removed)
    yield from islice((one for kind in (pairs, added, removed) for one in kind), QUOTED)


def _pair(was: str, now: str) -> str:
    spans = changed_words(was, now)
    old, new = [old for old, _ in spans], [new for _, new in spans]
    return f"{_quote(strings.WAS, was, old)}\n{_quote(strings.NEW, now, new)}"


def _quote(mark: str, sentence: str, bold: Sequence[Span] = ()) -> str:
    return f"> {mark}{excerpt(sentence, QUOTE_MAX, bold)}"


def _with_end(text: str, until: datetime | None, total: int | None = None) -> str:
    end = strings.end(until, total)
    return f"{text}\n{end}" if end else text


def removed_card(
    removed: Sequence[Article], gone: Sequence[str], until: datetime | None
) -> Payload:
    """Return which of several articles were removed; `gone` are titles that were not there."""
    lines = [f"- {link(one.title, one.source, CHOSEN_TITLE_MAX)}" for one in removed]
    if gone:
        lines.append(strings.gone_already([f"“{fit(one, CHOSEN_TITLE_MAX)}”" for one in gone]))
    text = _with_end("\n".join(lines), until)
    return Payload(card=Card(strings.removed_title(len(removed)), text, Tone.NEUTRAL))


def removals_question(titles: Sequence[str]) -> Payload:
    """Return the question whether articles are to go."""
    lines = [f"- {fit(title, CHOSEN_TITLE_MAX)}" for title in titles]
    title = strings.confirm_removals(len(titles))
    return Payload(card=Card(title, "\n".join(lines), Tone.NEUTRAL))


LINES_MAX = CONTENT_MAX - 100
"""Leaves room for who pressed the button."""


def undone_card(undone: Sequence[Undone], user: int) -> Payload:
    """Return what became of each article, and who pressed the button (a mention pings nobody)."""
    text = f"{undone_lines(undone)}\n{strings.UNDONE_BY.format(user)}"
    return Payload(card=Card(strings.UNDONE_TITLE, text, Tone.NEUTRAL))


def undone_lines(undone: Sequence[Undone]) -> str:
    """Return a line for each article."""
    lines = [strings.undone(f"“{fit(one.title, TITLE_MAX)}”", one.status) for one in undone]
    return fit_lines(lines, LINES_MAX)
