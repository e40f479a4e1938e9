"""`python -m tests.e2e.quick_bot run`: Footnote, but that its reader only counts words.

For tests that ask many questions and do not judge how well they are answered: the real reader
takes .35 s of both cores for each passage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.cli.commands import main
from index import models
from index.model import Hit, Span
from index.models.reader import Reading, SentenceReading
from index.text.words import subject_words
from tests.forks import Fork

RUN = Fork("tests.e2e.quick_bot", "run")

ENOUGH_WORDS = 3
"""Of the question that a sentence has to have, or all where it has fewer."""

SURE_SCORE = 8.0
"""Of the real reader for a sentence that surely answers."""

_WORD = re.compile(r"\w+")


class CountingReader:
    """Finds the answer in each sentence that has enough of the question's words."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        wanted = {word.lower() for word in subject_words(question)}
        needed = min(len(wanted), ENOUGH_WORDS)
        return [self._reading(wanted, needed, hit) for hit in hits]

    @staticmethod
    def _reading(wanted: set[str], needed: int, hit: Hit) -> Reading:
        start, found = hit.passage.span.start, []
        for span in hit.passage.sentences:
            text = hit.text[span.start - start : span.end - start]
            has = len(wanted.intersection(_WORD.findall(text.lower()))) >= needed
            score = SURE_SCORE if has else -SURE_SCORE
            found.append(SentenceReading(score, Span(0, len(text))))
        return Reading(max(one.score for one in found), tuple(found))


if __name__ == "__main__":
    models.load_reader = lambda cache: CountingReader()
    main()
