"""A follow-up as a question that stands by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from index.followups import ellipsis, english
from index.followups.ellipsis import fragment, put_into, short
from index.followups.frames import Frame, Turn, bare, parse, question, uncontracted
from index.followups.noun_phrases import Evidence, Speaks, no_speakers
from index.followups.pronouns import Resolver, spelled_out

MAX_CHARS = 300
"""Longer messages tell what they are about."""

_SAME_VERB = re.compile(
    r"^(?:(?P<why>why) )?(?P<aux>is|are|was|were|do|does|did|has|have|had|will|would|can|could)"
    r"(?P<neg>n['’]t)? (?P<subject>(?:the |mr |mrs |ms )?[\w.'’-]+(?-i: [A-Z][\w.'’-]+)?)"
    r"(?: (?:too|also|as well|either|then))*$",
    re.IGNORECASE,
)


def rewrite(text: str, turns: Sequence[Turn], speaks: Speaks = no_speakers) -> str:
    """Rewrite a follow-up to these turns (oldest first) so that it stands by itself.

    A question that stands by itself, or that nothing before explains, is returned as it is. Only
    names, numbers and statements of the turns and of the question itself are put in. `speaks`
    tells speakers from subjects where the turns do not: `and Vance?`, `and Minsk?`.
    """
    if not turns or not text.strip() or len(text) > MAX_CHARS:
        return text
    meant = _Conversation(turns, speaks).meant_by(text)
    return meant if meant and bare(meant).lower() != bare(text).lower() else text


class _Conversation:
    """The turns before one follow-up."""

    def __init__(self, turns: Sequence[Turn], speaks: Speaks) -> None:
        self._turns = turns
        self._evidence = Evidence.of(turns, speaks)

    def meant_by(self, text: str) -> str | None:
        """Return the question meant, None where the text stands by itself."""
        said = bare(text)
        frame = parse(self._turns[-1].question)
        if frame and len(frame.text) <= MAX_CHARS:
            in_frame = short(said, *self._told(frame), self._evidence)
            if meant := in_frame or self._of_same_verb(said, frame):
                return meant
            if phrase := fragment(text):
                return put_into(frame, self._as_written(phrase), self._evidence)
        return self._with_antecedents(said)

    def _told(self, last: Frame) -> tuple[Frame, Turn]:
        """Return the turn whose answer `why?` refers to, passing refusals of like questions."""
        for turn in reversed(self._turns):
            frame = parse(turn.question)
            if not frame or frame.verb != last.verb:
                break
            if turn.answer:
                return frame, turn
        return last, self._turns[-1]

    def _of_same_verb(self, said: str, frame: Frame) -> str | None:
        """Rewrite `did Vance too?` and `why did he?`: the last predicate with another subject."""
        found = _SAME_VERB.match(said)
        if not found or not frame.subject or _kind(found["aux"]) != _kind(frame.aux):
            return None
        subject = Resolver(self._turns, self._evidence).resolve(found["subject"])
        given = ellipsis.answered(frame, self._turns[-1], self._evidence).about(
            self._as_written(subject)
        )
        negation = "not" if found["neg"] else ""
        return question(found["why"] or "", given.aux, given.subject, negation, given.predicate)

    def _with_antecedents(self, said: str) -> str | None:
        """Replace pronouns by their antecedents, and `say that` by what was said."""
        asked = uncontracted(said)
        if asked.split(" ")[0].lower() not in english.OPENING_QUESTIONS:
            return None
        complete = spelled_out(Resolver(self._turns, self._evidence).resolve(asked), self._turns)
        return question(complete) if complete != asked else None

    def _as_written(self, phrase: str) -> str:
        """Return a phrase with the capitals that the turns have."""
        if phrase != phrase.lower():
            return phrase
        found = re.search(
            rf"\b{re.escape(phrase)}\b", " ".join(self._evidence.texts), re.IGNORECASE
        )
        return found[0] if found else phrase


def _kind(aux: str) -> str:
    lower = aux.lower()
    for kind in (english.BE, english.HAVE, english.DO):
        if lower in kind:
            return min(kind)
    return lower


_ASKS_FOR_MORE = re.compile(
    r"^(?:(?:why|how come)(?: not| so| exactly)?"
    r"|why (?:did|does|do|would) (?:\w+ )?\w+ (?:say|think|claim) (?:so|that|this|it)"
    r"|(?:what|who|anything|anyone) else|(?:tell me )?more(?: please)?|go on)$",
    re.IGNORECASE,
)


def only_repeats(text: str, sentences: Iterable[str], turns: Sequence[Turn]) -> bool:
    """Tell whether a `why?` or `more?` is answered only with sentences given before.

    `text` is the follow-up as typed. To `when?` the same sentence may well be the answer; to
    `why?` it is none, and a caller should refuse.
    """
    answers = [turn.answer for turn in turns if turn.answer]
    repeated = all(any(s in answer for answer in answers) for s in sentences)
    return bool(_ASKS_FOR_MORE.match(bare(text))) and bool(answers) and repeated
