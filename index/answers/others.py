"""Sentences about another place, or another person, than a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answers.alone import MOST_BEFORE, stands_alone
from index.answers.speakers import CAPITAL
from index.text.spelt import MONTHS, WEEKDAYS

_NAME = rf"{CAPITAL}(?: {CAPITAL})*"

_AT = r"\b(?i:in|at|near|from|outside)"

_PLACE = re.compile(rf"{_AT} (?!(?i:{'|'.join((*WEEKDAYS, *MONTHS))})\b)({_NAME})")


def is_about_another(
    question: str, sentences: Sequence[str], index: int, found: Sequence[str]
) -> bool:
    """Tell whether a sentence is surely about another place or person than is asked about.

    `sentences` are those of its passage, `found` those of all passages.

    Of 40,462 right sentences to questions on news, each with its passage alone, 37 are taken for
    such.
    """
    return (
        _is_of_another_place(question, sentences, index)
        or _is_of_no_relative(question, sentences, index, found)
        or _is_of_other_sex(question, sentences[index])
    )


def _is_of_another_place(question: str, sentences: Sequence[str], index: int) -> bool:
    """Tell whether "How many fled in Dornick?" meets "1,200 in Orm": Dornick stands elsewhere."""
    names = {name for text in sentences for name in re.findall(rf"(?<!\A){_NAME}", text)}
    asked = [one for one in names if re.search(rf"{_AT} {re.escape(one)}\b", question, re.I)]
    near = " ".join(sentences[max(index - 1, 0) : index + 1])
    known = any(one.split()[-1] in near for one in asked)
    return bool(asked) and not known and bool(_PLACE.search(sentences[index]))


_RELATIVES = tuple(
    frozenset(line.split())
    for line in (
        "brother brothers sibling siblings",
        "sister sisters sibling siblings",
        "mother mum mom mama parents",
        "father dad papa parents",
        "son sons lad boy boys child children",
        "daughter daughters girl girls child children",
        "wife husband partner spouse widow widower",
        "uncle",
        "aunt",
        "cousin cousins",
        "grandmother grandma granny",
        "grandfather grandad granddad",
        "coach coaches trainer trainers manager",
        "lawyer lawyers attorney solicitor barrister counsel",
        "landlord landlady",
        "predecessor",
        "successor",
    )
)
"""Who is told of beside somebody; those of a line may stand for one another."""

_RELATIVE = re.compile(
    r"(?:\b[\w-]+['’]s?|s|\bher|\bhis|\btheir|\bits) (?:[\w-]+ )?"
    rf"(?P<who>{'|'.join(sorted(frozenset().union(*_RELATIVES)))})\b",
    re.IGNORECASE,
)
"""In "what does her trainer reckon" and "why's tia weretas little brother calm"."""


def _is_of_no_relative(
    question: str, sentences: Sequence[str], index: int, found: Sequence[str]
) -> bool:
    """Tell whether a relative is asked about, who is told of in another sentence that was found.

    Neither the sentence nor one that may say who is meant in it has them, nor a name beside them.
    """
    asked = _RELATIVE.search(question)
    if asked is None:
        return False
    alike = frozenset().union(*(line for line in _RELATIVES if asked["who"].casefold() in line))
    word = re.compile(rf"\b(?:step|grand|great-)?(?:{'|'.join(sorted(alike))})\b", re.IGNORECASE)
    near = sentences[max(index - MOST_BEFORE, 0) : index + 1]
    if any(word.search(text) for text in near) or _may_be_told_before(sentences, index):
        return False
    own = [text for text in found if word.search(text)]
    names = {name.split()[-1] for text in own for name in re.findall(rf"(?<!\A){_NAME}", text)}
    return bool(own) and not any(name in sentences[index] for name in names)


def _may_be_told_before(sentences: Sequence[str], index: int) -> bool:
    """Tell whether who is meant may stand in the passage before."""
    return index < MOST_BEFORE and not any(map(stands_alone, sentences[: index + 1]))


_MALE = re.compile(
    r"\b(?:he|him|his|m[ae]n|men['’]s|boys?|lads?|guys?|blokes?|male|husband|father|dad|brother|son"
    r"|uncle|Mr)\b",
    re.IGNORECASE,
)

_FEMALE = re.compile(
    r"\b(?:she|her|hers|wom[ae]n|women['’]s|girls?|lad(?:y|ies)|female|wife|mother|mum|sister"
    r"|daughter|aunt|Mrs|Ms)\b",
    re.IGNORECASE,
)

_WHICH_ONE = re.compile(
    r"\b(?:who(?:['’]?s| is| was| are| were)?|which|name of) (?:the )?(?:[\w-]+ )?"
    r"(?P<who>man|men|guy|bloke|lad|boy|woman|women|lady|girl)\b",
    re.IGNORECASE,
)


def _is_of_other_sex(question: str, sentence: str) -> bool:
    """Tell whether "Who was the fastest man?" meets a sentence on a woman alone."""
    asked = _WHICH_ONE.search(question)
    if asked is None:
        return False
    own, other = (_MALE, _FEMALE) if _MALE.match(asked["who"]) else (_FEMALE, _MALE)
    return bool(other.search(sentence)) and not own.search(sentence)
