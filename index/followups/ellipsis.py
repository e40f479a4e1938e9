"""Elliptical follow-ups: bare question words (`why?`) and fragments (`and Vance?`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.followups import english
from index.followups.frames import Frame, Turn, bare, question
from index.followups.noun_phrases import (
    NAME,
    answering_subject,
    is_person,
    is_place,
    may_be_person,
    persons,
    topic,
)

_BARE_WH = re.compile(
    r"^(?P<wh>why not|why|when|where|how come|how|since when|until when|who|(?:for )?how long"
    r"|how often|(?:at )?what time|by when)"
    r"(?: (?:is|was) (?:that|this|it)| (?:exactly|so much|so|then|though|precisely|tho))*$",
    re.IGNORECASE,
)

_ELSE = re.compile(r"^(?P<wh>who|where|when|why|how) else$", re.IGNORECASE)

_MORE = re.compile(
    r"^(?:(?:what|anything|something) (?:else|more)|(?:can you |could you )?"
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

_SAME_VERB = re.compile(
    r"^(?:(?P<why>why) )?(?P<aux>is|are|was|were|do|does|did|has|have|had|will|would|can|could)"
    r"(?P<neg>n['’]t)? (?P<subject>(?:the |mr |mrs |ms )?[\w.'’-]+(?-i: [A-Z][\w.'’-]+)?)"
    r"(?: (?:too|also|as well|either|then))*$",
    re.IGNORECASE,
)


def asks_for_more(text: str) -> bool:
    """Tell whether a follow-up asks for no more than more."""
    return bool(_MORE.match(bare(text)))


def is_bare(text: str) -> bool:
    """Tell whether a follow-up is a question word that says nothing of what is asked about."""
    return bool(_BARE_WH.match(bare(text)))


def short(said: str, frame: Frame, turn: Turn) -> str | None:
    """Return the question meant, asked of a turn and its frame; None for what is longer."""
    if found := _BARE_WH.match(said):
        return _asked(found["wh"].lower(), frame, turn)
    if found := _ELSE.match(said):
        wh = found["wh"].lower()
        return _who_else(frame) if wh == "who" else _asked(f"{wh} else", frame, turn)
    if _MORE.match(said):
        return _more(frame)
    if _DOUBT.match(said):
        is_open = frame.wh.lower().startswith(("what", "which")) and frame.subject and turn.answer
        return answered(frame, turn).text if is_open and not frame.is_definition else frame.text
    if found := _SAME_VERB.match(said):
        return _of_same_verb(found, answered(frame, turn))
    return None


def _asked(wh: str, frame: Frame, turn: Turn) -> str | None:
    """Ask the frame with `why`, `when`, ...; what it asked for before is now given."""
    if wh == "who":
        return Frame("Who", "is", "", "").about(frame.subject).text if frame.subject else None
    given = answered(frame, turn)
    negation = "not" if wh == "why not" else ""
    word = "why" if wh in ("why not", "how come") else wh
    predicate = given.predicate
    if word == "why" and frame.subject and predicate in _MEASURES:
        predicate = f"{predicate} {_MEASURES[predicate]}"
    return question(word, given.aux.lower(), given.subject, negation, predicate)


_MEASURES = {"cost": "so much", "weigh": "so much", "measure": "so much", "last": "so long"}
"""Verbs that say nothing without a measure, and how it is asked for."""


def answered(frame: Frame, turn: Turn) -> Frame:
    """Return the frame without its question word: `did Hegseth say that about NATO`."""
    if not frame.subject:
        return _with_subject(frame, turn)
    verb, _, rest = frame.predicate.partition(" ")
    predicate = frame.predicate
    if frame.wh.lower() == "where":
        predicate = re.sub(r"\s(?:to|from|at|in|for|with)$", "", predicate)
    elif frame.wh.lower().startswith(("what", "which", "who")):
        ends = not rest or rest in english.PREPOSITIONS
        predicate = f"{predicate} that" if ends else f"{verb} that {rest}"
    return Frame("", frame.aux, frame.subject, predicate)


def _with_subject(frame: Frame, turn: Turn) -> Frame:
    """Turn `Who founded it?` into a frame with its answer as subject: `did Ashby found it`."""
    named = re.match(r"(?:which|what|how many) (.+)$", frame.wh, re.IGNORECASE)
    person = next(persons(turn), "") if frame.wh.lower().startswith(("who", "which")) else ""
    answering = answering_subject(frame, turn.answer or "") or person
    subject = answering or (f"the {named[1]}" if named else "they")
    if frame.aux:
        return Frame("", frame.aux, "", frame.predicate).about(subject)
    verb, _, rest = frame.predicate.partition(" ")
    base = english.base(verb)
    aux = "did" if base != verb.lower() or english.is_past(verb) else "does"
    return Frame("", aux, subject, f"{base} {rest}".strip())


def _who_else(frame: Frame) -> str:
    """Ask who else did what the frame is about."""
    if not frame.subject:
        who, _, rest = frame.wh.partition(" ")
        return question(
            f"Which other {rest}" if rest else f"{who} else", frame.aux, frame.predicate
        )
    verb, _, rest = frame.predicate.partition(" ")
    if frame.asks_what_was_said:
        rest = f"something {rest}" if topic(frame) else rest
    if frame.aux.lower() not in english.DO:
        return question("Who else", frame.about("he").aux, frame.predicate)
    return question(
        "Who else", english.past(verb) if frame.aux.lower() == "did" else f"{verb}s", rest
    )


def _more(frame: Frame) -> str:
    """Ask what else there is on the frame's topic."""
    if frame.asks_what_was_said:
        return question("What else", frame.aux, frame.subject, frame.predicate)
    about = topic(frame) or frame.subject or " ".join(frame.predicate.split(" ")[1:])
    return question("What else is said about", about)


