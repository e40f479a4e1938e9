"""Whether a rewriting may be shown as what was understood: it reads as English and adds nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.followups import english
from index.followups.english import bare, is_aux, parse
from index.followups.rewriting import fragment, leaves_open, rewritings
from index.followups.turns import Turn

_WORD = re.compile(r"[^\W_]+")

_SECOND_SENTENCE = re.compile(r"[.?!]\s")

_ADDED = frozenset("so s about in on".split())
"""Words that a rewriting may put in: "cost so much", "Hegseth's", "say about NATO"."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a follow-up may stand for, the likeliest first, and which of that may be shown.

    `is_guess` is whether the likeliest has words that nobody said.
    """

    wordings: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    is_guess: bool = False


NOTHING = Meant()


def meant(asked: str, turns: Sequence[Turn]) -> Meant:
    """Return what a follow-up to these turns (oldest first) may stand for."""
    found = rewritings(asked, turns)
    shown = tuple(one for one in found if may_be_shown(one, asked, turns))
    return Meant(found, shown, any(_adds_words(one, asked, turns) for one in found[:1]))


def may_be_shown(rewritten: str, asked: str, turns: Sequence[Turn]) -> bool:
    """Tell whether a rewriting reads as English and has only words of the turns and of `asked`.

    What stands behind a whole question or answer reads badly; so does a name in small letters.
    """
    parsed = parse(rewritten)
    if parsed is None or not parsed.is_certain or _SECOND_SENTENCE.search(rewritten):
        return False
    return not (
        _is_of_another_kind(fragment(asked), rewritten)
        or any(_is_longer(rewritten, turn.question) for turn in turns)
        or leaves_open(rewritten)
        or _is_no_noun(fragment(asked), rewritten)
        or _adds_words(rewritten, asked, turns)
    )


def _is_longer(rewritten: str, before: str) -> bool:
    """Tell whether it is a question before, at another place or time: "Who is Lund in March?"."""
    start = f"{bare(before)} "
    added = rewritten[len(start) :].split(" ")[0]
    return rewritten.lower().startswith(start.lower()) and added not in english.ABOUT


def _adds_words(rewritten: str, asked: str, turns: Sequence[Turn]) -> bool:
    """Tell whether it has words that nobody said: "and the captain?" as what the captain said."""
    given = " ".join([asked, *(f"{turn.question} {turn.answer or ''}" for turn in turns)])
    known = set(_WORD.findall(given.lower())) | _ADDED
    return any(not is_aux(w) and w not in known for w in _WORD.findall(rewritten.lower()))


def _is_of_another_kind(phrase: str | None, rewritten: str) -> bool:
    """Tell whether a thing may stand for one of another kind: "How much will cars carry?"."""
    if not phrase or not phrase.islower() or english.is_person(phrase):
        return False
    asked = parse(rewritten)
    if asked is None or asked.asks_what_was_said or asked.aux in english.BE:
        return False
    return asked.subject == phrase


def _is_no_noun(phrase: str | None, rewritten: str) -> bool:
    """Tell whether "teague" or "second" stands in small letters, and is no plural."""
    *before, last = (phrase or "").split(" ")
    is_noun = not english.DETERMINERS.isdisjoint(before) or english.is_plural(last)
    return last.islower() and last in rewritten and not is_noun
