"""What a noun phrase names, and whether a name is somebody's who speaks."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.followups import lexicon
from index.followups.frames import Frame, is_plural
from index.followups.turns import Turn

Speaks = Callable[[str], bool]
"""Whether the articles know a name (any case) as a speaker's."""

_BESIDE_WORDS = 2
"""`Trump later commented`: so many words may stand between a name and its verb."""


def is_speaker(name: str, texts: Iterable[str]) -> bool:
    """Whether in one of the texts the name has a title or stands before a verb of speaking.

    For a `Speaks`: pass the passages that a search for the name finds.
    """
    titles, verbs = "|".join(lexicon.titles()), "|".join(lexicon.spoke())
    given = r"(?:[A-Z][\w.'’-]*\s+){0,2}"
    known = re.compile(
        rf"\b(?:{titles})\s+(?-i:{given})(?:{re.escape(name)})\b"
        rf"|\b{re.escape(name)}(?:,[^,.]{{1,60}},)?(?:\s+\w+){{0,{_BESIDE_WORDS}}}\s+(?:{verbs})\b",
        re.IGNORECASE,
    )
    return any(known.search(text) for text in texts)


def nobody(_name: str) -> bool:
    """A `Speaks` that knows no speakers."""
    return False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells a speaker: the texts of the earlier turns, then the articles."""

    texts: Sequence[str]
    in_articles: Speaks

    @classmethod
    def of(cls, turns: Iterable[Turn], speaks: Speaks) -> Evidence:
        """Gather it, asking the articles once for each name."""
        texts = [text for turn in turns for text in (turn.question, turn.answer) if text]
        return cls(texts, functools.cache(speaks))

    def of_speaker(self, name: str) -> bool:
        """Whether the name is somebody's who speaks."""
        return is_speaker(name, self.texts) or self.in_articles(name)


MAX_WORDS = 6
"""Of an antecedent; what is longer was most probably not taken apart rightly."""

_PARTICLES = "von|van|de|der|den|al|bin|la|del"

_CAPITAL = r"[A-Z][^\W_]*(?:[.'’\-][^\W_]+)*\.?"

NAME = re.compile(rf"(?<![\w.]){_CAPITAL}(?:\s+(?:(?:{_PARTICLES})\s+)*{_CAPITAL})*")
"""A run of capitalised words."""

PREPOSITION = re.compile(rf"(?:^|\s+)(?:{'|'.join(lexicon.PREPOSITIONS)})\s+", re.IGNORECASE)

_ABOUT = re.compile(rf"\b(?:{'|'.join(lexicon.ABOUT)})\s+(.+)$", re.IGNORECASE)

_POSSESSIVE = re.compile(r"['’]s?$")

_NO_PART = lexicon.PRONOUNS | {"which", "who", "when", "while", "or", "a", "an", "if", "what"}

_COUNTED = re.compile(r"^(?:\d|one\b|two\b|three\b|four\b|five\b|both\b|all\b|most\b|many\b)", re.I)


def without_titles(run: str) -> str:
    """The name in a run of capitalised words: `US Secretary of State Marco` is `Marco`."""
    words = _POSSESSIVE.sub("", run.rstrip(".")).split()
    at = max(
        (i for i, w in enumerate(words) if w.lower().strip(".") in lexicon.titles()), default=-1
    )
    if at < 0 and words[0].lower() in lexicon.FUNCTION_WORDS:
        at = 0
    return " ".join(words[at + 1 :])


def is_name(phrase: str) -> bool:
    """Whether it is nothing but a name."""
    found = NAME.fullmatch(phrase)
    return bool(found) and phrase.lower() not in lexicon.FUNCTION_WORDS


def is_acronym(name: str) -> bool:
    """Whether it is written in capitals alone: an organisation's, mostly."""
    return name.isupper() and len(name) > 1


def is_place(name: str) -> bool:
    """Whether it is a country, a part of the world, or one of their capitals."""
    return name.lower().removeprefix("the ").strip() in lexicon.places()


def may_be_person(name: str) -> bool:
    """Whether a name is not known for something else."""
    others = {word.lower() for word in name.split()} & lexicon.organisations()
    return is_name(name) and not (others or is_place(name) or any(map(is_acronym, name.split())))


def is_person(phrase: str, evidence: Evidence) -> bool:
    """Whether its form, the turns' texts or the articles tell that it can say something."""
    words = phrase.lower().split()
    if not words or is_place(phrase) or words[-1] in lexicon.organisations():
        return False
    if (
        words[0].strip(".") in lexicon.titles()
        or head(phrase) in lexicon.roles()
        or is_people(phrase)
    ):
        return True
    if words[0] in lexicon.DETERMINERS:
        return False
    full_name = len(words) > 1 and may_be_person(phrase)
    return full_name or evidence.of_speaker(phrase)


def is_people(phrase: str) -> bool:
    """Whether it is a plural of people: `critics`, `European leaders`, `Brandt and Keller`."""
    last = head(phrase)
    return (
        last in lexicon.PEOPLE
        or last.removesuffix("s") in lexicon.roles() - {last}
        or last.endswith(lexicon.PEOPLE_ENDINGS)
        or (" and " in phrase and phrase[0].isupper())
    )


def head(phrase: str) -> str:
    """The word that a noun phrase is named after, in lower case: the last before `of`."""
    words = phrase.lower().split()
    end = next((i for i, w in enumerate(words) if i and w in lexicon.PREPOSITIONS), len(words))
    return words[end - 1] if end else ""


def can_stand_for_pronoun(phrase: str) -> bool:
    """Whether it is short, definite and without a clause or a pronoun of its own."""
    words = phrase.lower().split()
    if not 1 <= len(words) <= MAX_WORDS or set(words) & _NO_PART or "," in phrase:
        return False
    definite = words[0] == "the" or phrase[0].isupper() or is_plural(phrase) or "s " in phrase
    return definite and not _COUNTED.match(phrase) and any(c.isalpha() for c in phrase)


def topic(frame: Frame) -> str:
    """What is spoken of: the noun phrase behind `about`; "" where there is none."""
    found = _ABOUT.search(frame.predicate)
    return found[1] if found else ""


def objects(frame: Frame) -> list[str]:
    """What stands behind the question's verb, cut at prepositions; a topic first."""
    verb, _, rest = frame.predicate.partition(" ")
    text = frame.predicate if verb.lower() in lexicon.PREPOSITIONS | lexicon.BE else rest
    if verb.lower() in lexicon.BE:
        text = rest
    found = [topic(frame), *PREPOSITION.split(text)]
    return list(dict.fromkeys(part.strip() for part in found if part.strip()))
