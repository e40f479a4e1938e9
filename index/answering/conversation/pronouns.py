"""Pronouns in a question that has a verb of its own, replaced by what they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain

from index.answering.conversation import lexicon
from index.answering.conversation.frames import Frame, parse
from index.answering.conversation.mentions import (
    gender,
    groups,
    is_people,
    is_person,
    is_place,
    names,
    people,
    things,
)
from index.answering.conversation.speakers import Speaks
from index.answering.conversation.turns import Turn

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_HIS, _ITS, _THEIR = frozenset({"his", "hers"}), frozenset({"its"}), frozenset({"their", "theirs"})
_OBJECTS = frozenset("him them her it".split())
_SINGULAR = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
_EXPLETIVE = re.compile(
    r"\b(?:is|was|will|would|does|did|has|can|could) it\b (?:be |been )?(?:true|possible|likely|"
    r"necessary|legal|safe|worth|raining|snowing|rain|snow|cold|hot|warm|easy|hard|important|time|"
    r"clear|known|seem|appear|matter)\b"
    r"|\bit (?:take|cost)s? to\b|\bit (?:take|like|mean|cost|need)\b.* to\b"
    r"|\bwhat time is it\b|\bwhen it\b.*,",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(r"\b(?:is|are|was|were) there\b(?=$)|(?<!is )(?<!are )(?<!was )(?<!were )"
                       r"\bthere\b(?! (?:is|are|was|were)\b)", re.IGNORECASE)  # fmt: skip
_PLACE = re.compile(r"\b(?:in|at|to|from) ((?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*)")


class Resolver:
    """Finds what the pronouns of one question stand for, in the turns before it."""

    def __init__(self, turns: Sequence[Turn], speaks: Speaks) -> None:
        self._turns = tuple(reversed(turns))
        self._texts = [text for t in turns for text in (t.question, t.answer or "")]
        self._speaks = speaks

    def resolve(self, text: str) -> str:
        """The question with each pronoun replaced that has no antecedent of its own in it."""
        if _EXPLETIVE.search(text):
            return text
        parts: list[str] = []
        end = 0
        for match in _WORD.finditer(text):
            found = self._standing_for(match, text)
            if found:
                parts += [text[end : match.start()], found]
                end = match.end()
        return self._located("".join([*parts, text[end:]]))

    def _standing_for(self, match: re.Match[str], text: str) -> str | None:
        pronoun = match[0].lower()
        contracted = re.match(r"(he|she|it|they)['’](?:s|re|d|ll|ve)$", pronoun)
        before, after = text[: match.start()], text[match.end() :]
        if contracted or (pronoun == "us" or match[0] == "IT"):
            return None
        owned = _is_owner(pronoun, after)
        antecedent = self._antecedent(pronoun, before, owned=owned)
        if antecedent and owned:
            return possessive(antecedent)
        return antecedent

    def _antecedent(self, pronoun: str, before: str, *, owned: bool) -> str | None:
        is_object = pronoun in _OBJECTS and not owned and _has_verb_or_preposition(before)
        if pronoun in _SINGULAR:
            if not is_object and self._names_person(before):
                return None
            return self.person(_SINGULAR[pronoun], before)
        if pronoun in ("it", "its"):
            if not is_object and _names_thing(before):
                return None
            return self._first(things, before)
        if pronoun in ("they", "them", "their", "theirs"):
            if not is_object and _names_several(before):
                return None
            return self.several(before)
        return None

    def person(self, wanted: str, before: str = "") -> str | None:
        """The nearest person of a gender ("he" or "she"), or of one that nothing tells."""
        for turn in self._turns:
            for name in people(turn, self._texts, self._speaks):
                known = gender(name, self._texts)
                if known in ("", wanted) and name.lower() not in before.lower():
                    return name
        return None

    def several(self, before: str = "") -> str | None:
        """The nearest group, else the nearest organisation or person."""
        for turn in self._turns:
            found = chain(
                groups(turn),
                people(turn, self._texts, self._speaks),
                things(turn, self._texts, self._speaks),
            )
            for name in found:
                if name.lower() not in before.lower():
                    return name
        return None

    def _first(
        self, finding: Callable[[Turn, Sequence[str], Speaks], object], before: str
    ) -> str | None:
        for turn in self._turns:
            for phrase in things(turn, self._texts, self._speaks):
                if phrase.lower() not in before.lower():
                    return phrase
        return None

    def _names_person(self, before: str) -> bool:
        """Whether somebody is named whom the pronoun can stand for."""
        words = _WORD.findall(before)
        named = [n for n in names(before) if not is_place(n) and n.lower() not in lexicon.WH]
        roles = any(w.lower() in lexicon.ROLES for w in words)
        known = any(self._speaks(w) for w in words if w.lower() not in lexicon.FUNCTION_WORDS)
        who = re.match(r"(?:who|which \w+)\s+(?!is|are|was|were|did|does|do\b)", before, re.I)
        return bool(named or roles or known or who)

    def _located(self, text: str) -> str:
        """`there` as the place that was spoken of."""
        found = _LOCATIVE.search(text)
        place = next((p for t in self._turns if (p := _place(t))), None)
        if not found or not place:
            return text
        at = found.end() - len("there")
        lead = text[:at]
        preposition = "" if re.search(r"\bfrom $", lead) else "in "
        return f"{lead}{preposition}{place}{text[found.end() :]}"


def _place(turn: Turn) -> str | None:
    found = [m[1] for text in (turn.question, turn.answer or "") for m in _PLACE.finditer(text)]
    return next((p for p in found if not is_person(p, (turn.answer or "",), lambda _: False)), None)


def possessive(name: str) -> str:
    """`Hegseth's`, `the dockers'`."""
    return f"{name}'" if name.endswith("s") and name[0].islower() else f"{name}'s"


def _is_owner(pronoun: str, after: str) -> bool:
    if pronoun in _HIS | _ITS | _THEIR:
        return True
    following = _WORD.match(after.strip())
    return (
        pronoun == "her"
        and following is not None
        and following[0].lower() not in lexicon.FUNCTION_WORDS | {"say", "do", "leave"}
    )


def _has_verb_or_preposition(before: str) -> bool:
    words = before.split()
    return len(words) > 1 and words[-1].lower() not in lexicon.AUXILIARIES | {"that", "if"}


def _names_thing(before: str) -> bool:
    words = [w.lower() for w in _WORD.findall(before)]
    described = any(w in lexicon.DETERMINERS - {"what", "which"} for w in words[:-1])
    content = [w for w in words if w not in lexicon.FUNCTION_WORDS and len(w) > 3]
    frame: Frame | None = parse(before + " x")
    adverbial = frame is None or frame.wh.lower().startswith("how ")
    return described or (len(content) > 0 and not adverbial)


def _names_several(before: str) -> bool:
    words = [w for w in _WORD.findall(before) if w.lower() not in lexicon.FUNCTION_WORDS]
    return " and " in before or any(
        is_people(w) or (w.endswith("s") and not w.endswith(("ss", "us", "'s", "’s")) and len(w) > 3)
        for w in words
    )
