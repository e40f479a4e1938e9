"""Elliptical follow-ups: bare question words (`why?`) and fragments (`and Vance?`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.followups import english
from index.followups.frames import Frame, Turn, bare, is_plural, question
from index.followups.noun_phrases import (
    Evidence,
    answering_subject,
    is_acronym,
    is_name,
    is_person,
    is_place,
    people,
    topic,
)

MAX_CLAUSE_CHARS = 160
"""A longer clause of an answer is not repeated in a question."""

_REPORTED = re.compile(
    r"\b(?:said|noted|claimed|argued|warned|told \w+|insisted) that ([^.;]+)[.;]"
)

_STRANDED = re.compile(r"\s+(?:to|from|at|in|for|with)$")

_MEASURE = re.compile(r"^how (?:much|many|long|far|fast|high|old|big|tall|often)\b", re.IGNORECASE)


def asking(wh: str, frame: Frame, turn: Turn, evidence: Evidence) -> str:
    """Ask the frame with `why`, `when`, `where`, ...; what it asked for before is now given."""
    if frame.is_definition and frame.wh.lower() == "who" and (clause := reported(turn)):
        return question(wh, "did", frame.subject, f"say that {clause}")
    given = answered(frame, turn, evidence)
    return question(wh, given.aux, given.subject, given.predicate)


def answered(frame: Frame, turn: Turn, evidence: Evidence) -> Frame:
    """Return the frame without its question word: `did Hegseth say that about NATO`."""
    if not frame.subject:
        return _with_subject(frame, turn, evidence)
    first = frame.wh.split(" ")[0].lower()
    if first == "where":
        place = _place(frame, turn)
        return Frame("", frame.aux, frame.subject, place)
    if frame.is_definition or not first or first in ("why", "when") or frame.wh.lower() == "how":
        return Frame("", frame.aux, frame.subject, frame.predicate)
    if first == "how":
        so = "that much" if frame.wh.lower() == "how much" else ""
        return Frame("", frame.aux, frame.subject, f"{frame.predicate} {so}".strip())
    return Frame("", frame.aux, frame.subject, _with_that(frame, turn))


def _with_that(frame: Frame, turn: Turn) -> str:
    """Return the predicate with `that` for what was asked for, or with the answer's own clause."""
    verb, _, rest = frame.predicate.partition(" ")
    if frame.asks_what_was_said and not rest:
        clause = reported(turn)
        return f"{verb} that {clause}" if clause else f"{verb} that"
    if rest in english.PREPOSITIONS or not rest:
        return f"{frame.predicate} that"
    return f"{verb} that {rest}"


def reported(turn: Turn) -> str:
    """Return what was said in the answer's words: the clause behind `said that`; "" if none."""
    found = _REPORTED.search(turn.answer or "")
    clause = found[1].strip(" ,\"'“”") if found else ""
    return clause if len(clause) <= MAX_CLAUSE_CHARS else ""


def _place(frame: Frame, turn: Turn) -> str:
    """Return `travelling to` with the place in the answer, else without its preposition."""
    stranded = _STRANDED.search(f" {frame.predicate}")
    if not stranded:
        return frame.predicate
    named = re.search(rf"\b{stranded[0].strip()} ((?:the )?(?:[A-Z][\w-]*\s?)+)", turn.answer or "")
    if named:
        return f"{frame.predicate} {named[1].strip()}"
    return frame.predicate[: -len(stranded[0])].strip()


def _with_subject(frame: Frame, turn: Turn, evidence: Evidence) -> Frame:
    """Turn `Who founded it?` into a frame with its answer as subject: `did Ashby found it`."""
    if frame.aux:
        given = Frame("", frame.aux, "", frame.predicate)
        return given.about(_subject(frame, turn, evidence))
    verb, _, rest = frame.predicate.partition(" ")
    base = english.base(verb)
    aux = "did" if base != verb.lower() or english.is_past(verb) else "does"
    return Frame("", aux, _subject(frame, turn, evidence), f"{base} {rest}".strip())


def _subject(frame: Frame, turn: Turn, evidence: Evidence) -> str:
    counted = re.match(r"how many (.+)$", frame.wh, re.IGNORECASE)
    if counted:
        return counted[1]
    if begins := answering_subject(frame, turn.answer or ""):
        return begins
    known = turn.question.lower()
    person = next((p for p in people(turn, evidence) if p.lower() not in known), "")
    named = re.match(r"(?:which|what) (.+)$", frame.wh, re.IGNORECASE)
    return person or (f"the {named[1]}" if named else "they")


