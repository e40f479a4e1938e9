"""Pronouns and demonstratives in a question, replaced by what they may stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.followups import english
from index.followups.frames import Turn, parse
from index.followups.noun_phrases import (
    groups,
    is_people,
    may_be_person,
    persons,
    place,
    things,
    topic,
)

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")

_PERSON = frozenset("he him his she her hers".split())

_HE, _SHE = frozenset("he him his".split()), frozenset("she her hers".split())

_IT, _THEY = frozenset({"it", "its"}), frozenset("they them their theirs".split())

_OWNERS = frozenset("his its their hers theirs".split())

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


def leaves_open(text: str) -> bool:
    """Tell whether a pronoun of a question stands for what was spoken of before."""
    return bool(_open(text))


def resolved(text: str, turns: Sequence[Turn], most: int) -> list[str]:
    """Return the question with its pronouns replaced, in `most` ways at most, likeliest first."""
    pronouns = _open(text)
    fitting = [_fitting(match, turns) for match in pronouns]
    ways = []
    for choice in range(min(most, max(map(len, fitting), default=1))):
        way, end = "", 0
        for match, phrases in zip(pronouns, fitting, strict=True):
            way += text[end : match.start()]
            free = [phrase for phrase in phrases if phrase.lower() not in way.lower()]
            phrase = free[min(choice, len(free) - 1)] if free else match[0]
            owns = bool(free) and _owns(match[0].lower(), text[match.end() :])
            way += _possessive(phrase) if owns else phrase
            end = match.end()
        ways.append(_spelled_out(_located(way + text[end:], turns), turns))
    return list(dict.fromkeys(ways))


def _fitting(pronoun: re.Match[str], turns: Sequence[Turn]) -> list[str]:
    """Return what a pronoun may stand for, of the latest turn first."""
    forms = _like(pronoun[0].lower())
    kind = persons if forms & _PERSON else groups if forms & _THEY else things
    phrases: dict[str, None] = {}
    for turn in reversed(turns):
        phrases |= dict.fromkeys(kind(turn))
        if phrases and not turn.answer:  # nothing is known of what was asked about last
            break
    return list(phrases)


def _open(text: str) -> list[re.Match[str]]:
    """Return the pronouns of which nothing before them in the question can be the antecedent."""
    expletive = _EXPLETIVE.search(text)
    if expletive and (not expletive["verb"] or english.is_base(expletive["verb"])):
        return []
    return [
        match
        for match in _WORD.finditer(text)
        if _like(match[0].lower())
        and match[0] != "IT"
        and _is_open(match[0].lower(), text[: match.start()], text[match.end() :])
    ]


def _is_open(pronoun: str, before: str, after: str) -> bool:
    words = [word.lower() for word in _WORD.findall(before)]
    if not _like(pronoun).isdisjoint(words):
        return False
    if _owns(pronoun, after):
        return not _names(before, person=pronoun in _PERSON)
    last = words[-1].removesuffix("n't").removesuffix("n’t") if words else ""
    if last in english.AUXILIARIES | english.WH or not words:
        return True
    return pronoun not in ("he", "she", "they")


def _names(before: str, *, person: bool) -> bool:
    """Tell whether the words before a possessive name somebody, or something, that may own."""
    words = [w for w in _WORD.findall(before) if w.lower() not in english.FUNCTION_WORDS]
    if not person:
        return any(not _is_verb(word.lower()) for word in words)
    return any(word.lower() in english.ROLES or may_be_person(word) for word in words)


def _like(pronoun: str) -> frozenset[str]:
    """Return the forms of a pronoun, none for other words."""
    return next((forms for forms in (_HE, _SHE, _IT, _THEY) if pronoun in forms), frozenset())


def _owns(pronoun: str, after: str) -> bool:
    following = _WORD.match(after.strip())
    of_her = pronoun == "her" and following is not None
    return pronoun in _OWNERS or (
        of_her and following is not None and following[0].lower() not in english.FUNCTION_WORDS
    )


def _possessive(name: str) -> str:
    """Return the possessive: `Hegseth's`, `the dockers'`."""
    is_common_plural = name.endswith("s") and name.split(" ")[-1][0].islower()
    return f"{name}'" if is_common_plural else f"{name}'s"


def _is_verb(word: str) -> bool:
    return (
        english.is_base(word)
        or english.is_base(word.removesuffix("s"))
        or english.is_past(word)
        or (word.endswith("ing") and not is_people(word))
    )


def _located(text: str, turns: Sequence[Turn]) -> str:
    """Replace `there` by the place of an earlier turn."""
    where = next((found for turn in reversed(turns) if (found := place(turn))), None)
    if not where or not _LOCATIVE.search(text):
        return text
    start = text[: -len("there")]
    return f"{start}{'' if start.endswith(' from ') else 'in '}{where}"


_THAT = re.compile(
    r"\b(?:(?P<said>say|said|claim|claimed|argue|argued|suggest|suggested) (?:that|this|it|so)"
    r"|(?P<about>about|on|to|of) (?:that|this|all that|all this))$",
    re.IGNORECASE,
)


_REPORTED = re.compile(r"\b(?:said|noted|claimed|argued|warned|insisted) that ([^.;]{1,160})[.;]")
"""A clause of an answer that is short enough to be repeated in a question."""


def _reported(turn: Turn) -> str:
    """Return what was said in the answer's words: the clause behind `said that`; "" if none."""
    found = _REPORTED.search(turn.answer or "")
    return found[1].strip(" ,\"'“”") if found else ""


def _spelled_out(text: str, turns: Sequence[Turn]) -> str:
    """Replace `that` at the question's end by what was said, or the topic, in the turns."""
    found = _THAT.search(text)
    if not found:
        return text
    frames = [parse(turn.question) for turn in reversed(turns)]
    if found["said"]:
        about = next((t for f in frames if f and f.asks_what_was_said and (t := topic(f))), "")
        said = (
            f"about {about}" if about else next(filter(None, map(_reported, reversed(turns))), "")
        )
        return f"{text[: found.start()]}{found['said']} that {said}" if said else text
    about = next((t for f in frames if f and (t := topic(f))), "")
    return f"{text[: found.start()]}{found['about']} {about}" if about else text
