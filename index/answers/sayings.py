"""Requests for somebody's words, whatever they are about: "What did Rosa Lind say?"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

from index.answers import namesakes, speakers, topics
from index.answers.alone import stands_alone
from index.answers.attribution import Speaker, is_cut, statements
from index.answers.candidates import MAX_SENTENCES, Candidate, sentence_texts
from index.answers.namesakes import Namesakes, Person
from index.answers.speakers import NO_NAME
from index.model import Article, Hit, Passage, Span
from index.search.bm25 import Bm25Index
from index.search.hybrid import Scope
from index.store.snapshot import Snapshot
from index.text.normalise import same_words

_WHO = r"(?P<who>(?:the |an? )?[^\W_][\w.'’-]*(?: [\w.'’&-]+){0,6}?)"

_OPENING = re.compile(
    r"\A(?:please |and |so |(?:can|could) you (?:please )?tell me )", re.IGNORECASE
)

_POSSESSIVE = re.compile(r"['’]s?\Z")

_SAY = r"(?:say|said|says|saying|state|stated|tell|told|telling|comment|commented|think|thinks)"

_TO = (
    r"(?: (?:to |with )?(?:the )?(?:reporters|journalists|press|media|public|crowd|us|everyone))?"
    r"(?: exactly| so far)?"
)

_WORDS = r"(?:quot(?:e|ation)s?|statements?|comments?|remarks?|words)"

_REQUESTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"what(?: else)?(?:['’]s| is| are| was| were| did| do| does| has| have| had) {_WHO}"
        rf" (?:been )?{_SAY}{_TO}",
        rf"what(?: else)? {_WHO} (?:said|says|told|thinks|stated){_TO}",
        rf"(?:did|has|have|does) {_WHO} (?:say|said|comment|commented)(?: anything| something)?"
        rf"{_TO}",
        rf"(?:what (?:are|is|were|was) |(?:show|give|tell|find|list)(?: me| us)? )?"
        rf"(?:(?:all|any|some|the|direct) )*{_WORDS} (?:from|by|of) {_WHO}",
        rf"(?:what (?:are|is|were|was) )?{_WHO} {_WORDS}",
        rf"quote {_WHO}",
    )
)

_NO_WHO = (NO_NAME - {"a", "an", "the"}) | frozenset(
    "about on regarding when why how which whose not no say said article articles story stories"
    " news author quote quotes anything something direct more other famous".split()
)
"""In what is nobody's name or role."""

MAX_CHARS = 120

MENTIONS = 1_000
"""Passages with the name that are looked at, best first."""

ARTICLES = 40
"""The newest ones with the name, which are read whole."""

LANGUAGE = "en"
"""Of the verbs by which a speaker is known."""


def speakers_asked_for(question: str) -> tuple[Speaker, ...]:
    """Return those whose words are asked for, on no subject; none where that is not the question.

    Both of "Lind and Brandt".
    """
    text = " ".join(question.split()).rstrip(" ?!.")
    text = _OPENING.sub("", text)
    if len(text) > MAX_CHARS:
        return ()
    for pattern in _REQUESTS:
        found = pattern.fullmatch(text)
        who = _POSSESSIVE.sub("", found["who"]) if found else ""
        if who and _NO_WHO.isdisjoint(who.casefold().split()):
            return tuple(map(Speaker, who.split(" and ")))
    return ()


_SILENCE = re.compile(
    r"\b(?:not|\w+n['’]t|no|never|nothing|declin(?:es|ed)|refus(?:es|ed))\b", re.IGNORECASE
)
"""In "did not want to comment" and "made no speech"."""


@dataclass(frozen=True, slots=True)
class Statements:
    """The sentences to quote, all that might be, and where the name stands first if it does."""

    speaker: Speaker
    chosen: Sequence[Candidate] = ()
    every: Sequence[Candidate] = ()
    mention: Candidate | None = None

    @property
    def is_silent(self) -> bool:
        """Tell whether somebody is named and gives no words."""
        return bool(self.mention) and not self.chosen

    def may_be_of(self, sentence: str) -> bool:
        """Tell whether a sentence has the name, and neither others' words nor a silence."""
        others = any(True for _ in speakers.named(sentence))
        return self.speaker.is_named(sentence) and not (others or _SILENCE.search(sentence))


@dataclass(frozen=True, slots=True)
class _Statement:
    """Sentences that give one's words; `nth` is their place among those of the article.

    `who` speaks, where people share the surname. `alone` tells whether a reader knows who that is.
    """

    sentences: tuple[Candidate, ...]
    nth: int
    who: Person | None
    alone: bool

    @property
    def in_words(self) -> bool:
        """Tell whether it gives words, rather than that somebody was thanked or blamed."""
        return any(_GIVES_WORDS.search(one.text) for one in self.sentences)


