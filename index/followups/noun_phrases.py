"""Noun phrases: what they name, who speaks, and which of them a pronoun stands for."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.followups import english
from index.followups.frames import Frame, Turn, is_plural, parse

Speaks = Callable[[str], bool]
"""Whether the articles know a name (any case) as a speaker's."""

_BESIDE_WORDS = 2
"""`Trump later commented`: so many words may stand between a name and its verb."""


def is_speaker(name: str, texts: Iterable[str]) -> bool:
    """Tell whether in one of the texts the name has a title or stands before a verb of speaking.

    For a `Speaks`: pass the passages that a search for the name finds.
    """
    titles, verbs = "|".join(english.TITLES), "|".join(english.SPEECH_FORMS)
    given = r"(?:[A-Z][\w.'’-]*\s+){0,2}"
    known = re.compile(
        rf"\b(?:{titles})\s+(?-i:{given})(?:{re.escape(name)})\b"
        rf"|\b{re.escape(name)}(?:,[^,.]{{1,60}},)?(?:\s+\w+){{0,{_BESIDE_WORDS}}}\s+(?:{verbs})\b",
        re.IGNORECASE,
    )
    return any(known.search(text) for text in texts)


def no_speakers(_name: str) -> bool:
    """Know no speakers, as a `Speaks`."""
    return False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells a speaker: the texts of the earlier turns, then the articles."""

    texts: Sequence[str]
    in_articles: Speaks

    @classmethod
    def of(cls, turns: Iterable[Turn], speaks: Speaks) -> Evidence:
        """Gather it, asking the articles once for each name."""
        texts = [text for turn in turns for text in (turn.question, turn.answer) if text]
        return cls(texts, functools.cache(speaks))

    def of_speaker(self, name: str) -> bool:
        """Tell whether the name is a speaker's."""
        return is_speaker(name, self.texts) or self.in_articles(name)


MAX_WORDS = 6
"""Of an antecedent; what is longer was most probably not taken apart rightly."""

_PARTICLES = "von|van|de|der|den|al|bin|la|del"

_CAPITAL = r"[A-Z][^\W_]*(?:[.'’\-][^\W_]+)*\.?"

NAME = re.compile(rf"(?<![\w.]){_CAPITAL}(?:\s+(?:(?:{_PARTICLES})\s+)*{_CAPITAL})*")
"""A run of capitalised words."""

PREPOSITION = re.compile(rf"(?:^|\s+)(?:{'|'.join(english.PREPOSITIONS)})\s+", re.IGNORECASE)

_ABOUT = re.compile(rf"\b(?:{'|'.join(english.ABOUT)})\s+(.+)$", re.IGNORECASE)

_POSSESSIVE = re.compile(r"['’]s?$")

_NO_PART = english.PRONOUNS | {"which", "who", "when", "while", "or", "a", "an", "if", "what"}

_COUNTED = re.compile(r"^(?:\d|one\b|two\b|three\b|four\b|five\b|both\b|all\b|most\b|many\b)", re.I)


def without_titles(run: str) -> str:
    """Return the name in a run of capitalised words: `US Secretary of State Marco` is `Marco`."""
    words = _POSSESSIVE.sub("", run.rstrip(".")).split()
    at = max((i for i, w in enumerate(words) if w.lower().strip(".") in english.TITLES), default=-1)
    if at < 0 and words[0].lower() in english.FUNCTION_WORDS:
        at = 0
    return " ".join(words[at + 1 :])


def is_name(phrase: str) -> bool:
    """Tell whether it is nothing but a name."""
    found = NAME.fullmatch(phrase)
    return bool(found) and phrase.lower() not in english.FUNCTION_WORDS


def is_acronym(name: str) -> bool:
    """Tell whether it is written in capitals alone: an organisation's, mostly."""
    return name.isupper() and len(name) > 1


def is_place(name: str) -> bool:
    """Tell whether it is a country, a part of the world, or one of their capitals."""
    return name.lower().removeprefix("the ").strip() in english.PLACES


def may_be_person(name: str) -> bool:
    """Tell whether a name is not known for something else."""
    others = {word.lower() for word in name.split()} & english.ORGANISATIONS
    return is_name(name) and not (others or is_place(name) or any(map(is_acronym, name.split())))


