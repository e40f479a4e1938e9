"""A follow-up as a question that stands by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answering.conversation import asking, lexicon
from index.answering.conversation.demonstratives import spelled_out
from index.answering.conversation.fragments import fragment, put_into
from index.answering.conversation.frames import Frame, bare, parse, question
from index.answering.conversation.pronouns import Resolver
from index.answering.conversation.speakers import Speaks, nobody
from index.answering.conversation.turns import Turn

MAX_CHARS = 300
"""Longer messages tell what they are about."""

_BARE_WH = re.compile(
    r"^(?P<wh>why not|why|when|where|how come|how|since when|until when|who)"
    r"(?: (?:is|was) (?:that|this|it)| (?:exactly|so much|so|then|though|precisely|tho))*$",
    re.IGNORECASE,
)
_ELSE = re.compile(r"^(?:(?:and )?(?P<wh>who|where|when|why|how)) else$", re.IGNORECASE)
_MORE = re.compile(
    r"^(?:(?:and )?(?:what|anything|something) (?:else|more)|(?:can you |could you )?"
    r"(?:please )?tell (?:me|us) (?:some |a bit |a little )?more(?: about (?:it|that|this))?"
    r"|(?:some )?more|more (?:please|details|info|information|about (?:it|that|this))"
    r"|go on|continue|details)(?: please)?$",
    re.IGNORECASE,
)
_DOUBT = re.compile(
    r"^(?:really|seriously|is (?:that|it|this) (?:really )?(?:true|so|right|correct)"
    r"|are you (?:really )?(?:sure|certain)|for real|sure|true|"
    r"(?:did|does|has|is|was|will) (?:he|she|they|it)(?: really)?)$",
    re.IGNORECASE,
)
_SAME_VERB = re.compile(
    r"^(?:(?P<why>why|how) )?(?P<aux>is|are|was|were|do|does|did|has|have|had|will|would|can|could)"
    r"(?P<neg>n['’]t)? (?P<subject>(?:the |mr |mrs |ms )?[\w.'’-]+(?-i: [A-Z][\w.'’-]+)?)"
    r"(?: (?:too|also|as well|either|then))*$",
    re.IGNORECASE,
)


def understood(text: str, turns: Sequence[Turn], speaks: Speaks = nobody) -> str:
    """The question that a follow-up means after these turns (oldest first).

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
        self._speaks = speaks
        self._texts = [text for t in turns for text in (t.question, t.answer or "")]
        self._frame = parse(turns[-1].question)

    def meant_by(self, text: str) -> str | None:
        """What the text means here, None where it stands by itself."""
        said = bare(text)
        if self._frame:
            told, frame = self._told()
            if meant := self._short(said, told, frame) or self._of_same_verb(said):
                return meant
            if phrase := fragment(text, spoken_after=True):
                return put_into(self._frame, self._as_written(phrase), self._texts, self._speaks)
        return self._with_antecedents(said)

    def _told(self) -> tuple[Turn, Frame]:
        """The turn whose answer `why?` is asked of: not a refusal in a row of like questions."""
        last = self._turns[-1]
        assert self._frame
        for turn in reversed(self._turns):
            frame = parse(turn.question)
            if not frame or frame.verb != self._frame.verb:
                break
            if turn.answer:
                return turn, frame
        return last, self._frame

    def _short(self, said: str, turn: Turn, frame: Frame) -> str | None:
        """`why?`, `who else?`, `tell me more`, `really?`."""
        texts, speaks = self._texts, self._speaks
        if found := _BARE_WH.match(said):
            return self._asked(found["wh"].lower(), turn, frame)
        if found := _ELSE.match(said):
            if found["wh"].lower() == "who":
                return asking.other(frame)
            return asking.asking(f"{found['wh']} else", frame, turn, texts, speaks)
        if _MORE.match(said):
            return asking.more(frame)
        if _DOUBT.match(said) and not (said.lower() == "sure"):
            return asking.doubted(frame, turn, texts, speaks)
        return None

    def _asked(self, wh: str, turn: Turn, frame: Frame) -> str | None:
        if wh == "who":
            return asking.who(frame)
        if wh == frame.wh.lower():
            return frame.text
        if wh in ("why not", "how come"):
            given = asking.answered(frame, turn, self._texts, self._speaks)
            negation = "not" if wh == "why not" else ""
            return question("why", given.aux, given.subject, negation, given.predicate)
        return asking.asking(wh, frame, turn, self._texts, self._speaks)

    def _of_same_verb(self, said: str) -> str | None:
        """`did Vance too?`, `why did he?`: the last predicate of another subject."""
        found = _SAME_VERB.match(said)
        frame = self._frame
        if not found or not frame or not frame.subject or _kind(found["aux"]) != _kind(frame.aux):
            return None
        if found["why"] and found["why"].lower() == "how":
            return None
        subject = Resolver(self._turns, self._speaks).resolve(found["subject"])
        given = asking.answered(frame, self._turns[-1], self._texts, self._speaks).about(
            self._as_written(subject)
        )
        negation = "not" if found["neg"] else ""
        return question(found["why"] or "", given.aux, given.subject, negation, given.predicate)

    def _with_antecedents(self, said: str) -> str | None:
        """The question with its pronouns replaced, and `say that` with what was said."""
        first = said.split(" ")[0].lower() if said else ""
        started = re.sub(r"^(who|what|where|when|why|how)['’]?s$", r"\1", first)
        if started not in lexicon.WH | lexicon.AUXILIARIES | {"which", "tell"}:
            return None
        expanded = re.sub(r"^(who|what|where|how)['’]?s (?=(?:he|she|it|they)\b)", r"\1 is ", said,
                          flags=re.IGNORECASE)  # fmt: skip
        resolved = Resolver(self._turns, self._speaks).resolve(expanded)
        complete = spelled_out(resolved, self._turns)
        return question(complete) if complete != said else None

    def _as_written(self, phrase: str) -> str:
        """A phrase with the capitals that the turns write it with."""
        if phrase != phrase.lower():
            return phrase
        found = re.search(rf"\b{re.escape(phrase)}\b", " ".join(self._texts), re.IGNORECASE)
        return found[0] if found else phrase


def _kind(aux: str) -> str:
    lower = aux.lower()
    for kind in (lexicon.BE, lexicon.HAVE, lexicon.DO):
        if lower in kind:
            return min(kind)
    return lower