def other(frame: Frame) -> str | None:
    """Ask who else did what the frame is about."""
    if not frame.subject:
        who, _, rest = frame.wh.partition(" ")
        subject = f"Which other {rest}" if rest else f"{who} else"
        return question(subject, frame.aux, frame.predicate)
    if frame.is_definition:
        return None
    verb, _, rest = frame.predicate.partition(" ")
    if frame.asks_what_was_said:
        rest = f"something {rest}" if topic(frame) else rest
    elif frame.wh.lower() in ("what", "which"):
        rest = f"that {rest}" if rest not in english.PREPOSITIONS else f"{rest} that"
    if frame.aux.lower() in english.DO:
        now = verb if frame.aux.lower() == "do" else f"{verb}s"
        verb = english.past(verb) if frame.aux.lower() == "did" else now
        return question("Who else", f"{verb} {rest}".strip())
    singular = Frame("", frame.aux, "", "").about("he").aux
    return question("Who else", singular, frame.predicate)


def more(frame: Frame) -> str:
    """Ask what else there is on the frame's topic."""
    if frame.asks_what_was_said:
        return question("What else", frame.aux, frame.subject, frame.predicate)
    about = topic(frame) or frame.subject or " ".join(frame.predicate.split(" ")[1:])
    return question("What else is said about", about)


def doubted(frame: Frame, turn: Turn, evidence: Evidence) -> str:
    """Ask the frame as a yes/no question."""
    if not frame.wh or not frame.subject or not turn.answer:
        return frame.text
    if frame.is_definition or _MEASURE.match(frame.wh):
        return frame.text
    if frame.wh.lower() in ("why", "when", "where", "how"):
        return frame.text
    given = answered(frame, turn, evidence)
    return question(given.aux, given.subject, given.predicate)


def who(frame: Frame) -> str | None:
    """Ask who the frame's subject is."""
    if not frame.subject or frame.is_definition:
        return None
    return question("Who", "are" if is_plural(frame.subject) else "is", frame.subject)


_BARE_WH = re.compile(
    r"^(?P<wh>why not|why|when|where|how come|how|since when|until when|who)"
    r"(?: (?:is|was) (?:that|this|it)| (?:exactly|so much|so|then|though|precisely|tho))*$",
    re.IGNORECASE,
)

_ELSE = re.compile(r"^(?:(?:and )?(?P<wh>who|where|when|why|how)) else$", re.IGNORECASE)

_MORE = re.compile(
    r"^(?:(?:and )?(?:what|anything|something) (?:else|more)|(?:can you |could you )?"
    r"(?:please )?tell (?:me|us) (?:some |a bit |a little )?more(?: about (?:it|that|this))?"
    r"|(?:some )?more|more (?:please|details|info|information|about (?:it|that|this))"
    r"|go on|continue|details)(?: please)?$",
    re.IGNORECASE,
)

_DOUBT = re.compile(
    r"^(?:really|seriously|is (?:that|it|this) (?:really )?(?:true|so|right|correct)"
    r"|are you (?:really )?(?:sure|certain)|for real|true|"
    r"(?:did|does|has|is|was|will) (?:he|she|they|it)(?: really)?)$",
    re.IGNORECASE,
)


def short(said: str, frame: Frame, turn: Turn, evidence: Evidence) -> str | None:
    """Return the question meant, asked of a turn and its frame; None for what is longer."""
    if found := _BARE_WH.match(said):
        return _asked(found["wh"].lower(), frame, turn, evidence)
    if found := _ELSE.match(said):
        if found["wh"].lower() == "who":
            return other(frame)
        return asking(f"{found['wh']} else", frame, turn, evidence)
    if _MORE.match(said):
        return more(frame)
    return doubted(frame, turn, evidence) if _DOUBT.match(said) else None


def _asked(wh: str, frame: Frame, turn: Turn, evidence: Evidence) -> str | None:
    if wh == "who":
        return who(frame)
    if wh == frame.wh.lower():
        return frame.text
    if wh in ("why not", "how come"):
        given = answered(frame, turn, evidence)
        negation = "not" if wh == "why not" else ""
        return question("why", given.aux, given.subject, negation, given.predicate)
    return asking(wh, frame, turn, evidence)


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

