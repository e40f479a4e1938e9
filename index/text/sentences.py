"""Sentences and paragraphs of a text, as exact character offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import sentencex

from index.model import Span
from index.text.bylines import byline
from index.text.spelt import MONTHS, WEEKDAYS

_SENTENCE_END = re.compile(r"""[.!?…:;。！？][\s"'”’»)\]]*\Z""")

_INITIALS_END = re.compile(r"\b(?:\w\.){2,}\Z")

_LINE = re.compile(r"\S[^\n]*")

_MIN_WRAP_CHARS = 40

_MAX_WRAP_CHARS = 110
"""Widths at which people and mail programs wrap lines."""

_MIN_WRAPPED_BREAKS = 2

_MIN_FULL_SHARE = 0.8

_MAX_STOPPED_SHARE = 0.5

_MIN_RUNNING_SHARE = 0.3

_MAX_PARAGRAPH_CHARS = 10_000
"""sentencex takes quadratic time over unbalanced quotes, so longer paragraphs are cut."""


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as sentences do and headlines do not ("in the U.S." may be both)."""
    tail = line.rstrip()[-_ABBREVIATION_CHARS:]
    return bool(_SENTENCE_END.search(tail)) and not _INITIALS_END.search(tail)


def is_hard_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether lines were broken to fit a width and not to end a paragraph.

    Then hardly any line had room for the next one's first word, most stop in mid-sentence, and
    many go on in lower case (or in a script without case).
    """
    width = _wrap_width(lines)
    joints = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    if width < _MIN_WRAP_CHARS or len(joints) < _MIN_WRAPPED_BREAKS:
        return False
    full = sum(_is_full(a, b, width) for a, b in joints)
    stopped = sum(ends_sentence(a) for a, _ in joints)
    running = sum(b.lstrip()[0].isalpha() and not b.lstrip()[0].isupper() for _, b in joints)
    return (
        full >= _MIN_FULL_SHARE * len(joints)
        and stopped <= _MAX_STOPPED_SHARE * len(joints)
        and running >= _MIN_RUNNING_SHARE * len(joints)
    )


def paragraphs(text: str) -> Iterator[Span]:
    """Yield lines, joined where the text was wrapped to a width, and cut where far too long."""
    lines = [trimmed(text, *match.span()) for match in _LINE.finditer(text)]
    if not lines:
        return
    raw_lines = text.split("\n")
    width = _wrap_width(raw_lines) if is_hard_wrapped(raw_lines) else 0
    start = lines[0].start
    for line, following in pairwise(lines):
        adjacent = text.count("\n", line.end, following.start) == 1
        if not (width and adjacent and _is_full(line.of(text), following.of(text), width)):
            yield from _cut(text, Span(start, line.end))
            start = following.start
    yield from _cut(text, Span(start, lines[-1].end))


def in_one_line(text: str) -> str:
    """Return the text in one line, with a dot behind each heading or item of a list."""
    lines = [" ".join(one.of(text).split()) for one in paragraphs(text)]
    marked = [line if ends_sentence(line) else f"{line} ·" for line in lines[:-1]]
    return " ".join([*marked, *lines[-1:]])


def _cut(text: str, paragraph: Span) -> Iterator[Span]:
    start = paragraph.start
    while paragraph.end - start > _MAX_PARAGRAPH_CHARS:
        space = text.rfind(" ", start + 1, start + _MAX_PARAGRAPH_CHARS)
        end = space if space > start else start + _MAX_PARAGRAPH_CHARS
        yield trimmed(text, start, end)
        start = end
    yield trimmed(text, start, paragraph.end)


def _wrap_width(lines: Iterable[str]) -> int:
    return max((len(line) for line in lines if len(line) <= _MAX_WRAP_CHARS), default=0)


