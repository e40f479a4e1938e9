"""A deterministic toy reader: a sentence answers when it has the question's words. For tests."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.model import Hit, Span
from index.reader.base import Reading, SentenceReading
from index.words import subject_words

_WORD = re.compile(r"\w+")
MARGIN = 6.0
"""From no word found (score -3) to all of them (3)."""


class OverlapReader:
    """Scores by the share of the question's subject words; needs no model."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Return one reading per hit."""
        wanted = {word.lower() for word in subject_words(question)}
        return [self._reading(wanted, hit) for hit in hits]

    @staticmethod
    def _reading(wanted: set[str], hit: Hit) -> Reading:
        found = []
        for sentence in hit.passage.sentences:
            start = hit.passage.span.start
            text = hit.text[sentence.start - start : sentence.end - start]
            share = len(wanted & {w.lower() for w in _WORD.findall(text)}) / max(len(wanted), 1)
            found.append(SentenceReading(MARGIN * (share - 0.5), Span(0, len(text))))
        return Reading(max(one.score for one in found), tuple(found))
