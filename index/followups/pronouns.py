"""Pronouns and demonstratives in a question, replaced by what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.followups import english
from index.followups.ellipsis import reported
from index.followups.frames import Turn, parse
from index.followups.noun_phrases import (
    NAME,
    Evidence,
    gender,
    groups,
    is_people,
    is_place,
    no_speakers,
    people,
    place,
    things,
    topic,
)

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")

_HE, _SHE = frozenset({"he", "him", "his"}), frozenset({"she", "her", "hers"})

_IT, _THEY = frozenset({"it", "its"}), frozenset({"they", "them", "their", "theirs"})

_OWNERS = frozenset({"his", "its", "their", "hers", "theirs"})

_SUBORDINATORS = frozenset(
    "that when while if before after until because since than so which who whom where what how "
    "although though as unless whether".split()
)

_EXPLETIVE = re.compile(
    r"\b(?:is|was|will|would|does|did|has|can|could) it (?:be |been |ever )?(?:true|raining|snowing"
    r"|rain|snow|cold|hot|warm|seem|appear|matter|mean|called (?:when|that|if))\b"
    r"|\b(?:is|was|be) it (?:\w+ ){0,3}(?:that|when|if|after|before)\b"
    r"|\b(?:is|was|be) it (?:\w+ ){0,3}to (?P<verb>\w+)"
    r"|\bit (?:\w+ )?(?:takes?|costs?|like|needs?)\b.* to\b"
    r"|\bwhat time is it\b|\bwhen it\b.*,|\b(?:make|made|makes|comes?|came) it\b",
    re.IGNORECASE,
)

_LOCATIVE = re.compile(
    r"(?:^(?:what else|who else|who|what) (?:is|are|was|were) there$"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )\bthere$)",
    re.IGNORECASE,
)


class Resolver:
    """Finds what the pronouns of one question stand for, in the turns before it."""

    def __init__(self, turns: Sequence[Turn], evidence: Evidence) -> None:
        self._turns = tuple(reversed(turns))
        self._evidence = evidence

    def resolve(self, text: str) -> str:
        """Replace each pronoun that has no antecedent of its own in the question."""
        if _has_expletive(text):
            return text
        resolved, end = "", 0
        for match in _WORD.finditer(text):
            resolved += text[end : match.start()]
            resolved += self._standing_for(match, text, resolved) or match[0]
            end = match.end()
        return self._located(resolved + text[end:])

    def _standing_for(self, match: re.Match[str], text: str, resolved: str) -> str | None:
        pronoun, after = match[0].lower(), text[match.end() :]
        if not _like(pronoun) or match[0] == "IT":
            return None
        if not self._is_open(pronoun, text[: match.start()], after):
            return None
        antecedent = self._antecedent(pronoun, resolved)
        return possessive(antecedent) if antecedent and _owns(pronoun, after) else antecedent

    def _is_open(self, pronoun: str, before: str, after: str) -> bool:
        """Tell whether nothing before it in the question can be what it stands for."""
        words = [word.lower() for word in _WORD.findall(before)]
        nouns = [w for w in words if w not in english.FUNCTION_WORDS and not _is_verb(w)]
        if nouns and set(words[1:]) & _SUBORDINATORS:
            return False
        again = not _like(pronoun).isdisjoint(words)
        if _owns(pronoun, after) and again:
            return False
        if _owns(pronoun, after):
            return not (self._names_person(before) if pronoun in _HE | _SHE else nouns)
        last = words[-1].removesuffix("n't").removesuffix("n’t") if words else ""
        if last in english.AUXILIARIES | english.WH or not words:
            return not again
        in_infinitive = "to" in words and self._names_person(before)
        is_object = last in english.PREPOSITIONS or _is_verb(last) or _ends_clause(after)
        is_statement = pronoun == "it" and last in english.SPEECH_VERBS
        possible = pronoun not in ("he", "she", "they") and not is_statement
        return possible and is_object and not in_infinitive

    def _names_person(self, before: str) -> bool:
        words = [w for w in _WORD.findall(before) if w.lower() not in english.FUNCTION_WORDS]
        named = [m[0] for m in NAME.finditer(before) if m[0].lower() not in english.FUNCTION_WORDS]
        asked = re.match(r"(?:who|which \w+) (?!is |are |was |were |did |does |do )", before, re.I)
        return (
            bool(asked)
            or any(not is_place(name) for name in named)
            or any(w.lower() in english.ROLES or self._evidence.of_speaker(w) for w in words)
        )

    def _antecedent(self, pronoun: str, before: str) -> str | None:
        """Return the first of the latest turn that has one; None if a turn leaves it open."""
        for turn in self._turns:
            if self.is_open(turn.question, _like(pronoun)):
                return None
            for phrase in self._fitting(pronoun, turn):
                if phrase.lower() not in before.lower():
                    return phrase
        return None

    def _fitting(self, pronoun: str, turn: Turn) -> Iterator[str]:
        if pronoun in _THEY:
            return groups(turn)
        if pronoun in _IT:
            return things(turn, self._evidence)
        unfit = "she" if pronoun in _HE else "he"
        found = people(turn, self._evidence)
        return (name for name in found if gender(name, self._evidence) != unfit)

    def is_open(self, text: str, pronouns: frozenset[str] = _HE | _SHE | _IT | _THEY) -> bool:
        """Tell whether one of the pronouns has no antecedent in the question itself."""
        return any(
            match[0].lower() in pronouns
            and match[0] != "IT"
            and self._is_open(match[0].lower(), text[: match.start()], text[match.end() :])
            for match in _WORD.finditer(text)
        )

    def _located(self, text: str) -> str:
        """Replace `there` by the place of an earlier turn."""
        where = next((found for turn in self._turns if (found := place(turn))), None)
        if not where or not _LOCATIVE.search(text):
            return text
        start = text[: -len("there")]
        return f"{start}{'' if start.endswith(' from ') else 'in '}{where}"


def _like(pronoun: str) -> frozenset[str]:
    """Return the forms of a pronoun, none for other words."""
    kinds = (_HE, _SHE, _IT, _THEY)
    return next((forms for forms in kinds if pronoun in forms), frozenset())


def leaves_open(text: str) -> bool:
    """Tell whether a pronoun of a question stands for what was spoken of before."""
    alone = Resolver((), Evidence((), no_speakers))
    return not _has_expletive(text) and alone.is_open(text)


def _has_expletive(text: str) -> bool:
    """Tell whether `it` stands for nothing: `Is it hard to see?`, but not `Is it open to all?`."""
    found = _EXPLETIVE.search(text)
    return found is not None and (not found["verb"] or english.is_base(found["verb"]))


def possessive(name: str) -> str:
    """Return the possessive: `Hegseth's`, `the dockers'`."""
    is_common_plural = name.endswith("s") and name.split(" ")[-1][0].islower()
    return f"{name}'" if is_common_plural else f"{name}'s"


def _owns(pronoun: str, after: str) -> bool:
    following = _WORD.match(after.strip())
    of_her = pronoun == "her" and following is not None
    return pronoun in _OWNERS or (
        of_her and following is not None and following[0].lower() not in english.FUNCTION_WORDS
    )


def _ends_clause(after: str) -> bool:
    following = _WORD.match(after.strip())
    return following is None or following[0].lower() in english.PREPOSITIONS


def _is_verb(word: str) -> bool:
    return (
        english.is_base(word)
        or english.is_base(word.removesuffix("s"))
        or english.is_past(word)
        or (word.endswith("ing") and not is_people(word))
    )


_SAID = re.compile(
    r"\b(?P<verb>say|said|claim|claimed|argue|argued|suggest|suggested) (?:that|this|it|so)$",
    re.IGNORECASE,
)

_SPOKEN_OF = re.compile(
    r"\b(?P<preposition>about|on|to|of) (?:that|this|all that|all this)$", re.IGNORECASE
)


def spelled_out(text: str, turns: Sequence[Turn]) -> str:
    """Replace `that` at the question's end by what it stands for in the turns."""
    if found := _SAID.search(text):
        said = next((s for t in reversed(turns) if (s := _what_was_said(t))), "")
        verb = found["verb"]
        return f"{text[: found.start()]}{verb} {said}" if said else text
    if found := _SPOKEN_OF.search(text):
        spoken_of = found["preposition"].lower() in english.ABOUT
        matters = (_matter(turn, spoken_of=spoken_of) for turn in reversed(turns))
        matter = next((matter for matter in matters if matter), "")
        return f"{text[: found.start()]}{found['preposition']} {matter}" if matter else text
    return text


def _what_was_said(turn: Turn) -> str:
    """Return `that about NATO`, or the clause that the answer reports; "" for a refusal."""
    frame = parse(turn.question)
    if not turn.answer or not frame:
        return ""
    if frame.asks_what_was_said and topic(frame):
        return f"that about {topic(frame)}"
    clause = reported(turn)
    return f"that {clause}" if clause else ""


def _matter(turn: Turn, *, spoken_of: bool) -> str:
    """Return what a turn is about, as a noun phrase: somebody's words, or what they were about."""
    frame = parse(turn.question)
    if not frame:
        return ""
    about = topic(frame)
    if not frame.asks_what_was_said or (spoken_of and about):
        return about
    verb, _, rest = frame.predicate.partition(" ")
    if frame.aux.lower() != "did":
        return about
    return f"what {frame.subject} {english.past(verb)} {rest}".strip()