def is_person(phrase: str, evidence: Evidence) -> bool:
    """Tell whether its form, the turns' texts or the articles tell that it can say something."""
    words = phrase.lower().split()
    if not words or is_place(phrase) or words[-1] in english.ORGANISATIONS:
        return False
    if words[0].strip(".") in english.TITLES or head(phrase) in english.ROLES or is_people(phrase):
        return True
    if words[0] in english.DETERMINERS:
        return False
    full_name = len(words) > 1 and may_be_person(phrase)
    return full_name or evidence.of_speaker(phrase)


def is_people(phrase: str) -> bool:
    """Tell whether it is a plural of people: `critics`, `European leaders`, `Brandt and Keller`."""
    last = head(phrase)
    return (
        last in english.PEOPLE
        or last.removesuffix("s") in english.ROLES - {last}
        or last.endswith(english.PEOPLE_ENDINGS)
        or (" and " in phrase and phrase[0].isupper())
    )


def head(phrase: str) -> str:
    """Return the word that a noun phrase is named after, in lower case: the last before `of`."""
    words = phrase.lower().split()
    end = next((i for i, w in enumerate(words) if i and w in english.PREPOSITIONS), len(words))
    return words[end - 1] if end else ""


def can_stand_for_pronoun(phrase: str) -> bool:
    """Tell whether it is short, definite and without a clause or a pronoun of its own."""
    words = phrase.lower().split()
    if not 1 <= len(words) <= MAX_WORDS or set(words) & _NO_PART or "," in phrase:
        return False
    definite = words[0] == "the" or phrase[0].isupper() or is_plural(phrase) or "s " in phrase
    return definite and not _COUNTED.match(phrase) and any(c.isalpha() for c in phrase)


def topic(frame: Frame) -> str:
    """Return what is spoken of: the noun phrase behind `about`; "" where there is none."""
    found = _ABOUT.search(frame.predicate)
    return found[1] if found else ""


def objects(frame: Frame) -> list[str]:
    """Return what stands behind the question's verb, cut at prepositions; a topic first."""
    verb, _, rest = frame.predicate.partition(" ")
    text = frame.predicate if verb.lower() in english.PREPOSITIONS | english.BE else rest
    if verb.lower() in english.BE:
        text = rest
    found = [topic(frame), *PREPOSITION.split(text)]
    return list(dict.fromkeys(part.strip() for part in found if part.strip()))


_POSSESSOR = re.compile(rf"({NAME.pattern})(?=['’]s?\s)")

_COUNTED_SUBJECT = re.compile(r"^(?:how many|which|what) ((?:[\w-]+ )*[\w-]+)$", re.IGNORECASE)

_PLACE = re.compile(r"\b(?:in|at|to|from) ((?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*)")

_SENTENCE_END = re.compile(r"(?<=[.?!])\s")

_PRONOUN = {
    "he": "he", "his": "he", "him": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
}  # fmt: skip


def people(turn: Turn, evidence: Evidence) -> Iterator[str]:
    """Yield single persons."""
    frame = parse(turn.question)
    if not frame:
        return
    asks_who = frame.wh.lower().startswith(("who", "which"))
    answerers = _answerers(turn.answer or "", evidence)
    if asks_who and not frame.subject[:1].isupper():
        yield from answerers
    if asks_who and frame.is_definition:  # "Who is her owner?"
        named = (without_titles(m[0]) for m in NAME.finditer(turn.answer or ""))
        full = [name for name in named if " " in name and may_be_person(name)]
        yield from (name for name in full if name not in turn.question)
    asked = [p for p in (frame.subject, *objects(frame)) if can_stand_for_pronoun(p)]
    known = [p for p in asked if is_person(p, evidence) and not is_plural(p)]
    if may_be_person(frame.subject):
        yield frame.subject
    yield from known
    yield from answerers
    yield from (p for p in asked if may_be_person(p))
    yield from (name for name in _POSSESSOR.findall(turn.question) if may_be_person(name))


_ACTS = re.compile(r"(?:\s+(?:of|at|from) [^,.;]{1,60}?)?(?:,[^,.;]*,)?((?:\s+[\w-]+){1,2})")
"""From a name to its verb: "Chiara Dunstable of Ostervik, who digs there, said"."""