def _is_full(line: str, following: str, width: int) -> bool:
    """Tell whether the next line's first word would not have fitted into this one."""
    return len(line) <= width < len(line) + 1 + len(following.split(maxsplit=1)[0])


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without blanks at its ends."""
    words = text[start:end]
    return Span(end - len(words.lstrip()), start + len(words.rstrip()))


_ATTRIBUTION = "added|answered|asked|cried|joked|replied|said|says|shouted|told|wondered|wrote"

_MISSED = re.compile(
    # Sentence ends that sentencex 1.0 does not see in news: after an ellipsis, after a full stop
    # inside closing quotes, after the answer "no." (taken for a number), after a bracketed
    # sentence, after an hour when somebody speaks next, and after initials when a word follows that
    # only starts sentences.
    r"""
    (?: …["'”’]* | [.!?]["'”’“»]+ | \bno\.
        | (?:\A|(?<=[.!?]\ )|(?<=[.!?]["'”’»]\ ))\([^()]*[.!?]\) )
        \s+ (?=["'“”„‘«»(¿¡]*[A-ZÀ-ÞĀ-ŽА-Я])
    | \b[ap]\.m\. \s+ (?=["“„«»”][A-ZÀ-ÞĀ-ŽА-Я])
    | \b(?:[A-Z]\.){2,5} \s+ (?=(?:The|He|She|It|They|We|This|That|But|And|In|On|A|An)\s)
    """,
    re.VERBOSE,
)

_ABBREVIATION_CHARS = 12

_INITIAL_END = re.compile(r"\b[A-Z]\.\Z")  # of initials without spaces: R-S.C.

_UNFINISHED = re.compile(
    # Abbreviations that a name or a number follows and sentencex 1.0 does not know.
    r"\b(?:Ms|Messrs|Mmes|Sens|Reps|Gens|Profs|Amb|Asst|Dep|Det|Supt|Cmdr|Brig|Ft|Pvt|Cpl|Spc|Insp"
    r"|Cllr|Cllrs|Atty|Const|Dist|Fr|Revd|[Aa]pprox|ca"
    r"|approx|est|vs|Nos)\.\s*\Z|\(Ret\.\)\s*\Z"
)

_MAY_GO_ON = re.compile(
    # Ends that a word in lower case goes on from; after others (posts without capitals) it starts.
    r"""(?:["'”’»)\]…]|\.\.|\.\w\.|\b[A-ZÀ-ÞА-Я]\w{0,8}[.!])\s*\Z"""
)

_LOWER_CASE = re.compile(r"[a-zß-öø-ÿа-я]+\b(?![A-Z])")  # but not iPhone

_IS = r"\s(?:was|is|were|are|will|had|has|saw|marks)\b"

_HOUR_END = re.compile(r"\b[ap]\.m\.\s*\Z", re.IGNORECASE)

_DAY_OR_ZONE = re.compile(
    # What an hour goes on with: a day, a month, a time zone, or the same in brackets.
    rf"\s*\(?(?:(?:{'|'.join(WEEKDAYS).title()})s?\b(?!['’]s|{_IS})"
    r"|(?:Mon|Tue|Tues|Wed|Thu|Thur|Thurs|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\."
    rf"|(?:{'|'.join(MONTHS).title()})"
    rf"\s\d{{1,2}}\b(?!{_IS})"
    r"|[A-Z]{2,4}T\b|[ECMP]T\b|UTC\b|BST\b|Z\b"
    r"|(?:[A-Z][\w.-]{1,15}\s){1,3}time\b"
    r"|(?:New\sYear|Christmas|Thanksgiving|Easter|Boxing|Labou?r|Independence|Election)(?:['’]s)?"
    rf"\s(?:Day|Eve|Sunday|Monday)\b(?!{_IS})"
    r"|(?:Eastern|Central|Mountain|Pacific|Greenwich|Universal|Coordinated|British|local)\b)"
)

_HOUR_ALONE = re.compile(
    r"(?:\A|(?<=[.!?]\s)|(?<=[.!?][\x22”’]\s))[\x22“‘]?(?:(?:Just|Shortly|Soon)\s)?"
    r"(?:At|By|From|Until|Since|Before|After|Around|About|On)\b"
    r"(?:\s(?:about|around|exactly|just|before|after))*\s\d{1,2}(?:[:.]\d\d)?\s?[ap]\.m\.\s*\Z",
    re.IGNORECASE,
)
"""An hour that begins a sentence and is none: "At 9 a.m. 12 people came"."""

_HOUR_CHARS = 60

_OPENING_QUOTE = re.compile(r"""(?:(?<=\s)|\A)(?:["“„«‘]\s*|[”»’])\Z""")
"""Marks that close quotations in English open them in Swedish and Danish, or by a slip."""

_INNER_END = re.compile(r"""[.!?…]['’]\s*\Z""")

_CONTINUES = re.compile(
    # Marks without words, who spoke the question that was quoted, or a dash and who was quoted.
    rf"\W{{0,20}}\Z|(?<=[?!][\x22”’]\s)(?:[A-Z][\w.'’-]*\s+){{1,4}}(?:{_ATTRIBUTION})\b"
    r"|(?<=[.!?][\x22”’]\s)[—–]\s?[A-ZÀ-Þ]|(?<=[」』])と"
)


def sentences(text: str, *, title: str, language: str) -> list[Span]:
    """Return the sentences in order, trimmed, each wording once.

    Lines that are the title and those that say who wrote the text are left out, in front of the
    first sentence too. `language` is an ISO 639-1 code. A text that is nothing but its title keeps
    it.
    """
    return _sentences(text, _fold(title), language) or _sentences(text, "", language)


def _sentences(text: str, title: str, language: str) -> list[Span]:
    seen = {""}
    found: list[Span] = []
    above_text = True
    for paragraph in paragraphs(text):
        line = paragraph.of(text)
        if _fold(line) == title:
            continue
        start = paragraph.start + byline(line, above_text=above_text)
        above_text = above_text and not ends_sentence(line)
        if start == paragraph.end:
            continue
        for span in _split(text, Span(start, paragraph.end), language):
            words = _fold(span.of(text))
            if words not in seen and any(map(str.isalnum, words)):
                seen.add(words)
                found.append(span)
    return found


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _split(text: str, paragraph: Span, language: str) -> Iterator[Span]:
    words = paragraph.of(text).replace("\n", " ")
    ends = {b["end_index"] for b in sentencex.get_sentence_boundaries(language, words)}
    ends.update(match.end() for match in _MISSED.finditer(words))
    ends = {_before_opening_quote(words, end) for end in ends}
    kept = sorted(end for end in ends if end < len(words) and not _goes_on(words, end, language))
    for start, end in pairwise([0, *kept, len(words)]):
        yield trimmed(text, paragraph.start + start, paragraph.start + end)


def _goes_on(words: str, end: int, language: str) -> bool:
    """Tell whether what sentencex split at `end` is one sentence."""
    before = words[max(0, end - _ABBREVIATION_CHARS) : end]
    return bool(
        _INITIAL_END.search(before)
        or (language == "en" and _UNFINISHED.search(before))
        or _CONTINUES.match(words, end)
        or (_HOUR_END.search(before) and _DAY_OR_ZONE.match(words, end))
        or _HOUR_ALONE.search(words, max(0, end - _HOUR_CHARS), end)
        or (_INNER_END.search(before) and _within_quote(words, end))
        or (_LOWER_CASE.match(words, end) and _MAY_GO_ON.search(before))
    )


def _before_opening_quote(words: str, end: int) -> int:
    """Return the end, or where it would cut an opening quotation mark off, that before the mark."""
    found = _OPENING_QUOTE.search(words, max(0, end - 3), end)
    if found is None or end == len(words) or words[end].isspace():
        return end
    apart = words[found.start()] == '"' and words[end - 1].isspace()
    is_closing = apart and words.count('"', 0, found.start()) % 2 == 1
    return end if is_closing else found.start()


def _within_quote(words: str, end: int) -> bool:
    """Tell whether a quotation that began before `end` is closed after it."""
    opened = words.count("“", 0, end) - words.count("”", 0, end)
    if opened > 0:
        closed, another = words.find("”", end), words.find("“", end)
        return closed >= 0 and not 0 <= another < closed
    return words.count('"', 0, end) % 2 == 1 and '"' in words[end:]


_CJK = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"

_WORD = re.compile(
    # A Han or Kana character; four of Thai, Lao, Burmese or Khmer; else what spaces separate (a
    # very long link counts as several).
    rf"[{_CJK}]|[{_UNSPACED}]{{1,4}}|[^\s{_CJK}{_UNSPACED}]{{1,40}}"
)


def count_words(text: str) -> int:
    """Count words; in scripts without spaces, characters or groups of them."""
    return len(_WORD.findall(text))


def words_in(text: str, span: Span) -> list[re.Match[str]]:
    """Find the words of a part of the text."""
    return list(_WORD.finditer(text, span.start, span.end))
