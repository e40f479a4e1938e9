"""What stands around news and tells none: who wrote it, where and when."""

from __future__ import annotations

import re
from itertools import pairwise

_CAPITAL = r"[A-ZÀ-ÞĀ-Ž][\w.'’-]{0,30}"

_PARTICLE = r"(?:de|da|di|du|del|van|von|der|den|ter|zu|la|le|el|bin|al)"

_NAME = rf"{_CAPITAL}(?: (?:{_PARTICLE} ){{0,2}}(?!(?:Of|The|And)\b){_CAPITAL}){{1,3}}"

_NAMES = rf"{_NAME}(?:(?:, {_NAME}){{0,4}},? (?:and|&) {_NAME})?"
"""All lengths are bounded: articles are untrusted."""

_BY = (
    r"(?:(?:[Ww]ritten|[Ww]ords|[Tt]ext|[Ss]tory|(?:[Aa]dditional )?[Rr]eport(?:ed|ing)?"
    r"|[Ee]dit(?:ed|ing)|[Pp]hoto(?:graph)?s?)\s)?(?:[Bb][Yy]|BY):?"
)

_BY_ABROAD = r"(?:Von|VON|Par|PAR|Por|POR|Di|Door|Av)"
"""These are said in the middle of texts as well, so they count above the text alone."""

_NO_NAME = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July"
    r"|August|September|October|November|December|Christmas|Easter|New Year|Early|Late|Mid)\b"
)
"""By when something was done."""

MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)

_DATE = (
    r"(?:(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {MONTH},?(?: \d{{4}})?|{MONTH} \d{{1,2}}(?:,? \d{{4}})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}))"
)

_TIME = r"(?:(?:at )?\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)"

_WHEN = (
    r"(?:(?:(?:[Ff]irst |[Ll]ast )?(?:[Pp]ublished|[Uu]pdated|[Pp]osted|[Mm]odified)"
    rf"(?: on|:)? )?{_DATE}(?:,? {_TIME})?|{_TIME})"
)

_ROLE = (
    r"(?:the )?(?:[A-Za-z]{1,20} ){0,3}"
    r"(?:reporter|correspondent|editor|writer|columnist|journalist|staff)"
)

_PLACE = rf"{_CAPITAL}(?: (?:{_PARTICLE} |of |and |the ){{0,2}}{_CAPITAL}){{0,4}}"

_CONTACT = r"(?:\([^()]{1,60}\)|[\w.-]{0,30}@[\w.-]{1,40})"

_PARTED = r"\s*[,|·•/–—]\s*|\s-\s|\s"

_MORE = rf"(?>(?:{_PARTED})(?:(?:in|for|at|of) )?(?:{_WHEN}|{_ROLE}|{_PLACE}|{_CONTACT})){{0,5}}+"

_WRITER = re.compile(
    rf"(?P<by>{_BY})\s(?!{_NO_NAME})(?:(?P<names>{_NAMES})|{_PLACE})(?P<more>{_MORE})"
)

_WRITER_ABROAD = re.compile(rf"{_BY_ABROAD} (?P<names>{_NAMES})(?P<more>{_MORE})")

_DATED = re.compile(rf"(?:{_PLACE}(?:{_PARTED}))?(?:{_PLACE}(?:{_PARTED}))?{_WHEN}(?:{_MORE})")
"""Where and when, above the text: "Eskerholt, Saturday 30 August 2025"."""

_CREDITS = re.compile(
    r"\(?(?:additional )?(?:reporting|writing|editing|compiled|written) by [^.!?]{3,300}[.)]{0,2}",
    re.IGNORECASE,
)

_STARTS = frozenset(
    """
    A About Across After All Almost Although An And Around As At Because Before Both But Despite
    During Few Five For Four From He Her His Hundreds I If In It Its Less Many More Most Nearly On
    Our Over Several She Since Some Ten That The Their There These They This Those Though Thousands
    Three Two Under Until We When Where While With Without You
    """.split()
)
"""First words of sentences that are no part of a name."""

