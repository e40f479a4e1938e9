"""A question with all that finding its answer takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.answers.citing import Cited
from index.answers.reader_scoring import MOST_READ
from index.answers.timings import Timings
from index.model import Answer, Certainty, Form, Hit, Thresholds
from index.search.hybrid import Scope
from index.store.snapshot import Snapshot

NOT_CITED = Cited((), ())


@dataclass(frozen=True, slots=True)
class ScopedQuestion:
    """A question, and the articles that it is asked of.

    `plain` is without what is invisible or disguised in `text`, `rewritten` how it is read where
    names were misspelt. `beside` is where other values than those of the scope are looked for,
    `earlier` are answers whose sentences must not be given again.
    """

    text: str
    plain: str
    rewritten: str | None
    scope: Scope
    snapshot: Snapshot
    thresholds: Thresholds
    timings: Timings
    most_read: int = MOST_READ
    beside: Scope | None = None
    earlier: tuple[str, ...] = ()

    @property
    def read_as(self) -> str:
        """Return the question that is answered."""
        return self.rewritten or self.plain

    def answer(
        self,
        hits: Sequence[Hit],
        confidence: float,
        certainty: Certainty = Certainty.NONE,
        cited: Cited = NOT_CITED,
        form: Form = Form.QUOTES,
    ) -> Answer:
        """Return what is cited or, without a sentence, a refusal."""
        return Answer(
            question=self.text,
            rewritten=self.rewritten,
            certainty=certainty,
            sentences=cited.sentences,
            citations=cited.citations,
            hits=tuple(hits),
            confidence=confidence,
            timings_ms=self.timings.milliseconds,
            corpus=self.scope.version,
            no_articles=self.scope.empty,
            form=form,
        )
