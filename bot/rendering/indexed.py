"""What became of what was indexed, as a card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot import words
from bot.rendering.fitting import fit, link
from bot.rendering.lists import ENTRY_MAX, code
from bot.rendering.payload import DESCRIPTION_MAX, FIELD_VALUE_MAX, Card, Field, Payload, Tone, size
from bot.words import indexing as words_indexing
from index.changes import Changes
from index.model import Added, Failed

QUOTED = 3
"""Changes that are quoted of one article: at two sentences each they fit into a field."""
QUOTE_MAX = 140
TITLE_MAX = 200
"""Leaves room for the counts of changes within ENTRY_MAX."""
UNDO_MAX = 60
"""The line that says how long it can be undone."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What became of one input and, of a new version, what it changed."""

    added: Added
    changes: Changes | None = None


def indexed_card(indexed: Indexed, until: datetime | None) -> Payload:
    """Return what became of one article; `until` is when it can no longer be undone."""
    article = indexed.added.article
    fields = [
        Field(words.FIELD_PASSAGES, f"{article.passages:,}"),
        Field(words.FIELD_WORDS, f"{article.words:,}"),
        Field(words.FIELD_ID, code(article.id)),
    ]
    if indexed.changes:
        lines = [_summary(indexed.changes), *_quotes(indexed.changes)]
        fields.insert(0, Field(words_indexing.FIELD_CHANGES, _joined(lines, FIELD_VALUE_MAX)))
    title = words.ADDED_TITLE.get(indexed.added.status, indexed.added.status)
    text = _with_undo(link(article.title, article.source, ENTRY_MAX), until)
    return Payload(card=Card(title, text, Tone.NEUTRAL, tuple(fields)))


def batch_card(outcomes: Sequence[Indexed | Failed], until: datetime | None) -> Payload:
    """Return what became of each of several inputs, in their order."""
    counts = Counter(map(_kind, outcomes))
    title = words_indexing.outcomes([(k, counts[k]) for k in words_indexing.OUTCOMES if counts[k]])
    room = DESCRIPTION_MAX - UNDO_MAX
    budget = room // max(len(outcomes), 1) - 1
    entries = [_entry(one, max(budget, ENTRY_MAX)) for one in outcomes]
    text = _with_undo(_joined(entries, room), until)
    tone = Tone.REFUSED if counts["failed"] else Tone.NEUTRAL
    return Payload(card=Card(title, text, tone))


def _entry(one: Indexed | Failed, limit: int) -> str:
    outcome = f"**{words_indexing.OUTCOMES[_kind(one)]}**"
    if isinstance(one, Failed):
        return f"- {outcome}: {fit(f'{one.name}: {one.reason}', ENTRY_MAX - size(outcome) - 4)}"
    article = one.added.article
    head = f"- {outcome}: {link(article.title, article.source, TITLE_MAX)}"
    if one.changes is None:
        return head
    lines = [f"{head}, {_summary(one.changes)}", *_quotes(one.changes)]
    return _joined(lines, limit, count=False)


def _kind(one: Indexed | Failed) -> str:
    return "failed" if isinstance(one, Failed) else one.added.status


def _summary(changes: Changes) -> str:
    counts = len(changes.added), len(changes.changed), len(changes.removed)
    return words_indexing.changes(*counts, changes.details)


def _quotes(changes: Changes) -> Iterator[str]:
    """Yield the first changes, each told by a word before it; a changed sentence takes two lines.

    A line break keeps a pair together.
    """
    pairs = (
        f"{_quote(words_indexing.WAS, was)}\n{_quote(words_indexing.NEW, now)}"
        for was, now in changes.changed
    )
    added = (_quote(words_indexing.ADDED, sentence) for sentence in changes.added)
    removed = (_quote(words_indexing.REMOVED, sentence) for sentence in changes.removed)
    yield from islice((one for kind in (pairs, added, removed) for one in kind), QUOTED)


def _quote(mark: str, sentence: str) -> str:
    return f"> {mark}{fit(' '.join(sentence.split()), QUOTE_MAX)}"


def _joined(entries: Sequence[str], limit: int, *, count: bool = True) -> str:
    """Return as many entries as fit, and how many are left out."""
    text = ""
    for number, entry in enumerate(entries):
        rest = words.and_more(len(entries) - number)
        last = number == len(entries) - 1
        if size(text) + size(entry) + 1 + (0 if last else size(rest) + 1) > limit:
            return f"{text}\n{rest}".strip() if count else text
        text = f"{text}\n{entry}".strip("\n")
    return text


def _with_undo(text: str, until: datetime | None) -> str:
    return f"{text}\n{words_indexing.undo_until(until)}" if until else text
