"""Whether one word is a slip of the fingers or of the ear away from a name."""

from __future__ import annotations

from rapidfuzz.distance import OSA, Postfix, Prefix

MAX_EDITS = 2
"""Letters added, left out, replaced, or swapped with their neighbour (optimal string alignment)."""

LETTERS_FOR_ANY_LETTER = 7
"""Shorter words need an edit that keeps the sound: Capote is not Capone."""

LETTERS_FOR_TWO_EDITS = 8

_SOUND_ALIKE = ("aeiouyj", "ckqgxh", "szx", "vwfub", "dt", "mn", "pb")
"""Letters that are heard or transliterated for one another: Zelenski, Kharkov, Jelzin."""

_ENDINGS = ("s", "n")
"""What tells a place from its people, or one of them from many: Alaska and Alaskan, Manchus."""


def max_edits(word: str) -> int:
    """How many edits a word of this length may be away from what was meant."""
    return MAX_EDITS if len(word) >= LETTERS_FOR_TWO_EDITS else 1


def is_slip(word: str, name: str, edits: int) -> bool:
    """Whether `word` may be `name` misspelt, by at most `edits`; both folded and not the same."""
    if OSA.distance(word, name, score_cutoff=edits) > edits:
        return False
    if word[0] != name[0]:
        return word[:2] == name[1::-1] and word[2:] == name[2:]
    if edits == MAX_EDITS:
        return len(name) >= LETTERS_FOR_TWO_EDITS and _sound_alike(word[-1], name[-1])
    typed, meant, at_end = _difference(word, name)
    if len(typed) == len(meant) == 1:
        far_in = len(word) >= LETTERS_FOR_ANY_LETTER and not at_end
        return far_in or _sound_alike(typed, meant)
    return not (at_end and typed + meant in _ENDINGS)


def _sound_alike(one: str, other: str) -> bool:
    return one == other or any(one in group and other in group for group in _SOUND_ALIKE)


def _difference(word: str, name: str) -> tuple[str, str, bool]:
    """What each has between their common start and end, and whether it is the end."""
    start = Prefix.similarity(word, name)
    word, name = word[start:], name[start:]
    end = Postfix.similarity(word, name)
    return word[: len(word) - end], name[: len(name) - end], end == 0
