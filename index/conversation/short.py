"""Follow-ups known by their words alone: `why?`, `who else?`, `tell me more`, `really?`."""

from __future__ import annotations

import re

from index.conversation import asking
from index.conversation.frames import Frame, question
from index.conversation.speakers import Evidence
from index.conversation.turns import Turn

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
    r"|are you (?:really )?(?:sure|certain)|for real|true|"
    r"(?:did|does|has|is|was|will) (?:he|she|they|it)(?: really)?)$",
    re.IGNORECASE,
)


def short(said: str, frame: Frame, turn: Turn, evidence: Evidence) -> str | None:
    """The question meant, asked of a turn and its frame; None for what is longer."""
    if found := _BARE_WH.match(said):
        return _asked(found["wh"].lower(), frame, turn, evidence)
    if found := _ELSE.match(said):
        if found["wh"].lower() == "who":
            return asking.other(frame)
        return asking.asking(f"{found['wh']} else", frame, turn, evidence)
    if _MORE.match(said):
        return asking.more(frame)
    return asking.doubted(frame, turn, evidence) if _DOUBT.match(said) else None


def _asked(wh: str, frame: Frame, turn: Turn, evidence: Evidence) -> str | None:
    if wh == "who":
        return asking.who(frame)
    if wh == frame.wh.lower():
        return frame.text
    if wh in ("why not", "how come"):
        given = asking.answered(frame, turn, evidence)
        negation = "not" if wh == "why not" else ""
        return question("why", given.aux, given.subject, negation, given.predicate)
    return asking.asking(wh, frame, turn, evidence)
