"""English questions taken apart, and what their phrases may name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile, pairwise

from index.text.spelt import MONTHS
from index.text.words import entries, places


def _words(name: str) -> frozenset[str]:
    return frozenset(entry.lower() for entry in entries("index.followups", name))


BE = frozenset("is are was were".split())

AUXILIARIES = BE | frozenset(
    "has have had do does did will would can could should may might must".split()
)

WH = frozenset("why when where how what who whom which whose".split())

ABOUT = frozenset("about on regarding concerning".split())
"""What a subject that is spoken of stands behind; one stands for another."""

DETERMINERS, PREPOSITIONS = _words("determiners"), ABOUT | _words("prepositions")

_TITLES, _ORGANISATIONS = _words("titles"), _words("organisations").union(MONTHS)

_ROLES = _TITLES | _words("roles")
"""Singular nouns for who can say something, groups with one voice included."""

_SPEECH_VERBS = _words("saying")
"""Base forms of verbs with a speaker and, behind `about`, a subject."""

_PEOPLE = _words("people")
"""Plurals of people that no ending shows."""

_PEOPLE_ENDINGS = ("ists", "ians", "ers", "ors", "critics", "allies", "officials", "men", "women")

_PLACES = frozenset(name for line in places() for name in line)
"""Countries, parts of the world and capitals that stand for them, with what they are called."""

_BASE_OF = dict(pair.split("/") for pair in entries("index.followups", "irregular_verbs"))
"""Irregular past tenses with their base forms."""

_PARTICIPLES = _words("participles")

_BASES = _words("verbs") | set(_BASE_OF.values()) | {"be", "have", "do"}
"""Base forms frequent in questions about news."""

_PREPOSITION = re.compile(rf"(?:^|\s+)(?:{'|'.join(PREPOSITIONS)})\s+", re.IGNORECASE)

_ABOUT = re.compile(rf"\b(?:{'|'.join(ABOUT)})\s+(.+)$", re.IGNORECASE)

_OPENING = re.compile(
    r"^(?:(?:and|but|so|or|also|then|ok|okay|hm+|well|oh|please|now|hey|yes|no|thanks|right)\b[,.!]*"
    r"\s+)+",
    re.IGNORECASE,
)

_BACK_TO = re.compile(
    r"(?:(?:\w+ing )?back to|about|as for|regarding|concerning) (?P<subject>[^:,?]{1,60})[:,]"
    r" +(?P<rest>.+)",
    re.IGNORECASE,
)

_CONTRACTED = re.compile(r"^(what|who|where|when|why|how)(?:['’]?s|['’]re)\s+", re.IGNORECASE)

MAX_WH_WORDS = 5
"""Of a phrase as `Which Baltic party` or `How many young people`."""


MAX_LETTERS = 3
"""Of a place that is called by its initials."""

_SMALL = re.compile(r"\b(?!(?:and|of|the)\b)[^\W\d_]")


@dataclass(frozen=True, slots=True)
class ParsedQuestion:
    """The parts of a question, as written: `wh` `aux` `subject` `predicate`.

    `wh` is "" for a yes/no question. Where `wh` itself is the subject (`Who left?`) `subject` is
    "" and so is, mostly, `aux`.
    """

    wh: str
    aux: str
    subject: str
    predicate: str

    @property
    def text(self) -> str:
        """Return the question."""
        return joined(self.wh, self.aux, self.subject, self.predicate)

    @property
    def topic(self) -> str:
        """Return what is spoken of: the noun phrase behind `about`; "" where there is none."""
        found = _ABOUT.search(self.predicate)
        return found[1] if found else ""

    @property
    def asks_what_was_said(self) -> bool:
        """Tell whether somebody's words are asked for: `What did she say about it?`."""
        verb = self.predicate.split(" ", 1)[0].lower()
        says = base_of(verb) in _SPEECH_VERBS
        return self.wh.lower() == "what" and bool(self.subject) and says

    @property
    def is_certain(self) -> bool:
        """Tell whether the subject surely ends before the predicate: the verb there is known."""
        verb, aux = self.predicate.split(" ", 1)[0].lower(), self.aux.lower()
        if not aux or aux in BE:
            return True
        return _is_past(verb) if aux in ("has", "have", "had") else verb in _BASES | {"not"}

    @property
    def phrases(self) -> list[str]:
        """Return its noun phrases: the subject, then what the rest names."""
        verb, _, rest = self.predicate.partition(" ")
        behind = self.predicate if verb.lower() in PREPOSITIONS else rest
        inner = (one for part in (self.wh, self.subject) for one in _PREPOSITION.split(part)[1:])
        parts = [*inner, *_PREPOSITION.split(behind)]
        found = [self.subject, *(_before_verb(part.split()) for part in parts)]
        return [part for part in dict.fromkeys(found) if part and part not in PREPOSITIONS]

    def about(self, subject: str) -> ParsedQuestion:
        """Return the question with another subject, and its auxiliary in that number."""
        numbers = {"is": "are", "was": "were", "has": "have", "does": "do"}
        if not is_plural(subject):
            numbers = {many: one for one, many in numbers.items()}
        return replace(self, subject=subject, aux=numbers.get(self.aux.lower(), self.aux))

    def with_phrase(self, old: str, new: str) -> str:
        """Return the text with another of its phrases."""
        if old == self.subject:
            return self.about(new).text
        return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, self.text, count=1)


def joined(*parts: str) -> str:
    """Join the parts of a question; each may be empty."""
    text = " ".join(part for part in parts if part)
    return f"{text[:1].upper()}{text[1:]}?"


def bare(text: str) -> str:
    """Return a question without openings such as `and`, and without its closing mark."""
    _, rest = back_to(text)
    return _OPENING.sub("", rest.strip()).rstrip(" ?!.…").strip()


