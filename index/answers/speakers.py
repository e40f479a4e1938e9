"""Whose words a question asks for, and whether a sentence gives another's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.text.words import entries

_ASKED = re.compile(
    # "did the mayor say", "does russell brand think", "has Lind commented": at most five words.
    r"\b(?:did|does|do|has|have|had|is|was|will)\s+(?P<subject>(?:[\w.'’-]+\s+){1,5}?)"
    r"(?:say|said|saying|think|thinking|believe|call|called|claim|claimed|react|reacted|respond"
    r"|responded|reply|replied|comment|commented|describe|described|explain|explained|warn|warned"
    r"|tell|told|argue|argued|suggest|suggested|promise|promised|deny|denied|admit|admitted|accuse"
    r"|accused|blame|blamed|want|wanted)\b"
    # "according to Lind", "says Hopkins" at the end, "hopkins says" there
    r"|\baccording to (?P<source>[^?,.;]+)"
    r"|\bsa(?:ys|id) (?P<after>[\w.'’ -]+?)\W*$"
    r"|,\s*(?P<before>[\w.'’ -]+?) sa(?:ys|id)\W*$",
    re.IGNORECASE,
)

NO_NAME = frozenset(
    "a an the his her their its our my your he she they it we you i people anyone anybody someone"
    " somebody everyone everybody who what this that these those there one any some".split()
)
"""First words of what is no name, so that others may be meant by it."""

CAPITAL = r"(?:[A-ZÀ-ÞĀ-Ž]\.|[A-ZÀ-ÞĀ-Ž](?:[\w-]|['’](?!s\b)){1,30})"

_NAME = rf"\b{CAPITAL}(?: (?:(?:von|van|de|der|den|al|bin|la|del) ){{0,2}}{CAPITAL}){{0,5}}"
"""All lengths are bounded: articles are untrusted, and each start is tried."""

_VERBS = frozenset(entries("index.text", "spoke"))

SPOKE = "|".join(_VERBS)
"""A pattern of the verbs beside the name of a speaker."""

WORDS_BEFORE, WORDS_AFTER = 3, 12
"""Between a verb of speaking and the name: "said Mayor Rosa Lind", "Lind, who came late, noted"."""

_GIVEN = re.compile(
    # A name before such a verb, with at most an apposition and two words between, or behind it, or
    # as an apposition itself: "its chair, Tove Lien, said".
    rf"(?<!of\s)(?<!of\sthe\s)(?<!in\s)(?P<before>{_NAME})(?:,[^,]{{1,80}},)?"
    rf"(?:\s+(?:also|later|then|has|had|have|who)){{0,2}}\s+(?:{SPOKE})\b"
    rf"|[\"”’,]\s+(?:said|says)\s+(?P<after>{_NAME})"
    rf"|,\s(?P<apposed>{_NAME}),\s+(?:{SPOKE})\b"
)

_WORD = re.compile(r"[^\W_]+(?:['’-](?!s\b)[^\W_]+)*")

_PRONOUNS = frozenset("He She They It We You The An But And This That If So One".split())


def name_asked_for(question: str) -> frozenset[str]:
    """Return the name whose words are asked for, as its words in lower case; empty if none is."""
    said = [word.casefold() for word in _WORD.findall(_phrase(question)) if len(word) > 1]
    return frozenset() if not said or said[0] in NO_NAME else frozenset(said)


def role_phrase(question: str) -> str:
    """Return whose words are asked for where that is "the mayor" or the like, without "the"."""
    determiner, _, role = _phrase(question).strip().partition(" ")
    return role if determiner.casefold() == "the" else ""


def _phrase(question: str) -> str:
    found = _ASKED.search(question)
    return next((group for group in found.groups() if group is not None), "") if found else ""


def another_speaks(name: frozenset[str], sentence: str) -> bool:
    """Tell whether a sentence gives somebody's words by name, and has no word of `name`."""
    if not name or name & {word.casefold() for word in _WORD.findall(sentence)}:
        return False
    return any(True for _ in named(sentence))


def speaks(name: frozenset[str], sentence: str) -> bool:
    """Tell whether a sentence gives the words of the one named: a verb of speaking is near."""
    words = [word.casefold() for word in _WORD.findall(sentence)]
    return any(
        not _VERBS.isdisjoint([*words[max(0, n - WORDS_BEFORE) : n], *words[n : n + WORDS_AFTER]])
        for n, word in enumerate(words)
        if word in name
    )


def named(text: str) -> Iterator[str]:
    """Yield the names whose words a text gives."""
    for match in _GIVEN.finditer(text):
        name = match["before"] or match["after"] or match["apposed"]
        if name not in _PRONOUNS and not name.startswith(("I'", "I’", "They'", "They’")):
            yield name
