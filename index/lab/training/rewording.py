"""Questions in other words than the passage's."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, replace

from index.lab.training.examples import Example, Random
from index.lab.training.grammar import any_past, base_of_past, forms, participles
from index.model import Span
from index.text.words import entries


def _groups(kind: str) -> Iterator[list[str]]:
    for group in entries("index.lab.training", f"synonyms_{kind}"):
        yield group.split("/")


def _plural(noun: str) -> str:
    if noun.endswith(("s", "folk", "people", "youth", "military", "ten years", "clothing")):
        return noun
    if noun.endswith(("man", "men")) and noun not in {"human", "men"}:
        return f"{noun[:-3]}men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("sh", "ch", "x")) else f"{noun}s"


def _said_of(rows: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        for word in row:
            if " " not in word:
                found[word] += [w for w in row if w not in (word, *found[word])]
    return {word: tuple(others) for word, others in found.items() if others}


def _verbs(which: Sequence[int]) -> Iterator[Sequence[str]]:
    """The groups of verbs in some of their forms, by place in `Forms`."""
    for group in _groups("verbs"):
        rows = list(zip(*(astuple(forms(verb)) for verb in group), strict=True))
        yield from (rows[place] for place in which)


_BASE, _PAST_SYNONYMS, _PARTICIPLE, _GERUND = 0, 2, 3, 4


@functools.cache
def after_to() -> dict[str, tuple[str, ...]]:
    """Return base forms of verbs, as after "did" or "to", and what may stand for each."""
    return _said_of(_verbs([_BASE]))


@functools.cache
def other_words() -> dict[str, tuple[str, ...]]:
    """Return all other lower-case words and what may stand for each."""
    return _said_of(
        [
            *_verbs([_PAST_SYNONYMS, _PARTICIPLE, _GERUND]),
            *_groups("nouns"),
            *([_plural(noun) for noun in group] for group in _groups("nouns")),
            *_groups("others"),
        ]
    )


_WORD = re.compile(r"\b[a-z]{3,}\b(?!['’-])")

_VERB_AHEAD = re.compile(
    r"\b(?:did|does|do|to|can|could|will|would|should|might|must)\b", re.IGNORECASE
)

_NOUN_AHEAD = re.compile(
    r"\b(?:the|an?|of|his|her|its|their|this|that|what|which|how many|in|for|by)\s$", re.IGNORECASE
)

_ARTICLE = re.compile(r"\b([Aa])n? $")

_NO_ARTICLE = re.compile(r"^an? |^the ")

WORD_SHARE = 0.6
"""Of the words that have synonyms, how many are replaced in a question that is reworded."""

PASSAGE_WORD_SHARE = 0.3


def reworded(question: str, rng: Random) -> str:
    """The question with synonyms, in another form where one fits."""
    if rng.random() < 0.6:
        question = restructured(question, rng)
    return _with_synonyms(question, WORD_SHARE, rng)


def passage_reworded(example: Example, rng: Random) -> Example:
    """The passage with synonyms, but for the words that answer."""
    answer, passage = example.answer, example.passage
    if answer is None:
        return replace(example, passage=_with_synonyms(passage, PASSAGE_WORD_SHARE, rng))
    before = _with_synonyms(passage[: answer.start], PASSAGE_WORD_SHARE, rng)
    after = _with_synonyms(passage[answer.end :], PASSAGE_WORD_SHARE, rng)
    said = answer.of(passage)
    moved = Span(len(before), len(before) + len(said))
    return replace(example, passage=f"{before}{said}{after}", answer=moved)


def _with_synonyms(text: str, share: float, rng: Random) -> str:
    found, end = "", 0
    for match in _WORD.finditer(text):
        found += text[end : match.start()]
        end = match.end()
        others = _others(match[0], text[max(0, match.start() - 60) : match.start()])
        new = rng.choice(others) if others and rng.random() < share else match[0]
        if new != match[0] and (article := _ARTICLE.search(found)):
            vowel = new[0] in "aeio"
            found = f"{found[: article.start()]}{article[1]}{'n' if vowel else ''} "
        found += new
    return found + text[end:]


def _others(word: str, before: str) -> tuple[str, ...]:
    """What may stand for a word: as a verb after "did" and the like, else as any other word."""
    as_verb = after_to().get(word, ())
    if as_verb and _VERB_AHEAD.search(before) and not _NOUN_AHEAD.search(before):
        return as_verb
    return other_words().get(word, ())


_FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = tuple(
    (re.compile(pattern), ways)
    for pattern, ways in (
        (r"^(?:In|During|By) (?:what|which) year (did|was|were|does|do|is) ",
         (r"When \1 ", r"What year \1 ", r"In which year \1 ")),
        (r"^(?:On )?(?:what|which|What|Which) (?:date|day) (did|was|were) ",
         (r"When \1 ", r"On which date \1 ")),
        (r"^What year (did|was|were) ", (r"When \1 ", r"In what year \1 ", r"In which year \1 ")),
        (r"^When (did|was|were) ",
         (r"In what year \1 ", r"On what date \1 ", r"At what time \1 ", r"What year \1 ",
          r"At what point \1 ")),
        (r"^Where (did|was|were|is|are|do|does) ",
         (r"In what place \1 ", r"At which location \1 ", r"In which place \1 ")),
        (r"^(?:In|At) (?:what|which) (?:place|location) (did|was|were|is|are) ", (r"Where \1 ",)),
        (r"^Why (did|was|were|is|are|do|does|has|have|had|can|could|would) ",
         (r"For what reason \1 ", r"For which reasons \1 ", r"Why exactly \1 ", r"How come \1 ")),
        (r"^(?:What was|What is) the reason (?:for|of) ", (r"What is behind ", r"What explains ")),
        (r"^What caused (.+)\?$", (r"Why did \1 happen?", r"What led to \1?",
                                   r"What was behind \1?", r"What was the cause of \1?")),
        (r"^How (did|was|were|do|does|is|are) ",
         (r"In what way \1 ", r"By what means \1 ", r"In which manner \1 ")),
        (r"^How many ", (r"What number of ", r"What is the number of ", r"Do we know how many ")),
        (r"^How much ", (r"What amount of ", r"To what extent ")),
        (r"^How long ", (r"For what length of time ", r"For how much time ")),
        (r"^Who (was|is|are|were) ", (r"Which person \1 ", r"Tell me, who \1 ")),
        (r"^Whose ", (r"Which person's ",)),
        (r"^What (?:is|was) the name of (.+)\?$",
         (r"What is \1 called?", r"What do people call \1?", r"How is \1 named?")),
        (r"^What (?:is|was|are|were) (.+) (?:called|known as|named)\?$",
         (r"What is the name of \1?", r"By what name does \1 go?")),
        (r"^What (?:kind|type|sort) of (.+)\?$", (r"Which kind of \1?", r"What sort of \1?")),
        (r"^What (is|was|are|were) (.+)\?$",
         (r"What can be said of \2?", r"Tell me what \2 \1.", r"Which \1 \2?", r"\2?")),
        (r"^What did (.+?) (?:say|state|claim|argue|think|believe) (?:about|of|on) (.+)\?$",
         (r"What is \1's view of \2?", r"\1's opinion on \2?", r"Where does \1 stand on \2?",
          r"How does \1 see \2?", r"What were \1's words on \2?")),
        (r"^What did (.+?) do (.+)\?$", (r"What actions did \1 take \2?",)),
        (r"^(?:What|Which) (city|country|state|town|region|place|area|continent) ",
         (r"Where ", r"Name the \1 that ", r"In which \1 ")),
        (r"^(?:What|Which) (person|man|woman|king|actor|player|artist|author|scientist) ",
         (r"Who ", r"Name the \1 who ")),
    )
)  # fmt: skip


@functools.cache
def _who_did() -> re.Pattern[str]:
    return re.compile(rf"^Who ({any_past()}) (.+)\?$")


_BY_WHOM = re.compile(r"^(?:By whom|By who) (was|were) (.+) (\w+ed)\?$")


def restructured(question: str, rng: Random) -> str:
    """The question put in another form, or as it is."""
    if match := _who_did().match(question):
        done, what = participles()[match[1]], match[2]
        return rng.choice(
            [f"By whom was {what} {done}?", f"Who was {what} {done} by?",
             f"Who was it that {match[1]} {what}?", f"Which person {match[1]} {what}?",
             f"Who did {base_of_past()[match[1]]} {what}?"]
        )  # fmt: skip
    if match := _BY_WHOM.match(question):
        return f"Who {match[3]} {match[2]}?"
    fitting = [(pattern, ways) for pattern, ways in _FORMS if pattern.match(question)]
    if not fitting:
        return question
    pattern, ways = rng.choice(fitting)
    changed = pattern.sub(rng.choice(ways), question, count=1)
    return changed[0].upper() + changed[1:]
