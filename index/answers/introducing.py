"""Sentences that cannot stand alone: the sentence that says who is meant comes with them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from index.answers import speakers
from index.answers.alone import MOST_BEFORE, is_clear, needed_before, stands_alone
from index.answers.candidates import MAX_SENTENCES, Candidate, sentence_texts
from index.answers.speakers import CAPITAL
from index.model import Hit, Passage, Span
from index.search.bm25 import analyze, field_of
from index.store.snapshot import Snapshot
from index.text.spelt import MONTHS, WEEKDAYS


def introduced(
    snapshot: Snapshot, chosen: Sequence[Candidate], question: str = ""
) -> list[Candidate]:
    """Return the chosen sentences, each after those that it needs; MAX_SENTENCES in all.

    The best needs none where those only name whom the question names. A further one of its article
    is left out where it needs any that is not there.
    """
    found: list[Candidate] = []
    for candidate in chosen:
        before = _before(snapshot, candidate)
        if not found and _is_on_named(question, candidate.text, [one.text for one in before]):
            before = []
        wanted = [
            one
            for one in (candidate, *before)
            if not any(one.span == other.span and _is_of_one(one, other) for other in found)
        ]
        room = MAX_SENTENCES - len(found)
        if not found or len(wanted) == 1 or not _is_of_one(candidate, chosen[0]):
            found += wanted[:room]
    return found


_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")

_FIRST_PRONOUN = re.compile(r"\b(?:(?P<person>he|him|his|she|her)|it|its|they|them|their)\b", re.I)

_NAME = re.compile(rf"(?:\b(?:Dr|Mr|Mrs|Ms|Prof)\. )?{CAPITAL}(?: {CAPITAL})*")

_DATES = frozenset((*WEEKDAYS, *MONTHS))

_SUBJECT = re.compile(
    r"\W*\Z|.*(?:\b(?:said|says)|\baccording to) \Z"
    r"|(?:The|An?|Its|His|Her|Their|[\w-]+['’]s?) (?:[a-z'’-]+ ){0,5}[a-z'’-]+, \Z"
)
"""Before a name: nothing, "..., said", or "The landlord, "."""


def _is_on_named(question: str, text: str, before: Iterable[str]) -> bool:
    """Tell whether "she" is one whom the question names: a sentence before is on her alone."""
    first = _FIRST_PRONOUN.search(_QUOTED.sub("", text))
    asked = set(analyze(question, field_of("en")))
    return bool(first and first["person"]) and any(_is_on_one_of(asked, one) for one in before)


def _is_on_one_of(asked: Container[str], text: str) -> bool:
    """Tell whether the subject of a sentence is named by one of these stems, and nobody else."""
    said = _QUOTED.sub("“”", text)
    names = [
        one
        for one in _NAME.finditer(said)
        if (one.start() or _names(asked, one[0])) and one[0].casefold() not in _DATES
    ]
    return (
        len(names) == 1
        and bool(_SUBJECT.match(said[: names[0].start()]))
        and _names(asked, names[0][0])
    )


def _names(stems: Container[str], name: str) -> bool:
    """Tell whether a name has one of the stems, but for what may be a title: its first word."""
    first, _, own = name.partition(" ")
    return any(stem in stems for stem in analyze(own or first, field_of("en")))


def _is_of_one(one: Candidate, other: Candidate) -> bool:
    return one.hit.article.id == other.hit.article.id


_CAPITALS = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*"

_OWNED = re.compile(
    rf"\b(?P<thing>[a-z]+) of (?:the )?(?P<of>{_CAPITALS})"
    rf"|\b(?P<owner>[A-Z][\w-]*(?: [A-Z][\w-]*)*)['’]s? (?:[a-z]+ )?(?P<own>[a-z]+)"
)
"""In "the lander of Tarn Satellites" and "Lind's new boat"."""


_ABOUT = re.compile(
    rf"\A(?:[Aa]nd |[Ss]o )?(?:[Ww]ho(?:['’]s| is| was)? [a-z]+ (?P<object>{_CAPITALS})\W*\Z"
    r"|(?:[Hh]ow|[Ww]hat|[Ww]here|[Ww]hen|[Ww]hose|[Ww]hich)\b[^A-Z]*? "
    rf"(?:is|was|does|did|has|had|will) (?P<subject>{_CAPITALS})(?: [a-z ]+)?\W*\Z)"
)
"""In "Who represents Max Thom?" and "How many children does Mont Figg have?"."""

_FULL_NAME = re.compile(rf"{CAPITAL} {CAPITAL}")


def is_anothers(question: str, best: Candidate, told: Sequence[Candidate]) -> bool:
    """Tell whether "he" or "his lander" is of one whom the sentences before name, not the question.

    `told` are the sentences of the answer, the best among them. Of 10,200 right sentences of four
    data sets 5 are taken for another's.
    """
    owned, about = _OWNED.search(question), _ABOUT.search(question)
    if owned:
        whose, thing = owned["of"] or owned["owner"], owned["thing"] or owned["own"]
        his = rf"\b(?:his|her|its|their)\s(?:[\w'’-]+\s){{0,3}}{re.escape(thing)}\b"
    elif about:
        whose, his = about["object"] or about["subject"], r"\b(?:he|she|his|her|its|their)\s"
    else:
        return False
    own = [one.text for one in told if one.hit.article.id == best.hit.article.id]
    before = [text for text in own if text != best.text and stands_alone(text)]
    if stands_alone(best.text) or not re.search(his, best.text, re.IGNORECASE):
        return False
    others = any(_FULL_NAME.search(text) or any(speakers.named(text)) for text in before)
    return others and not _is_known(whose, [best.hit.article.title, *own], best.hit.text)


def _is_known(name: str, told: Iterable[str], passage: str) -> bool:
    """Tell whether a name, or another word of what is its whole name in the passage, was told."""
    words = set(name.split())
    whole = {
        w for full in _FULL_NAME.findall(passage) if words & set(full.split()) for w in full.split()
    }
    said = " ".join(told).casefold()
    return any(word.casefold() in said for word in words | whole)


def _before(snapshot: Snapshot, candidate: Candidate) -> Sequence[Candidate]:
    """Return the sentences before that are needed, nearest first.

    Of somebody who shares a name it is the sentence with the whole name.
    """
    named_in = candidate.named_in
    if named_in is not None:
        return [Candidate(candidate.hit, named_in, sentence_texts(candidate.hit)[named_in], 0.0)]
    if is_clear(candidate.text):
        return []
    hit, index = candidate.hit, candidate.index
    if index < MOST_BEFORE:
        hit, index = _with_passage_before(snapshot, hit, index)
    texts = sentence_texts(hit)
    places = range(index - 1, index - 1 - needed_before(texts, index), -1)
    return [Candidate(hit, place, texts[place], 0.0) for place in places]


def _with_passage_before(snapshot: Snapshot, hit: Hit, index: int) -> tuple[Hit, int]:
    """Return the hit begun a passage earlier, where there is one, and the sentence's index."""
    own = hit.passage
    found = snapshot.passage(hit.article, own.n - 1)
    if found is None:
        return hit, index
    before, _ = found
    span = Span(before.span.start, own.span.end)
    joined = Passage(before.n, span, (*before.sentences, *own.sentences))
    text = span.of(snapshot.text(hit.article))
    return replace(hit, passage=joined, text=text), index + len(before.sentences)
