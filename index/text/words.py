"""Words of a text: lists of them, names, and what a question is about."""

from __future__ import annotations

import functools
import re
from importlib import resources

from index.model import Passage
from index.text.sentences import ends_sentence


@functools.cache
def entries(package: str, name: str) -> tuple[str, ...]:
    """Return the entries of `lists/NAME.txt` in a package: one a line, without `#` comments."""
    text = (resources.files(package) / "lists" / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


@functools.cache
def antonyms() -> dict[str, tuple[str, ...]]:
    """Return for each lower-case word those that exclude it, in both directions.

    One in place of the other changes what is asked.
    """
    found: dict[str, tuple[str, ...]] = {}
    for pair in entries("index.text", "antonyms"):
        one, other = pair.split("/")
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found


@functools.cache
def places() -> tuple[frozenset[str], ...]:
    """Return the lower-case names of each country or place, its people's among them."""
    lines = entries("index.text", "places")
    return tuple(frozenset(line.casefold().split("/")) for line in lines)


@functools.cache
def measures() -> dict[str, frozenset[str]]:
    """Return for each lower-case word the measures that it is a word for, as "KIND:first word"."""
    found: dict[str, frozenset[str]] = {}
    for line in entries("index.text", "measures"):
        kind, _, forms = line.partition(":")
        name, *others = forms.split("/")
        for form in (name, *others):
            found[form] = found.get(form, frozenset()) | {f"{kind}:{name}"}
    return found


def names_of_place(name: str) -> list[str]:
    """Return all lower-case names of a place and its people, by one of them; none for others."""
    return [other for names in places() if name.casefold() in names for other in sorted(names)]


@functools.cache
def _parts() -> dict[str, tuple[str, ...]]:
    lines = (line.partition("=") for line in entries("index.text", "parts"))
    return {whole.casefold(): tuple(parts.split("/")) for whole, _, parts in lines}


def parts_of_place(name: str) -> list[str]:
    """Return places within a country, by one of its names; none for other names."""
    whole = (name.casefold(), *names_of_place(name))
    return [part for each in dict.fromkeys(whole) for part in _parts().get(each, ())]


def other_names(name: str) -> list[str]:
    """Return what else something is called, or was until it was renamed; none for most names."""
    lines = (line.split("/") for line in entries("index.text", "renamed"))
    known = name.casefold()
    return [each for line in lines if known in map(str.casefold, line) for each in line]


QUESTION_WORDS = frozenset(entries("index.text", "question_words"))
"""English words that shape a question rather than say what it is about. (`us` is the country when
written in capitals, and Mr Ask has one: see `subject_words`.)"""

_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")

_POSSESSIVE = re.compile(r"['’]s?$")

_GOES_ON = re.compile(r"[\w,;]\s\Z")


def subject_words(question: str) -> list[str]:
    """Return the words that say what the question is about, in order, without repeats."""
    found = list(_WORD.finditer(question))
    capitals = sum(match[0][0].isupper() for match in found[1:])
    is_title = 2 * capitals > len(found) - 1
    kept = (
        word
        for match in found
        if (word := _POSSESSIVE.sub("", match[0])).lower() not in QUESTION_WORDS
        or word == "US"
        or (_is_name(word, question[: match.start()]) and not is_title)
    )
    return list(dict.fromkeys(kept))


def _is_name(word: str, before: str) -> bool:
    """Tell whether a word with a capital is a name by where it stands: "Ask", "Will", "May"."""
    return len(word) > 1 and word[0].isupper() and bool(_GOES_ON.search(before))


def names(question: str) -> list[str]:
    """Return words that name one thing: capitalised, all capitals, or numbers."""
    first = _WORD.search(question)
    return [
        word
        for word in subject_words(question)
        if any(c.isdigit() for c in word)
        or (word[0].isupper() and (_is_acronym(word) or not _begins(first, word)))
    ]


def name_phrases(question: str) -> list[str]:
    """Return names as they stand: `names` with nothing but a space between them are one."""
    known = set(names(question))
    phrases: list[str] = []
    end = -1
    for match in _WORD.finditer(question):
        word = _POSSESSIVE.sub("", match[0])
        if word not in known:
            continue
        if phrases and question[end : match.start()] == " ":
            phrases[-1] += f" {word}"
        else:
            phrases.append(word)
        end = match.end() if word == match[0] else -1
    return list(dict.fromkeys(phrases))


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _begins(first: re.Match[str] | None, word: str) -> bool:
    return first is not None and first[0].startswith(word)


MIN_LETTERS = 4
"""Shorter words are too alike to be distinguished when misspelt."""

_NAME = re.compile(
    # Behind a word or a closing mark, so never the first of a sentence or of a quote.
    rf"""(?:(?<=[\w,;.)&%"”’']\s)|(?<=\w-))[^\W\d_]{{{MIN_LETTERS},30}}(?!\w)"""
)


def names_in(text: str, passage: Passage) -> list[str]:
    """Return the names in a passage of `text`, each once; none from headings."""
    sentences = (span.of(text) for span in passage.sentences)
    found = (
        match[0]
        for sentence in sentences
        if ends_sentence(sentence)
        for match in _NAME.finditer(sentence)
        if match[0][0].isupper()
    )
    return list(dict.fromkeys(found))
