"""A follow-up as questions that stand by themselves; which one is meant the reader chooses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.followups import english
from index.followups.ellipsis import fragment, placed, short
from index.followups.frames import Turn, bare, parse, question, uncontracted
from index.followups.pronouns import resolved

MAX_CHARS = 300
"""Longer messages tell what they are about."""

MOST = 2
"""Questions that a follow-up may stand for, beside itself; each is read in some passages."""


_NONSENSE = re.compile(
    r"^(?:when|where|since when|until when|who)\b.* (?:cost|weigh|measure|last)\?$"
    r"|\b(?:does|has|is|was) (?:they|these|those)\b|\b(?:do|have|are|were) (?:he|she|it)\b"
    r"|\b(?:they|he|she|it) (?:people|person|the|an?)\b"
    r"|\b(?P<word>\w+) (?P=word)\b",
    re.IGNORECASE,
)
"""What no question has: a measure that is not asked for, a verb or a noun where none goes."""


def rewritings(text: str, turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return the questions that a follow-up to these turns (oldest first) may stand for.

    The likeliest is first; there are none for a question that stands by itself, or that nothing
    before explains. Only names, numbers and topics of the turns and of the follow-up are put in.
    """
    told: list[Turn] = []
    for turn in turns:
        meant = _meant(turn.question, told)
        told.append(replace(turn, question=meant[0]) if meant else turn)
    return tuple(_meant(text, told))


def _meant(text: str, turns: Sequence[Turn]) -> list[str]:
    if not turns or not text.strip() or len(text) > MAX_CHARS:
        return []
    found = dict.fromkeys(_elliptical(text, turns) or _with_antecedents(bare(text), turns))
    others = [one for one in found if bare(one).lower() != bare(text).lower()]
    return [one for one in others if not _NONSENSE.search(one)][:MOST]


def _elliptical(text: str, turns: Sequence[Turn]) -> list[str]:
    """Complete what leaves out parts of the last question."""
    last = parse(turns[-1].question)
    if not last or len(last.text) > MAX_CHARS:
        return []
    if meant := short(bare(text), last, turns[-1]):
        return [meant]
    phrase = fragment(text)
    return placed(last, _as_written(phrase, turns)) if phrase else []


def _with_antecedents(said: str, turns: Sequence[Turn]) -> list[str]:
    """Replace pronouns by what they may stand for, and `say that` by what was said."""
    asked = uncontracted(said)
    if asked.split(" ")[0].lower() not in english.OPENING_QUESTIONS:
        return []
    return [question(one) for one in resolved(asked, turns, MOST) if one != asked]


def _as_written(phrase: str, turns: Sequence[Turn]) -> str:
    """Return a phrase with the capitals that the turns have."""
    texts = " ".join(f"{turn.question} {turn.answer or ''}" for turn in turns)
    found = re.search(rf"\b{re.escape(phrase)}\b", texts, re.IGNORECASE)
    return found[0] if found and phrase == phrase.lower() else phrase


_WHY = re.compile(
    r"(?:why|how come)(?: not| so| exactly)?"
    r"|why (?:did|does|do|would) (?:\w+ )?\w+ (?:say|think|claim) (?:so|that|this|it)"
    r"|(?:who|anyone) else",
    re.IGNORECASE,
)

_HOW = re.compile(
    r"(?:why|(?:for )?how (?:did|does|do|could|can|was|is|long|often))\b", re.IGNORECASE
)

_WHEN = re.compile(
    r"when(?P<said> (?:did|does|was|has) [\w.'’ -]{1,40} (?:say|said|claim|claimed|announce"
    r"|announced) (?:that|this|so|it))?",
    re.IGNORECASE,
)

_PART = r"(?:morning|afternoon|evening|night|week(?:end)?|month|year|decade|century|season)"

_TIME = re.compile(
    r"\b(?:(?:19|20)\d\d|\d{1,2}(?::\d\d)? ?[ap]\.?m|january|february|march|april|may|june|july"
    r"|august|september|october|november|december|(?:mon|tues|wednes|thurs|fri|satur|sun|yester|to)"
    rf"day|tomorrow|tonight|(?:this|last|next|that|same|previous|following|in the|of the) {_PART}"
    r"|noon|midnight|dawn|dusk|(?:mid-?)?(?:spring|summer|autumn|winter)|recently|lately|ago|earlier"
    r"|later|during|after|before|when|while|once|until)\b",
    re.IGNORECASE,
)
"""A point in time; "for months" and "at night" are none."""

_IN_WORDS = re.compile(r"[\"“][^\"”]*[\"”]?|\b(?:say|said|claim|announce)\w*\s+that\b.*", re.DOTALL)
"""What somebody says, which tells nothing of when."""

_SINCE = re.compile(r"\bsince\b[^,.;]*", re.IGNORECASE)


def only_repeats(
    text: str, sentences: Iterable[str], turns: Sequence[Turn], *, sure: bool = True
) -> bool:
    """Tell whether a follow-up is answered only with what was said before, which is no answer.

    `text` is the follow-up as typed. To `when?` the same sentence may well be the answer, if it has
    a time; to `why?` it is none, nor to another `how` unless the reader is sure.
    """
    answers = [turn.answer for turn in turns if turn.answer]
    found = list(sentences)
    if not answers or not all(any(s in answer for answer in answers) for s in found):
        return False
    said = bare(text)
    if when := _WHEN.fullmatch(said):
        told = (_IN_WORDS.sub("", one) if when["said"] else one for one in found)
        return not any(_TIME.search(_SINCE.sub("", one)) for one in told)
    return bool(_WHY.fullmatch(said) or (not sure and _HOW.match(said)))


def asks_why(text: str) -> bool:
    """Tell whether a follow-up asks for a reason, or for others, of what was said before."""
    return bool(_WHY.fullmatch(bare(text)))


_WHO_SAID = re.compile(
    r"who (?:said|says|claimed|claims|told (?:them|us|you|him|her)) (?:that|this|it|so)|says who",
    re.IGNORECASE,
)


def asks_who_said(text: str) -> bool:
    """Tell whether a follow-up asks whose words an answer gives."""
    return bool(_WHO_SAID.fullmatch(bare(text)))
