"""Who said what: passages made like news reports, because question sets hardly have any.

Speakers are made up; what they say are sentences of the question set. A question names one speaker
and one subject, and is answered only where that speaker spoke of that subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.lab.training.examples import Example, Item, Random
from index.model import Span
from index.text.words import entries

_ASKS_WHO = (
    "Who spoke about {what}?|Who commented on {what}?|Who said something about {what}?|"
    "Who made remarks about {what}?"
).split("|")

_ASKS_WHETHER = (
    "Did {who} say anything about {what}?|Did {who} mention {what}?|Did {who} comment on {what}?"
).split("|")

_ASKS_WHO_IS = "Who is {who}?|What is {who}'s position?|What is the role of {who}?".split("|")

MAX_CLAUSE_CHARS = 190

MAX_SUBJECT_WORDS = 4

MAX_SPEAKERS = 3

UNANSWERED_SHARE = 0.4
"""Of each form of question, so that the form alone tells nothing."""

WHETHER_SHARE, WHO_SHARE, WHO_IS_SHARE = 0.12, 0.12, 0.08

BY_ROLE_SHARE = 0.15
"""Of the speakers whose role is told, how many a question calls by it."""

GOES_ON_SHARE = 0.35
"""Of the speakers, how many say a second thing, mostly under a pronoun."""

LEAD_SHARE = 0.4
"""Of the reports, how many open with a sentence that nobody says."""


@dataclass(frozen=True, slots=True)
class _Person:
    first: str
    last: str
    role: str
    pronoun: str

    def called(self, rng: Random) -> str:
        """As a question names the person."""
        return rng.choice([self.last, f"{self.first} {self.last}", self.last])

    def introduced(self, rng: Random) -> str:
        """As a report names the person."""
        name = f"{self.first} {self.last}"
        return rng.choice(
            [f"{self.role} {name}", name, f"{name}, the {self.role.lower()},", self.last]
        )


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence without its full stop, and a subject that it names."""

    clause: str
    subject: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim, who made it, and where claim and speaker stand in the report."""

    person: _Person
    claim: _Claim
    clause: Span
    name: Span
    role: Span | None


class Statements:
    """Draws passages in which people say things, and questions on them."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._claims = sorted(
            {claim for item in items for claim in _claims(item)},
            key=lambda c: (c.clause, c.subject),
        )
        self._titles = sorted({item.paragraph.title for item in items})

    def draw(self, rng: Random) -> Example:
        """A report of several speakers and a question, answered by it or nearly so."""
        *people, absent = _people(rng, rng.randint(2, MAX_SPEAKERS) + 1)
        passage, said = self._report(people, rng)
        asked = rng.choice(said)
        subject, who = asked.claim.subject, asked.person
        form, fate = rng.random(), rng.random()
        answer: Span | None = asked.clause
        template = rng.choice(_ASKS_WHETHER if form < WHETHER_SHARE else _list("asks"))
        if form > 1 - WHO_SHARE:
            template, answer = rng.choice(_ASKS_WHO), asked.name
            if fate < UNANSWERED_SHARE:  # a subject of nobody in the report
                subject, answer = rng.choice(self._claims).subject, None
                if any(_spoke_of(said, person, subject) for person in people):
                    return self.draw(rng)
        elif form > 1 - WHO_SHARE - WHO_IS_SHARE:
            template, answer = rng.choice(_ASKS_WHO_IS), asked.role
            if answer is None:  # the report names the person and does not say who that is
                who = rng.choice([who, absent])
        elif fate < UNANSWERED_SHARE:
            who, subject = self._mismatched(asked, people, absent, rng)
            if _spoke_of(said, who, subject):
                return self.draw(rng)
            answer = None
        known = who == absent or any(one.role for one in said if one.person == who)
        by_role = known and template not in _ASKS_WHO_IS and rng.random() < BY_ROLE_SHARE
        called = f"the {who.role.lower()}" if by_role else who.called(rng)
        question = template.format(who=called, what=subject)
        return Example(question, rng.choice(self._titles), passage, answer, "statement")

    def _mismatched(
        self, asked: _Said, people: Sequence[_Person], absent: _Person, rng: Random
    ) -> tuple[_Person, str]:
        """A speaker and a subject that do not belong together, each likely by itself."""
        fate = rng.random()
        if fate < 0.5:  # the right subject, another speaker of the same report
            return rng.choice([p for p in people if p != asked.person]), asked.claim.subject
        if fate < 0.75:
            return absent, asked.claim.subject
        return asked.person, rng.choice(self._claims).subject

    def _report(self, people: Sequence[_Person], rng: Random) -> tuple[str, list[_Said]]:
        """A passage in which everybody says something, some of them twice."""
        passage, said = "", []
        if rng.random() < LEAD_SHARE:
            lead = rng.choice(self._claims).clause
            passage = f"{lead[0].upper()}{lead[1:]}. "
        for person in people:
            passage, one = _stated(passage, person, rng.choice(self._claims), rng)
            said.append(one)
            if rng.random() < GOES_ON_SHARE:
                opening = rng.choice(_list("goes_on")).format(he=person.pronoun, last=person.last)
                claim = rng.choice(self._claims)
                start = len(passage) + len(opening) + 1
                clause = Span(start, start + len(claim.clause))
                said.append(_Said(person, claim, clause, one.name, one.role))
                passage += f"{opening} {claim.clause}. "
        return passage.strip(), said


