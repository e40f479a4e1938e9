"""What other articles say instead, earlier or later ones: another value of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Self

from index.answers import values
from index.answers.alone import stands_alone
from index.answers.candidates import Candidate, is_heading, sentence_texts
from index.answers.speakers import CAPITAL
from index.answers.values import Value
from index.dates import is_before, newest_first
from index.model import Hit, Span
from index.search.bm25 import analyze, field_of
from index.text.spelt import MONTHS, WEEKDAYS
from index.text.words import QUESTION_WORDS, subject_words

SEARCHED = 20
"""Passages among which those with another value are looked for."""

MOST_READ = 2
"""Of them, later articles first."""

RULED_OUT = -3.0
"""The log odds below which a sentence is no answer, unless it measures the same of the same thing
or tells of a change. Set, not fitted: one in twenty."""

MEASURES_THE_SAME = -7.0
"""The log odds that such a sentence needs. Seen with true updates: down to -5.2; with other values
of the same measure in other stories: -9 and less."""

OF_THE_SAME = -5.0
"""The log odds that a sentence needs which measures the same of the same thing, but tells of no
change. Set, not fitted: "a bill of 3.4 million", asked what a collapse cost, has -3.1."""

NAMES_IN_COMMON = 2
"""Of two articles on one story, where only what is measured speaks for a sentence, or it is not
known which came first."""

THINGS_IN_COMMON = 2
"""Words of the sentence that answers, in one on the same thing that has none of the question."""

_REVISED = re.compile(
    r"\b(?:now|no longer|instead|risen|rose|rises|climb(?:s|ed)|grown|grew|increased"
    r"|(?:gone|went) up|jumped|soared|doubled|fallen|fell|drop(?:s|ped)|cuts?|reduced|lowered"
    r"|shorten(?:s|ed)|raised|revised|corrected|updated|(?:put|pushed|set) (?:off|back)"
    r"|postponed|delayed|moved|wait|brought forward|rescheduled|overturned|(?:up|down) from)\b",
    re.IGNORECASE,
)
"""What tells that a value takes the place of another."""


def tells_of_change(sentence: str) -> bool:
    """Tell whether a sentence says that something is no longer as it was."""
    return bool(_REVISED.search(sentence))


_FORMER = re.compile(
    r"\b(?:(?:up|down|moved|changed|postponed) from|instead of|rather than|compared with|not"
    r"|(?<!more )(?<!less )(?<!fewer )than|originally|initially|previously|formerly)"
    r"(?: the| its| an?)?(?: [a-z]+)?\s*\Z",
    re.IGNORECASE,
)

_FROM = re.compile(r"\bfrom\s*\Z", re.IGNORECASE)


_REPORT = r"(?:version|article|report|story|edition|headline)"

_REPEATS_MISTAKE = re.compile(
    rf"\b(?:earlier|previous|original) {_REPORT}\b[^.]{{0,60}}?"
    r"\b(?:said|stated|gave|reported|put|had|called|named|mis(?:stated|spelt|spelled)|misidentified)\b"
    rf"|\b(?:{_REPORT}\b[^.]{{0,120}}?|we (?:had )?)\b(?:wrongly|mistakenly|incorrectly)\b",
    re.IGNORECASE,
)

_ON_NAME = re.compile(r"\b(?:names?|named|called|(?:mis)?identified|mis-?spel\w+)\b", re.IGNORECASE)

_RIGHT_AT_ONCE = re.compile(r";|, (?:but|not|when)\b")
"""Behind a mistake, in the same sentence."""

CLAIMED, LEAST_CLAIMED = 0.75, 3
"""Of the stems of what a correction calls wrong: so many, and at least so many, has a sentence that
says it. Set, not fitted."""

_DENIED = re.compile(r"\bnot(?: [a-z]+)?\s*\Z", re.IGNORECASE)
"""Before a value: "29, not 31"."""


def corrected(one: Candidate) -> Candidate:
    """Return what is right, for a sentence that says what an earlier article had wrong.

    That is another value in it, or the sentence behind it: "It was 400 tonnes."
    """
    mistake = next(iter(one.values), None)
    if mistake:
        return _value_put_right(one, mistake) or one
    return (_REPEATS_MISTAKE.search(one.text) and _goes_on(one)) or one


def _goes_on(one: Candidate) -> Candidate | None:
    """Return the next sentence if it needs this one: "He is Max Roth."."""
    text = "".join(sentence_texts(one.hit)[one.index + 1 : one.index + 2])
    if not text or stands_alone(text):
        return None
    name = _FULL_NAME.search(text)
    words = (Span(*name.span()),) if name else ()
    return replace(one, index=one.index + 1, text=text, words=words, named_in=one.index)


def _claim_put_right(one: Candidate, best: Candidate) -> Candidate | None:
    """Return what a correction says of the claim or the name that a sentence has, None if nothing.

    It is the sentence behind it if that needs it, else the one that repeats the mistake.
    """
    found = _REPEATS_MISTAKE.search(one.text)
    if not found:
        return None
    told, *right = _RIGHT_AT_ONCE.split(one.text[found.end() :])
    claim, said = (frozenset(analyze(text, field_of("en"))) for text in (told, best.text))
    name = _name(best)
    is_name = bool(name) and name[-1] in told.casefold() and bool(_ON_NAME.search(one.text))
    if not is_name and len(claim & said) < max(LEAST_CLAIMED, CLAIMED * len(claim)):
        return None
    return (not right and _goes_on(one)) or replace(one, words=())


def _value_put_right(one: Candidate, mistake: Value) -> Candidate | None:
    """Return the sentence with the value that is right, None where none calls the other wrong."""
    wrong = (
        span
        for span, value in values.all_in(one.text)
        if value.is_like(mistake) and value.is_same(mistake)
    )
    if not (first := next(wrong, None)):
        return None
    is_denied = bool(_DENIED.search(one.text[: first.start]))
    if not (is_denied or _REPEATS_MISTAKE.search(one.text)):
        return None
    if found := _other_value(one.text, mistake, 0 if is_denied else first.end):
        return replace(one, words=(found,))
    if is_denied:
        return None
    for text in sentence_texts(one.hit)[one.index + 1 : one.index + 2]:
        if found := _other_value(text, mistake, 0):
            at = one.index + 1
            return replace(one, index=at, text=text, words=(found,), named_in=one.index)
    return None


def _put_right(one: Candidate, best: Candidate, value: Value | None) -> Candidate | None:
    return (value and _value_put_right(one, value)) or _claim_put_right(one, best)


def _other_value(sentence: str, mistake: Value, start: int) -> Span | None:
    """Return the first value behind a place that differs and is not called wrong."""
    found = (span for span, value in _current(sentence) if value.differs(mistake))
    return next((span for span in found if span.start >= start), None)


def rivals(question: str, best: Candidate, others: Iterable[Candidate]) -> list[Candidate]:
    """Return sentences of other articles with another value than the best one's, newest first.

    Names count where the later article corrects the earlier one. What calls wrong what the best one
    says comes first, of its own article too. Of each article the likeliest, of each value one. They
    are marked as `disputed`.
    """
    value = next(iter(best.values), None)
    by_article: dict[str, list[Candidate]] = {}
    for one in sorted(others, key=lambda one: -one.score):
        is_own = one.hit.article.id == best.hit.article.id
        if (is_own or same_story(one.hit, best.hit)) and not is_heading(one.text):
            by_article.setdefault(one.hit.article.id, []).append(one)
    wanted = _Wanted.of(question, best, value) if value else None
    found: dict[str, Candidate] = {}
    for id_, own in by_article.items():
        right = (_put_right(one, best, value) for one in own if one is not best)
        rival = next(filter(None, right), None)
        if rival is None and id_ != best.hit.article.id:
            if may_be_replaced(best):
                replacing = _differing(own, best, value, wanted) if wanted and value else None
                rival = next(replacing or _corrected_names(own, best), None)
            rival = rival or next(_reversals(question, own, best), None)
        if rival:
            found[id_] = replace(rival, disputed=True)
    newest = newest_first(one.hit.article for one in found.values())
    kept: list[Candidate] = []
    for one in (found[article.id] for article in newest):
        if all(differ(one, other) for other in kept):
            kept.append(one)
    return kept


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is measured, and of what: the stems of the question and of the sentence that answers."""

    measures: frozenset[str]
    asked: frozenset[str]
    told: frozenset[str]

    @classmethod
    def of(cls, question: str, best: Candidate, value: Value) -> Self:
        """Take the measure from the question, or from the sentence that answers it."""
        asked = values.measures_asked_for(question, value)
        told = values.measured(best.text, best.words[0], value)
        measures = asked if asked & told else asked | told
        return cls(measures, _things(question), _things(best.text))

    def is_of(self, sentence: str) -> bool:
        """Tell whether a sentence is on the same thing, as its words tell."""
        things = _things(sentence)
        return bool(things & self.asked) or len(things & self.told) >= THINGS_IN_COMMON


