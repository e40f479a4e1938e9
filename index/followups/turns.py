"""Turns of a conversation, and what an answer only repeats of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.answers import values
from index.answers.lacking import lacks_name
from index.followups.english import bare
from index.text.times import TIME
from index.text.words import name_phrases, subject_words

MAX_TURNS = 6
"""People refer to what was said just now; older turns would only add wrong antecedents."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question as it was read, and the sentences that answered it; None for a refusal.

    `article` is the id of the article that was asked or that answered, where that is known.
    """

    question: str
    answer: str | None = None
    article: str | None = None


_WHY = re.compile(
    r"(?:why|how come)(?: not| so| exactly)?"
    r"|why (?:did|does|do|would) (?:\w+ )?\w+ (?:say|think|claim) (?:so|that|this|it)"
    r"|(?:who|anyone) else",
    re.IGNORECASE,
)

_REASON = re.compile(
    r"\b(?:because|due to|owing to|thanks to|so|reason|since|as|for|after|over|amid|following"
    r"|protest|want\w*|fear\w*)\b",
    re.IGNORECASE,
)
"""What may tell of a reason."""

_AMOUNT = re.compile(
    r"(?:(?:for|by|at|of|to) )?(?:how (?:much|many)|what (?:cost|price|sum|speed|share|rate))\b",
    re.IGNORECASE,
)

_MANY = re.compile(
    r"\b(?:dozens|hundreds|thousands|millions|half|all|none|nobody|no|several|few)\b", re.IGNORECASE
)
"""What may answer "how many?" without a number."""

_MONEY = values.Value("pound")

LARGE = 10_000
"""A number from which it may be a sum in a currency that is not known, and is hardly an age."""

_FOOTNOTE = re.compile(r" (?:\[\d+\])+")

_HOW = re.compile(
    r"(?:why|(?:for )?how (?:did|does|do|could|can|was|is|long|often))\b", re.IGNORECASE
)

_WHEN = re.compile(
    r"when(?P<said> (?:did|does|was|has) [\w.'’ -]{1,40} (?:say|said|claim|claimed|announce"
    r"|announced) (?:that|this|so|it))?",
    re.IGNORECASE,
)

_TIME = re.compile(TIME, re.IGNORECASE)

_IN_WORDS = re.compile(r"[\"“][^\"”]*[\"”]?|\b(?:say|said|claim|announce)\w*\s+that\b.*", re.DOTALL)
"""What somebody says, which tells nothing of when."""

_SINCE = re.compile(r"\bsince\b[^,.;]*", re.IGNORECASE)


def only_repeats(
    text: str, sentences: Iterable[str], turns: Sequence[Turn], *, sure: bool = True
) -> bool:
    """Tell whether a follow-up is answered only with what was said before, which is no answer.

    `text` is the follow-up as typed. To `when?` the same sentence may well be the answer, if it has
    a time, and to `how much?` if it has an amount; to `why?` it is none, nor to another `how`
    unless the reader is sure; nor to "why is it closed?" the last answer, if that has no word of a
    reason.
    """
    answers = [turn.answer for turn in turns if turn.answer]
    found = list(sentences)
    if not answers or not all(any(s in answer for answer in answers) for s in found):
        return False
    said = bare(text)
    if when := _WHEN.fullmatch(said):
        told = (_IN_WORDS.sub("", one) if when["said"] else one for one in found)
        return not any(_TIME.search(_SINCE.sub("", one)) for one in told)
    ruled = ruled_out(text, turns)
    if ruled and all(any(s in answer for answer in ruled) for s in found):
        return True
    return not sure and bool(_HOW.match(said))


def ruled_out(text: str, turns: Sequence[Turn]) -> list[str]:
    """Return the answers whose sentences are none to a follow-up that asks why, or how much."""
    told, said = [turn.answer for turn in turns if turn.answer], bare(text)
    if _WHY.fullmatch(said):
        return told
    if _AMOUNT.match(said):
        of_money = bool(values.measures_asked_for(said, _MONEY))
        return [one for one in told if not _has_amount(_FOOTNOTE.sub("", one), of_money=of_money)]
    if not said.lower().startswith("why ") or name_phrases(text):
        return []
    return [one for one in told[-1:] if not _REASON.search(one)]


def may_be_amount(text: str, told: str) -> bool:
    """Tell whether a follow-up asks how much, and a sentence has an amount and all its words."""
    if not _AMOUNT.match(bare(text)):
        return False
    of_money = bool(values.measures_asked_for(text, _MONEY))
    words = subject_words(text)
    return bool(words) and _has_amount(told, of_money=of_money) and not lacks_name(words, told)


def asks_why_told(text: str, turns: Sequence[Turn]) -> bool:
    """Tell whether a follow-up asks why it was so what was told last."""
    told, said = [turn.answer for turn in turns if turn.answer], bare(text)
    if not told or not said.lower().startswith(("why", "how come")):
        return False
    words = subject_words(text)
    is_in_it = not name_phrases(text) and all(w.lower() in told[-1].lower() for w in words)
    return is_in_it or bool(_WHY.fullmatch(said))


def _has_amount(told: str, *, of_money: bool) -> bool:
    """Tell whether a number is told; of money, with a currency or one as large as sums are."""
    found = [value for _, value in values.all_in(told) if value.kind != "date"]
    if of_money:
        return any(one.kind in values.CURRENCIES or one.amount >= LARGE for one in found)
    return bool(found or _MANY.search(told))
