"""Statements turned around: "The town exported salt" to "did the town export salt"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.reader.training.verbs import BASE_OF_PAST

_AUXILIARY = "is|are|was|were|has|have|had|can|could|will|would|should|may|might|must"
_PAST = "|".join(sorted(BASE_OF_PAST, key=len, reverse=True))
_CLAUSE = re.compile(
    rf"^(?P<subject>(?:The |An? |[A-Z])[\w'’ -]{{2,50}}?) "
    rf"(?:(?P<auxiliary>{_AUXILIARY}) (?!been\b)|(?P<past>{_PAST}) )(?P<rest>[^.?!\"();:]+)$"
)
_PRONOUNS = {"It", "He", "She", "They", "This", "These", "That", "There", "We", "You", "I", "In"}
_BEYOND = re.compile(
    r"^(?:In|On|At|By|After|Before|During|From|Although|While|When|As|For|With|Since|If|Despite|"
    r"Under|However|Because|Its|His|Her|Their|Both|Many|Most|Some|One|Sometimes|First|Then|Also|"
    r"Others|Only|Not|No|Nobody|Nothing|None|Just|Here|Even|To|Or|And|But|So|Once|My|Our)\b|"
    r"\b(?:that|who|which|where|when|whose|and|or|I|we|you)$"
)
MAX_SUBJECT_WORDS = 6


@dataclass(frozen=True, slots=True)
class Turned:
    """`did`, `the town`, `export salt`."""

    auxiliary: str
    subject: str
    rest: str

    @property
    def question(self) -> str:
        """In a question's order, without its mark."""
        return f"{self.auxiliary} {self.subject} {self.rest}"


def turn(statement: str) -> Turned | None:
    """Take a statement apart, None where that is beyond a pattern."""
    match = _CLAUSE.match(statement)
    if not match:
        return None
    subject = match["subject"]
    first = subject.split()[0]
    if len(subject.split()) > MAX_SUBJECT_WORDS or first in _PRONOUNS or _BEYOND.search(subject):
        return None
    if first in {"The", "A", "An"}:
        subject = subject[0].lower() + subject[1:]
    if match["auxiliary"]:
        return Turned(match["auxiliary"], subject, match["rest"])
    return Turned("did", subject, f"{BASE_OF_PAST[match['past']]} {match['rest']}")
