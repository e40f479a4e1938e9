"""Whether a sentence can stand alone, and how many before it tell who or what is meant in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answers.speakers import CAPITAL, SPOKE

MOST_BEFORE = 2
"""Sentences looked back: who is meant is seldom named further off."""

_LINK = r"(?:(?:But|And|Yet|So|However|Still|Instead|Then|Later|Also|Nevertheless),?\s)?"

_NOTHING_MEANT = (
    r"(?!it (?:is|was|remains?|remained|seems|seemed|appears|appeared)(?: (?:not|still|now|yet"
    r"|also|widely|un(?:clear|certain|known|likely)|clear|certain|known|likely|possible|expected"
    r"|hoped|feared|thought|believed|understood|agreed|true|the (?:first|second|third|last) time"
    r")){1,3} (?:that|whether|who|how|why|what|when|where|if)\b"
    r"|it (?:is|was) (?:an?|the) [\w-]+(?: [\w-]+)?(?:, [^,]{1,80},)? (?:who|that)\b"
    r"|it (?:took|takes|will take)\b.* to\b|it (?:emerged|seems|appears) that\b|it turned out\b)"
)
"""In "It is not known who", "It was a guard, Lind, who" and "It took firefighters two hours to" no
"it" stands for anything."""

_THE_ONE = (
    r"(?:the|this|that)\s(?-i:company|firm|group|agency|club|team|party|union|bank|airline|school"
    r"|university|organi[sz]ation|charity|man|woman|boy|girl|couple|pair|suspect|victim|player"
    r"|statement|ruling|decision|move|deal|law|study|report)\b"
    r"(?!,?\s(?:of|by|on|between|against|led|called|named)\b)(?!,?\s(?-i:[A-Z]))"
    r"(?!\s(?:who|that|which|whose|party|parties|coalition|class)\b)"
)
"""Not "the Union Bank", "the firm of Lind", "the firm Lind", "the firm, Lind" and "the firm that
sank", all told, nor "the ruling party", another thing."""

_NO_PERSON = (
    r"(?-i:[^A-Z,;:.\"“]|(?:(?<=\b(?:in|on|at|of|by|to)\s)|(?<=\b(?:from|with|near)\s))"
    r"[A-Z][\w'’-]*+(?: [A-Z][\w'’-]*+)*+)*+"
)
"""Words with no name but behind a preposition."""

_NOT_ALONE = re.compile(
    # "He left", "Their boat sank", "The firm denied it", "Asked why in Orm, he left"
    rf"{_LINK}(?:{_NOTHING_MEANT}(?:he|she|they|it|his|her|their|its)\b"
    rf"|the \d{{1,3}}-year-old\b|{_THE_ONE})"
    r"|(?:asked|born|reached|turned|speaking|now|in|at|on|under|with|from|by|until|during|despite"
    rf"|according to)\b{_NO_PERSON}, (?:he|she)\b",
    re.IGNORECASE,
)

_SPEAKS_LATE = re.compile(
    r"(?:[\"“][^\"“”]*[\"”]|[^.]*?[,?!][\"”’]?)"
    rf"\s(?:he|she|they|it)\s(?:{SPOKE})\b",
    re.IGNORECASE,
)
"""In "\"No. Never,\" she said" and "Work ends, he said"."""

_NAMED_FIRST = re.compile(
    r"(?!The\b)(?:(?!(?:the|of|in|by|from|at|to|for)\b)[\w'’.-]{1,30}\s){0,5}?"
    rf"{CAPITAL} {CAPITAL}\b"
)
"""In "Baker Ina Groh is glad: people, she says, are hungry"."""

_QUOTATION = re.compile(r"\s*[\"“„«][^\"“”„«»]+[\"”“»][.!?]?\s*")
"""Nothing but somebody's words."""


def stands_alone(text: str) -> bool:
    """Tell whether a reader knows without the sentence before who or what a sentence is about."""
    speaks_late = _SPEAKS_LATE.match(text) and not _NAMED_FIRST.match(text)
    return not (_NOT_ALONE.match(text) or speaks_late or _QUOTATION.fullmatch(text))


_CLAIMED = (
    r"(?:dispute[sd]?|doubt(?:s|ed)?|den(?:y|ies|ied)|reject(?:s|ed)?|confirm(?:s|ed)?|sa(?:y|ys|id)"
    r"|thinks?|thought|support(?:s|ed)?|oppose[sd]?)"
)
"""What is done with a claim."""

