"""Noun phrases of the turns: what each pronoun may stand for, likeliest first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.followups import english
from index.followups.frames import Frame, Turn, is_plural, parse

MAX_WORDS = 6
"""Of an antecedent; what is longer was most probably not taken apart rightly."""

_CAPITAL = r"[A-Z][^\W_]*(?:[.'’\-][^\W_]+)*\.?"

NAME = re.compile(
    rf"(?<![\w.]){_CAPITAL}(?:\s+(?:(?:von|van|de|der|den|al|bin|la|del)\s+)*{_CAPITAL})*"
)
"""A run of capitalised words."""

_PREPOSITION = re.compile(rf"(?:^|\s+)(?:{'|'.join(english.PREPOSITIONS)})\s+", re.IGNORECASE)

_ABOUT = re.compile(rf"\b(?:{'|'.join(english.ABOUT)})\s+(.+)$", re.IGNORECASE)

_NO_PART = english.PRONOUNS | {"which", "who", "when", "while", "or", "a", "an", "if", "what"}

_PLACE = re.compile(r"\b(?:in|at|to|from) ((?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*)")


def is_place(name: str) -> bool:
    """Tell whether it is a country, a part of the world, or one of their capitals."""
    return name.lower().removeprefix("the ").strip() in english.PLACES


def may_be_person(name: str) -> bool:
    """Tell whether it is a name that is not known for something else."""
    words = name.split()
    if not NAME.fullmatch(name) or name.lower() in english.FUNCTION_WORDS or is_place(name):
        return False
    is_organisation = {word.lower() for word in words} & english.ORGANISATIONS
    return not is_organisation and not any(w.isupper() and len(w) > 1 for w in words[-1:])


def is_person(phrase: str) -> bool:
    """Tell whether its form tells that it can say something: a role, a title, a full name."""
    words = phrase.lower().split()
    if not words or words[-1] in english.ORGANISATIONS:
        return False
    if words[0].strip(".") in english.TITLES or _head(phrase) in english.ROLES or is_people(phrase):
        return True
    return len(words) > 1 and may_be_person(phrase)


def is_people(phrase: str) -> bool:
    """Tell whether it is a plural of people: `critics`, `European leaders`, `Brandt and Keller`."""
    last = _head(phrase)
    return (
        last in english.PEOPLE
        or last.removesuffix("s") in english.ROLES - {last}
        or last.endswith(english.PEOPLE_ENDINGS)
        or (" and " in phrase and phrase[0].isupper())
    )


def _head(phrase: str) -> str:
    """Return the word that a noun phrase is named after, in lower case: the last before `of`."""
    words = phrase.lower().split()
    end = next((i for i, w in enumerate(words) if i and w in english.PREPOSITIONS), len(words))
    return words[end - 1] if end else ""


def topic(frame: Frame) -> str:
    """Return what is spoken of: the noun phrase behind `about`; "" where there is none."""
    found = _ABOUT.search(frame.predicate)
    return found[1] if found else ""


def persons(turn: Turn) -> Iterator[str]:
    """Yield what `he` and `she` may be: first who was asked about, or who answers to `who`."""
    frame = parse(turn.question)
    if not frame:
        return
    subject = frame.subject
    asked = [p for p in _asked_about(frame) if is_person(p) and not is_plural(p)]
    if may_be_person(subject) and subject not in asked:
        asked.insert(0, subject)
    answering = [
        name for name in _names(turn.answer or "") if name.split()[-1] not in turn.question
    ]
    asks_who = frame.wh.lower().startswith(("who", "which"))
    if asks_who and not subject[:1].isupper():
        asked = [*answering, *asked]
    yield from (*asked, *answering)
    yield from (name for name in _names(turn.question) if not any(name in one for one in asked))


def _names(text: str) -> list[str]:
    """Return what may be names of persons, without their titles."""
    placed = re.compile(r"\b(?:in|at|from|near|on|since|until|last|next|this)(?: the)? $")
    found = (
        _without_titles(match[0])
        for match in NAME.finditer(text)
        if " " in match[0] or not placed.search(text[: match.start()])
    )
    kept = (name for name in dict.fromkeys(found) if may_be_person(name) and len(name) > 1)
    return [name for name in kept if not is_people(name)]


def _without_titles(run: str) -> str:
    """Return the name in a run of capitalised words: `US Secretary of State Marco` is `Marco`."""
    words = re.sub(r"['’]s?$", "", run.rstrip(".")).split()
    at = max((i for i, w in enumerate(words) if w.lower().strip(".") in english.TITLES), default=-1)
    if at < 0 and words[0].lower() in english.FUNCTION_WORDS:
        at = 0
    return " ".join(words[at + 1 :])


def groups(turn: Turn) -> Iterator[str]:
    """Yield what `they` may be: several persons or things, or a team."""
    frame = parse(turn.question)
    if not frame:
        return
    answering = answering_subject(frame, turn.answer or "")
    if answering and (is_plural(answering) or frame.wh.lower().startswith("which")):
        yield answering
    yield from (phrase for phrase in _asked_about(frame) if is_plural(phrase))


def things(turn: Turn) -> Iterator[str]:
    """Yield what `it` may be: neither a person nor several, nor where something else is."""
    frame = parse(turn.question)
    if not frame:
        return
    where = place(turn)
    for phrase in _asked_about(frame):
        located = where is not None and phrase.startswith(where)
        if not (located or is_plural(phrase) or is_person(phrase)):
            yield phrase


def place(turn: Turn) -> str | None:
    """Return where something is, without its preposition."""
    found = _PLACE.search(turn.question) or _PLACE.search(turn.answer or "")
    return found[1] if found else None


def _asked_about(frame: Frame) -> list[str]:
    """Return the noun phrases of a question: its topic, its subject, and its objects."""
    verb, _, rest = frame.predicate.partition(" ")
    text = frame.predicate if verb.lower() in english.PREPOSITIONS else rest
    about = topic(frame)
    parts = [frame.subject, about, *_PREPOSITION.split(text)]
    return [part for part in dict.fromkeys(map(str.strip, parts)) if _can_be_meant(part)]


def _can_be_meant(phrase: str) -> bool:
    """Tell whether it is short, definite and without a clause or a pronoun of its own."""
    words = phrase.lower().split()
    if not 1 <= len(words) <= MAX_WORDS or set(words) & _NO_PART or "," in phrase:
        return False
    definite = words[0] == "the" or phrase[0].isupper() or is_plural(phrase) or "s " in phrase
    return definite and phrase[0].isalpha()


def answering_subject(frame: Frame, answer: str) -> str | None:
    """Return how an answer to `Who is suing them?` begins: `Three former employees`."""
    if frame.subject:
        return None
    verb = re.escape(frame.predicate.split(" ")[0])
    passive = frame.aux.lower() in english.BE
    aux = "is|are|was|were" if passive else "is|are|has|have|will"
    before = re.match(rf"((?:[\w'’-]+ ){{1,6}}?)(?:(?:{aux}) )?{verb}\b", answer)
    if before and before[1].split()[-1] not in english.AUXILIARIES:  # as in a passive
        return _inside_a_sentence(before[1].strip())
    critics = re.match(r"([A-Z][a-z]+) (\w+)", answer)
    if critics and is_people(critics[1]) and english.is_past(critics[2]):
        return critics[1].lower()
    return None


def _inside_a_sentence(opening: str) -> str:
    """Lower the capital that a phrase has only because it begins a sentence."""
    first, _, rest = opening.partition(" ")
    common = rest[:1].islower() and not rest.startswith("and ")
    common = common or is_people(first)
    return f"{first.lower()} {rest}".strip() if common else opening
