"""Questions of forms that question sets hardly have: whether something is so."""

from __future__ import annotations

import re

from index.model import Span
from index.reader.training.examples import Example, Item, Random

_STATED = re.compile(
    r"^((?:The |[A-Z])[\w'’ -]{2,50}?) (is|are|was|were|has|have|had|can|could|will|would|should) "
    r"(?!been\b)([^.?!\"();:]{10,110})[.!]?$"
)
UNDECIDED_SHARE = 0.35
"""Of the questions, how many come with the passage less the sentence that decides."""

_NAME_FIRST = re.compile(r"^[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)+")


def whether(item: Item, rng: Random) -> Example | None:
    """Turn a sentence of the item's paragraph into a yes/no question that it decides."""
    text = item.paragraph.text
    sentences = list(item.paragraph.sentences)
    rng.shuffle(sentences)
    for sentence in sentences:
        match = _STATED.match(sentence.of(text))
        if not match or len(match[1].split()) > 6 or _is_pronoun(match[1]):
            continue
        subject = match[1] if _NAME_FIRST.match(match[1]) else match[1][0].lower() + match[1][1:]
        rest = match[3].split(",")[0]
        span = item.paragraph.passage(sentence, rng)
        question = f"{match[2].capitalize()} {subject} {rest}?"
        before, after = text[span.start : sentence.start], text[sentence.end : span.end]
        title, kind = item.paragraph.title, "yes or no"
        if rng.random() < UNDECIDED_SHARE and (rest_of_it := f"{before}{after.lstrip()}".strip()):
            return Example(question, title, rest_of_it, None, kind)
        answer = Span(len(before), len(before) + sentence.end - sentence.start)
        return Example(question, title, span.of(text), answer, kind)
    return None


def _is_pronoun(subject: str) -> bool:
    return subject.split()[0] in {"It", "He", "She", "They", "This", "These", "That", "There"}