def _of_same_verb(found: re.Match[str], given: Frame) -> str:
    """Rewrite `did Vance too?` and `why did he?`: the last predicate with another subject."""
    subject = found["subject"]
    another = given if subject.lower() in english.PRONOUNS else given.about(subject)
    negation = "not" if found["neg"] else ""
    return question(found["why"] or "", another.aux, another.subject, negation, another.predicate)


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
    rf"\b(?:(?P<preposition>in|since|before|after|by|until|during|on) )?(?:{_TIME})\b",
    re.IGNORECASE,
)

_PREPOSITION = re.compile(rf"^({'|'.join(english.PREPOSITIONS)})\s+(.+)$", re.IGNORECASE)

_SPEAKER_AND_TOPIC = re.compile(rf"^(.+?)\s+(?:{'|'.join(english.ABOUT)})\s+(.+)$", re.IGNORECASE)

_OTHER_AND = frozenset("et und y e och og en ed ja oder ou o".split())
"""`And` and `or` in languages that write names as English does."""

_REFERS = english.PRONOUNS - english.DETERMINERS


def fragment(text: str) -> str | None:
    """Return the noun phrase or prepositional phrase that a follow-up consists of, else None."""
    cleaned = text.strip()
    opened = _ASKED_ABOUT.match(cleaned)
    rest = _TAIL.sub("", bare(cleaned[opened.end() :] if opened else cleaned))
    words = rest.split()
    lower = {word.lower() for word in words}
    of_its_own = english.AUXILIARIES | english.WH | _REFERS | set("not i you we me if else".split())
    if not 1 <= len(words) <= MAX_WORDS or lower & of_its_own or words[0].lower() in _OTHER_AND:
        return None
    if opened:
        return rest
    named = len(words) == 1 < len(rest)
    named = named or all(NAME.fullmatch(name) for name in rest.split(" and "))
    alone = _ONE_TIME.match(rest) or (_PREPOSITION.match(rest) and len(words) <= MAX_WORDS - 2)
    return rest if alone or (named and cleaned.endswith("?")) else None


def names_in(text: str) -> list[str]:
    """Return the names in a follow-up that consists of no more, as "and Lund?"; no times."""
    return [name for name in NAME.findall(fragment(text) or "") if not _ONE_TIME.match(name)]


