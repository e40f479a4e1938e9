"""What an article says on what was quoted of it before: who said that, and how it goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answers.candidates import MAX_SENTENCES, Candidate, is_heading, sentence_texts
from index.answers.lacking import has_name, lacks_name
from index.answers.refusal import forms
from index.answers.speakers import SPOKE
from index.model import Hit, Recalled
from index.text.times import TIME
from index.text.words import subject_words

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


BEGINNING_WORDS = 2
"""Of a sentence: who or what is named there is what it is about."""


def recalled(what: Recalled, article: Hit, earlier: Sequence[str]) -> list[Candidate]:
    """Return the sentences of the last answer that say who speaks, or the like; or more.

    `article` is a whole article, `earlier` are the answers before, oldest first; or what is named,
    and the question about it.
    """
    if what is Recalled.NAMED:
        return _named(article, *earlier)
    if what is Recalled.FURTHER:
        return _further(article, earlier)
    every = _sentences(article)
    told = [one for one in every if one.text in earlier[-1]]
    return told if what is Recalled.AGAIN else [one for one in told if _SAID[what].search(one.text)]


def _named(article: Hit, phrase: str, question: str) -> list[Candidate]:
    """Return the sentence that has all words of a phrase, begins with it, and most of the question.

    What is no more than a time is named in many sentences, and so must be the rest.
    """
    words = subject_words(phrase)
    is_time = re.fullmatch(TIME, phrase, re.IGNORECASE) or phrase.isdigit()
    others = [word for word in subject_words(question) if word not in words]
    found = [one for one in _sentences(article) if words and all(_has(w, one.text) for w in words)]
    ranked = [
        (
            not is_time and _has(words[-1], " ".join(one.text.split()[:BEGINNING_WORDS])),
            sum(not lacks_name([word], one.text) for word in others),
            -one.index,
            one,
        )
        for one in found
        if not is_heading(one.text)
    ]
    _, shared, _, best = max(ranked, default=(False, 0, 0, None), key=lambda one: one[:3])
    return [best] if best and (shared or not is_time) else []


def _has(word: str, text: str) -> bool:
    """Tell whether a text has a word in any form, and a name as it is written."""
    if word.islower():
        return not lacks_name([word], text)
    return any(has_name(form, text) for form in forms(word))


def _further(article: Hit, earlier: Sequence[str]) -> list[Candidate]:
    """Return what follows the last answer in the article and was not quoted, then what precedes."""
    every = _sentences(article)
    last = max((one.index for one in every if one.text in earlier[-1]), default=-1)
    new = [one for one in every if not any(one.text in answer for answer in earlier)]
    new.sort(key=lambda one: one.index < last)
    return [one for one in new if not is_heading(one.text)][:MAX_SENTENCES]


def _sentences(article: Hit) -> list[Candidate]:
    return [Candidate(article, n, text, 0.0) for n, text in enumerate(sentence_texts(article))]
