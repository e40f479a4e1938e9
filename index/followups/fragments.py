"""Follow-ups that name one thing alone (`and Vance?`), put into the frame of the last question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.followups import frames, lexicon
from index.followups.frames import Frame, bare, question
from index.followups.noun_phrases import Evidence, is_acronym, is_name, is_person, is_place, topic

MAX_WORDS = 6
"""Longer ones say something of their own."""

_ASKED_ABOUT = re.compile(
    r"^(?:(?:so|ok|okay|but|and|then|or|well|hm+)[,\s]+)*"
    r"(?:what about|how about|what of|and|or|but|also|same(?: question)? (?:for|with|about))\s+",
    re.IGNORECASE,
)

_TAIL = re.compile(r"[\s,]+(?:then|too|as well|also|instead|though|please)$", re.IGNORECASE)

_TIME = (
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)"
    r"\s+)?(?:19|20)\d\d|(?:last|this|next) (?:year|month|week)|yesterday|today"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)

_ONE_TIME = re.compile(rf"^(?:{_TIME})$", re.IGNORECASE)

_ANY_TIME = re.compile(
    rf"\b(?:(?P<preposition>in|since|before|after|by|until|during|on) )?(?P<time>{_TIME})\b",
    re.IGNORECASE,
)

_PREPOSITION = re.compile(rf"^({'|'.join(lexicon.PREPOSITIONS)})\s+(.+)$", re.IGNORECASE)

_SPEAKER_AND_TOPIC = re.compile(rf"^(.+?)\s+(?:{'|'.join(lexicon.ABOUT)})\s+(.+)$", re.IGNORECASE)

_ENDS = rf"(?=\s+(?:{'|'.join(lexicon.PREPOSITIONS)})\b|$)"


def fragment(text: str) -> str | None:
    """The noun phrase or prepositional phrase that a follow-up consists of, else None."""
    cleaned = text.strip()
    opened = _ASKED_ABOUT.match(cleaned)
    rest = _TAIL.sub("", bare(cleaned[opened.end() :] if opened else cleaned))
    words = rest.split()
    if words and words[0].lower() in _OTHER_AND:
        return None
    if not 1 <= len(words) <= MAX_WORDS or not _is_phrase(words):
        return None
    if opened:
        return rest
    asked = cleaned.endswith("?")
    alone = _ONE_TIME.match(rest) or (_PREPOSITION.match(rest) and len(words) <= MAX_WORDS - 2)
    one = len(words) == 1 and len(rest) > 1
    named = asked and (one or all(is_name(name) for name in rest.split(" and ")))
    return rest if alone or (named and _is_english_or_name(words)) else None


def _is_phrase(words: Sequence[str]) -> bool:
    """Whether it has neither a verb of its own nor words that refer to others."""
    lower = [word.lower() for word in words]
    if lower[0] in lexicon.WH | lexicon.AUXILIARIES or set(lower) & lexicon.AUXILIARIES:
        return False
    if set(lower) & (lexicon.WH | {"not", "i", "you", "we", "me", "if", "else", "more"}):
        return False
    return not any(w in lexicon.PRONOUNS and w not in lexicon.DETERMINERS for w in lower)


def _is_english_or_name(words: Sequence[str]) -> bool:
    return len(words) > 1 or words[0][0].isupper() or words[0].lower() not in _SMALL_TALK


_OTHER_AND = frozenset("et und y e och og en ed ja oder ou o".split())
"""`And` and `or` in languages that write names as English does."""

_SMALL_TALK = frozenset(
    "thanks ok okay yes no hello hi hey really sure cool nice wow lol what sorry great true more"
    " well right so and but hmm huh eh seriously why".split()
)


def put_into(frame: Frame, said: str, evidence: Evidence) -> str | None:
    """The question of the frame with the fragment in the place of what is like it."""
    if _ONE_TIME.match(said):
        return _timed(frame, "in", said)
    prepositional = _PREPOSITION.match(said)
    if prepositional:
        return _with_preposition(frame, prepositional[1].lower(), prepositional[2])
    both = _SPEAKER_AND_TOPIC.match(said)
    if both and frame.asks_what_was_said:
        return _on_topic(frame.about(both[1]), both[2])
    person = is_person(said, evidence)
    if frame.asks_what_was_said:
        named = said[0].isupper() and not is_place(said) and not is_acronym(said)
        if person or (named and not _is_topic_of_turns(said, evidence)):
            return frame.about(said).text
        return _on_topic(frame, said)
    return _like(frame, said, person)


def _is_topic_of_turns(name: str, evidence: Evidence) -> bool:
    spoken_of = re.compile(rf"\b(?:{'|'.join(lexicon.ABOUT)}) {re.escape(name)}\b", re.IGNORECASE)
    return any(spoken_of.search(text) for text in evidence.texts)


def _on_topic(frame: Frame, said: str) -> str:
    """`and on Ukraine?` too is asked with `about`, which the reader knows better."""
    old = topic(frame)
    head = frame.predicate[: -len(old)].rstrip() if old else f"{frame.predicate} about"
    return question(frame.wh, frame.aux, frame.subject, head, said)


def _with_preposition(frame: Frame, preposition: str, said: str) -> str:
    if _ONE_TIME.match(said):
        return _timed(frame, preposition, said)
    if preposition in lexicon.ABOUT and frame.asks_what_was_said:
        return _on_topic(frame, said)
    whole = frame.text.removesuffix("?")
    same = {preposition} | (lexicon.ABOUT if preposition in lexicon.ABOUT else set())
    found = [
        m
        for m in re.finditer(rf"\b({'|'.join(same)})\s+(.+?){_ENDS}", whole, re.IGNORECASE)
        if not _ONE_TIME.match(m[2]) and not _begins_predicate(frame, whole, m)
    ]
    if not found:
        return question(whole, f"{preposition} {said}")
    at = found[-1]
    object_end = at.start(2) + _noun_phrase_length(at[2])
    return question(f"{whole[: at.start(2)]}{said}{whole[object_end:]}")


def _begins_predicate(frame: Frame, whole: str, found: re.Match[str]) -> bool:
    """Whether the preposition's object runs on into the verb, which is seen by its subject."""
    return bool(frame.subject) and whole.startswith(found[1], 0)