def placed(frame: Frame, said: str) -> list[str]:
    """Return the frame's question with the fragment in each place that it may have there."""
    prepositional = _PREPOSITION.match(said)
    timed = prepositional[2] if prepositional else said
    if _ONE_TIME.match(timed):
        return [_timed(frame, prepositional[1] if prepositional else "in", timed)]
    if prepositional:
        return [_with_preposition(frame, prepositional[1].lower(), prepositional[2])]
    if frame.asks_what_was_said:
        return _said_by_or_about(frame, said)
    return _in_like_phrases(frame, said)


def _said_by_or_about(frame: Frame, said: str) -> list[str]:
    """Ask with another speaker, on another topic, or both where the form does not tell which."""
    if both := _SPEAKER_AND_TOPIC.match(said):
        return [_on_topic(frame.about(both[1]), both[2])]
    by, about = frame.about(said).text, _on_topic(frame, said)
    if is_person(said) or (may_be_person(said) and said not in frame.text):
        return [by]
    is_one_word = " " not in said and may_be_person(said.title())
    return [about, by] if is_one_word and said.islower() else [about]


def _on_topic(frame: Frame, said: str) -> str:
    """Ask about a topic; `and on Ukraine?` with `about` as well, which the reader knows better."""
    old = topic(frame)
    head = frame.predicate[: -len(old)].rstrip() if old else f"{frame.predicate} about"
    return question(frame.wh, frame.aux, frame.subject, head, said)


def _with_preposition(frame: Frame, preposition: str, said: str) -> str:
    """Replace what stands behind that preposition, or add it at the end."""
    if preposition in english.ABOUT and frame.asks_what_was_said:
        return _on_topic(frame, said)
    whole = frame.text.removesuffix("?")
    ends = rf"(?=\s+(?:{'|'.join(english.PREPOSITIONS)})\b|$)"
    behind = re.compile(rf"\b{preposition}\s+(.+?){ends}", re.IGNORECASE)
    found = [m for m in behind.finditer(whole) if m.start() and not _ONE_TIME.match(m[1])]
    if not found:
        return question(whole, f"{preposition} {said}")
    start, words = found[-1].start(1), found[-1][1].split(" ")
    verbs = (i for i, w in enumerate(words) if i and (english.is_base(w) or english.is_past(w)))
    old = " ".join(words[: next(verbs, len(words))])
    return question(f"{whole[:start]}{said}{whole[start + len(old) :]}")


def _timed(frame: Frame, preposition: str, time: str) -> str:
    whole = frame.text.removesuffix("?")
    if old := _ANY_TIME.search(whole):
        kept = old["preposition"]
        new = f"{preposition} {time}" if kept else time
        return question(f"{whole[: old.start()]}{new}{whole[old.end() :]}")
    if re.match(r"(?:last|this|next|yesterday|today)", time, re.IGNORECASE):
        return question(whole, time)
    return question(whole, f"{preposition} {time}")


def _in_like_phrases(frame: Frame, said: str) -> list[str]:
    """Put the fragment in place of each phrase of its form, else of the subject."""
    slots = _slots(frame)
    if is_person(said) and slots and not any(is_person(s) or may_be_person(s) for s in slots):
        return [Frame("What", "did", said, "say").text]  # nobody is asked about yet
    alike = [slot for slot in slots if _form(slot) == _form(said)]
    alike.sort(key=lambda slot: is_place(slot) != is_place(said))
    return [_replaced(frame, old, said) for old in alike or slots[:1]]


def _form(phrase: str) -> str:
    if phrase.split(" ")[0].lower() in english.DETERMINERS | {"mr", "mrs", "ms"}:
        return "described"
    return "name" if phrase[0].isupper() or " " not in phrase else "other"


def _slots(frame: Frame) -> Sequence[str]:
    """Return what a fragment may replace, in order: the subject, then what the rest names."""
    words = " ".join(frame.predicate.split(" ")[1:])
    pieces = [
        piece
        for text in (frame.subject, words)
        for piece in re.split(rf"(?:^|\s+)(?:{'|'.join(english.PREPOSITIONS)})\s+", text)
        if piece and (piece[0].isupper() or piece.split(" ")[0].lower() in english.DETERMINERS)
    ]
    return list(dict.fromkeys([frame.subject, *pieces] if frame.subject else pieces))


def _replaced(frame: Frame, old: str, new: str) -> str:
    if old == frame.subject:
        return frame.about(new).text
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, frame.text, count=1)