_WORD = re.compile(r"(?<![^\W_])[a-z]{3,}(?![^\W_])")


def _things(text: str) -> frozenset[str]:
    """Return the stems of what a text is about: no names, nor words that measure or count."""
    said = [word for word in _WORD.findall(text) if not values.is_measure(word)]
    subject = subject_words(" ".join(said))
    return frozenset(stem for word in subject for stem in analyze(word, field_of("en")))


def _differing(
    own: Sequence[Candidate], best: Candidate, value: Value, wanted: _Wanted
) -> Iterator[Candidate]:
    """Yield those of an article's sentences that have another value of what is wanted.

    None where the article has the best one's value as well and tells of no change.
    """
    agrees = any(
        value.is_like(v) and value.is_same(v) for one in own for _, v in _current(one.text)
    )
    related = len(names_in_common(own[0].hit, best.hit)) >= NAMES_IN_COMMON
    for one in own:
        changed = tells_of_change(one.text) or (not agrees and tells_of_change(best.text))
        if agrees and not changed:
            continue
        lowest = RULED_OUT
        if related and (changed or wanted.is_of(one.text)):
            lowest = MEASURES_THE_SAME if changed else OF_THE_SAME
        by_reader = [(span, v) for span in one.words if (v := values.value_of(one.text, span))]
        for span, other in (*by_reader, *_current(one.text)):
            if not other.differs(value):
                continue
            told = values.measured(one.text, span, other)
            if told & wanted.measures:
                fits = one.score > lowest
            else:
                fits = span in one.words and one.score > (0 if told else RULED_OUT)
            if fits:
                yield replace(one, words=(span,), disputed=True)
                break