_JUDGED = (
    r"(?:calls?|called|describe[sd]?|dismiss(?:es|ed)?|welcome[sd]?|hail(?:s|ed)?|condemn(?:s|ed)?"
    r"|critici[sz]e[sd]?|regret(?:s|ted)?)"
)

_DONE = rf"(?:{_JUDGED}|accuse[sd]?|blame[sd]?|praise[sd]?)"

_HIM = r"(?:him\b|them\b|her(?=\s(?:an?|the|as|of|for)\b|[.,]))"

_DONE_TO = re.compile(rf"\b{_DONE}\s{_HIM}")
"""In "Her coach called him stubborn": who is spoken of is another than who acts."""

_NO_CLAUSE = (
    r"(?:(?!\b(?:and|but|or|as|because|when|if|while|that|since|after|before"
    rf"|who (?:[a-z]+ )?{_DONE})\b)[^.;:?!\"“]){{1,200}}?"
)

_FOLLOWED = r"(?=[.;:!?]|,? (?:too|though|but|and|as|pointing|saying|arguing|adding)\b)"

_TELLS_ON = re.compile(
    # "Lind denied that.", "Lind disagrees.", "Lind blamed him for it", "That is why", "Both died"
    rf"{_NO_CLAUSE}\b(?:(?:{_CLAIMED}|{_JUDGED})\s(?:that|this|so){_FOLLOWED}"
    rf"|{_CLAIMED}\sit(?=[.;:!?,])|(?:dis)?agree[sd]?(?=[.;:!])"
    rf"|call(?:s|ed)\s(?:that|this)\s(?:an?|the)\b|{_DONE}\s{_HIM})"
    r"|(?:This|That)\s(?:is|was|has|had|will|would|may|could|means|meant|comes?|came|leaves?|left"
    r"|made|makes|brought|brings|follows|followed)\b"
    r"|(?:These|Those|Such)\s(?!days\b)[a-z]+s\b(?! (?:who|that|which|with|in|of|for)\b)"
    r"|(?:Both|Neither)\s(?:[a-z]+s\s)?(?:is|was|are|were|has|have|had|will|would|den(?:y|ies|ied)"
    r"|sa(?:y|ys|id))\b"
    r"|(?:One|Two|Three|Some|Most|Many|None|All|Each|Several) of (?:them|these|those)\b"
)
"""What is meant besides the one spoken of stands in the sentence before."""

_BARE = r"s?\b(?!['’]|\s(?:to|of|by|that|on|for|against|in|between|with|which|from|behind|at)\b)"
"""Of a noun: nothing beside it says which."""

_JUDGES = re.compile(
    rf"{_NO_CLAUSE}\b{_JUDGED}\s(?:it(?=\s(?:an?|the|as|too|[\"“])|[.,;:])"
    rf"|(?:the|this|that)\s(?:(?P<claim>(?:claim|allegation|accusation|charge){_BARE})"
    r"|(?P<deed>(?:decision|move|ruling|verdict|judge?ment|outcome|result|news|announcement|closure"
    rf"|sentence|measure|step|vote|proposal|offer|idea|delay|dismissal){_BARE})))"
)
"""In "Lind called it a shame" and "Lind welcomed the ruling": what is judged may be told before."""

_TOLD_BY_ONE = re.compile(rf"[\"“”]|\b(?:{SPOKE})\b")

_CLAIMS = re.compile(r"\b(?:accus|alleg|claim|complain|charg|contend|sue[ds]|suit)")

_DECIDES = re.compile(
    r"\b(?:will|must|decid\w+|cho(?:se|osing)|voted?|votes|voting|reject\w*|approv\w*|passed|bann?\w*"
    r"|clos(?:e[ds]?|ing|ure)|cuts?|end(?:s|ed)?|order(?:s|ed)?|announc\w+|plan(?:s|ned)?|intends?|sold"
    r"|traded|sack\w*|dismiss\w*|scrap\w*|agreed?|deal|talks|rul(?:es|ed|ing)|judges?|court|jury"
    r"|jailed|convict\w*|sentenced|acquitted|cleared|fined|complaint|alleg\w+|accus\w+|claim\w*|suit"
    r"|charge[ds]?|contend\w*|offer\w*)\b"
)
"""What a decision, an outcome or an offer is told by."""


