"""Follow-ups that ask for no more than what was told: more of it, who said it, since when."""

from __future__ import annotations

import re

from index.followups.english import bare
from index.model import Recalled

_MORE = re.compile(
    r"(?:(?:what|anything|something) (?:else|more)|(?:can you |could you )?"
    r"(?:please )?tell (?:me|us) (?:some |a bit |a little )?more(?: about (?:it|that|this))?"
    r"|(?:some )?more|more (?:please|details|info|information|about (?:it|that|this))"
    r"|go on|continue|details)(?: please)?",
    re.IGNORECASE,
)

_WHO_SAID = re.compile(
    r"who (?:said|says|claimed|claims|told (?:them|us|you|him|her)) (?:that|this|it|so)|says who",
    re.IGNORECASE,
)

_SINCE = re.compile(r"(?:and |but |so )*(?:from|since|as of) when\W*", re.IGNORECASE)

_UNTIL = re.compile(r"(?:and |but |so )*(?:until|till?|up to|to|by) when\W*", re.IGNORECASE)

_WHEN = re.compile(r"(?:and |but |so )*when(?: was (?:that|this|it))?\W*", re.IGNORECASE)

_WHO_WROTE = re.compile(
    r"(?:and |but |so )*who(?: has|['’]s)? (?:wrote|written|published|posted|reported"
    r"|is the (?:author|writer|reporter)(?: of)?)"
    r" ?(?:it|this|that|(?:the|this|that) (?:\w+ ){0,2}(?:article|story|piece)"
    r"(?: (?:about|on) .{1,60})?)?\W*",
    re.IGNORECASE,
)


def asks_for_more(text: str) -> bool:
    """Tell whether a follow-up asks for no more than more."""
    return bool(_MORE.fullmatch(bare(text)))


def asks_who_said(text: str) -> bool:
    """Tell whether a follow-up asks whose words an answer gives."""
    return bool(_WHO_SAID.fullmatch(bare(text)))


def asks_since(question: str) -> Recalled | None:
    """Tell whether a question is for no more than a beginning or an end."""
    if _SINCE.fullmatch(question.strip()):
        return Recalled.SINCE_WHEN
    return Recalled.UNTIL_WHEN if _UNTIL.fullmatch(question.strip()) else None


def asks_when_published(text: str, before: str) -> bool:
    """Tell whether "when?" goes on from who wrote an article."""
    return bool(_WHEN.fullmatch(text.strip()) and _WHO_WROTE.fullmatch(before.strip()))
