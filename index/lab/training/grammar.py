"""English clauses and verb forms for made-up questions."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from index.text.words import entries


@functools.cache
def _parts() -> dict[str, tuple[str, str]]:
    """Return base forms of irregular verbs with past and participle."""
    lines = (line.split("/") for line in entries("index.lab.training", "irregular_verbs"))
    return {base: (past, participle) for base, past, participle in lines}


_VOWELS = "aeiou"

_DOUBLING = {
    "plan", "stop", "ban", "drop", "permit", "admit", "commit", "refer", "prefer", "transfer",
    "occur", "rob", "grab", "plot", "win", "begin", "forbid", "set", "cut", "put", "run", "sit",
    "hit", "scrap", "ship", "slam", "strip", "trim", "control", "expel", "compel", "propel",
    "let", "get", "split", "quit", "swim",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forms:
    """announce, announces, announced, announced, announcing."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


def forms(verb: str) -> Forms:
    """The forms of a verb, with what follows it ("set up") kept."""
    base, _, rest = verb.partition(" ")
    past, participle = _parts().get(base) or (_past(base), _past(base))
    parts = (base, _third(base), past, participle, _gerund(base))
    return Forms(*(f"{part} {rest}".strip() for part in parts))


def _third(base: str) -> str:
    if base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ies"
    if base in {"have", "be"}:
        return {"have": "has", "be": "is"}[base]
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{base}s"


def _past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ied"
    return f"{base}{base[-1]}ed" if base in _DOUBLING else f"{base}ed"


def _gerund(base: str) -> str:
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")) and base != "be":
        return f"{base[:-1]}ing"
    return f"{base}{base[-1]}ing" if base in _DOUBLING else f"{base}ing"


def _verbs() -> tuple[str, ...]:
    return (*entries("index.lab.training", "regular_verbs"), *_parts())


@functools.cache
def base_of_past() -> dict[str, str]:
    """Return past forms with their base form."""
    return {forms(base).past: base for base in _verbs() if base != "be"}


@functools.cache
def participles() -> dict[str, str]:
    """Return past forms with what each becomes in the passive."""
    return {forms(base).past: forms(base).participle for base in _verbs()}


def any_past() -> str:
    """Return a regular expression for any known past form."""
    return "|".join(sorted(base_of_past(), key=len, reverse=True))


_AUXILIARY = "is|are|was|were|has|have|had|can|could|will|would|should|may|might|must"


@functools.cache
def _clause() -> re.Pattern[str]:
    return re.compile(
        rf"^(?P<subject>(?:The |An? |[A-Z])[\w'’ -]{{2,50}}?) "
        rf"(?:(?P<auxiliary>{_AUXILIARY}) (?!been\b)|(?P<past>{any_past()}) )"
        r"(?P<rest>[^.?!\"();:]+)$"
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
    match = _clause().match(statement)
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
    return Turned("did", subject, f"{base_of_past()[match['past']]} {match['rest']}")
