"""Who and what earlier turns speak of: the antecedents of pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.answering.conversation import lexicon, verbs
from index.answering.conversation.frames import Frame, is_plural, parse
from index.answering.conversation.places import PLACES
from index.answering.conversation.speakers import Speaks, is_speaker
from index.answering.conversation.turns import Turn

_CAPITAL = r"[A-Z][^\W_]*(?:[.'’\-][^\W_]+)*\.?"
_NAME = re.compile(
    rf"(?<![\w.]){_CAPITAL}(?:\s+(?:(?:von|van|de|der|den|al|bin|la|del)\s+)*{_CAPITAL})*"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_ABOUT = re.compile(rf"\b(?:{'|'.join(lexicon.ABOUT)})\s+(.+)$", re.IGNORECASE)
_PREPOSITIONS = "|".join(lexicon.PREPOSITIONS)
_NEXT = re.compile(rf"\s+(?:{_PREPOSITIONS}|and|or|when|while|because|if|that)\s+", re.IGNORECASE)
_HE, _SHE = frozenset("he his him himself".split()), frozenset("she her hers herself".split())


def names(text: str) -> list[str]:
    """Runs of capitalised words, titles and possessive endings taken off, in order."""
    found = (_without_titles(match[0]) for match in _NAME.finditer(text))
    return list(dict.fromkeys(name for name in found if name))


def _without_titles(run: str) -> str:
    words = _POSSESSIVE.sub("", run.rstrip(".")).split()
    at = max((i for i, w in enumerate(words) if w.lower().strip(".") in lexicon.TITLES), default=-1)
    if at < 0 and words and words[0].lower() in lexicon.FUNCTION_WORDS:
        at = 0
    return " ".join(words[at + 1 :])


def is_place(name: str) -> bool:
    """Whether it is a country, a part of the world, or one of their capitals."""
    return name.lower().removeprefix("the ").strip() in PLACES


def is_person(name: str, texts: Sequence[str], speaks: Speaks) -> bool:
    """Whether turns or articles tell that a noun phrase can say something."""
    words = name.lower().split()
    if not words or is_place(name) or words[-1] in lexicon.ORGANISATIONS:
        return False
    if words[0].strip(".") in lexicon.TITLES or _head(words) in lexicon.ROLES:
        return True
    if words[0] in lexicon.DETERMINERS:
        return is_people(name)
    two_names = len(words) > 1 and all(word[0].isupper() for word in name.split())
    return two_names or is_people(name) or is_speaker(name, texts) or speaks(name)


def is_people(noun_phrase: str) -> bool:
    """Whether it is a plural of people: `critics`, `European leaders`."""
    head = _head(noun_phrase.lower().split())
    return (
        head in lexicon.PEOPLE
        or head.removesuffix("s") in lexicon.ROLES - {head}
        or head.endswith(lexicon.PEOPLE_ENDINGS)
        or (" and " in noun_phrase and noun_phrase[0].isupper())
    )


def _head(words: Sequence[str]) -> str:
    """The word that a noun phrase is named after: the last before `of` and the like."""
    end = next((i for i, w in enumerate(words) if i and w in lexicon.PREPOSITIONS), len(words))
    return words[end - 1] if end else ""


def topic(frame: Frame) -> str:
    """What is spoken of: the noun phrase behind `about`; "" where there is none."""
    found = _ABOUT.search(frame.predicate)
    return found[1] if found else ""


def noun_phrases(frame: Frame) -> list[str]:
    """What the question names behind its verb, a topic first, in order."""
    verb, _, rest = frame.predicate.partition(" ")
    if not verb or (frame.asks_what_was_said and topic(frame)):
        return [topic(frame)] if verb else []
    parts = re.split(rf"(?:^|\s+)(?:{_PREPOSITIONS})\s+", f"{rest}", flags=re.IGNORECASE)
    if verb.lower() in lexicon.PREPOSITIONS | lexicon.DETERMINERS:
        parts = [_NEXT.split(f" {frame.predicate}")[-1]]
    about = topic(frame)
    return list(dict.fromkeys(p.strip() for p in ([about] if about else []) + parts if p.strip()))


def people(turn: Turn, texts: Sequence[str], speaks: Speaks) -> Iterator[str]:
    """Single persons that a turn speaks of, the most likely antecedent first."""
    frame = parse(turn.question)
    answerers = _answerers(turn.answer or "", texts, speaks)
    if frame and (frame.wh.lower().startswith(("who", "which")) and not _names_its_subject(frame)):
        yield from answerers
    asked = [frame.subject, *noun_phrases(frame)] if frame else []
    for phrase in asked:
        if is_person(phrase, texts, speaks) and not is_people(phrase) and " of " not in phrase:
            yield phrase
    weak = [n for n in names(turn.question) if not is_place(n) and n.split()[0] not in ("Who",)]
    strong = [name for name in weak if is_person(name, texts, speaks)]
    yield from strong
    yield from answerers
    if frame and frame.subject in weak and not frame.subject.isupper():
        yield frame.subject


def _names_its_subject(frame: Frame) -> bool:
    """`Who is Carl Bildt?` names who it is about, `Who is the mayor?` does not."""
    return bool(frame.subject) and frame.subject[0].isupper()


def _answerers(answer: str, texts: Sequence[str], speaks: Speaks) -> list[str]:
    """Persons in an answer that do something there: before a verb, or behind `by`."""
    found = []
    for match in _NAME.finditer(answer):
        name = _without_titles(match[0])
        after = answer[match.end() :]
        before = answer[: match.start()]
        acts = re.match(r"(?:,[^,.;]*,)?((?:\s+[\w-]+){1,3})", after)
        does = acts and any(_is_verb(word) for word in acts[1].split()[:2])
        by = re.search(r"\bby(?: the)?(?: [a-z-]+){0,2} $", before)
        if name and (does or by) and is_person(name, texts, speaks) and not is_people(name):
            found.append(name)
    return list(dict.fromkeys(found))


def _is_verb(word: str) -> bool:
    lower = word.lower()
    return lower in lexicon.AUXILIARIES | lexicon.SPOKE or verbs.is_past(lower)


def groups(turn: Turn) -> Iterator[str]:
    """Several persons, or one team, that a turn speaks of."""
    frame = parse(turn.question)
    if frame:
        if frame.subject and is_plural(frame.subject):
            yield frame.subject
        counted = re.match(r"(?:how many|which|what) ((?:[\w-]+ )*[\w-]+)$", frame.wh, re.IGNORECASE)
        if counted and is_plural(counted[1]):
            yield counted[1]
    start = _NAME.match(turn.answer or "")
    if not start:
        return
    rest = (turn.answer or "")[start.end() :]
    verb = re.match(r"\s+(\w+)", rest)
    if verb and _is_verb(verb[1]):
        first = start[0]
        if is_people(first) and " " not in first:
            yield first.lower()
        elif frame and not frame.subject:
            yield first
    if frame:
        yield from (p for p in noun_phrases(frame) if is_plural(p) and is_people(p))


def things(turn: Turn, texts: Sequence[str], speaks: Speaks) -> Iterator[str]:
    """What a turn speaks of that is neither a person nor several, most likely first."""
    frame = parse(turn.question)
    if not frame:
        return
    about = [topic(frame)] if topic(frame) else []
    order = [*about, frame.subject, *noun_phrases(frame)]
    if frame.wh and not frame.subject:  # whose object is what is spoken of
        order = noun_phrases(frame)
    for phrase in order:
        if phrase and not is_person(phrase, texts, speaks) and not is_plural(phrase):
            if re.search(r"[^\W\d_]", phrase) and phrase.lower() not in lexicon.FUNCTION_WORDS:
                yield phrase


def gender(name: str, texts: Sequence[str]) -> str:
    """"he", "she", or "" where nothing tells: by a title, or by the pronoun after the name."""
    last = name.split()[-1]
    words = {w.lower().strip(".") for w in name.split()}
    for text in texts:
        titled = re.findall(rf"\b(\w+)\.?\s+(?:[A-Z][\w.-]*\s+)?{re.escape(last)}\b", text)
        words |= {w.lower() for w in titled}
    if words & lexicon.FEMALE or words & lexicon.MALE:
        return "she" if words & lexicon.FEMALE else "he"
    for text in texts:
        for sentence in re.split(r"(?<=[.?!])\s", text):
            if told := _pronoun_after(last, sentence):
                return told
    return ""


def _pronoun_after(last: str, sentence: str) -> str:
    """The first gendered pronoun behind a name in its sentence."""
    _, found, rest = sentence.partition(last)
    if not found:
        return ""
    for word in re.findall(r"[\w-]+", rest):
        if word.lower() in _HE | _SHE:
            return "he" if word.lower() in _HE else "she"
    return ""
