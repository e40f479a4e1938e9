"""Which sentences of an article give somebody's words, in quotation marks or reported."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from index.answers import speakers
from index.answers.candidates import is_heading, sentence_texts
from index.answers.speakers import CAPITAL, SPOKE
from index.model import Hit

_WORDLESS = frozenset("voted backtracked spoke speaks reported".split())
"""Verbs beside the name of a speaker that do not introduce words."""

_AT_TIMES = frozenset("added adds claimed claims responded responds".split())
"""Verbs that may be about something else: "added a goal", "responded to the storm"."""

_VERB = (
    r"(?:(?:added|adds)(?! (?:\d|an?\b|the\b|his\b|her\b|its\b|their\b|two\b|three\b|another\b))"
    r"|(?:claimed|claims)(?! (?:(?:the|an?|his|her|its|their) )?(?:\d|title|victory|win|prize|medal"
    r"|gold|silver|bronze|crown|first|second|third|life|lives|credit)\b)"
    r"|(?:responded|responds)(?! (?:in|to|by|with|well|badly)\b)"
    rf"|(?:{'|'.join(set(SPOKE.split('|')) - _WORDLESS - _AT_TIMES)}))"
    r"\b(?! (?:nothing|no|little|off|up)\b)"
)

_SAYS = (
    r"(?:\s(?:also|later|then|has|had|have|again|often|repeatedly|already|once|still|now|yesterday"
    rf"|[a-z]+ly)){{0,3}}\s(?:{_VERB}|(?:is|are|was|were) (?:quoted as )?saying\b)"
)

_ADDING = (
    r"[^.;,A-Z\"“”]{0,80},\s(?:asserting|saying|adding|arguing|insisting|claiming|warning|suggesting"
    r"|stressing|noting|explaining|promising)\s(?!to\b)"
)
"""Behind a name: "Hagen left the talks, saying that"."""

_BESIDE = (
    r"(?: (?:of|from|at|for|in|and)(?: [\w.'’-]+){1,4}?)?"
    r"(?:, [^,;\"“”]{1,80},| \([^)]{1,60}\)| [–—-] [^–—\"“”]{1,80} [–—-])?"
)
"""Between a name and its verb: "Okafor of the clinic", "Hagen, who leads the opposition,"."""

_LOWER = r"(?!(?:who|which|that|whose|when|where|after|as)\b)[a-z][\w'’-]*,?\s"

_DESCRIBED = (
    rf"(?:{_LOWER}|(?:of|at|for|from|in)\s(?:the\s)?(?:{CAPITAL},?\s){{1,4}}|{CAPITAL}['’]s\s)"
    r"{0,7}"
)
"""Between a verb and a name: "said the mayor of Orm, Rosa Lind"."""

_BEHIND = rf"(?:^|[\"”’'»,?!–—])\s?(?:{_VERB})\s"

_ACCORDING = r"\baccording to "

_MOST_BEFORE = 200
"""Characters before a name in which its verb is looked for."""

_MOST_MENTIONS = 20
"""In one sentence."""

_DETERMINER = r"(?:the|an?|its|his|her|their|our)"

_WORD_BEFORE = re.compile(rf"(\S+)\s(?:{_DETERMINER}\s)?\Z", re.IGNORECASE)

_APPOSED = re.compile(rf",\s(?:{_DETERMINER}\s)?(?:[a-z][\w'’-]*\s){{0,3}}\Z")

_NO_SUBJECT = frozenset(
    "of in at to from for with by against about on over under than like between into that"
    " who whom whose and/or think thinks thought believe believes believed feel feels felt".split()
) | frozenset(SPOKE.split("|"))
"""Before a name that somebody else's words are about, or that belongs to somebody else."""

_PRONOUN_SAYS = re.compile(
    rf"(?:(?:^|[\"”’'»,?!–—]\s?)(?:(?:but|and|yet|so|however|still|later|then|also),?\s)?(?:he|she)"
    rf"{_SAYS}|[\"”’'»,?!]\s(?:said|says) (?:he|she)\b)",
    re.IGNORECASE,
)

_WHOLLY_QUOTED = re.compile(r"\s*[\"“„«‘][^\"“”„«»]+[\"”“»’]?[.!?]?\s*")

_PRONOUN_FIRST = re.compile(r"(?:he|she|his|her)\b", re.IGNORECASE)


