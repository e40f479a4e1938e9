"""Questions of four kinds over one corpus: answerable, and three ways of being unanswerable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.evaluation.bench import Bench
from index.evaluation.data import Asked, Part, Topic, of_part
from index.model import Span
from index.scope import Scope

Kind = Literal["answerable", "adversarial", "gold removed", "other article"]
KINDS: tuple[Kind, ...] = ("answerable", "adversarial", "gold removed", "other article")

PRIOR: dict[Kind, float] = {
    "answerable": 1 / 2,
    "adversarial": 1 / 6,
    "gold removed": 1 / 6,
    "other article": 1 / 6,
}
"""The mixture that a confidence is calibrated to: half of what is asked has an answer."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A question to a scope. `gold` are the answers in the paragraph, where it is answerable."""

    kind: Kind
    text: str
    paragraph: str
    gold: tuple[Span, ...]
    gold_texts: tuple[str, ...]
    scope: Scope


def pose(
    bench: Bench, topics: Sequence[Topic], part: Part, foreign: Sequence[Asked], limit: int
) -> Iterator[Posed]:
    """Questions of a part to all paragraphs of the bench, at most `limit` of each kind.

    Gold removed: an answerable question to all paragraphs but its own (and its copies). Other
    article: questions on topics that the bench does not have.
    """
    texts = {d.origin or "": d.text for topic in topics for d in topic.paragraphs}
    whole = Topic("", (), tuple(q for topic in of_part(topics, part) for q in topic.questions))
    for asked in whole.sample(limit, answerable=True):
        text = texts[asked.paragraph]
        said = tuple(span.of(text) for span in asked.answers)
        yield Posed("answerable", asked.text, asked.paragraph, asked.answers, said, bench.scope)
        rest = (a for a in bench.articles if texts[a.origin or ""] != text)
        yield Posed("gold removed", asked.text, "", (), (), Scope.of(rest))
    for asked in whole.sample(limit, answerable=False):
        yield Posed("adversarial", asked.text, "", (), (), bench.scope)
    for asked in foreign[:limit]:
        yield Posed("other article", asked.text, "", (), (), bench.scope)
