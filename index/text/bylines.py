"""What stands around news and tells none: who wrote it, where and when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from index.text.spelt import MONTH, MONTHS, WEEKDAYS, month_number

_CAPITAL = r"[A-ZÀ-ÞĀ-Ž][\w.'’-]{0,30}"

_PARTICLE = r"(?:de|da|di|du|del|van|von|der|den|ter|zu|la|le|el|bin|al)"

_FIELD = (
    r"(?:staff|senior|chief|science|health|politic(?:s|al)|sports?|business|arts?|economics"
    r"|culture|education|environment|foreign|crime|court|local|city|travel|technology|religion"
    r"|media|defence|transport|investigative|freelance|special|data|climate|energy)"
)

_ROLE_WORD = r"(?:reporter|correspondent|editor|writer|columnist|journalist)"

_GOES_ON = (
    r"(?!(?i:of|the|and|in|on|at|for|published|updated|posted|modified|last|first|originally|written|words"
    r"|report(?:ed|ing)|writing|edit(?:ed|ing)|photo\w*|pictures?|images?|video|graphics?"
    r"|illustrat\w+|translat\w+|additional)\b"
    rf"|(?i:(?:{_FIELD} ){{0,2}}{_ROLE_WORD}\b))"
)
"""Before a word of a name: with these another part of the line begins."""

_TITLES = r"(?:Dr|Prof(?:essor)?|Sir|Dame|Rev|Fr|Mr|Mrs|Ms)"

_NAME = rf"(?:{_TITLES}\.? )?{_CAPITAL}(?: (?:{_PARTICLE} ){{0,2}}{_GOES_ON}{_CAPITAL}){{1,3}}"

_FIELD_ROLE = rf"(?i:(?:{_FIELD} ){{0,2}}{_ROLE_WORD}\b)"

_NAMES = rf"{_NAME}(?:(?:, (?:{_NAME}|{_FIELD_ROLE})){{0,4}},? (?:and|&) {_NAME})?"
"""All lengths are bounded: articles are untrusted."""

_BY = (
    r"(?:(?i:written|words|text|story|article|report(?:ed|ing)?|writing|posted|submitted|interview"
    r"|analysis|opinion|comment|review|published(?=.{1,60}\b\d{4}\b))\s)?(?:[Bb][Yy]|BY):?"
)

_WROTE = rf"(?:{_BY}|(?i:authors?|words|text|story|report(?:er|ing)?|correspondent|byline):)"

_HELPED = (
    r"(?i:(?:(?:with )?additional (?:reporting|research)|with reporting|edit(?:ed|ing)"
    r"|photo(?:graph)?(?:s|y|ed)?|pictures?|images?|video|graphics?|illustrat(?:ed|ions?)"
    r"|translat(?:ed|ion)|compiled|fact-check(?:ed|ing)|produced)(?: by:?|:)|editor:)"
)
"""What others than the writer have done."""

_BY_ABROAD = r"(?:Von|VON|Par|PAR|Por|POR|Di|Door|Av)"
"""These are said in the middle of texts as well, so they count above the text alone."""

_NO_NAME = (
    rf"(?:{'|'.join((*WEEKDAYS, *MONTHS)).title()}|Christmas|Easter|New Year|Early|Late|Mid)\b"
)
"""By when something was done."""

_MONTH = rf"(?i:{MONTH})\.?"

_NTH = r"(?:st|nd|rd|th)?"

_DAY = rf"\d{{1,2}}{_NTH}(?: of)?"

_DATE = (
    r"(?:(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? )?"
    rf"(?:{_DAY} {_MONTH},?(?: \d{{4}})?|{_MONTH} {_DAY}(?:,? \d{{4}})?"
    r"|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}))"
)

_TIME = r"(?:(?:at )?\d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?(?: [A-Z]{2,4})?)"

_LABEL = (
    r"(?i:(?:this (?:article|story|report|piece|post|page) (?:was|has been) )?"
    r"(?:(?:(?:first|last|originally) )?(?:published|updated|posted|modified)"
    r"|publication date|date (?:published|posted|updated|of publication))(?: on|:)?) "
)
"""What says of a date that the text is from then."""

_AGO = r"\d{1,2} ?(?:min(?:ute)?s? read|(?:minute|hour|day|week|month)s? ago|[hmdw](?: ago)?\b)"

_WHEN = rf"(?:(?:{_LABEL})?(?:{_DATE}(?:,? {_TIME})?|{_TIME}|{_AGO}))"

_ROLE = (
    r"(?:(?:the|our) )?(?:[A-Za-z]{1,20} ){0,3}"
    r"(?i:reporter|correspondent|editor|writer|columnist|journalist|staff)\b"
)

_WRITING_ROLE = (
    rf"(?:(?:the|our) )?(?:(?:(?i:{_FIELD})|[A-Z][a-z]{{1,15}}) ){{0,3}}"
    r"(?i:reporter|correspondent|writer|columnist|journalist"
    r"|(?<!managing )(?<!deputy )(?<!picture )(?<!photo )(?<!executive )(?<!copy )(?<!news )"
    r"(?<=[a-z] )editor)\b"
)
"""Of somebody who is named without "by": editors of a subject write, those of a paper do not."""

_PLACE = rf"{_CAPITAL}(?: (?:{_PARTICLE} |of |and |the ){{0,2}}{_GOES_ON}{_CAPITAL}){{0,4}}"

_CONTACT = r"(?:\([^()]{1,60}\)|[\w.-]{0,30}@[\w.-]{1,40})"

_CREDIT = rf"(?:{_HELPED}|{_WROTE})\s(?!{_NO_NAME})(?:{_NAMES}|{_PLACE})"

_PARTED = rf"\s*[;,|·•/–—]\s*|\s-\s|\.\s(?={_HELPED}|{_WROTE}|{_LABEL})|\s"

_MORE = (
    rf"(?>(?:{_PARTED})(?i:(?:in|for|at|of|on|from|and) (?:the )?)?"
    rf"(?:{_WHEN}|{_CREDIT}|{_ROLE}|{_PLACE}|{_CONTACT})){{0,12}}+"
)

_WRITER = re.compile(rf"{_BY}\s(?!{_NO_NAME})(?:(?P<names>{_NAMES})|{_PLACE})(?P<more>{_MORE})")

_WRITER_ABROAD = re.compile(rf"{_BY_ABROAD} (?P<names>{_NAMES})(?P<more>{_MORE})")

_ANYWHERE = re.compile(
    rf"\(?(?:(?:{_HELPED}|{_BY})\s(?!{_NO_NAME})(?:{_NAMES}|{_PLACE})|{_LABEL}{_DATE}|{_LABEL}{_TIME})"
    rf"{_MORE}[.)]{{0,2}}"
)
"""A line that says so in words."""

_AGENCY = (
    r"(?:(?:The )?Associated Press|AP|AFP|AAP|BBC(?: News| Sport)?|Bloomberg|CBS News|CNN|ITV News"
    r"|NBC News|NPR|PA|Reuters|Sky News|UPI)"
)

_AGENCY_END = re.compile(rf" {_AGENCY}\Z")

_ABOVE = re.compile(
    rf"(?:{_PLACE}(?:{_PARTED})){{0,2}}(?i:date: )?{_WHEN}{_MORE}"
    rf"|(?:{_PLACE}(?:,|\s[|·•/–—-])\s){{0,2}}{_CREDIT}{_MORE}"
    rf"|{_NAME}(?:, | \| ){_WRITING_ROLE}{_MORE}"
    rf"|{_NAME}, {_AGENCY}{_MORE}"
    rf"|{_PLACE}, (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{1,30},? \([A-Z][\w ./-]{1,20}\)"
)
"""One that does so only above the text: "Eskerholt, Saturday 30 August 2025"."""

_CREDITS = re.compile(
    rf"\(?(?i:(?:additional )?(?:reporting|writing|editing) by) {_NAME}[^.!?]{{0,300}}[.)]{{0,2}}"
)

_NAMED = re.compile(rf"(?P<name>{_NAME})(?:, | \| ){_WRITING_ROLE}")

_WRITERS = re.compile(
    rf"\b(?:{_HELPED}|(?:{_WROTE}|{_BY_ABROAD})\s(?!{_NO_NAME})(?P<names>{_NAMES}))"
)

_IS_TITLE = re.compile(rf"{_TITLES}\.?")

_IS_ROLE = re.compile(_ROLE)

_UPDATED = re.compile(r"\b(?:updated|modified)\b", re.IGNORECASE)

_SAID = re.compile(rf"{_LABEL}|{_WROTE}")

_DAYS = (
    re.compile(r"\b(?P<y>\d{4})-(?P<n>\d\d)-(?P<d>\d\d)\b"),
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{_MONTH}),? (?P<y>\d{{4}})\b", re.I
    ),
    re.compile(rf"\b(?P<m>{_MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})\b", re.I),
    re.compile(r"\b(?P<d>\d{1,2})\.(?P<n>\d{1,2})\.(?P<y>\d{4})\b"),
    re.compile(r"\b(?P<d>1[3-9]|2\d|3[01])/(?P<n>\d{1,2})/(?P<y>\d{4})\b"),
    re.compile(r"\b(?P<n>\d{1,2})/(?P<d>1[3-9]|2\d|3[01])/(?P<y>\d{4})\b"),
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
_DASHES = ("—", "–", "-", "•", "·", "|")
_GLUED = re.compile(rf"(?P<name>{_CAPITAL}[a-zß-ÿ])(?:{'|'.join(sorted(_STARTS - {'A', 'I'}))})")
"""A name that runs into the first word of the text, as there was a line end between them."""

_ROLE_NEXT = re.compile(rf"(?:[A-Z][a-z]{{1,15}} )?{_ROLE_WORD}\b", re.I)


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
    """Return the names of a line that says who wrote the text; those of editors are none."""
    line = line.strip()
    if len(line) > _MAX_CHARS or not _says_no_more(line, above_text=True):
        return None
    found = [name for match in _WRITERS.finditer(line) for name in _names(match["names"])]
    if not found and (alone := _NAMED.match(line)):
        found = [alone["name"]]
    *others, last = found or [""]
    return f"{', '.join(others)} and {last}" if others else last or None


def _names(said: str | None) -> list[str]:
    """Return names as they are said; "Jane Doe, Science Editor, and John Roe" without the role."""
    names = _AGENCY_END.sub("", (said or "").rstrip("."))
    parts = re.split(r",? and |,? & |, ", names)
    people = [part for part in parts if part and not _IS_ROLE.fullmatch(part)]
    return [names] if names and len(people) == len(parts) else people


def dates(line: str) -> Iterator[tuple[str, str]]:
    """Yield each date of a line that says when the text is from, in ISO 8601, with what it is.

    That is "published", "updated", or "" for one that stands without a word. Days and months in
    figures that may be each other are none, nor is a date without its year.
    """
    line = line.strip()
    if len(line) > _MAX_CHARS or not _says_no_more(line, above_text=True):
        return
    end = 0
    for match, day in days(line):
        said = line[end : match.start()]
        kind = "updated" if _UPDATED.search(said) else "published" if _SAID.search(said) else ""
        yield day, kind
        end = match.end()


def days(line: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the dates in a line with their years, in order, each also in ISO 8601."""
    found = (match for pattern in _DAYS for match in pattern.finditer(line))
    for match in sorted(found, key=lambda match: match.start()):
        if day := _iso(match):
            yield match, day


