"""What stands in a line of a Word file but letters: symbols and equations; in a child process."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from docx.oxml.ns import nsmap, qn
from pypdf._codecs import _symbol_encoding, _zapfding_encoding

_PICTURES = {
    0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⏳", 0x3E: "✇", 0x3F: "✍", 0x41: "✌",
    0x43: "👍", 0x44: "👎", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4B: "😐",
    0x4C: "☹", 0x4E: "☠", 0x51: "✈", 0x52: "☼", 0x54: "❄", 0x58: "✠", 0x59: "✡", 0x5A: "☪",
    0x5B: "☯", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x80: "⓪", **{0x81 + n: chr(0x2460 + n) for n in range(10)}, 0x8B: "⓿",
    **{0x8C + n: chr(0x2776 + n) for n in range(10)}, 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪",
    0xA8: "☐", 0xAB: "★", 0xB5: "✪", 0xD5: "⌫", 0xD6: "⌦", 0xD8: "➢", 0xDF: "←", 0xE0: "→",
    0xE1: "↑", 0xE2: "↓", 0xE3: "↖", 0xE4: "↗", 0xE5: "↙", 0xE6: "↘", 0xE7: "🡸", 0xE8: "➔",
    0xE9: "🡹", 0xEA: "🡻", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⇔", 0xFB: "✗",
    0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""Wingdings, by https://www.unicode.org/L2/L2012/12368-n4363-wingding-report.pdf, without the
pictures that say nothing in a text."""

_FONTS: Mapping[str, Mapping[int, str]] = {
    "symbol": dict(enumerate(_symbol_encoding)),
    "wingdings": _PICTURES,
    "wingdings 2": {
        0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "☒", 0x97: "●",
        0xA3: "□", 0xAA: "◆", **{0x6A + n: chr(0x2460 + n) for n in range(10)},
        **{0x75 + n: chr(0x2776 + n) for n in range(10)},
    },
    "wingdings 3": {
        0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x70: "▲", 0x71: "▼", 0x74: "◀", 0x75: "▶",
    },
    "webdings": {0x34: "▶", 0x33: "◀", 0x35: "▲", 0x36: "▼", 0x61: "✓", 0x72: "✗", 0x6E: "●"},
    "zapfdingbats": dict(enumerate(_zapfding_encoding)),
}  # fmt: skip

_PRIVATE = re.compile("[\uf000-\uf0ff]")
_CORPORATE = re.compile("[\ue000-\uf8ff]")


def symbol(code: str | None, font: str | None) -> str:
    """Return what a code (hexadecimal) of a font shows, "" where that is a mere picture."""
    try:
        number = int(code or "", 16)
        shown = chr(number)
    except (ValueError, OverflowError):
        return ""
    signs = _FONTS.get((font or "").casefold())
    if signs is not None:
        shown = signs.get(number & 0xFF if number >= 0xF000 else number, "")
    elif _PRIVATE.match(shown):
        shown = chr(number & 0xFF)
    return _CORPORATE.sub("", shown)


def letters(text: str, font: str | None) -> str:
    """Return a text with what Word keeps of symbol fonts in private codes as it shows."""
    known = font if (font or "").casefold() in _FONTS else "symbol"
    return _PRIVATE.sub(lambda match: symbol(f"{ord(match[0]):x}", known), text)


_SIMPLE = re.compile(r"[\w.,′°]*|[(\[{].*[)\]}]", re.S)


class Equation:
    """Writes equations on one line: "(a + b)/2", "x^2", "√y"; `text_of` reads their runs.

    https://www.unicode.org/notes/tn28/ with the fewest signs.
    """

    def __init__(self, text_of: Callable[[Any], str]) -> None:
        self._text_of = text_of

    def read(self, parent: Any) -> str:
        """Return what an element holds."""
        return "" if parent is None else "".join(map(self._show, parent.iterchildren()))

    def _show(self, each: Any) -> str:
        name = _local(each)
        if name == "r" or each.tag == qn("w:r"):
            return self._text_of(each)
        shape = _SHAPES.get(name)
        return shape(self, each) if shape else self.read(each)

    def part(self, parent: Any, name: str) -> str:
        """Return a part of a fraction, a root and the like."""
        return self.read(parent.find(qn(f"m:{name}")))

    def all(self, parent: Any, name: str, separator: str) -> str:
        """Return the parts of a list, a matrix and the like."""
        return separator.join(map(self.read, parent.findall(qn(f"m:{name}"))))

    def group(self, parent: Any, name: str) -> str:
        """Return a part, in brackets if it needs some."""
        text = self.part(parent, name)
        return text if _SIMPLE.fullmatch(text) else f"({text})"

    def scripts(self, parent: Any) -> str:
        """Return what is set below and above."""
        found = ((sign, self.group(parent, name)) for sign, name in (("_", "sub"), ("^", "sup")))
        return "".join(sign + text for sign, text in found if text)

    def root(self, parent: Any) -> str:
        """Return a root."""
        degree = self.part(parent, "deg")
        sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree)
        return (sign or f"{self.group(parent, 'deg')}√") + self.group(parent, "e")

    def brackets(self, parent: Any) -> str:
        """Return what stands in brackets."""
        inner = self.all(parent, "e", _sign(parent, "sepChr", "|"))
        return _sign(parent, "begChr", "(") + inner + _sign(parent, "endChr", ")")


_SHAPES: Mapping[str, Callable[[Equation, Any], str]] = {
    "f": lambda to, each: f"{to.group(each, 'num')}/{to.group(each, 'den')}",
    **dict.fromkeys(
        ("sSup", "sSub", "sSubSup"), lambda to, each: to.group(each, "e") + to.scripts(each)
    ),
    "sPre": lambda to, each: f"{to.scripts(each)} {to.part(each, 'e')}",
    "rad": Equation.root,
    "d": Equation.brackets,
    "nary": lambda to, each: f"{_sign(each, 'chr', '∫')}{to.scripts(each)} {to.part(each, 'e')}",
    "func": lambda to, each: f"{to.part(each, 'fName')} {to.part(each, 'e')}",
    "limLow": lambda to, each: f"{to.part(each, 'e')}_{to.group(each, 'lim')}",
    "limUpp": lambda to, each: f"{to.part(each, 'e')}^{to.group(each, 'lim')}",
    "acc": lambda to, each: to.part(each, "e") + _sign(each, "chr", "\u0302"),
    "eqArr": lambda to, each: to.all(each, "e", "; "),
    "mr": lambda to, each: to.all(each, "e", ", "),
    "m": lambda to, each: "; ".join(map(to._show, each.findall(qn("m:mr")))),
}
"""How what is not set on one line is written on one, by the element's name."""


def _sign(parent: Any, name: str, default: str) -> str:
    """Return a sign that the properties of an element may name."""
    found = parent.find(f"{qn(f'm:{_local(parent)}Pr')}/{qn(f'm:{name}')}")
    return default if found is None else str(found.get(qn("m:val"), ""))


def _local(element: Any) -> str:
    """Return the name of an element of an equation, "" for others and for comments."""
    tag = element.tag if isinstance(element.tag, str) else ""
    space, _, name = tag.rpartition("}")
    return name if space == "{" + nsmap["m"] else ""