def is_clear(text: str) -> bool:
    """Tell whether a reader knows all that is meant in a sentence, not only whom it is about."""
    return stands_alone(text) and not (_TELLS_ON.match(text) or _JUDGES.match(text))


_THING = re.compile(
    rf"{_LINK}(?:the|this|that)\s(statement|ruling|decision|move|deal|law|study|report)\b",
    re.IGNORECASE,
)
"""What is often meant long after it was told of: another sentence than the last must name it."""


def needed_before(sentences: Sequence[str], index: int) -> int:
    """Return how many sentences before one, at most MOST_BEFORE, tell who or what is meant in it.

    None where those do not either: "She came. She left." says nothing of who.
    """
    text = sentences[index]
    if stands_alone(text):
        before = sentences[index - 1] if index else text
        meant = _TELLS_ON.match(text) or _tells_what_is_judged(before, text)
        return int(bool(index and meant and stands_alone(before)))
    kinds, thing = _kinds(text), _THING.match(text)
    for place in range(index - 1, max(index - MOST_BEFORE, 0) - 1, -1):
        before = sentences[place]
        alone = stands_alone(before) and not _is_on_another(before, kinds)
        if place == index - 1:
            alone = alone or _presents(before, kinds)
        elif thing and not re.search(rf"\b{thing[1]}", before, re.IGNORECASE):
            return 0
        if alone:
            return index - place
    first = _PRONOUN.search(_QUOTED.sub("", text))
    return int(bool(index and first and _presents(sentences[index - 1], _kinds(first[0]))))


def _tells_what_is_judged(before: str, text: str) -> bool:
    """Tell whether "the decision" of a sentence is likely that of the one before.

    That is not another's word on it, and decides something. A claim is told by one who accuses.
    """
    found = _JUDGES.match(text)
    if found and found["claim"]:
        return bool(_CLAIMS.search(before))
    if not found or _TOLD_BY_ONE.search(before):
        return False
    return not found["deed"] or bool(_DECIDES.search(before))


_KIND = {
    word: line.split()[0]
    for line in ("he him his", "she her", "it its", "they them their")
    for word in line.split()
}

_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")

_PRONOUN = re.compile(rf"\b(?:{'|'.join(_KIND)})\b", re.IGNORECASE)


def _kinds(text: str) -> frozenset[str]:
    return frozenset(_KIND[word.casefold()] for word in _PRONOUN.findall(text))


def _is_on_another(before: str, kinds: frozenset[str]) -> bool:
    """Tell whether a sentence cannot name the one that "he" is: "Coach Bay called him stubborn".

    Nor does "The infirmary has paid her", and "Victims lost money", where it names nobody.
    """
    if kinds & _kinds(" ".join(_DONE_TO.findall(before))):
        return True
    people, told = kinds & _PEOPLE, _kinds(before) & _PEOPLE
    if not people or _NAME.search(before):
        return False
    return not _SINGLE.search(before) or bool(told and people.isdisjoint(told))


_NAME = re.compile(rf"(?<!\A){CAPITAL}|\A{CAPITAL} {CAPITAL}")

_SINGLE = re.compile(
    r"\b(?:an?|the|this|that|one|another|his|her|my|our|its|their|he|she)\b|['’]s\b",
    re.IGNORECASE,
)
"""What may tell of somebody without a name."""

_PEOPLE = frozenset(("he", "she"))

_PRESENTS = re.compile(
    # "Her coach, Des Moll, said", "It began with the trainer, Ina Groh", "The firm's head, Jo Li,"
    rf"(?:His|Her|Its|Their|It|He|She|They)\b.*?{CAPITAL} {CAPITAL}"
    rf"|The [a-z'’ -]{{1,60}}, (?:[a-z]{{1,20}} ){{0,4}}{CAPITAL} {CAPITAL},"
)


def _presents(text: str, kinds: frozenset[str]) -> bool:
    """Tell whether a sentence that does not stand alone names the one that "he" or "she" is.

    In "Her coach, Des Moll, said she ran" that is he: another is "she" in it.
    """
    people = kinds & _PEOPLE
    return bool(people and people.isdisjoint(_kinds(text)) and _PRESENTS.match(text))