class Speaker:
    """One whose words are looked for: a person, a group, or who has a role ("the mayor").

    A person is known by the last word of the name. Case does not matter.
    """

    def __init__(self, phrase: str) -> None:
        """Take a name or a role as it stands in a question."""
        self.phrase = phrase
        bare = re.sub(rf"\A{_DETERMINER} ", "", phrase, flags=re.IGNORECASE)
        self.is_role = bare != phrase or bool(re.search(r"['’]s?\s", bare))
        self.sought = bare if self.is_role else bare.split()[-1]
        called = _as_typed(self.sought)
        if self.is_role:
            called = (
                rf"(?i:{called})(?: (?:of|at|for|in|from)(?: [\w.'’-]+){{1,5}}?)?"
                rf"(?:,? {CAPITAL}(?: {CAPITAL}){{0,3}})?"
            )
            described = rf"(?:(?:{CAPITAL},?\s){{1,6}})?{_DESCRIBED}"
        else:
            called = (
                rf"(?:{CAPITAL} (?:(?:von|van|de|der|den|al|bin|la|del) ){{0,2}}){{0,5}}"
                rf"(?i:{called})(?: {CAPITAL}){{0,3}}"
            )
            described = _DESCRIBED
        self._called = re.compile(rf"(?<![\w'’-]){called}(?![\w-])(?!['’]s?\b)")
        self._after = re.compile(rf"{_BESIDE}{_SAYS}|{_ADDING}")
        self._before = re.compile(rf"{_BEHIND}{described}\Z")
        self._according = re.compile(rf"(?i:{_ACCORDING}){described}\Z")

    def speaks(self, sentence: str) -> bool:
        """Tell whether a sentence gives this one's words, by name."""
        if _bare(self.sought.split()[-1]) not in _bare(sentence):
            return False
        mentions = islice(self._called.finditer(sentence), _MOST_MENTIONS)
        return any(self._speaks_at(sentence, found) for found in mentions)

    def is_named(self, sentence: str) -> bool:
        """Tell whether a sentence has the name, with its capital.

        At the start of a sentence a capital tells nothing of what was typed without one.
        """
        words = re.finditer(rf"\b{_as_typed(self.sought)}\b", sentence, re.IGNORECASE)
        typed = self.sought[0].isupper()
        return any(word[0][0].isupper() and (typed or word.start()) for word in words)

    def opens(self, sentence: str) -> bool:
        """Tell whether a sentence begins with the name, so that "she" behind it is this one."""
        return bool(self._called.match(sentence))

    def closes(self, sentence: str) -> bool:
        """Tell whether a sentence ends by telling who somebody is: "a baker, Rosa Lind."."""
        end = len(sentence.rstrip(" .!?"))
        mentions = islice(self._called.finditer(sentence), _MOST_MENTIONS)
        return any(
            found.end() == end and sentence[: found.start()].endswith(", ") for found in mentions
        )

    def _speaks_at(self, sentence: str, found: re.Match[str]) -> bool:
        start, end = found.span()
        before = sentence[max(0, start - _MOST_BEFORE) : start]
        if start == 0 and sentence[end : end + 2] == ": ":
            return True
        word = _WORD_BEFORE.search(before)
        said = word[1].casefold() if word else ""
        if self._according.search(before):
            return said == "to" or said not in _NO_SUBJECT
        if self._before.search(before):
            return said in SPOKE.split("|") or said not in _NO_SUBJECT
        if said in _NO_SUBJECT or said.endswith("ed"):
            return False
        # "the manager, Carla Stodd, says", of either
        if _APPOSED.search(before) or ", " in found[0]:
            end += sentence[end : end + 1] == ","
        return bool(self._after.match(sentence, end))


def _as_typed(name: str) -> str:
    """Return a pattern of a name with or without its apostrophes: "oneill", "farmers union"."""
    words = (_bare(word) for word in name.split())
    return "['’]? ".join("['’]?".join(map(re.escape, word)) for word in words)


def _bare(text: str) -> str:
    """Return a text without its apostrophes, in lower case."""
    return re.sub("['’]", "", text).lower()


def statements(hit: Hit, speaker: Speaker) -> Iterator[tuple[int, ...]]:
    """Yield the sentences of an article that give the words of one, by their places.

    Those that belong together, such as the two of one quotation, come as one. "She said" is the
    one who spoke last.
    """
    texts = sentence_texts(hit)
    speaking = list(_speaking(texts, speaker))
    n = 0
    while n < len(texts):
        if not speaking[n]:
            n += 1
            continue
        start = n - 1 if n and is_cut(texts[n]) and is_cut(texts[n - 1]) else n
        n += 1
        while n < len(texts) and _goes_on(hit, texts, n):
            n += 1
        yield tuple(range(start, n))


def _speaking(texts: Sequence[str], speaker: Speaker) -> Iterator[bool]:
    """Tell of each sentence whether it gives the words of one, by name or as "she"."""
    is_last = False
    for text in texts:
        by_name = speaker.speaks(text)
        others = not by_name and any(True for _ in speakers.named(text))
        by_pronoun = is_last and not others and bool(_PRONOUN_SAYS.search(text))
        yield (by_name or by_pronoun) and not is_heading(text)
        is_last = (
            by_name
            or by_pronoun
            or speaker.opens(text)
            or speaker.closes(text)
            or (is_last and not others and bool(_PRONOUN_FIRST.match(text)))
            or (is_last and bool(_WHOLLY_QUOTED.fullmatch(text)))
        )


def is_cut(text: str) -> bool:
    """Tell whether a quotation goes on before or behind a sentence."""
    return text.count('"') % 2 == 1 or text.count("“") != text.count("”")


def _goes_on(hit: Hit, texts: Sequence[str], n: int) -> bool:
    """Tell whether a sentence is a quotation that goes on in the same paragraph, without a name."""
    one, other = hit.passage.sentences[n - 1 : n + 1]
    offset = hit.passage.span.start
    gap = hit.text[one.end - offset : other.start - offset]
    return "\n" not in gap and bool(_WHOLLY_QUOTED.fullmatch(texts[n]))