def _iso(match: re.Match[str]) -> str | None:
    fields = match.groupdict()
    month = int(fields["n"]) if "n" in fields else month_number(fields["m"])
    try:
        return date(int(fields["y"]), month, int(fields["d"])).isoformat()
    except ValueError:
        return None


def _says_no_more(line: str, *, above_text: bool) -> bool:
    if _CREDITS.fullmatch(line) or _ANYWHERE.fullmatch(line):
        return True
    return above_text and bool(_WRITER_ABROAD.fullmatch(line) or _ABOVE.fullmatch(line))


def _run_on(paragraph: str) -> int:
    """Return the end of a byline that a sentence follows without more than a blank."""
    if not re.match(rf"{_BY}\s", paragraph):
        return 0
    words = list(_WORD.finditer(paragraph, 0, _MAX_CHARS))
    unclear = 0
    for before, word in pairwise(words):
        glued = _GLUED.fullmatch(word[0])
        name_end = word.start() + glued.end("name") if glued else 0
        if glued and _is_full_name(_WRITER.fullmatch(paragraph, 0, name_end)):
            return name_end
        dashed = before[0] in _DASHES
        end = len(paragraph[: before.start()].rstrip()) if dashed else before.end()
        said = _WRITER.fullmatch(paragraph, 0, end)
        if not said or before[0][-1] in ",|&":
            continue
        if word[0].strip('"“„«‘,') in _STARTS:
            return word.start()
        if not _is_full_name(said) or _ROLE_NEXT.match(paragraph, word.start()):
            continue
        if dateline(paragraph[word.start() :]):
            return word.start()
        following = _NEXT.match(paragraph, word.start())
        if (
            following
            and not dashed
            and not unclear
            and not following[0].endswith(("'s", "’s", "s'", "s’"))
        ):
            unclear = word.start()
    return 0 if _TITLE.search(paragraph, 0, unclear) else unclear


def _is_full_name(said: re.Match[str] | None) -> bool:
    parts = (said["names"] or "").split() if said else []
    full = [part for part in parts if len(part.strip(".")) > 1 and not _IS_TITLE.fullmatch(part)]
    return len(full) >= _FULL_NAME_WORDS


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
