"""Follow-ups that are questions on the last answer, and those known by their words alone."""

from __future__ import annotations

import re

from index.followups import frames, lexicon
from index.followups.antecedents import answering_subject, people
from index.followups.frames import Frame, is_plural, question
from index.followups.noun_phrases import Evidence, topic
from index.followups.turns import Turn

MAX_CLAUSE_CHARS = 160
"""A longer clause of an answer is not repeated in a question."""

_REPORTED = re.compile(
    r"\b(?:said|noted|claimed|argued|warned|told \w+|insisted) that ([^.;]+)[.;]"
)

_STRANDED = re.compile(r"\s+(?:to|from|at|in|for|with)$")

_MEASURE = re.compile(r"^how (?:much|many|long|far|fast|high|old|big|tall|often)\b", re.IGNORECASE)


def asking(wh: str, frame: Frame, turn: Turn, evidence: Evidence) -> str:
    """The frame asked with `why`, `when`, `where`, ...; what it asked for before is now given."""
    if frame.is_definition and frame.wh.lower() == "who" and (clause := reported(turn)):
        return question(wh, "did", frame.subject, f"say that {clause}")
    given = answered(frame, turn, evidence)
    return question(wh, given.aux, given.subject, given.predicate)


def answered(frame: Frame, turn: Turn, evidence: Evidence) -> Frame:
    """The frame without its question word: `did Hegseth say that about NATO`."""
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
    """The predicate with `that` for what was asked for, or with the answer's own clause."""
    verb, _, rest = frame.predicate.partition(" ")
    if frame.asks_what_was_said and not rest:
        clause = reported(turn)
        return f"{verb} that {clause}" if clause else f"{verb} that"
    if rest in lexicon.PREPOSITIONS or not rest:
        return f"{frame.predicate} that"
    return f"{verb} that {rest}"


def reported(turn: Turn) -> str:
    """What somebody said, in the answer's words: the clause behind `said that`; "" if none."""
    found = _REPORTED.search(turn.answer or "")
    clause = found[1].strip(" ,\"'“”") if found else ""
    return clause if len(clause) <= MAX_CLAUSE_CHARS else ""


def _place(frame: Frame, turn: Turn) -> str:
    """Of `travelling to` with the place that the answer gives, else without its preposition."""
    stranded = _STRANDED.search(f" {frame.predicate}")
    if not stranded:
        return frame.predicate
    named = re.search(rf"\b{stranded[0].strip()} ((?:the )?(?:[A-Z][\w-]*\s?)+)", turn.answer or "")
    if named:
        return f"{frame.predicate} {named[1].strip()}"
    return frame.predicate[: -len(stranded[0])].strip()


def _with_subject(frame: Frame, turn: Turn, evidence: Evidence) -> Frame:
    """`Who founded it?` with who did, so that more can be asked: `did Ashby found it`."""
    if frame.aux:
        given = Frame("", frame.aux, "", frame.predicate)
        return given.about(_subject(frame, turn, evidence))
    verb, _, rest = frame.predicate.partition(" ")
    base = frames.base(verb)
    aux = "did" if base != verb.lower() or frames.is_past(verb) else "does"
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
    """Who else did what the frame tells of somebody."""
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
        rest = f"that {rest}" if rest not in lexicon.PREPOSITIONS else f"{rest} that"
    if frame.aux.lower() in lexicon.DO:
        now = verb if frame.aux.lower() == "do" else f"{verb}s"
        verb = frames.past(verb) if frame.aux.lower() == "did" else now
        return question("Who else", f"{verb} {rest}".strip())
    singular = Frame("", frame.aux, "", "").about("he").aux
    return question("Who else", singular, frame.predicate)


def more(frame: Frame) -> str:
    """What else there is of what the frame is about."""
    if frame.asks_what_was_said:
        return question("What else", frame.aux, frame.subject, frame.predicate)
    about = topic(frame) or frame.subject or " ".join(frame.predicate.split(" ")[1:])
    return question("What else is said about", about)


def doubted(frame: Frame, turn: Turn, evidence: Evidence) -> str:
    """Whether it is so: the frame as a yes/no question."""
    if not frame.wh or not frame.subject or not turn.answer:
        return frame.text
    if frame.is_definition or _MEASURE.match(frame.wh):
        return frame.text
    if frame.wh.lower() in ("why", "when", "where", "how"):
        return frame.text
    given = answered(frame, turn, evidence)
    return question(given.aux, given.subject, given.predicate)


def who(frame: Frame) -> str | None:
    """Who the frame's subject is."""
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
    """The question meant, asked of a turn and its frame; None for what is longer."""
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