def _list(name: str) -> tuple[str, ...]:
    return entries("index.lab.training", name)


def _people(rng: Random, count: int) -> list[_Person]:
    lasts, roles = rng.sample(_list("last_names"), count), rng.sample(_list("roles"), count)
    found = []
    for last, role in zip(lasts, roles, strict=True):
        pronoun, firsts = rng.choice([("She", "women"), ("He", "men")])
        found.append(_Person(rng.choice(_list(firsts)), last, role, pronoun))
    return found


def _stated(passage: str, person: _Person, claim: _Claim, rng: Random) -> tuple[str, _Said]:
    """Add a sentence in which the person makes the claim, before or after the name."""
    who = person.introduced(rng)
    bare = who.rstrip(",")
    if rng.random() < 0.25:
        quote = '"' if rng.random() < 0.5 else ""
        start = len(passage) + len(quote)
        passage += f"{quote}{claim.clause},{quote} "
        name = Span(len(passage), len(passage) + len(bare))
        passage += f"{bare} said. "
    else:
        name = Span(len(passage), len(passage) + len(bare))
        passage += f"{who} {rng.choice(_list('says'))} "
        start = len(passage)
        passage += f"{claim.clause}. "
    at = name.of(passage).lower().find(person.role.lower())
    role = Span(name.start + at, name.start + at + len(person.role)) if at >= 0 else None
    return passage, _Said(person, claim, Span(start, start + len(claim.clause)), name, role)


def _spoke_of(said: Sequence[_Said], who: _Person, subject: str) -> bool:
    """Whether the person's own claims name the subject after all."""
    own = " ".join(one.claim.clause for one in said if one.person == who)
    return subject.casefold().rstrip(".") in own.casefold()


def _claims(item: Item) -> list[_Claim]:
    """The sentences with an answer that is short enough to be somebody's subject."""
    found = []
    text = item.paragraph.text
    for answer in item.answers[:1]:
        subject = answer.of(text).strip()
        if not 1 <= len(subject.split()) <= MAX_SUBJECT_WORDS or not subject[:1].isalpha():
            continue
        for sentence in item.paragraph.sentences:
            if sentence.start <= answer.start and answer.end <= sentence.end:
                clause = sentence.of(text).rstrip(".!? ")
                if len(clause) <= MAX_CLAUSE_CHARS and '"' not in clause and "\n" not in clause:
                    found.append(_Claim(_lowered(clause), subject))
    return found


_STARTERS = (
    "The A An In On At It He She They This That These Those There His Her Its Their Some Many Most "
    "All Both After Before During While When Since By For From With As Although However"
).split()


def _lowered(clause: str) -> str:
    """A sentence as it goes on after `that`."""
    first, _, rest = clause.partition(" ")
    return f"{first.lower()} {rest}" if first in _STARTERS else clause