_PLACED = re.compile(r"\b(?:of|in|at|from|near)(?: the)? $")


def _answerers(answer: str, evidence: Evidence) -> list[str]:
    """Return persons in an answer that do something there: before a verb, or behind `by`."""
    found = []
    for match in NAME.finditer(answer):
        name = without_titles(match[0])
        acts = _ACTS.match(answer, match.end())
        does = acts and any(_is_verb(word) for word in acts[1].split())
        by = re.search(r"\bby(?: the)?(?: [a-z-]+){0,2} $", answer[: match.start()])
        place = " " not in name and _PLACED.search(answer[: match.start()])
        acting = (does or by) and not place and may_be_person(name) and not is_people(name)
        if acting and is_person(name, evidence):
            found.append(name)
    return list(dict.fromkeys(found))


def _is_verb(word: str) -> bool:
    return word.lower() in english.AUXILIARIES | english.SPEECH_FORMS or english.is_past(word)


def groups(turn: Turn) -> Iterator[str]:
    """Yield several persons or things, or a team: what `they` may be."""
    frame = parse(turn.question)
    if not frame:
        return
    if frame.subject and is_plural(frame.subject) and can_stand_for_pronoun(frame.subject):
        yield frame.subject
    counted = _COUNTED_SUBJECT.match(frame.wh)
    if (
        counted
        and counted[1] != "people"
        and is_plural(counted[1])
        and can_stand_for_pronoun(counted[1])
    ):
        yield counted[1]
    answering = answering_subject(frame, turn.answer or "")
    if answering and (is_plural(answering) or frame.wh.lower().startswith("which")):
        yield answering
    yield from (p for p in objects(frame) if is_plural(p) and can_stand_for_pronoun(p))
    if may_be_person(frame.subject) or is_place(frame.subject) or frame.subject.isupper():
        yield frame.subject


def answering_subject(frame: Frame, answer: str) -> str | None:
    """Return how an answer to `Who is suing them?` begins: `Three former employees`."""
    if frame.subject:
        return None
    verb = re.escape(frame.predicate.split(" ")[0])
    before = re.match(rf"((?:[\w'’-]+ ){{1,6}}?)(?:(?:is|are|has|have) )?{verb}\b", answer)
    if before and before[1].split()[-1] not in english.AUXILIARIES:  # as in a passive
        return _inside_a_sentence(before[1].strip())
    critics = re.match(r"([A-Z][a-z]+) (\w+)", answer)
    if critics and is_people(critics[1]) and _is_verb(critics[2]):
        return critics[1].lower()
    return None


def _inside_a_sentence(opening: str) -> str:
    """Lower the capital that a phrase has only because it begins a sentence."""
    first, _, rest = opening.partition(" ")
    common = (rest and rest[0].islower()) or is_people(first)
    return f"{first.lower()} {rest}".strip() if common else opening


def things(turn: Turn, evidence: Evidence) -> Iterator[str]:
    """Yield what is neither a person nor several."""
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
    """Return where something is, without its preposition."""
    found = [m[1] for text in (turn.question, turn.answer or "") for m in _PLACE.finditer(text)]
    return found[0] if found else None


def gender(name: str, evidence: Evidence) -> str:
    """Tell "he" or "she" by a title or by the first such pronoun behind the name; else ""."""
    last = re.escape(name.split()[-1])
    words = {word.lower().strip(".") for word in name.split()}
    for text in evidence.texts:
        titled = re.findall(rf"\b(\w+)\.?\s+(?:[A-Z][\w.-]*\s+)?{last}\b", text)
        words |= {word.lower() for word in titled}
    if words & english.FEMALE:
        return "she"
    if words & english.MALE:
        return "he"
    found = (
        _pronoun_after(last, sentence)
        for text in evidence.texts
        for sentence in _SENTENCE_END.split(text)
    )
    return next((pronoun for pronoun in found if pronoun), "")


def _pronoun_after(last: str, sentence: str) -> str:
    found = re.search(rf"\b{last}\b", sentence)
    rest = re.findall(r"[\w-]+", sentence[found.end() :]) if found else []
    return next((_PRONOUN[w.lower()] for w in rest if w.lower() in _PRONOUN), "")