_REVERSED = re.compile(
    r"\b(?:quashed|overturned|annulled|reversed|revoked|rescinded|withdr[ae]wn?|called off"
    r"|cancell?ed|scrapped|abandoned|dropped|collapsed|(?:fell|fallen) through"
    r"|(?:pulled|backed) out|turned down|changed (?:his|her|its|their) minds?|no longer"
    r"|(?:will|would|does|did|is|was|has|have) not|won['’]t)\b",
    re.IGNORECASE,
)
"""What tells that something is not as was reported before."""

REVERSED_SHARE = 0.5
"""Of the stems of a question (0 to 1), at least two and not only names: what a sentence has that
reverses what is asked. Set, not fitted."""


def _reversals(question: str, own: Sequence[Candidate], best: Candidate) -> Iterator[Candidate]:
    """Yield those of a later article's sentences that tell that what is asked came to nothing.

    So does one that denies the name that answers: "Riad was not the buyer".
    """
    if not is_before(best.hit.article, own[0].hit.article) or _REVERSED.search(best.text):
        return
    asked = frozenset(analyze(question, field_of("en")))
    name = _name(best)
    for one in own:
        if not (found := _REVERSED.search(one.text)):
            continue
        shared = len(asked & frozenset(analyze(one.text, field_of("en"))))
        enough = shared >= max(2, REVERSED_SHARE * len(asked)) and asked & _things(one.text)
        is_denied = bool(name) and one.text[: found.start()].casefold().endswith(f"{name[-1]} ")
        if is_denied or enough:
            yield replace(one, words=(Span(*found.span()),), disputed=True)


_CORRECTS = re.compile(
    rf"{_REPEATS_MISTAKE.pattern}|\b(?:correction|corrected):"
    r"|\b(?:wrongly|mistakenly) (?:announced|called|gave|identified|listed|named|reported|said)\b"
    r"|\b(?:gave|named|put|reported|used) the wrong\b"
    r"|\b(?:announced|identified|named|reported) (?:in error|by mistake|wrongly)\b"
    r"|\b(?:recount(?:ed|s)?|disqualified|annulled|overturned)\b",
    re.IGNORECASE,
)
"""What tells that a name takes the place of another; several may be right without it."""

_NAME_EDGES = " \t\n.,;:()\"'“”‘’"

_JOINS = frozenset("al and bin da de der di la le of the van von".split())


def _name(one: Candidate) -> tuple[str, ...]:
    """Return the words of the name that a sentence answers with; none where it is something else.

    Pronouns are none.
    """
    said = one.words[0].of(one.text).strip(_NAME_EDGES) if one.words and not one.values else ""
    parts = re.sub("['’]s?$", "", said).split()
    if not all(part[0].isupper() or part in _JOINS for part in parts):
        return ()
    name = tuple(part.casefold() for part in parts)
    return () if QUESTION_WORDS.issuperset(name) else name


