"""From a model's sentences to an answer: each checked, cited by exact quotes, or left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from index.model import Answer, AnswerSentence, Citation, Hit, Span
from index.verification import parsing
from index.verification.evidence import Evidence, Support, resolved
from index.verification.parsing import WrittenSentence
from index.verification.verifier import Reason, Verifier

MOST_SENTENCES = 6

MIN_KEPT = 0.5
"""Of the model's sentences: if fewer are kept, the articles' own words are the answer."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A sentence that was not kept, and why; `quoted` where a quote stands in its place."""

    text: str
    reason: Reason
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What a model's text came to.

    `answer` has the sentences that were kept; `holds` is whether these are enough for it to be the
    answer.
    """

    answer: Answer
    removed: tuple[Removed, ...]
    holds: bool


@dataclass
class Composition:
    """Takes sentences one by one. `extractive` is the answer that they are to put in other words.

    Not thread-safe; `add` blocks for the reader.
    """

    extractive: Answer
    sources: Sequence[Hit]
    verifier: Verifier
    model: str
    _sentences: list[AnswerSentence] = field(default_factory=list)
    _citations: dict[tuple[str, Span], Citation] = field(default_factory=dict)
    _removed: list[Removed] = field(default_factory=list)
    _kept: int = 0
    _before: str | None = None

    def add(self, draft: WrittenSentence) -> None:
        """Check a sentence and keep it, or put a quote in its place, or leave it out."""
        text = parsing.plain(draft.text)
        said = any(text == sentence.text for sentence in self._sentences)
        if said or len(self._sentences) >= MOST_SENTENCES:
            return
        cited = [self.sources[n - 1] for n in draft.numbers if 0 < n <= len(self.sources)]
        whole = resolved(text, self._before)
        self._before = None
        if parsing.has_link(draft.text):
            self._removed.append(Removed(text, Reason.LINK))
        elif not cited:
            self._removed.append(Removed(text, Reason.UNCITED))
        elif whole is None:
            self._removed.append(Removed(text, Reason.PRONOUN))
        else:
            self._judge(text, whole, cited)

    def _judge(self, text: str, whole: str, cited: Sequence[Hit]) -> None:
        """Keep a sentence if its passages bear it; `whole` is it with whom its pronoun means."""
        verdict = self.verifier.judge(whole, cited)
        if verdict.reason:
            quoted = self._quote(verdict.evidence)
            self._removed.append(Removed(text, verdict.reason, quoted))
            return
        self._kept += 1
        self._before = whole
        numbers = tuple(self._cite(support) for support in verdict.evidence.supports)
        self._sentences.append(AnswerSentence(text, numbers))

    def result(self) -> Written:
        """Return the answer so far."""
        answer = replace(
            self.extractive,
            sentences=tuple(self._sentences),
            citations=tuple(self._citations.values()),
            written_by=self.model,
        )
        whole = self._kept + len(self._removed)
        holds = self._kept > 0 and self._kept >= MIN_KEPT * whole
        return Written(answer, tuple(self._removed), holds)

    def _cite(self, support: Support) -> int:
        article, span = support.hit.article, support.span
        return self._number(
            Citation(0, article, span, support.quote, tuple(self._highlights(support)))
        )

    def _number(self, citation: Citation) -> int:
        """Return the number of a quote, the same wherever it is cited."""
        numbered = replace(citation, number=len(self._citations) + 1)
        key = (citation.article.id, citation.span)
        return self._citations.setdefault(key, numbered).number

    def _highlights(self, support: Support) -> Iterator[Span]:
        """Yield the words of the quote that answer, where the articles' own answer shows them."""
        start = support.span.start
        for citation in self._extracted(support):
            for words in citation.highlights:
                moved = Span(*(citation.span.start + at - start for at in (words.start, words.end)))
                if moved.start >= 0 and moved.end <= len(support.quote):
                    yield moved

    def _quote(self, evidence: Evidence) -> bool:
        """Put the articles' own sentence in place of one that is not supported, if it answers."""
        quotes = (c for support in evidence.supports[:1] for c in self._extracted(support))
        citation = next(quotes, None)
        if citation is None or (citation.article.id, citation.span) in self._citations:
            return False
        number = self._number(citation)
        self._sentences += [
            AnswerSentence(sentence.text, (number,))
            for sentence in self.extractive.sentences
            if citation.number in sentence.citations
        ]
        return True

    def _extracted(self, support: Support) -> Iterator[Citation]:
        """Yield the quotes of the articles' own answer that overlap these sentences."""
        for citation in self.extractive.citations:
            same = citation.article.id == support.hit.article.id
            if same and citation.span.overlaps(support.span):
                yield citation