_PREPOSITION = re.compile(rf"^({'|'.join(english.PREPOSITIONS)})\s+(.+)$", re.IGNORECASE)

_SPEAKER_AND_TOPIC = re.compile(rf"^(.+?)\s+(?:{'|'.join(english.ABOUT)})\s+(.+)$", re.IGNORECASE)

_ENDS = rf"(?=\s+(?:{'|'.join(english.PREPOSITIONS)})\b|$)"


def fragment(text: str) -> str | None:
    """Return the noun phrase or prepositional phrase that a follow-up consists of, else None."""
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
    """Tell whether it has neither a verb of its own nor words that refer to others."""
    lower = [word.lower() for word in words]
    if lower[0] in english.WH | english.AUXILIARIES or set(lower) & english.AUXILIARIES:
        return False
    if set(lower) & (english.WH | {"not", "i", "you", "we", "me", "if", "else", "more"}):
        return False
    return not any(w in english.PRONOUNS and w not in english.DETERMINERS for w in lower)


def _is_english_or_name(words: Sequence[str]) -> bool:
    return len(words) > 1 or words[0][0].isupper() or words[0].lower() not in _SMALL_TALK


_OTHER_AND = frozenset("et und y e och og en ed ja oder ou o".split())
"""`And` and `or` in languages that write names as English does."""

_SMALL_TALK = frozenset(
    "thanks ok okay yes no hello hi hey really sure cool nice wow lol what sorry great true more"
    " well right so and but hmm huh eh seriously why".split()
)


def put_into(frame: Frame, said: str, evidence: Evidence) -> str | None:
    """Return the frame's question with the fragment in place of the phrase that is like it."""
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
    spoken_of = re.compile(rf"\b(?:{'|'.join(english.ABOUT)}) {re.escape(name)}\b", re.IGNORECASE)
    return any(spoken_of.search(text) for text in evidence.texts)


def _on_topic(frame: Frame, said: str) -> str:
    """Ask about a topic; `and on Ukraine?` with `about` as well, which the reader knows better."""
    old = topic(frame)
    head = frame.predicate[: -len(old)].rstrip() if old else f"{frame.predicate} about"
    return question(frame.wh, frame.aux, frame.subject, head, said)


def _with_preposition(frame: Frame, preposition: str, said: str) -> str:
    if _ONE_TIME.match(said):
        return _timed(frame, preposition, said)
    if preposition in english.ABOUT and frame.asks_what_was_said:
        return _on_topic(frame, said)
    whole = frame.text.removesuffix("?")
    same = {preposition} | (english.ABOUT if preposition in english.ABOUT else set())
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
    """Tell whether the preposition's object runs on into the verb, as its subject shows."""
    return bool(frame.subject) and whole.startswith(found[1], 0)


def _noun_phrase_length(text: str) -> int:
    """Return the length of `Ravnsund` in `Ravnsund open`."""
    words = text.split(" ")
    for i in range(1, len(words)):
        if english.is_base(words[i]) or english.is_past(words[i]):
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
    if phrase.split(" ")[0].lower() in english.DETERMINERS | {"mr", "mrs", "ms"}:
        return "described"
    return "name" if phrase[0].isupper() or " " not in phrase else "other"


def _slots(frame: Frame) -> list[str]:
    """Return what a fragment may replace, in order: the subject, then what the rest names."""
    found = [frame.subject] if frame.subject else []
    skip = 0 if frame.subject and frame.is_definition else 1
    words = " ".join(frame.predicate.split(" ")[skip:])
    for text in (frame.subject, words):
        pieces = re.split(rf"(?:^|\s+)(?:{'|'.join(english.PREPOSITIONS)})\s+", text)
        found += [p for p in pieces if p and p != frame.subject and _is_slot(p)]
    return list(dict.fromkeys(found))


def _is_slot(phrase: str) -> bool:
    first = phrase.split(" ")[0]
    return first[0].isupper() or first.lower() in english.DETERMINERS


def _replaced(frame: Frame, old: str, new: str) -> str:
    whole = frame.text.removesuffix("?")
    at = re.search(rf"(?<!\w){re.escape(old)}(?!\w)", whole)
    return question(f"{whole[: at.start()]}{new}{whole[at.end() :]}") if at else question(whole)