def _noun_phrase_length(text: str) -> int:
    """Of `Ravnsund open` the length of `Ravnsund`."""
    words = text.split(" ")
    for i in range(1, len(words)):
        if frames.is_base(words[i]) or frames.is_past(words[i]):
            return len(" ".join(words[:i]))
    return len(text)


def _timed(frame: Frame, preposition: str, time: str) -> str:
    whole = frame.text.removesuffix("?")
    for old in _ANY_TIME.finditer(whole):
        kept = old["preposition"]
        new = f"{kept} {time}" if kept and preposition == "in" else f"{preposition} {time}"
        if not kept:
            new = time
        return question(f"{whole[: old.start()]}{new}{whole[old.end() :]}")
    if re.match(r"(?:last|this|next|yesterday|today)", time, re.IGNORECASE):
        return question(whole, time)
    return question(whole, f"{preposition} {time}")


def _like(frame: Frame, said: str, person: bool) -> str | None:
    """Replace what has the fragment's form: a bare name, a person, or a described thing."""
    slots = _slots(frame)
    form = _form(said)
    alike = [slot for slot in slots if _form(slot) == form]
    if person and frame.subject and not frame.is_definition:
        alike = [frame.subject, *alike]
    if form == "name":
        is_country = is_place(said)
        alike.sort(key=lambda slot: is_place(slot) != is_country)
    if alike and alike[0] != frame.subject:
        return _replaced(frame, alike[0], said)
    if frame.subject:
        return frame.about(said).text
    return _replaced(frame, slots[0], said) if slots else None


def _form(phrase: str) -> str:
    if phrase.split(" ")[0].lower() in lexicon.DETERMINERS | {"mr", "mrs", "ms"}:
        return "described"
    return "name" if phrase[0].isupper() or " " not in phrase else "other"


def _slots(frame: Frame) -> list[str]:
    """What a fragment may replace, in order: the subject, then what the rest names."""
    found = [frame.subject] if frame.subject else []
    skip = 0 if frame.subject and frame.is_definition else 1
    words = " ".join(frame.predicate.split(" ")[skip:])
    for text in (frame.subject, words):
        pieces = re.split(rf"(?:^|\s+)(?:{'|'.join(lexicon.PREPOSITIONS)})\s+", text)
        found += [p for p in pieces if p and p != frame.subject and _is_slot(p)]
    return list(dict.fromkeys(found))


def _is_slot(phrase: str) -> bool:
    first = phrase.split(" ")[0]
    return first[0].isupper() or first.lower() in lexicon.DETERMINERS


def _replaced(frame: Frame, old: str, new: str) -> str:
    whole = frame.text.removesuffix("?")
    at = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", whole)
    return question(f"{whole[: at.start()]}{new}{whole[at.end() :]}") if at else question(whole)
