"""People of one surname in the articles: who is meant in each sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from index.answers import speakers
from index.answers.alone import stands_alone
from index.answers.candidates import Candidate, sentence_texts
from index.model import Hit
from index.text.spelt import MONTHS, WEEKDAYS

_CAPITAL = r"[A-ZÀ-ÞĀ-Ž](?:\.|[\w-]{1,30})"

_NAME = re.compile(rf"\b{_CAPITAL}(?: {_CAPITAL}){{0,5}}(?:['’]s?\b)?")

_AND = re.compile(rf"\b({_CAPITAL}) and \Z")

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

_TITLES = frozenset(
    """
    baroness captain chair chairman chairwoman chancellor chief coach colonel commissioner
    councillor defence detective director doctor dr education engineer finance foreign general
    governor health home interior judge justice king lady leader lord major manager mayor minister
    miss mr mrs ms officer pastor police president prime prince princess prof professor queen
    representative secretary senator sergeant sir spokesman spokeswoman striker transport treasurer
    """.split()
)
"""What stands before a surname and is no first name: titles, parts of offices, kinds of work."""

_NO_FIRST_NAMES = frozenset(
    """
    a according after all also an and as at because before but by did does during for from had has
    have he her his how if in is it its of on or said says she so that the their then these they
    this those to was were what when where which while who whom whose why will with would
    """.split()
).union(MONTHS, WEEKDAYS)


_OF_TWO = re.compile(r"\b(?:younger|elder|older|other)\s\Z")
"""Before a surname: not the one who was named last."""


@dataclass(frozen=True, slots=True)
class Person:
    """A surname with what stands before it, in lower case: first names, titles, or nothing."""

    surname: str
    given: frozenset[str]
    titles: frozenset[str]

    def is_other(self, person: Person) -> bool:
        """Tell whether two full names of one surname are of two people."""
        return bool(self.given and person.given) and self.given.isdisjoint(person.given)


def shared(hits: Iterable[Hit]) -> dict[str, list[Person]]:
    """Return the full names in the passages by surname, where two people have it."""
    found: dict[str, list[Person]] = {}
    for one in {person for hit in hits for person in _mentions(hit.text) if person.given}:
        found.setdefault(one.surname, []).append(one)
    return {
        surname: people
        for surname, people in found.items()
        if any(one.is_other(other) for one, other in combinations(people, 2))
    }


def named_by(question: str, people: dict[str, list[Person]]) -> list[Person]:
    """Return those namesakes that a question names by first name or title; none if it does not."""
    said = [word.casefold() for word in _WORD.findall(question)]
    found: list[Person] = []
    for n, word in enumerate(said):
        before = set(said[max(0, n - 2) : n])
        namesakes = people.get(word, [])
        by_name = [one for one in namesakes if not one.given.isdisjoint(before)]
        found += by_name or [one for one in namesakes if not one.titles.isdisjoint(before)]
    return found


def is_nobody(name: str, hits: Iterable[Hit]) -> bool:
    """Tell whether the passages have the surname of a name, and only with other first names."""
    asked = next(_mentions(name.title()), None)
    if asked is None or not asked.given:
        return False
    mentions = (person for hit in hits for person in _mentions(hit.text))
    full = [one for one in mentions if one.surname == asked.surname and one.given]
    return bool(full) and all(asked.is_other(one) for one in full)


@dataclass(frozen=True, slots=True)
class Namesakes:
    """The namesakes in a sentence, and the sentence that has their first name if this has none."""

    people: tuple[Person, ...] = ()
    named_in: int | None = None

    def all_other(self, wanted: Sequence[Person]) -> bool:
        """Tell whether a sentence is about namesakes of those wanted, and none of them."""
        about = [one for one in self.people if any(w.surname == one.surname for w in wanted)]
        return bool(about and wanted) and all(
            all(one.is_other(w) for w in wanted if w.surname == one.surname) for one in about
        )


def meant(hit: Hit, people: dict[str, list[Person]]) -> list[Namesakes]:
    """Return who is meant in each sentence of a hit: a bare surname is the last full name's."""
    seen: list[tuple[Person, int]] = []
    found: list[Namesakes] = []
    for n, sentence in enumerate(sentence_texts(hit)):
        resolved: list[tuple[Person, int]] = []
        for mention in _mentions(sentence):
            if mention.surname not in people:
                continue
            own = [each for each in seen if each[0].surname == mention.surname]
            titled = [each for each in own if not each[0].titles.isdisjoint(mention.titles)]
            if mention.given:
                resolved.append((mention, n))
                seen.append((mention, n))
            elif own:
                resolved.append((titled or own)[-1])
        if not resolved and found and not stands_alone(sentence):
            found.append(found[-1])
            continue
        bare = [at for _, at in resolved if at != n]
        named = bare[0] if bare and len(bare) == len(resolved) else None
        found.append(Namesakes(tuple(person for person, _ in resolved), named))
    return found


LIKELY_SAID = -3.0
"""The log odds above which the words of a namesake are shown as well. Set, not fitted."""


def others(question: str, ranked: Sequence[Candidate]) -> list[Candidate]:
    """Return the likeliest sentence of each further person who may be meant by a bare surname."""
    name = speakers.name_asked_for(question)
    found = each_of(
        question,
        ranked,
        lambda one: (
            one is ranked[0]
            or one.good_enough
            or (one.score > LIKELY_SAID and speakers.speaks(name, one.text))
        ),
    )
    return found[1:] if found[:1] == list(ranked[:1]) else []


def each_of(
    question: str,
    ranked: Sequence[Candidate],
    is_likely: Callable[[Candidate], bool] = lambda _: True,
) -> list[Candidate]:
    """Return the first likely sentence of each person who may be meant by a bare surname.

    None where nobody shares it, or the question says who is meant.
    """
    people = shared({id(one.hit): one.hit for one in ranked}.values())
    said = {word.casefold() for word in _WORD.findall(question)}
    bare = said & people.keys()
    if not bare or named_by(question, people):
        return []
    known: list[Person] = []
    found: list[Candidate] = []
    for one in ranked:
        about = meant(one.hit, people)[one.index].people
        who = next((each for each in about if each.surname in bare and each.given), None)
        if who and is_likely(one) and all(who.is_other(each) for each in known):
            known.append(who)
            found.append(one)
    return found


def _mentions(text: str) -> Iterator[Person]:
    """Yield the names of a text that may be a person's."""
    for match in _NAME.finditer(text):
        if _OF_TWO.search(text, max(0, match.start() - 8), match.start()):
            continue
        *before, surname = [re.sub("['’]s?$", "", word).casefold() for word in match[0].split()]
        titles = frozenset(word for word in before if word in _TITLES)
        given = frozenset(before) - titles - _NO_FIRST_NAMES
        yield Person(surname, given, titles)
        if given and (couple := _AND.search(text, 0, match.start())):
            # "John and Mary Smith"
            yield Person(surname, frozenset([couple[1].casefold()]), titles)
