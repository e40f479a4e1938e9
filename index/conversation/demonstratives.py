"""`that` and `this` for something said or done before: `When did Hegseth say that?`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.conversation import lexicon, verbs
from index.conversation.asking import reported
from index.conversation.frames import parse
from index.conversation.noun_phrases import topic
from index.conversation.turns import Turn

_SAID = re.compile(
    r"\b(?P<verb>say|said|claim|claimed|argue|argued|suggest|suggested) (?:that|this|it|so)$",
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(
    r"\b(?P<preposition>about|on|to|of) (?:that|this|all that|all this)$", re.IGNORECASE
)


def spelled_out(text: str, turns: Sequence[Turn]) -> str:
    """The question with what `that` at its end stands for, where the turns tell it."""
    if found := _SAID.search(text):
        said = next((s for t in reversed(turns) if (s := _what_was_said(t))), "")
        verb = found["verb"]
        return f"{text[: found.start()]}{verb} {said}" if said else text
    if found := _SPOKEN_OF.search(text):
        spoken_of = found["preposition"].lower() in lexicon.ABOUT
        matters = (_matter(turn, spoken_of=spoken_of) for turn in reversed(turns))
        matter = next((matter for matter in matters if matter), "")
        return f"{text[: found.start()]}{found['preposition']} {matter}" if matter else text
    return text


def _what_was_said(turn: Turn) -> str:
    """`that about NATO`, or the clause that the answer reports; "" for a refusal."""
    frame = parse(turn.question)
    if not turn.answer or not frame:
        return ""
    if frame.asks_what_was_said and topic(frame):
        return f"that about {topic(frame)}"
    clause = reported(turn)
    return f"that {clause}" if clause else ""


def _matter(turn: Turn, *, spoken_of: bool) -> str:
    """What a turn is about, as a noun phrase: somebody's words, or what they were about."""
    frame = parse(turn.question)
    if not frame:
        return ""
    about = topic(frame)
    if not frame.asks_what_was_said or (spoken_of and about):
        return about
    verb, _, rest = frame.predicate.partition(" ")
    if frame.aux.lower() != "did":
        return about
    return f"what {frame.subject} {verbs.past(verb)} {rest}".strip()
