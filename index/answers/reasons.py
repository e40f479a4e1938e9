"""Sentences that say what a question asks the reason of, and give none."""

from __future__ import annotations

import re

from index.search.bm25 import analyze, field_of

RESTATED = 0.6
"""Of the stems of a question for a reason (0 to 1): so many stand in a sentence that restates it.
Of 1,308 right sentences to such questions of the train parts .017 restate and give no reason, of
the sentences nearest to 527 near misses .195."""

_WHY = re.compile(r"\s*(?:(?:and|but|so)\s+)?(?:why|how come)\b", re.IGNORECASE)

_GIVES_REASON = re.compile(
    r"\b(?:because|since|as|after|due|owing|thanks|so|(?-i:to(?! (?:the )?[A-Z\d]))|over|amid"
    r"|following|in (?:exchange|return)|given|citing|cited|saying|too|reason\w*|fear\w*|accus\w+"
    r"|blam\w+|caus\w+|prompt\w*|concern\w*|worr\w+|want\w*|need\w*)\b|[:;]",
    re.IGNORECASE,
)

_WORD = re.compile(r"[^\W_]+(?:['’]t\b)?")

_AUXILIARIES = frozenset(
    "even get got did didnt does doesnt do dont is isnt are arent was wasnt were werent wont cant"
    " couldnt wouldnt hasnt havent hadnt".split()
)
"""Beside those that are stop words."""

_ENGLISH = field_of("en")


def only_restates(question: str, sentence: str) -> bool:
    """Tell whether a question asks why, and a sentence says that it is so, but not why."""
    opening = _WHY.match(question)
    if opening is None or _GIVES_REASON.search(sentence):
        return False
    asked = _stems(question[opening.end() :])
    return len(asked) > 1 and len(asked & _stems(sentence)) >= RESTATED * len(asked)


def _stems(text: str) -> frozenset[str]:
    words = (re.sub("['’]", "", word) for word in _WORD.findall(text.casefold()))
    return frozenset(s for w in words if w not in _AUXILIARIES for s in analyze(w, _ENGLISH))
