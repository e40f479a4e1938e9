"""What an article says on what was told of it before: who said that, and how it goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from index.answers.candidates import MAX_SENTENCES, Candidate, is_heading, sentence_texts
from index.answers.speakers import SPOKE
from index.model import Hit
from index.text.times import TIME

Find: TypeAlias = Callable[[Hit, Sequence[str]], list[Candidate]]
"""Finds sentences of a whole article; given are the answers before, oldest first."""

_FROM = re.compile(
    r"\b(?:from|since|as of|start(?:ing|s|ed)?|begins?|began|opens|opened)\b"
    rf"[^.;]{{0,40}}?{TIME}",
    re.IGNORECASE,
)

_UNTIL = re.compile(
    rf"\b(?:until|till?|through|to|by|ends?|ended|closes?|closed)\b[^.;]{{0,40}}?{TIME}",
    re.IGNORECASE,
)

_SPEAKS = re.compile(rf"\b(?:{SPOKE}|according to)\b", re.IGNORECASE)


def who_said(article: Hit, told: Sequence[str]) -> list[Candidate]:
    """Return the sentences of the last answer that say who speaks."""
    return [one for one in _sentences(article) if one.text in told[-1] and _SPEAKS.search(one.text)]


def since_when(article: Hit, told: Sequence[str]) -> list[Candidate]:
    """Return the sentences of the last answer that say from when on something is so."""
    return [one for one in _sentences(article) if one.text in told[-1] and _FROM.search(one.text)]


def until_when(article: Hit, told: Sequence[str]) -> list[Candidate]:
    """Return the sentences of the last answer that say until when something is so."""
    return [one for one in _sentences(article) if one.text in told[-1] and _UNTIL.search(one.text)]


def further(article: Hit, told: Sequence[str]) -> list[Candidate]:
    """Return what follows the last answer in the article and was not told, then what precedes."""
    every = _sentences(article)
    last = max((one.index for one in every if one.text in told[-1]), default=-1)
    new = [one for one in every if not any(one.text in answer for answer in told)]
    new.sort(key=lambda one: one.index < last)
    return [one for one in new if not is_heading(one.text)][:MAX_SENTENCES]


def _sentences(article: Hit) -> list[Candidate]:
    return [Candidate(article, n, text, 0.0) for n, text in enumerate(sentence_texts(article))]
