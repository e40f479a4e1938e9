"""Sentences of a text, as exact character offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

from index.model import Span
from index.segment.paragraphs import paragraphs, trimmed

_ATTRIBUTION = "added|answered|asked|cried|joked|replied|said|says|shouted|told|wondered|wrote"
_MISSED = re.compile(
    # Sentence ends that sentencex 1.0 does not see in news: after an ellipsis, after a full stop
    # inside closing quotes, after the answer "no." (taken for a number), after a bracketed
    # sentence, and after initials when a word follows that only starts sentences.
    r"""
    (?: …["'”’]* | [.!?]["'”’“»]+ | \bno\. | (?:\A|(?<=[.!?]\ ))\([^()]*[.!?]\) )
        \s+ (?=["'“„‘«(¿¡]*[A-ZÀ-ÞĀ-ŽА-Я])
    | \b(?:[A-Z]\.){2,5} \s+ (?=(?:The|He|She|It|They|We|This|That|But|And|In|On|A|An)\s)
    """,
    re.VERBOSE,
)

_ABBREVIATION_CHARS = 12
_INITIAL_END = re.compile(r"\b[A-Z]\.\Z")  # of initials without spaces: R-S.C.
_UNFINISHED = re.compile(
    # Abbreviations that a name or a number follows and sentencex 1.0 does not know.
    r"\b(?:Ms|Messrs|Mmes|Sens|Reps|Gens|Profs|Amb|Asst|Dep|Det|Supt|Cmdr|Brig|Ft|Pvt|Cpl|Spc|Insp"
    r"|approx|est|vs|Nos)\.\s*\Z|\(Ret\.\)\s*\Z"
)

_MAY_GO_ON = re.compile(
    # Ends that a word in lower case goes on from; after others (posts without capitals) it starts.
    r"""(?:["'”’»)\]…]|\.\.|\.\w\.|\b[A-ZÀ-ÞА-Я]\w{0,8}[.!])\s*\Z"""
)

_LOWER_CASE = re.compile(r"[a-zß-öø-ÿа-я]+\b(?![A-Z])")  # but not iPhone
_CONTINUES = re.compile(
    # Marks without words, or who spoke the question that was quoted.
    rf"\W{{0,20}}\Z|(?<=[?!][\x22”’]\s)(?:[A-Z][\w.'’-]*\s+){{1,4}}(?:{_ATTRIBUTION})\b"
    r"|(?<=[」』])と"
)


def sentences(text: str, *, title: str, language: str) -> list[Span]:
    """Return the sentences in order, trimmed, each wording once, without lines that are the title.

    `language` is an ISO 639-1 code. A text that is nothing but its title keeps it.
    """
    return _sentences(text, _fold(title), language) or _sentences(text, "", language)


def _sentences(text: str, title: str, language: str) -> list[Span]:
    seen = {""}
    found: list[Span] = []
    for paragraph in paragraphs(text):
        if _fold(paragraph.of(text)) == title:
            continue
        for span in _split(text, paragraph, language):
            words = _fold(span.of(text))
            if words not in seen and any(map(str.isalnum, words)):
                seen.add(words)
                found.append(span)
    return found


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _split(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    words = paragraph.of(text).replace("\n", " ")
    ends = {b["end_index"] for b in sentencex.get_sentence_boundaries(language, words)}
    ends.update(match.end() for match in _MISSED.finditer(words))
    kept = sorted(end for end in ends if end < len(words) and not _goes_on(words, end, language))
    for start, end in pairwise([0, *kept, len(words)]):
        yield trimmed(text, paragraph.start + start, paragraph.start + end)


def _goes_on(words: str, end: int, language: str) -> bool:
    """Tell whether what sentencex split at `end` is one sentence."""
    before = words[max(0, end - _ABBREVIATION_CHARS) : end]
    return bool(
        _INITIAL_END.search(before)
        or (language == "en" and _UNFINISHED.search(before))
        or _CONTINUES.match(words, end)
        or (_LOWER_CASE.match(words, end) and _MAY_GO_ON.search(before))
    )
