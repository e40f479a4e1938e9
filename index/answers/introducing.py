"""Sentences that cannot stand alone: the sentence that says who is meant comes with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.answers import speakers
from index.answers.candidates import MAX_SENTENCES, Candidate, sentence_texts
from index.answers.speakers import SPOKE
from index.model import Hit, Passage, Span
from index.store.snapshot import Snapshot

MOST_BEFORE = 2
"""Sentences looked back: who is meant is seldom named further off."""

_LINK = r"(?:(?:But|And|Yet|So|However|Still|Instead|Then|Later|Also|Nevertheless),?\s)?"

_NOT_ALONE = re.compile(
    # "He left", "Their boat sank", "The firm denied it", "\"No,\" she said", "Work ends, he said"
    rf"{_LINK}(?:(?:he|she|they|it|his|her|their|its)\b"
    r"|(?:the|this|that)\s(?:company|firm|group|agency|club|team|party|union|bank|airline|school"
    r"|university|organi[sz]ation|charity|man|woman|boy|girl|couple|pair|suspect|victim|player"
    r"|statement|ruling|decision|move|deal|law|study|report)\b)"
    rf"|[^.]*?[,?!][\"”’]?\s(?:he|she|they|it)\s(?:{SPOKE})\b",
    re.IGNORECASE,
)


_QUOTATION = re.compile(r"\s*[\"“„«][^\"“”„«»]+[\"”“»][.!?]?\s*")
"""Nothing but somebody's words."""


def stands_alone(text: str) -> bool:
    """Tell whether a reader knows without the sentence before who or what a sentence is about."""
    return not (_NOT_ALONE.match(text) or _QUOTATION.fullmatch(text))


def introduced(snapshot: Snapshot, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the chosen sentences, each after those that it needs; MAX_SENTENCES in all."""
    found: list[Candidate] = []
    for candidate in chosen:
        for one in (candidate, *_before(snapshot, candidate)):
            if len(found) < MAX_SENTENCES and one.span not in [
                other.span for other in found if other.hit.article.id == one.hit.article.id
            ]:
                found.append(one)
    return found


_CAPITALS = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*"

_OWNED = re.compile(
    rf"\b(?P<thing>[a-z]+) of (?:the )?(?P<of>{_CAPITALS})"
    rf"|\b(?P<owner>[A-Z][\w-]*(?: [A-Z][\w-]*)*)['’]s? (?:[a-z]+ )?(?P<own>[a-z]+)"
)
"""In "the lander of Tarn Satellites" and "Lind's new boat"."""


def is_anothers(question: str, best: Candidate, told: Sequence[Candidate]) -> bool:
    """Tell whether "his lander" is that of one whom the sentence before names, not the question.

    `told` are the sentences of the answer, the best among them.
    """
    asked = _OWNED.search(question)
    if asked is None or stands_alone(best.text):
        return False
    thing, owner = asked["thing"] or asked["own"], asked["of"] or asked["owner"]
    his = rf"\b(?:his|her|its|their)\s(?:[\w'’-]+\s){{0,3}}{re.escape(thing)}\b"
    own = [one.text for one in told if one.hit.article.id == best.hit.article.id]
    named = " ".join([best.hit.article.title, *own]).casefold()
    known = any(word.casefold() in named for word in owner.split())
    others = any(True for text in own for _ in speakers.named(text))
    return bool(re.search(his, best.text, re.IGNORECASE)) and others and not known


def _before(snapshot: Snapshot, candidate: Candidate) -> Iterator[Candidate]:
    """Yield the sentences before, nearest first, up to one that stands alone.

    Of somebody who shares a name it is the sentence with the whole name.
    """
    named_in = candidate.named_in
    if named_in is not None:
        yield Candidate(candidate.hit, named_in, sentence_texts(candidate.hit)[named_in], 0.0)
    if named_in is not None or stands_alone(candidate.text):
        return
    hit, index = candidate.hit, candidate.index
    if index < MOST_BEFORE:
        hit, index = _with_passage_before(snapshot, hit, index)
    texts = sentence_texts(hit)
    for place in range(index - 1, max(index - 1 - MOST_BEFORE, -1), -1):
        yield Candidate(hit, place, texts[place], 0.0)
        if stands_alone(texts[place]):
            return


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
