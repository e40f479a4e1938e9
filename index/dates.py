"""When articles were published: which of two came first."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import UTC, datetime, time

from index.model import Article

_DAY_CHARS = len("2025-02-14")


def is_before(one: Article, other: Article) -> bool:
    """Tell whether an article surely came before another: by the time if both have one, or the day.

    A time without a zone is taken for UTC.
    """
    if not (one.published and other.published):
        return False
    mine, its = _moment(one.published), _moment(other.published)
    return mine < its if mine and its else day(one) < day(other)


def day(article: Article) -> str:
    """Return the day of publication, in UTC where the time is known; "" where there is none."""
    published = article.published or ""
    moment = _moment(published)
    return moment.date().isoformat() if moment else published[:_DAY_CHARS]


@functools.lru_cache(maxsize=1000)
def _moment(published: str) -> datetime | None:
    """Return a date with its time; None where it has none: midnight is what stands for a day."""
    try:
        moment = datetime.fromisoformat(published)
        if moment.time() == time(0):
            return None
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def newest_first(articles: Iterable[Article]) -> list[Article]:
    """Sort by date, undated ones last; those of which no order is known stay as they are given."""
    left = sorted(articles, key=lambda one: not one.published)
    found: list[Article] = []
    while left:
        newest = next(n for n, one in enumerate(left) if not any(is_before(one, b) for b in left))
        found.append(left.pop(newest))
    return found
