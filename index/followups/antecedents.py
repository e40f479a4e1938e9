"""Who and what an earlier turn speaks of, the likeliest antecedent of a pronoun first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.followups import frames, lexicon
from index.followups.frames import Frame, is_plural, parse
from index.followups.noun_phrases import (
    NAME,
    Evidence,
    can_stand_for_pronoun,
    is_people,
    is_person,
    is_place,
    may_be_person,
    objects,
    topic,
    without_titles,
)
from index.followups.turns import Turn

_POSSESSOR = re.compile(rf"({NAME.pattern})(?=['’]s?\s)")

_COUNTED = re.compile(r"^(?:how many|which|what) ((?:[\w-]+ )*[\w-]+)$", re.IGNORECASE)

_PLACE = re.compile(r"\b(?:in|at|to|from) ((?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*)")

_SENTENCE_END = re.compile(r"(?<=[.?!])\s")

_PRONOUN = {
    "he": "he", "his": "he", "him": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
}  # fmt: skip


def people(turn: Turn, evidence: Evidence) -> Iterator[str]:
    """Single persons."""
    frame = parse(turn.question)
    if not frame:
        return
    asks_who = frame.wh.lower().startswith(("who", "which"))
    answerers = _answerers(turn.answer or "", evidence)
    if asks_who and not frame.subject[:1].isupper():
        yield from answerers
    asked = [p for p in (frame.subject, *objects(frame)) if can_stand_for_pronoun(p)]
    known = [p for p in asked if is_person(p, evidence) and not is_plural(p)]
    if may_be_person(frame.subject):
        yield frame.subject
    yield from known
    yield from answerers
    yield from (p for p in asked if may_be_person(p))
    yield from (name for name in _POSSESSOR.findall(turn.question) if may_be_person(name))


def _answerers(answer: str, evidence: Evidence) -> list[str]:
    """Persons in an answer that do something there: before a verb, or behind `by`."""
    found = []
    for match in NAME.finditer(answer):
        name = without_titles(match[0])
        acts = re.match(r"(?:,[^,.;]*,)?((?:\s+[\w-]+){1,2})", answer[match.end() :])
        does = acts and any(_is_verb(word) for word in acts[1].split())
        by = re.search(r"\bby(?: the)?(?: [a-z-]+){0,2} $", answer[: match.start()])
        acting = (does or by) and may_be_person(name) and not is_people(name)
        if acting and is_person(name, evidence):
            found.append(name)
    return list(dict.fromkeys(found))


def _is_verb(word: str) -> bool:
    return word.lower() in lexicon.AUXILIARIES | lexicon.spoke() or frames.is_past(word)


def groups(turn: Turn) -> Iterator[str]:
    """Several persons or things, or a team: what `they` may be."""
    frame = parse(turn.question)
    if not frame:
        return
    if frame.subject and is_plural(frame.subject) and can_stand_for_pronoun(frame.subject):
        yield frame.subject
    counted = _COUNTED.match(frame.wh)
    if counted and is_plural(counted[1]) and can_stand_for_pronoun(counted[1]):
        yield counted[1]
    answering = answering_subject(frame, turn.answer or "")
    if answering and (is_plural(answering) or frame.wh.lower().startswith("which")):
        yield answering
    yield from (p for p in objects(frame) if is_plural(p) and can_stand_for_pronoun(p))
    if may_be_person(frame.subject) or is_place(frame.subject) or frame.subject.isupper():
        yield frame.subject


def answering_subject(frame: Frame, answer: str) -> str | None:
    """With what an answer to `Who is suing them?` begins: `Three former employees`."""
    if frame.subject:
        return None
    verb = re.escape(frame.predicate.split(" ")[0])
    before = re.match(rf"((?:[\w'’-]+ ){{1,6}}?)(?:(?:is|are|has|have) )?{verb}\b", answer)
    if before and before[1].split()[-1] not in lexicon.AUXILIARIES:  # as in a passive
        return _inside_a_sentence(before[1].strip())
    critics = re.match(r"([A-Z][a-z]+) (\w+)", answer)
    if critics and is_people(critics[1]) and _is_verb(critics[2]):
        return critics[1].lower()
    return None


def _inside_a_sentence(opening: str) -> str:
    """What a sentence begins with, without the capital that it has for that."""
    first, _, rest = opening.partition(" ")
    common = (rest and rest[0].islower()) or is_people(first)
    return f"{first.lower()} {rest}".strip() if common else opening


def things(turn: Turn, evidence: Evidence) -> Iterator[str]:
    """What is neither a person nor several."""
    frame = parse(turn.question)
    if not frame:
        return
    about = topic(frame)
    if " " not in about and about and not (is_person(about, evidence) or is_plural(about)):
        yield about
    order = [about, frame.subject, *objects(frame)] if frame.subject else objects(frame)
    for phrase in order:
        singular = can_stand_for_pronoun(phrase) and not is_plural(phrase)
        if singular and not is_person(phrase, evidence):
            yield phrase


def place(turn: Turn) -> str | None:
    """Where something is, with its preposition left off."""
    found = [m[1] for text in (turn.question, turn.answer or "") for m in _PLACE.finditer(text)]
    return found[0] if found else None


def gender(name: str, evidence: Evidence) -> str:
    """Tell "he" or "she" by a title or by the first such pronoun behind the name; else ""."""
    last = re.escape(name.split()[-1])
    words = {word.lower().strip(".") for word in name.split()}
    for text in evidence.texts:
        titled = re.findall(rf"\b(\w+)\.?\s+(?:[A-Z][\w.-]*\s+)?{last}\b", text)
        words |= {word.lower() for word in titled}
    if words & lexicon.FEMALE:
        return "she"
    if words & lexicon.MALE:
        return "he"
    told = (
        _pronoun_after(last, sentence)
        for text in evidence.texts
        for sentence in _SENTENCE_END.split(text)
    )
    return next((pronoun for pronoun in told if pronoun), "")


def _pronoun_after(last: str, sentence: str) -> str:
    found = re.search(rf"\b{last}\b", sentence)
    rest = re.findall(r"[\w-]+", sentence[found.end() :]) if found else []
    return next((_PRONOUN[w.lower()] for w in rest if w.lower() in _PRONOUN), "")
