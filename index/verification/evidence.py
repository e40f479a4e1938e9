"""Find the sentences of the passages that support a sentence written by a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.answers.candidates import sentence_texts
from index.model import Hit, Passage, Span
from index.text.passages import heading
from index.verification import wording

MIN_ADDED = 0.2
"""Of a written sentence's content words: what a further sentence of the articles must add."""

MOST_SENTENCES = 3

_PRONOUN = re.compile(r"\b(?:he|she|they|him|his|her|hers|their|theirs|them|it|its)\b", re.I)

_PRONOUN_FIRST = re.compile(
    r"(?:(?:but|and|yet|so|however|still|then|later|also),? )?(?:he|she|they|it|his|her|their)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Support:
    """Consecutive sentences of one passage, from `first` to `last` (inclusive)."""

    hit: Hit
    first: int
    last: int

    @property
    def span(self) -> Span:
        """Return their place in the article's text."""
        sentences = self.hit.passage.sentences
        return Span(sentences[self.first].start, sentences[self.last].end)

    @property
    def quote(self) -> str:
        """Return their exact words."""
        offset = self.hit.passage.span.start
        return self.hit.text[self.span.start - offset : self.span.end - offset]

    @property
    def before(self) -> str:
        """Return the sentence before, which a pronoun may refer to, or "" if there is none."""
        if not self.first or not _PRONOUN.search(self.quote):
            return ""
        return sentence_texts(self.hit)[self.first - 1]

    def as_hit(self) -> Hit:
        """Return the sentences as a passage of their own, for the reader."""
        sentences = self.hit.passage.sentences[self.first : self.last + 1]
        passage = Passage(self.hit.passage.n, self.span, sentences)
        return replace(self.hit, passage=passage, text=self.quote)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports a written sentence, and the share (0 to 1) of its content words found there."""

    supports: tuple[Support, ...]
    coverage: float

    @property
    def text(self) -> str:
        """Return the words of all sentences."""
        return wording.joined(support.quote for support in self.supports)

    @property
    def surroundings(self) -> str:
        """Return text that may name whom the sentences mean: headings and sentences before."""
        headings = {support.hit.article.id: support.hit.article for support in self.supports}
        return wording.joined(
            [*map(heading, headings.values()), *(s.before for s in self.supports), self.text]
        )


def find(sentence: str, cited: Sequence[Hit]) -> Evidence:
    """Choose the sentences of the cited passages that cover the written one's content words."""
    wanted = wording.content(sentence)
    found = [
        (Support(hit, at, at), wording.content(text))
        for hit in cited
        for at, text in enumerate(sentence_texts(hit))
    ]
    chosen: list[Support] = []
    covered: frozenset[str] = frozenset()
    while found and len(chosen) < MOST_SENTENCES:
        best, stems = max(found, key=lambda one: _worth(wanted - covered, one[1]))
        added = len((wanted - covered) & stems)
        if added < max(1, MIN_ADDED * len(wanted)):
            break
        chosen.append(_with_antecedent(best))
        covered |= wanted & wording.content(chosen[-1].quote)
    coverage = len(covered) / len(wanted) if wanted else 0.0
    return Evidence(tuple(_joined(chosen)), coverage)


def _worth(wanted: frozenset[str], stems: frozenset[str]) -> tuple[int, float]:
    """Rank a sentence by its number of wanted stems, then by how few others it has."""
    return len(wanted & stems), -float(len(stems))


def _joined(chosen: Sequence[Support]) -> list[Support]:
    """Join neighbouring sentences."""
    joined: list[Support] = []
    for support in chosen:
        for n, other in enumerate(joined):
            if other.hit is support.hit and _adjoin(other, support):
                first, last = min(other.first, support.first), max(other.last, support.last)
                joined[n] = Support(other.hit, first, last)
                break
        else:
            joined.append(support)
    return joined


def _with_antecedent(support: Support) -> Support:
    """Add the sentence before one that begins with a pronoun."""
    if not support.first or not _PRONOUN_FIRST.match(support.quote):
        return support
    return replace(support, first=support.first - 1)


def _adjoin(one: Support, other: Support) -> bool:
    return one.first <= other.last + 1 and other.first <= one.last + 1


_PERSON = re.compile(r"\A(?:(he|she)|(his|her))\b(?!['’])", re.IGNORECASE)

_THING = re.compile(r"\A(?:they|it|their|its|this|these|that|those)\b", re.IGNORECASE)


def resolved(sentence: str, before: str | None) -> str | None:
    """Replace a first `He` or `Her` by the name it stands for; return None if that is unclear.

    `before` is the sentence before it, None where that was not kept.
    """
    person = _PERSON.match(sentence)
    if not person:
        return None if before is None and _THING.match(sentence) else sentence
    subject = _subject(before) if before else None
    if subject is None:
        return None
    return f"{subject}{'’s' if person[2] else ''}{sentence[person.end() :]}"


def _subject(sentence: str) -> str | None:
    """Return the first name that begins a clause, else the first one."""
    names = wording.names(sentence)
    leading = (n for n in names if re.search(r"(?:\A|, )\Z", sentence[: sentence.find(n)]))
    return next(leading, next(iter(names), None))