def back_to(text: str) -> tuple[str, str]:
    """Return the subject that `Back to chess: why did he lose?` names, and the question; or ""."""
    found = _BACK_TO.fullmatch(_OPENING.sub("", text.strip()))
    return (found["subject"], found["rest"]) if found else ("", text)


def uncontracted(text: str) -> str:
    """Return a question with `who's` as `who is`."""
    return _CONTRACTED.sub(r"\1 is ", text)


def parse(text: str) -> ParsedQuestion | None:
    """Take a question apart; None for what is not put as an English question."""
    words = uncontracted(bare(text)).split()
    if len(words) < 2 or not (words[0].lower() in WH or is_aux(words[0])):
        return None
    at = _end_of_wh(words)
    wh, rest = " ".join(words[:at]), words[at:]
    if not rest or not is_aux(rest[0]):
        return ParsedQuestion(wh, "", "", " ".join(rest)) if rest else None
    aux, *rest = rest
    asks_for_subject = wh.lower().startswith(("who", "what", "which", "how"))
    if not rest or (asks_for_subject and _is_verb_form(rest[0])):
        return ParsedQuestion(wh, aux, "", " ".join(rest)) if rest else None
    end = _end_of_subject(wh, aux, rest)
    return ParsedQuestion(wh, aux, " ".join(rest[:end]), " ".join(rest[end:]))


def base_of(verb: str) -> str:
    """Return the base form of an irregular past tense in lower case; other words stay."""
    return _BASE_OF.get(verb, verb)


def is_aux(word: str) -> bool:
    """Tell whether it is an auxiliary verb, negated or not."""
    return word.lower().removesuffix("n't").removesuffix("n’t") in AUXILIARIES


def _end_of_wh(words: Sequence[str]) -> int:
    """Count the words of the phrase with the question word: up to an auxiliary or a past tense."""
    if is_aux(words[0]):
        return 0
    if words[0].lower() not in ("which", "whose", "how", "what") or is_aux(words[1]):
        return 1
    ends = (
        n for n, w in enumerate(words[: MAX_WH_WORDS + 1]) if n > 1 and (is_aux(w) or _is_past(w))
    )
    return next(ends, 2)


def _is_past(word: str) -> bool:
    """Tell whether a word has the form of a past tense or past participle."""
    lower = word.lower()
    return (lower.endswith("ed") and len(lower) > 4) or lower in _BASE_OF or lower in _PARTICIPLES


def _is_verb_form(word: str) -> bool:
    """Tell whether it is what `is` goes with, as in `Who is suing them?`."""
    return word[0].islower() and (word.endswith("ing") or word == "been" or _is_past(word))


def _end_of_subject(wh: str, aux: str, rest: Sequence[str]) -> int:
    """Count the words of the subject: two of `European leaders anxious about it`."""
    for n, (before, word) in enumerate(pairwise(rest), 1):
        is_verb = _is_verb_form(word) if aux.lower() in BE else word in _BASES
        if is_verb and before.lower() not in DETERMINERS | PREPOSITIONS:
            return n
    if wh.lower() in ("who", "what"):
        return len(rest)
    is_whole = aux.lower() in BE and wh.lower() == "where"  # no adjective is behind the subject
    complement = PREPOSITIONS | DETERMINERS - {"of"}
    end = next((n for n, word in enumerate(rest) if n and word.lower() in complement), len(rest))
    return end - 1 if end > 1 and rest[end - 1][0].islower() and not is_whole else end


def _before_verb(words: Sequence[str]) -> str:
    """Return the words before the first verb, if it is not the first of them."""
    verbs = (n for n, word in enumerate(words) if n and (word in _BASES or _is_past(word)))
    return " ".join(words[: next(verbs, len(words))])


def is_place(name: str) -> bool:
    """Tell whether it is a country, a part of the world, or one of their capitals."""
    return name.lower().removeprefix("the ").strip() in _PLACES


def place_in_capitals(name: str) -> str:
    """Return a place in small letters as it is written: `UK`, `New Zealand`."""
    return name.upper() if len(name) <= MAX_LETTERS else _SMALL.sub(lambda c: c[0].upper(), name)


def is_person(phrase: str) -> bool:
    """Tell whether it may say something: a role, people, a name not known for something else."""
    words, head = phrase.split(), head_of(phrase)
    if is_place(phrase) or head.lower() in _ORGANISATIONS or head.isupper():
        return False
    is_name = all(word[:1].isupper() or word == "and" for word in words)
    is_role = not _ROLES.isdisjoint((words[0].lower().strip("."), head, head.removesuffix("s")))
    are_people = head in _PEOPLE or (head.islower() and head.endswith(_PEOPLE_ENDINGS))
    return is_name or is_role or are_people


def is_plural(phrase: str) -> bool:
    """Tell whether `are` goes with it."""
    head = head_of(phrase)
    is_name = phrase.istitle() and is_person(phrase)
    ends = head.endswith("s") and not head.endswith(("ss", "us", "is", "'s", "’s", "news"))
    return " and " in phrase or (not is_name and (head in _PEOPLE or ends))


def head_of(phrase: str) -> str:
    """Return the word that a noun phrase is named after: the last before a preposition."""
    return (_PREPOSITION.split(phrase)[0].split() or [""])[-1]


def without_titles(name: str) -> str:
    """Return a name without titles and work: `Secretary of State Marco Rubio`, `Biologist Roe`."""
    words = name.split()
    at = max((n for n, w in enumerate(words) if w.lower().strip(".") in _TITLES), default=-1)
    *before, last = words[at + 1 :] or [""]
    names = dropwhile(lambda word: word.lower() in _ROLES or word.endswith("ist"), before)
    return " ".join((*names, last))
