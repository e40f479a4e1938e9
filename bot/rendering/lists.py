"""Articles as cards: pages of a list, and what became of those that were read again."""

from __future__ import annotations

from bot import words
from bot.rendering.fitting import fit, link, words_of
from bot.rendering.markdown import timestamp
from bot.rendering.payload import Card, Payload, Tone
from index.model import PUBLIC, Added, Article, Failed

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


def articles_page(articles: tuple[Article, ...], page: int) -> Payload:
    """Return a page of the list, counted from 0."""
    shown = articles[page * PAGE : (page + 1) * PAGE]
    title = words.articles_title(page + 1, pages(len(articles)), len(articles))
    text = "\n".join(map(_entry, shown)) if shown else words.NO_ARTICLES
    return Payload(card=Card(title, text, Tone.NEUTRAL))


def _entry(article: Article) -> str:
    place = words.PUBLIC_ARTICLE if article.space == PUBLIC else words.OWN_ARTICLE
    details = (timestamp(article.published), words_of(article.source_or_file, SOURCE_MAX), place)
    title = link(article.title, article.source, ENTRY_MAX)
    return f"{title}\n-# {' · '.join(d for d in details if d)} · {code(article.id)}"


def code(text: str) -> str:
    """Return an id that is easily copied."""
    return f"`{text[:ID_MAX].replace('`', ' ')}`"


def reindexed_card(added: tuple[Added, ...], failed: tuple[Failed, ...]) -> Payload:
    """Return how many articles changed, which, and what went wrong."""
    changed = [a.article for a in added if a.status != "unchanged"]
    lines = [words.reindexed(len(changed), len(added) - len(changed))]
    lines += [f"- {link(a.title, a.source, ENTRY_MAX)}" for a in changed[:FAILED_SHOWN]]
    if len(changed) > FAILED_SHOWN:
        lines.append(words.and_more(len(changed) - FAILED_SHOWN))
    if failed:
        lines += ["", words.failed(len(failed))]
        lines += [f"- {fit(f'{f.name}: {f.reason}', FAILED_MAX)}" for f in failed[:FAILED_SHOWN]]
    tone = Tone.REFUSED if failed else Tone.NEUTRAL
    return Payload(card=Card(words.REINDEXED_TITLE, "\n".join(lines), tone))