def said(snapshot: Snapshot, bm25: Bm25Index, scope: Scope, speaker: Speaker) -> Statements:
    """Find the words of one in the newest articles that have the name.

    Who has the same surname and another first name than was asked for says nothing here; where no
    first name was given, everybody of that name is quoted.
    """
    hits = [whole(snapshot, one) for one in _articles(bm25, scope, speaker)]
    if not speaker.is_role and namesakes.is_nobody(speaker.phrase, hits):
        return Statements(speaker)
    people = namesakes.shared(hits)
    wanted = namesakes.named_by(speaker.phrase, people)
    given = [
        one
        for hit in hits
        for one in _statements(hit, speaker, namesakes.meant(hit, people))
        if one.who is None or not any(one.who.is_other(person) for person in wanted)
    ]
    every = [sentence for one in given for sentence in one.sentences]
    mentions = (_mention(hit, speaker) for hit in hits if not speaker.is_role)
    return Statements(speaker, _chosen(given), every, next(filter(None, mentions), None))


def _articles(bm25: Bm25Index, scope: Scope, speaker: Speaker) -> Sequence[Article]:
    """Return the newest English articles that have a word of the name or role."""
    only = scope.only.id if scope.only else None
    hits = bm25.search(speaker.sought, scope.spaces, [LANGUAGE], limit=MENTIONS, article_id=only)
    found = scope.among({key for key, _, _ in hits}).values()
    return topics.newest_first(one for one in found if one.language == LANGUAGE)[:ARTICLES]


def whole(snapshot: Snapshot, article: Article) -> Hit:
    """Return all of an article as if it were one passage."""
    text = snapshot.text(article)
    sentences = tuple(s for passage in snapshot.passages(article) for s in passage.sentences)
    return Hit(article, Passage(0, Span(0, len(text)), sentences), text, 1.0, 0.0, 0.0)


def _mention(hit: Hit, speaker: Speaker) -> Candidate | None:
    texts = enumerate(sentence_texts(hit))
    return next((Candidate(hit, n, text, 0.0) for n, text in texts if speaker.is_named(text)), None)


def _statements(hit: Hit, speaker: Speaker, meant: Sequence[Namesakes]) -> Iterator[_Statement]:
    texts = sentence_texts(hit)
    for nth, places in enumerate(statements(hit, speaker)):
        told = meant[places[0]]
        surname = speaker.sought.casefold()
        who = next((one for one in told.people if one.surname == surname), None)
        sentences = tuple(
            Candidate(hit, n, texts[n], 0.0, words=_quoted(texts[n]), named_in=meant[n].named_in)
            for n in places
        )
        alone = told.named_in is None and stands_alone(texts[places[0]])
        yield _Statement(sentences, nth, who, alone)


_GIVES_WORDS = re.compile(
    r"[\"“„«]|\b(?:said|says|saying|told|tells|according|maintained)\b|\w(?:ed|ing|s) that\b"
)

_QUOTATION = re.compile(r"\"[^\"]+\"|“[^“”]+”")


def _quoted(text: str) -> tuple[Span, ...]:
    """Return the words in quotation marks, with these."""
    whole = () if is_cut(text) else _QUOTATION.finditer(text)
    return tuple(Span(*found.span()) for found in whole)


def _chosen(given: Sequence[_Statement]) -> list[Candidate]:
    """Return the sentences to quote: of each person, then of each article, then more of them.

    `given` are those of the newest article first.
    """
    people: list[list[_Statement]] = []
    for one in given:
        own = (group for group in people if not _are_two(group[0].who, one.who))
        group = next(own, None)
        if group is None:
            people.append([one])
        else:
            group.append(one)
    shared = len(people) > 1
    for group in people:
        group.sort(key=lambda one: (shared and not one.alone, not one.in_words, one.nth))
    chosen: list[Candidate] = []
    for one in filter(None, chain.from_iterable(zip_longest(*people))):
        room = MAX_SENTENCES - len(chosen) - (not one.alone and not _is_introduced(one, chosen))
        new = not any(same_words(one.sentences[0].text, other.text) for other in chosen)
        if new and (len(one.sentences) <= room or not chosen):
            chosen += one.sentences[:MAX_SENTENCES]
    return chosen


def _are_two(one: Person | None, other: Person | None) -> bool:
    return one is not None and other is not None and one.is_other(other)


def _is_introduced(one: _Statement, chosen: Iterable[Candidate]) -> bool:
    """Tell whether the sentence before, which says who is meant, is chosen already."""
    first = one.sentences[0]
    return any(first.follows(other) for other in chosen)
