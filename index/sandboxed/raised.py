"""Raised numbers, which texts without formatting must not run into the number before."""

from __future__ import annotations

import re

NUMBER = re.compile(r"[-−–]?\d{1,3}(?:, ?\d{1,3}){0,5}")

BEFORE_CHARS = 8

_POWER = re.compile(r"(?<![\d.,])10\Z")

_UNIT = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,2}\Z")


def raised(number: str, before: str) -> str:
    """Return a raised number as it is written after the last few characters before it.

    "10^3" is a power, "1931[2]" a year with a note; "m2" and "CO2" are read as they are.
    """
    if not before or before[-1].isspace() or before[-1] == "[" or _UNIT.search(before):
        return number
    return f"^{number}" if _POWER.search(before) else f"[{number}]"
