"""What an article says on what was quoted of it before: who said that, and how it goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answers.candidates import MAX_SENTENCES, Candidate, is_heading, sentence_texts
from index.answers.speakers import SPOKE
from index.model import Hit, Recalled
from index.text.times import TIME

_FROM = re.compile(
    r"\b(?:from|since|as of|start(?:ing|s|ed)?|begins?|began|opens|opened)\b"
    rf"[^.;]{{0,40}}?{TIME}",
    re.IGNORECASE,
)

_UNTIL = re.compile(
    rf"\b(?:until|till?|ends?|ended|closes?|closed)\b[^.;]{{0,40}}?{TIME}"
    rf"|\b(?:through|to|by) (?:the |\d{{1,2}} ){{0,2}}{TIME}",
    re.IGNORECASE,
)

_SPEAKS = re.compile(rf"\b(?:{SPOKE}|according to)\b", re.IGNORECASE)

_SAID = {Recalled.WHO_SAID: _SPEAKS, Recalled.SINCE_WHEN: _FROM, Recalled.UNTIL_WHEN: _UNTIL}


def recalled(what: Recalled, article: Hit, earlier: Sequence[str]) -> list[Candidate]:
    """Return the sentences of the last answer that say who speaks, or the like; or more.

    `article` is a whole article, `earlier` are the answers before, oldest first.
    """
    if what is Recalled.FURTHER:
        return _further(article, earlier)
    every = _sentences(article)
    return [one for one in every if one.text in earlier[-1] and _SAID[what].search(one.text)]


def _further(article: Hit, earlier: Sequence[str]) -> list[Candidate]:
    """Return what follows the last answer in the article and was not quoted, then what precedes."""
    every = _sentences(article)
    last = max((one.index for one in every if one.text in earlier[-1]), default=-1)
    new = [one for one in every if not any(one.text in answer for answer in earlier)]
    new.sort(key=lambda one: one.index < last)
    return [one for one in new if not is_heading(one.text)][:MAX_SENTENCES]


def _sentences(article: Hit) -> list[Candidate]:
    return [Candidate(article, n, text, 0.0) for n, text in enumerate(sentence_texts(article))]
