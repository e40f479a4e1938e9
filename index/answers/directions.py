"""Who did it to whom: "Who replaced Breck?" is not answered by "Breck replaced Conti"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from index.answers.speakers import CAPITAL, NO_NAME

_ALIKE = (
    "replace succeed",
    "beat defeat overtake",
    "sue",
    "hire recruit appoint employ",
    "sack fire dismiss",
    "oust unseat topple",
    "arrest detain",
    "endorse nominate",
    "buy acquire",
    "accuse blame",
    "criticise criticize attack",
    "praise thank",
    "shoot kill murder stab",
    "rob bribe",
    "rescue save",
    "suspend",
    "convict jail",
)
"""Verbs with two people or firms; those of a line may stand for one another."""

_IRREGULAR = {
    "beat": ("beat", "beaten", "beating"),
    "overtake": ("overtook", "overtaken", "overtaking"),
    "buy": ("bought", "bought", "buying"),
    "shoot": ("shot", "shot", "shooting"),
    "stab": ("stabbed", "stabbed", "stabbing"),
    "rob": ("robbed", "robbed", "robbing"),
}
"""Past, past participle, present participle."""


class Role(Enum):
    """What somebody is of a verb."""

    DOES = auto()
    IS_DONE_TO = auto()


@dataclass(frozen=True, slots=True)
class Forms:
    """Patterns of the forms of some verbs: "replaces" or "replaced", "replaced", "replacing"."""

    finite: str
    done: str
    doing: str

    @property
    def any(self) -> str:
        """Return a pattern of all of them."""
        return rf"\b(?:{self.finite}|{self.done}|{self.doing})\b"


@dataclass(frozen=True, slots=True)
class Direction:
    """What a question asks: `name` is the one whom it names, in lower case, and has the role."""

    forms: Forms
    name: frozenset[str]
    role: Role


def _forms_of(verbs: str) -> Forms:
    finite: list[str] = []
    participles: list[str] = []
    present: list[str] = []
    for verb in verbs.split():
        stem = verb.removesuffix("e")
        past, done, doing = _IRREGULAR.get(verb, (f"{stem}ed", f"{stem}ed", f"{stem}ing"))
        finite += [verb, f"{verb}s", past]
        participles.append(done)
        present.append(doing)
    return Forms(*(f"(?:{'|'.join(each)})" for each in (finite, participles, present)))


_FORMS = tuple(map(_forms_of, _ALIKE))

_ASKED = (
    r"(?:(?:and|so|but|then|ok(?:ay)?),? )?(?:whom?|(?:which|what) (?:club|coach|company|firm|group"
    r"|man|manager|minister|newspaper|party|person|player|politician|team|woman))"
)

_NAMED = r"(?P<name>[^\W\d_][\w.&'’-]*(?: [\w.&'’-]+){0,4}?)"

_END = (
    r"(?: (?:as|in|at|for|on|to|from|after|over|with|last|this|during|when|because|before|then|now"
    r"|yesterday|today|again|\d)\b.*)?\W*\Z"
)


@functools.cache
def _questions(forms: Forms) -> tuple[tuple[re.Pattern[str], Role], ...]:
    finite, done, doing = forms.finite, forms.done, forms.doing
    some = f"(?:{finite}|{done})"
    return tuple(
        (re.compile(f"{pattern}{_END}", re.IGNORECASE), role)
        for role, pattern in (
            # "Who was Breck replaced by?", "By whom was Breck sacked?", "Who was sacked by Breck?"
            (
                Role.IS_DONE_TO,
                rf"{_ASKED} (?:is|was|were|will|has|had|did) {_NAMED}(?: be| been| get)? {done} by",
            ),
            (Role.IS_DONE_TO, rf"by whom (?:is|was|were) {_NAMED} {done}"),
            (Role.DOES, rf"{_ASKED} (?:is|was|were|has been|got|will be) {done} by {_NAMED}"),
            # "Who did Breck replace?", "Who has Breck replaced?", "Who is Breck replacing?"
            (Role.DOES, rf"{_ASKED} (?:did|does|do|will|would|has|have) {_NAMED} {some}"),
            (Role.DOES, rf"{_ASKED} (?:is|was|are|were) {_NAMED} {doing}"),
            # "Who replaced Breck?", "Who has replaced Breck?", "Who is replacing Breck?"
            (Role.IS_DONE_TO, rf"{_ASKED}(?: has| had| have| will| would| just)* {some} {_NAMED}"),
            (Role.IS_DONE_TO, rf"{_ASKED}(?: is| was|['’]s) {doing} {_NAMED}"),
        )
    )


def asked(question: str) -> Direction | None:
    """Return who did, or was done to, what the question asks; None where it asks nothing such."""
    text = " ".join(question.split())
    for forms in _FORMS:
        if not re.search(forms.any, text, re.IGNORECASE):
            continue
        for pattern, role in _questions(forms):
            if found := pattern.match(text):
                words = found["name"].casefold().split()
                is_name = _NO_NAME.isdisjoint((words[0], words[-1]))
                name = _own(words)
                return Direction(forms, name, role) if name and is_name else None
    return None


_NO_NAME = frozenset((*NO_NAME, *"by be to in at for with from off been being".split()))

_NOT_OF_THE_NAME = frozenset(
    """
    mr mrs ms dr sir dame lord lady king queen prince princess pope president premier minister mayor
    chancellor senator sen rep governor gov general captain sergeant judge professor coach manager
    chairman chief boss when after before while as but and in on if since then that
    """.split()
)
"""Titles, and words that have a capital where a sentence begins with them."""


def _own(words: Sequence[str]) -> frozenset[str]:
    bare = (re.sub(r"['’]s?\Z", "", word).strip(".,") for word in words)
    return frozenset(word for word in bare if word and word not in _NOT_OF_THE_NAME)


_BESIDE = r"(?:,[^,;.]{1,100},|\s\([^()]{1,30}\))?"
"""Of a name: ", 44,", ", who came late,"."""

_BEFORE_VERB = (
    rf"{_BESIDE}(?:\s(?:who|which|that|also|then|later|has|had|have|will|would|could|may|might|did"
    r"|went|on|agreed|wants?|hopes?|plans?|vowed|is to|was to|to|[a-z]+ly|just|once)){0,4}?"
)
"""Between a subject and its verb."""

_BE = r"(?:is|are|was|were|be|been|being|got|gets?)"

_NO_OBJECT = (
    r"(?:\s(?:by|in|on|after|for|from|over|amid|at|as|to|with|last|again|yesterday)\b|[.,;:]|\Z)"
)
"""What follows a verb that is done to its subject: "Breck sacked after defeat"."""

_TO = r"\s(?:(?!(?:by|of|with|for|in|as|and|to|on|at|from|after|over)\b)[\w'’.-]+\s){0,5}?"
"""Between a verb and the one to whom it is done: "replaced former mayor Breck"."""

_CAPITALS = re.compile(rf"{CAPITAL}(?:\s(?:&\s)?{CAPITAL}){{0,5}}")

_X = "⟦X⟧"
"""Stands in a sentence for the one whom the question names."""


def is_other_way(wanted: Direction | None, sentences: Sequence[str], index: int) -> bool:
    """Tell whether a sentence has the one whom a question names in the other role, and not in its.

    "He" is the one by whose name the sentence before begins. Where it has the name elsewhere, "He
    replaced Dario Conti" tells of no other who was replaced.
    """
    if wanted is None or not re.search(wanted.forms.any, sentences[index]):
        return False
    text = _marked(wanted.name, sentences[index])
    before = _marked(wanted.name, sentences[index - 1]) if index and _X not in text else ""
    if before.startswith(_X):
        text = re.sub(rf"\A{_PRONOUN}", _X, text)
    elif _X in before and wanted.role is Role.IS_DONE_TO:
        return bool(re.match(_done_to_another(wanted.forms), text))
    roles = set(_roles(wanted.forms, text))
    return bool(roles) and wanted.role not in roles


_PRONOUN = r"(?:He|She|They|It)\b"


def _done_to_another(forms: Forms) -> str:
    some = f"(?:{forms.finite}|{forms.done})"
    return rf"{_PRONOUN}{_BEFORE_VERB}\s{some}{_TO}{CAPITAL} {CAPITAL}"


def _marked(name: frozenset[str], text: str) -> str:
    """Return a sentence with a mark in the place of a name, or of a word of it."""

    def mark(match: re.Match[str]) -> str:
        found = _own(match[0].casefold().split())
        return _X if found and (found <= name or name <= found) else match[0]

    return _CAPITALS.sub(mark, text)


def lacks_doer(wanted: Direction | None, sentence: str) -> bool:
    """Tell whether a sentence says that something was done, and not by whom, as is asked."""
    if wanted is None or wanted.role is not Role.IS_DONE_TO:
        return False
    text = _marked(wanted.name, sentence)
    found = re.search(_passive(wanted.forms), text)
    if found is None or re.search(r"\bby\b", text[found.end() :]):
        return False
    return not _CAPITALS.search(text[: found.start()])  # "The Herald says Breck was sacked"


def _passive(forms: Forms) -> str:
    """Return a pattern for "Breck was sacked" and "Breck, sacked in May,"."""
    return (
        rf"(?<!which\s)(?<!whom\s)(?<!who\s)(?<!that\s){_X}(?:{_BEFORE_VERB}\s{_BE}"
        rf"(?:\s(?:later|then|also|[a-z]+ly))?\s{forms.done}\b"
        rf"|{_BESIDE},?\s{forms.done}\b(?={_NO_OBJECT}))"
    )


def _roles(forms: Forms, text: str) -> Iterator[Role]:
    finite, done, doing = forms.finite, forms.done, forms.doing
    for role, pattern in (
        (Role.DOES, rf"{_X}{_BEFORE_VERB}\s(?:{finite}|(?:has|had|have) {done})\b(?!{_NO_OBJECT})"),
        (Role.DOES, rf"{_X}{_BEFORE_VERB}(?:\s{_BE})?\s{doing}\b"),
        (Role.DOES, rf"\b{done}(?: [\w'’-]+){{0,4}}? by{_TO}{_X}(?!['’]s)"),
        (Role.DOES, rf"\b(?:which|whom?|that)\s{_X}{_BEFORE_VERB}\s(?:{finite}|{done})\b"),
        (Role.IS_DONE_TO, rf"{forms.any}{_TO}{_X}(?!['’]s)"),
        (Role.IS_DONE_TO, _passive(forms)),
        (Role.IS_DONE_TO, rf"{_X}['’]s?\s(?:successor|replacement)\b"),
    ):
        if re.search(pattern, text):
            yield role