_TITLE = re.compile(
    r"\b(?:President|Minister|Mayor|Senator|Governor|Chancellor|Secretary|Judge|Justice|General"
    r"|Queen|King|Prince|Princess|Pope|Police|Council|Court|Party|Union|Company)\b"
)
"""Of somebody by whose word or doing something is: no byline has it."""

_MAX_CHARS = 250
_WORD = re.compile(r"\S+")
_NEXT = re.compile(rf"[\"“„«‘]?(?:\d|{_CAPITAL}(?: {_CAPITAL}){{0,4}})")
_FULL_NAME_WORDS = 2


def byline(paragraph: str, *, above_text: bool) -> int:
    """Return how many characters at its start say who wrote the text, where and when.

    All of them in a line that says nothing else, else those that run on into the first sentence:
    "By Jane Doe, Athens The fire began." `above_text` is whether no sentence came before.
    """
    line = paragraph.strip()
    if len(line) <= _MAX_CHARS and _says_no_more(line, above_text=above_text):
        return len(paragraph)
    return _run_on(paragraph) if above_text else 0


def writer(line: str) -> str | None:
    """Return the names of a line that says who wrote the text."""
    found = _WRITER.fullmatch(line.strip()[:_MAX_CHARS])
    return found["names"] if found else None


def _says_no_more(line: str, *, above_text: bool) -> bool:
    if _CREDITS.fullmatch(line) or _WRITER.fullmatch(line):
        return True
    return above_text and bool(_WRITER_ABROAD.fullmatch(line) or _DATED.fullmatch(line))


def _run_on(paragraph: str) -> int:
    """Return the end of a byline that a sentence follows without more than a blank."""
    if not re.match(rf"{_BY}\s", paragraph):
        return 0
    words = list(_WORD.finditer(paragraph, 0, _MAX_CHARS))
    unclear = 0
    for before, word in pairwise(words):
        said = _WRITER.fullmatch(paragraph, 0, before.end())
        if not said or before[0][-1] in ",|&":
            continue
        if word[0].strip('"“„«‘,') in _STARTS:
            return word.start()
        full = [part for part in (said["names"] or "").split() if len(part.strip(".")) > 1]
        if len(full) < _FULL_NAME_WORDS:
            continue
        if dateline(paragraph[word.start() :]):
            return word.start()
        following = _NEXT.match(paragraph, word.start())
        if following and not unclear and not following[0].endswith(("'s", "’s", "s'", "s’")):
            unclear = word.start()
    return 0 if _TITLE.search(paragraph, 0, unclear) else unclear


_PLACE_IN_CAPITALS = (
    r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{1,20}(?:[ ,]{1,2}[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{1,20}){0,3}"
    r"(?:,? [A-Z][a-z]{1,15}\.?){0,2}(?:,? \d{1,2})?,?"
)

_CITY = r"[A-ZÀ-Þ][a-zß-ÿ][\w.'’-]{0,20}(?:,? [A-ZÀ-Þ][a-zß-ÿ][\w.'’-]{0,20}){0,2}"

_DATELINE = re.compile(
    # "ORM, Dec. 3 (AP) — The", "ZELLIN (VP) - The": where the reporter was, and for which agency.
    rf"(?:{_PLACE_IN_CAPITALS}(?:\s?\([A-Z][\w ./-]{{1,20}}\)\s?[—–-]{{1,2}}|\s?[—–])"
    # "Athens (dpa) – The", "Athens, 3 March (Reuters) - The"
    rf"|{_CITY}(?:,? {_DATE})?,? \([\w ./-]{{2,20}}\)\s?[—–-]{{1,2}}"
    # "Athens, 3 March — The"
    rf"|{_CITY},? {_DATE},?\s?[—–])\s(?=[\"“‘A-ZÀ-Þ])"
)


def dateline(sentence: str) -> int:
    """Return how many characters at the start say where and for whom it was written."""
    found = _DATELINE.match(sentence)
    return found.end() if found else 0
