"""A model's text, as it comes, as sentences with the numbers that they rest on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from index.text import sentences
from index.verification.wording import LANGUAGE

MOST_CHARS = 4_000
"""Of a whole text; what comes after is not read."""

_MARK = re.compile(r"[\[【]\s*(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\s*[\]】]")

_OPEN_MARK = re.compile(r"[\[【][\d\s,;–-]*\Z")

_RANGE = re.compile(r"(\d+)(?:\s*[–-]\s*(\d+))?")

MOST_IN_RANGE = 20

_MAY_END = re.compile(r"[.!?…。！？\]】]")

_HALVES = re.compile("[\ud800-\udfff]")
"""Of a character that a server cut in two, each half a piece; no text can have them."""

_THOUGHT = "<think"

_THOUGHT_END = re.compile(r"</think(?:ing)?>\s*")

_THOUGHT_END_CHARS = 12


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A finished sentence as the model wrote it, without its marks."""

    text: str
    numbers: tuple[int, ...]


class SentenceParser:
    """Takes pieces of a text and gives its sentences, each once, as soon as it is finished.

    A sentence is finished when the next one or a new line begins, as its marks may follow its full
    stop. What a model says that it thinks is left out.
    """

    def __init__(self) -> None:
        self._rest = ""
        self._read = 0
        self._begun = False
        self._thinks = False

    def feed(self, piece: str) -> list[WrittenSentence]:
        """Take a piece; return the sentences that it finished."""
        piece = _HALVES.sub("", piece)
        self._rest += piece
        if not self._begun and not self._begins():
            return []
        kept = min(len(piece), max(MOST_CHARS - self._read, 0))
        self._rest = self._rest[: len(self._rest) - len(piece) + kept]
        self._read += kept
        *lines, last = self._rest.split("\n")
        drafts = [draft for line in lines for draft, _ in _sentences(line)]
        unfinished = 0
        if _MAY_END.search(last):
            for draft, end in [*_sentences(_OPEN_MARK.sub("", last))][:-1]:
                drafts.append(draft)
                unfinished = end
        self._rest = last[unfinished:]
        return drafts

    def _begins(self) -> bool:
        """Tell whether the text proper has begun, and drop what is thought before it."""
        self._rest = self._rest.lstrip()
        if not self._thinks:
            self._thinks = self._rest.startswith(_THOUGHT)
            self._begun = not self._thinks and not _THOUGHT.startswith(self._rest)
            if not self._thinks:
                return self._begun
        end = _THOUGHT_END.search(self._rest)
        self._begun, self._thinks = end is not None, end is None
        self._rest = self._rest[end.end() :] if end else self._rest[-_THOUGHT_END_CHARS:]
        return self._begun

    def close(self) -> list[WrittenSentence]:
        """Return the last sentence, if it is a whole one: it ends as sentences do, or in marks."""
        found = [draft for draft, _ in _sentences(self._rest)] if self._begun else []
        ended = sentences.ends_sentence(self._rest) or _MARK.search(self._rest[-8:].strip())
        self._rest = ""
        return found if ended else found[:-1]


def _sentences(line: str) -> Iterator[tuple[WrittenSentence, int]]:
    """Split a line; with each sentence comes where it ends in the line, its marks included."""
    marks = list(_MARK.finditer(line))
    words = _MARK.sub(lambda mark: " " * len(mark[0]), line)
    spans = sentences.sentences(words, title="", language=LANGUAGE)
    for n, span in enumerate(spans):
        after = spans[n + 1].start if n + 1 < len(spans) else len(line) + 1
        # A mark between two sentences is of the one before it.
        own = [mark for mark in marks if span.start < mark.start() < after]
        numbers = dict.fromkeys(number for mark in own for number in _numbers(mark[1]))
        end = max([span.end, *(mark.end() for mark in own)])
        yield WrittenSentence(span.of(words), tuple(numbers)), end


def _numbers(marked: str) -> Iterator[int]:
    """Yield the numbers of one mark: `1, 3` and `1-3` name several."""
    for match in _RANGE.finditer(marked):
        first = int(match[1])
        last = min(int(match[2] or first), first + MOST_IN_RANGE)
        yield from range(first, last + 1)


_FOR_MODEL = str.maketrans({"[": "(", "]": ")", "【": "(", "】": ")", "<": "‹", ">": "›"})
"""So that no source holds a footnote mark or one of the tokens that part messages."""

_MARKDOWN = re.compile(r"[*_`~|#<>\\{}\[\]^=]+")

_LINE_START = re.compile(r"\A\s*(?:(?:[-*•–—>+]|#+|\d{1,2}[.)])\s+)+")

_BEFORE_MARK = re.compile(r"\s+(?=[.,;:!?](?:\s|$))")

_LINK = re.compile(
    r"://|\bwww\.|\bmailto:|discord(?:app)?\.\w|@|<[#:/at]"
    r"|(?<![\w.])(?:[\w-]+\.)*[\w-]*[a-z][\w-]*\.[a-z]{2,24}(?![\w.]*\w)"  # example.org
    r"|\]\s*\(",
    re.IGNORECASE,
)

_INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}|\b(?:a|p)\.m\b", re.IGNORECASE)


def for_model(text: str) -> str:
    """Return one line without footnote marks, control tokens and invisible characters."""
    return " ".join(_seen(text).translate(_FOR_MODEL).split())


def has_link(text: str) -> bool:
    """Tell whether a model's words hold a link, an address or a mention, disguised ones included.

    Any domain counts, whether or not Discord would make a link of it.
    """
    folded = unicodedata.normalize("NFKC", _seen(text))
    return bool(_LINK.search(_INITIALS.sub(" ", folded)))


def plain(text: str) -> str:
    """Strip markdown, list marks and invisible characters from a model's sentence."""
    words = _MARKDOWN.sub("", _LINE_START.sub("", _seen(text)))
    return _BEFORE_MARK.sub("", " ".join(words.split()))


def _seen(text: str) -> str:
    """Strip invisible characters; a line end or tab becomes a space."""
    text = text.encode("utf-8", "replace").decode()
    return "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cn", "Cs")
    )
