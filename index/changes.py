"""What a new version of an article changed, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from index.model import Article, Span

ALIKE = 50.0
"""The similarity (0 to 100) from which on a sentence is another one's new wording."""

LOOKAHEAD = 8
"""How many new sentences an old one is compared with: as many as may have come before it."""

DETAILS = ("title", "source", "published", "author")

Version = tuple[Article, Sequence[str]]
"""An article and its sentences."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Sentences in reading order; `changed` are pairs of old and new wording.

    `details` names what else is new: some of DETAILS.
    """

    added: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    removed: tuple[str, ...] = ()
    details: tuple[str, ...] = ()


def compare(before: Version, after: Version) -> Changes:
    """Compare two versions. Sentences that differ in blanks alone are the same."""
    (old_article, old_sentences), (new_article, new_sentences) = before, after
    old, new = ([" ".join(s.split()) for s in each] for each in (old_sentences, new_sentences))
    added, changed, removed = list[str](), list[tuple[str, str]](), list[str]()
    for of_old, of_new in _gaps(old, new):
        gone, come = old[of_old], new[of_new]
        pairs = dict(_pairs(gone, come))
        changed += [(gone[i], come[j]) for i, j in pairs.items()]
        removed += [sentence for i, sentence in enumerate(gone) if i not in pairs]
        taken = set(pairs.values())
        added += [sentence for j, sentence in enumerate(come) if j not in taken]
    details = [d for d in DETAILS if getattr(old_article, d) != getattr(new_article, d)]
    return Changes(tuple(added), tuple(changed), tuple(removed), tuple(details))


_WORD = re.compile(r"[£$€]?\w+(?:[.,:'’/-]\w+)*%?|[^\w\s]")


def changed_words(old: str, new: str) -> list[tuple[Span, Span]]:
    """Return which words of two wordings differ, in order: the span of each pair is in its own.

    One of a pair is empty where words were only added or left out.
    """
    gone, come = ([*_WORD.finditer(text)] for text in (old, new))
    gaps = _gaps([word[0] for word in gone], [word[0] for word in come])
    return [(_span_of(gone, one), _span_of(come, other)) for one, other in gaps]


def _span_of(words: Sequence[re.Match[str]], some: slice) -> Span:
    """Return the span of some of the words; an empty one behind the word before."""
    if some.start < some.stop:
        return Span(words[some.start].start(), words[some.stop - 1].end())
    place = words[some.start - 1].end() if some.start else 0
    return Span(place, place)


def _gaps(old: list[str], new: list[str]) -> Iterator[tuple[slice, slice]]:
    """Yield what stands between the texts that both have, as parts of old and new."""
    at_old = at_new = 0
    for same in Indel.opcodes(old, new).as_matching_blocks():  # the last one is empty, at the end
        if (same.a, same.b) != (at_old, at_new):
            yield slice(at_old, same.a), slice(at_new, same.b)
        at_old, at_new = same.a + same.size, same.b + same.size


def _pairs(gone: list[str], come: list[str]) -> Iterator[tuple[int, int]]:
    """Pair each old sentence with the new one most like it, in order and never crosswise."""
    at = 0
    for i, sentence in enumerate(gone):
        window = come[at : at + LOOKAHEAD]
        scores = [fuzz.ratio(sentence, other, score_cutoff=ALIKE) for other in window]
        best = max(range(len(scores)), key=scores.__getitem__, default=None)
        if best is not None and scores[best]:
            yield i, at + best
            at += best + 1
