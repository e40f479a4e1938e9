"""Make untrusted text safe for a terminal, and values JSON."""

from __future__ import annotations

import json
import re
from typing import Any

_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""C0 and C1 (escape sequences begin with one of them), marks that turn the direction of writing,
and halves of surrogate pairs, which no encoding can print. Tab and newline stay."""

_SPACE = re.compile(r"\s+")


def text(words: str) -> str:
    """Return the words without control characters, lines and tabs kept."""
    return _CONTROL.sub("", words.replace("\r\n", "\n"))


def one_line(words: str) -> str:
    """Return the words without control characters, each run of blanks one space."""
    return _CONTROL.sub("", _SPACE.sub(" ", words))


def well_formed(words: str) -> str:
    """Return the words with halves of surrogate pairs replaced by a question mark."""
    return words.encode("utf-8", "replace").decode()


def to_json(value: Any, *, indent: int | None = None) -> str:
    """Return JSON that a terminal shows as it stands and a parser reads back unchanged."""
    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
