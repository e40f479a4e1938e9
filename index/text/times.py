"""Points in time, as texts name them."""

from __future__ import annotations

from index.text.spelt import MONTHS, WEEKDAYS

_PART = r"(?:morning|afternoon|evening|night|week(?:end)?|month|year|decade|century|season)"

TIME = (
    r"\b(?:(?:19|20)\d\d|\d{1,2}(?::\d\d)? ?[ap]\.?m"
    rf"|{'|'.join((*MONTHS, *WEEKDAYS))}|yesterday|today|tomorrow|tonight"
    rf"|(?:this|last|next|that|same|previous|following|in the|of the) {_PART}"
    r"|noon|midnight|dawn|dusk|(?:mid-?)?(?:spring|summer|autumn|winter)|recently|lately|ago|earlier"
    r"|later|during|after|before|when|while|once|until)\b"
)
"""A point in time; "for months" and "at night" are none."""
