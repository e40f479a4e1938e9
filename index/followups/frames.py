"""Turns of a conversation, and the frames of their questions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.followups import english
from index.followups.english import base, is_base, is_past

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


MAX_WH_WORDS = 5
"""Of a phrase as `Which Baltic party` or `How many young people`."""

_OPENING = re.compile(
    r"^(?:(?:and|but|so|or|also|then|ok|okay|hm+|well|oh|please|now|hey|yes|no|thanks|right)\b[,.!]*"
    r"\s+)+",
    re.IGNORECASE,
)

_CONTRACTED = re.compile(r"^(what|who|where|when|why|how)(?:['’]?s|['’]re)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Frame:
    """The parts of a question, as written: `wh` `aux` `subject` `predicate`.

    `wh` is "" for a yes/no question. Where `wh` itself is the subject (`Who left?`) `subject` is
    "" and so is, mostly, `aux`.
    """

    wh: str
    aux: str
    subject: str
    predicate: str

    @property
    def text(self) -> str:
        """Return the question."""
        return question(self.wh, self.aux, self.subject, self.predicate)

    @property
    def verb(self) -> str:
        """Return the base form of the predicate's first word; "" without predicate."""
        return base(self.predicate.split(" ", 1)[0])

    @property
    def asks_what_was_said(self) -> bool:
        """Tell whether somebody's words are asked for: `What did she say about it?`."""
        return (
            self.wh.lower() == "what" and bool(self.subject) and self.verb in english.SPEECH_VERBS
        )

    @property
    def is_definition(self) -> bool:
        """Tell whether it asks who or what somebody is."""
        return (
            self.wh.lower() in ("who", "what")
            and self.aux.lower() in english.BE
            and bool(self.subject)
            and not self.predicate
        )

    def about(self, subject: str) -> Frame:
        """Return the frame with another subject, and its auxiliary in that number."""
        return replace(self, subject=subject, aux=_agreeing(self.aux, subject))


def question(*parts: str) -> str:
    """Join the parts of a question; each may be empty."""
    text = " ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}?"


def bare(text: str) -> str:
    """Return a question without openings such as `and` and without its closing mark."""
    return _OPENING.sub("", text.strip()).rstrip(" ?!.…").strip()


def uncontracted(text: str) -> str:
    """Return a question with `who's` as `who is`."""
    return _CONTRACTED.sub(r"\1 is ", text)


def parse(text: str) -> Frame | None:
    """Take a question apart; None for what is not put as an English question."""
    words = uncontracted(bare(text)).split()
    if len(words) < 2:
        return None
    first = words[0].lower()
    if first in english.AUXILIARIES:
        return _inverted("", words)
    if first in ("which", "whose", "how") or (first == "what" and not _is_aux(words[1])):
        end = _end_of_wh(words)
        rest = words[end:]
        wh = " ".join(words[:end])
        return _inverted(wh, rest) if rest and _is_aux(rest[0]) else _of_subject(wh, rest)
    if first not in english.WH:
        return None
    if not _is_aux(words[1]):
        return _of_subject(words[0], words[1:])
    return _inverted(words[0], words[1:])


def _is_aux(word: str) -> bool:
    return word.lower().removesuffix("n't").removesuffix("n’t") in english.AUXILIARIES


def _end_of_wh(words: Sequence[str]) -> int:
    """Find the end of the phrase with the question word: before an auxiliary or a past tense."""
    for i, word in enumerate(words[1 : MAX_WH_WORDS + 1], 1):
        if _is_aux(word) or (i > 1 and is_past(word)):
            return i
    return min(2, len(words))


def _of_subject(wh: str, rest: Sequence[str]) -> Frame | None:
    return Frame(wh, "", "", " ".join(rest)) if rest else None


def _inverted(wh: str, words: Sequence[str]) -> Frame | None:
    aux, *rest = words
    if not rest:
        return None
    if wh.split(" ")[0].lower() in ("who", "what", "which") and _is_verb_form(rest[0]):
        return Frame(wh, aux, "", " ".join(rest))
    at = _start_of_predicate(wh, aux.lower(), rest)
    return Frame(wh, aux, " ".join(rest[:at]), " ".join(rest[at:]))


def _is_verb_form(word: str) -> bool:
    """Tell whether it is what an auxiliary goes with, so that the question word is the subject."""
    ends = word.endswith("ing") or word in ("be", "been")
    return word[0].islower() and (ends or is_past(word))


def _start_of_predicate(wh: str, aux: str, rest: Sequence[str]) -> int:
    """Count the words of the subject."""
    for i in range(1, len(rest)):
        if _may_begin_predicate(aux, rest, i):
            return i
    return _before_complement(wh, rest)


def _may_begin_predicate(aux: str, rest: Sequence[str], i: int) -> bool:
    word, before = rest[i], rest[i - 1].lower()
    if word[0].isupper() or before in english.DETERMINERS | english.PREPOSITIONS:
        return False
    lower = word.lower()
    if aux in english.BE:
        return _is_verb_form(lower)
    return is_base(lower) or lower in ("be", "have", "do")


def _before_complement(wh: str, rest: Sequence[str]) -> int:
    """Count the subject's words: two of `European leaders anxious about it`, all after `Who is`."""
    if wh.lower() in ("who", "what"):
        return len(rest)
    for i in range(1, len(rest)):
        if rest[i].lower() in english.PREPOSITIONS | english.DETERMINERS - {"of"}:
            return i - 1 if i > 1 and not rest[i - 1][0].isupper() else i
    return max(1, len(rest) - 1) if not rest[-1][0].isupper() else len(rest)


def is_plural(noun_phrase: str) -> bool:
    """Tell whether `are` goes with it."""
    if " and " in f" {noun_phrase} ":
        return True
    head = re.split(r"\s(?:of|in|from|at|for|on|to)\s", noun_phrase)[0].split(" ")[-1]
    if head[:1].isupper() and " " not in noun_phrase:
        return False
    lower = head.lower()
    ends = lower.endswith("s") and not lower.endswith(("ss", "us", "is", "'s", "’s", "news"))
    return lower in english.PEOPLE or lower in ("they", "these", "those") or ends


def _agreeing(aux: str, subject: str) -> str:
    """Return the auxiliary in the number of a subject."""
    numbers = {"is": "are", "was": "were", "has": "have", "does": "do"}
    singular = {many: one for one, many in numbers.items()}
    table = numbers if is_plural(subject) else singular
    return table.get(aux.lower(), aux)
