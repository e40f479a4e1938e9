"""Words of articles made harmless for a model, and words of a model made harmless for people."""

from __future__ import annotations

import re
import unicodedata

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
    """One line without footnote marks, control tokens and unseen characters."""
    return " ".join(_seen(text).translate(_FOR_MODEL).split())


def has_link(text: str) -> bool:
    """Tell whether a model's words hold a link, an address or a mention, disguised ones included.

    Any domain counts, whether or not Discord would make a link of it.
    """
    folded = unicodedata.normalize("NFKC", _seen(text))
    return bool(_LINK.search(_INITIALS.sub(" ", folded)))


def plain(text: str) -> str:
    """A model's sentence as words alone: no markdown, no marks of lists, no unseen characters."""
    words = _MARKDOWN.sub("", _LINE_START.sub("", _seen(text)))
    return _BEFORE_MARK.sub("", " ".join(words.split()))


def _seen(text: str) -> str:
    """The text without characters that cannot be seen; a line end or tab is a space."""
    text = text.encode("utf-8", "replace").decode()
    return "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cn", "Cs")
    )