def may_be_replaced(best: Candidate) -> bool:
    """Tell whether a sentence answers with a value or a name."""
    return bool(best.values or _name(best))


def differ(one: Candidate, other: Candidate) -> bool:
    """Tell whether two sentences answer with different values or names: "Kern" is "Ada Kern"."""
    mine, its = _name(one), _name(other)
    if mine and its:
        return mine[-1] not in its and its[-1] not in mine
    return any(a.differs(b) for a, b in product(one.values, other.values))


def _corrected_names(own: Sequence[Candidate], best: Candidate) -> Iterator[Candidate]:
    """Yield those of an article's sentences that have another name, if the later one corrects."""
    for one in own:
        old, new = (one, best) if is_before(one.hit.article, best.hit.article) else (best, one)
        if one.score > RULED_OUT and differ(one, best) and _corrects(new.hit, old):
            yield replace(one, disputed=True)


def _corrects(hit: Hit, old: Candidate) -> bool:
    """Tell whether a passage says that something was wrong before, or "not Kern"."""
    text = f"{hit.article.title}\n{hit.text}"
    is_denied = rf"\bnot (?:[\w.]+ )?{re.escape(_name(old)[-1])}\b"
    return bool(_CORRECTS.search(text) or re.search(is_denied, text, re.IGNORECASE))


def _current(sentence: str) -> Iterator[tuple[Span, Value]]:
    """Yield a sentence's values, without those of which it says that they were replaced."""
    for span, value in values.all_in(sentence):
        before = sentence[: span.start]
        is_start = _FROM.search(before) and sentence.startswith(" to ", span.end)
        if not (is_start or _FORMER.search(before)):
            yield span, value


_CAPITALISED = re.compile(r"\b[A-ZÀ-ÞĀ-Ž][\w-]{2,30}")

_FULL_NAME = re.compile(rf"{CAPITAL} {CAPITAL}")

_NAME = re.compile(rf"(?<=[\w,;”\"'’] ){_CAPITALISED.pattern}")

_NO_NAMES = frozenset((*WEEKDAYS, *MONTHS, "the", "and", "but"))


def same_story(one: Hit, other: Hit) -> bool:
    """Tell whether two articles may report on the same: by names.

    A single one is enough where it is known which came first.
    """
    mine, its = one.article, other.article
    if mine.id == its.id:
        return False
    is_known = is_before(mine, its) or is_before(its, mine)
    return len(names_in_common(one, other)) >= (1 if is_known else NAMES_IN_COMMON)


def names_in_common(one: Hit, other: Hit) -> set[str]:
    """Return the names that both passages, with their titles, have.

    What begins a sentence is one where the other has it within a sentence.
    """
    texts = [f"{hit.article.title}\n{hit.text}" for hit in (one, other)]
    within, anywhere = (
        [{word.casefold() for word in pattern.findall(text)} for text in texts]
        for pattern in (_NAME, _CAPITALISED)
    )
    return ((within[0] & anywhere[1]) | (within[1] & anywhere[0])) - _NO_NAMES


def unread(question: str, ranked: Sequence[Candidate], near: Iterable[Hit]) -> list[Hit]:
    """Return the passages that may have another value than the best sentence, and are not read.

    Their scores are those of another search, so they count for no more than what is read.
    """
    best = ranked[0]
    read = {(one.hit.article.id, one.hit.passage.n) for one in ranked}
    lowest = min(one.hit.score for one in ranked)
    found = [
        replace(hit, score=min(hit.score, lowest))
        for hit in near
        if (hit.article.id, hit.passage.n) not in read and _may_differ(hit, best, question)
    ]
    return sorted(found, key=lambda hit: is_before(hit.article, best.hit.article))[:MOST_READ]


def _may_differ(hit: Hit, best: Candidate, question: str) -> bool:
    value = next(iter(best.values), None)
    if not same_story(hit, best.hit):
        return False
    if value is None:
        return bool(_name(best)) and _corrects(hit, best)
    wanted = _Wanted.of(question, best, value).measures
    return any(
        other.differs(value) and not (told and wanted and not told & wanted)
        for text in sentence_texts(hit)
        for span, other in values.all_in(text)
        for told in [values.measured(text, span, other)]
    )
