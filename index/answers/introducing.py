"""Sentences that cannot stand alone: the sentence that says who is meant comes with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.answers import speakers
from index.answers.candidates import MAX_SENTENCES, Candidate, sentence_texts
from index.answers.speakers import CAPITAL, SPOKE
from index.model import Hit, Passage, Span
from index.store.snapshot import Snapshot

MOST_BEFORE = 2
"""Sentences looked back: who is meant is seldom named further off."""

_LINK = r"(?:(?:But|And|Yet|So|However|Still|Instead|Then|Later|Also|Nevertheless),?\s)?"

_NOTHING_MEANT = (
    r"(?!it (?:is|was|remains?|remained|seems|seemed|appears|appeared)(?: (?:not|still|now|yet"
    r"|also|widely|un(?:clear|certain|known|likely)|clear|certain|known|likely|possible|expected"
    r"|hoped|feared|thought|believed|understood|agreed|true|the (?:first|second|third|last) time"
    r")){1,3} (?:that|whether|who|how|why|what|when|where|if)\b"
    r"|it (?:took|takes|will take)\b.* to\b|it (?:emerged|turned out|seems|appears) that\b)"
)
"""In "It is not known who" and "It took firefighters two hours to" no "it" stands for anything."""

_NOT_ALONE = re.compile(
    # "He left", "Their boat sank", "The firm denied it", "\"No,\" she said", "Work ends, he said"
    rf"{_LINK}(?:{_NOTHING_MEANT}(?:he|she|they|it|his|her|their|its)\b"
    r"|the \d{1,3}-year-old\b"
    r"|(?:the|this|that)\s(?-i:company|firm|group|agency|club|team|party|union|bank|airline|school"
    r"|university|organi[sz]ation|charity|man|woman|boy|girl|couple|pair|suspect|victim|player"
    r"|statement|ruling|decision|move|deal|law|study|report)\b"
    r"(?!,?\s(?:of|by|on|between|against|led|called|named)\b)(?!,?\s(?-i:[A-Z])))"
    rf"|[^.]*?[,?!][\"”’]?\s(?:he|she|they|it)\s(?:{SPOKE})\b",
    re.IGNORECASE,
)
"""Not "the Union Bank", "the firm of Lind", "the firm Lind" and "the firm, Lind", all named."""


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
    """Return the sentences before, nearest first, up to one that stands alone; none if none does.

    Of somebody who shares a name it is the sentence with the whole name.
    """
    named_in = candidate.named_in
    if named_in is not None:
        return [Candidate(candidate.hit, named_in, sentence_texts(candidate.hit)[named_in], 0.0)]
    if stands_alone(candidate.text):
        return []
    hit, index = candidate.hit, candidate.index
    if index < MOST_BEFORE:
        hit, index = _with_passage_before(snapshot, hit, index)
    texts = sentence_texts(hit)
    found: list[Candidate] = []
    for place in range(index - 1, max(index - 1 - MOST_BEFORE, -1), -1):
        found.append(Candidate(hit, place, texts[place], 0.0))
        if stands_alone(texts[place]):
            return found
    return []  # "She came. She left." does not say who


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
