"""Answers from what is known of the articles: author, date, source, number, what they are about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from index import strings
from index.answers import topics
from index.answers.periods import Period, day_in_words
from index.answers.requests import Request, Wanted
from index.answers.topics import OnTopic
from index.model import Article
from index.search.hybrid import Scope
from index.store.selecting import Selection, site_of
from index.store.snapshot import Snapshot
from index.text.normalise import plain

MOST_TOLD = 3
"""Articles of which one fact is told, where several may be meant."""

LOOKED_AT = 100
"""Articles, the newest: those with a date come before others of these."""

CLEAR_LEAD = 0.25
"""Of the probability to be about a topic: an article that is so much behind is not meant."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The articles that meet a request's conditions but its topic, and the newest of them."""

    which: Selection
    newest: Sequence[Article]
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence in our words, and the article that it is about."""

    text: str
    article: Article


def choose(request: Request, snapshot: Snapshot, scope: Scope) -> Chosen | None:
    """Return the articles that a request may be about; None where there are none of that kind.

    Then the question is not about articles at all.
    """
    if request.this and len(scope.newest(2)) > 1:
        return None
    which = Selection(title=request.title.strip().casefold())
    if request.name:
        which = _credited(which, request.name, snapshot, scope)
        if not which.is_credited:
            return None
    for period in _periods(request.period, which, scope):
        dated = _published(which, period)
        if found := topics.newest_first(scope.select(dated, LOOKED_AT)):
            return Chosen(dated, found, period)
    return None


def about(found: Sequence[OnTopic], chosen: Chosen) -> list[OnTopic]:
    """Return what was found on the topic among the chosen articles."""
    return [one for one in found if chosen.which.holds(one.article)]


def tell(request: Request, found: Sequence[OnTopic]) -> list[Fact]:
    """Tell the fact that is asked for of each article meant, the likeliest first."""
    best = max(one.probability for one in found)
    meant = [one.article for one in found if one.probability >= best - CLEAR_LEAD]
    if request.newest or not request.topic:
        meant = meant[:1]
    return [Fact(_fact(request.wanted, one), one) for one in meant[:MOST_TOLD]]


def count(request: Request, chosen: Chosen, newest: Article, number: int) -> Fact:
    """Tell how many articles there are, and which is the newest."""
    what = described(request, chosen, number)
    when = _when(newest)
    said = strings.counted(what, found=bool(request.topic), newest=newest.title, when=when)
    return Fact(said, newest)


def described(request: Request, chosen: Chosen, number: int) -> str:
    """Say what kind of articles there are, with their number."""
    when = chosen.period.words if chosen.period else ""
    return strings.articles_that(
        number, name=request.name, topic=request.topic, mention=request.literal, when=when
    )


def same_title(article: Article, title: str) -> bool:
    """Tell whether an article has this whole title, in any case."""
    return plain(article.title).casefold() == title.strip().casefold()


def _fact(wanted: Wanted, article: Article) -> str:
    title = article.title
    if wanted is Wanted.AUTHOR:
        return strings.author(title, article.author)
    if wanted is Wanted.DATE:
        day = _when(article)
        return strings.published(title, day) if day else strings.undated(title, _day(article.added))
    return strings.source(title, article.source_or_file)


def _when(article: Article) -> str:
    return _day(article.published) if article.published else ""


def _day(published: str) -> str:
    """Return an ISO 8601 date in words; what is none stays."""
    try:
        return day_in_words(date.fromisoformat(published[:10]))
    except ValueError:
        return published


def _periods(period: Period | None, which: Selection, scope: Scope) -> Iterator[Period | None]:
    """Yield the period and, where its year was not named, the same of earlier years, latest first.

    Who asks of August in November and has articles of last year's alone means those.
    """
    yield period
    year = period.first.year if period and period.any_year else 0
    while period and year:
        before = replace(which, last=f"{year - 1:04}-12-31")
        found = scope.select(before, 1)
        published = (found[0].published or "")[:4] if found else ""
        year = int(published) if published.isdigit() else 0
        if year and (earlier := period.in_year(year)):
            yield earlier


def _published(which: Selection, period: Period | None) -> Selection:
    if not period:
        return which
    return replace(which, first=period.first.isoformat(), last=period.last.isoformat())


def _credited(which: Selection, name: str, snapshot: Snapshot, scope: Scope) -> Selection:
    """Select what the source or the author of that name is credited with."""
    named = [one for one in snapshot.sources(scope.spaces) if _is_source(one, name)]
    return replace(
        which,
        authors=tuple(one for one in snapshot.authors(scope.spaces) if _is_author(one, name)),
        sources=tuple(one for one in named if not site_of(one)),
        sites=tuple(filter(None, map(site_of, named))),
    )


_WORD = re.compile(r"\w+")


def _is_source(source: str, name: str) -> bool:
    """Tell whether a source is called so: BBC for BBC News and a link to bbc.co.uk."""
    said = _words(name)
    if "://" not in source:
        return bool(said) and _words(source)[: len(said)] == said
    labels = (urlsplit(source).hostname or "").removeprefix("www.").split(".")
    squashed = "".join(said)
    return bool({squashed, f"the{squashed}"} & {*labels, "".join(labels)})


def _is_author(author: str, name: str) -> bool:
    """Tell whether an author is called so: Smith for Helena Smith, but not Helena."""
    said, words = _words(name), _words(author)
    return bool(words) and words[-1] in said and set(said) <= set(words)


def _words(name: str) -> list[str]:
    found: list[str] = _WORD.findall(plain(name).casefold())
    return found[1:] if found[:1] == ["the"] else found
