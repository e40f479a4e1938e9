"""Dates of publication as ISO 8601; a form that could mean two days is not guessed at."""

from __future__ import annotations

import re
from datetime import date, datetime

DATE_WANTED = "like 2025-02-14 or 2025-02-14T18:30:00+01:00"

_SHORT_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
"""YAML allows one-digit months and days in a date."""

_SPACE_BEFORE_ZONE = re.compile(r"\s+(?=[+-]\d|Z\Z)")
"""As YAML and Hugo write date and time: `2025-02-14 18:30:00 +0100`."""


def iso_date(value: str) -> str | None:
    """Return the date (or date and time) in ISO 8601, or None where it is no such date."""
    value = value.strip()
    try:
        if match := _SHORT_DATE.fullmatch(value):
            return date(*map(int, match.groups())).isoformat()
        if len(value) <= len("20250214"):
            return date.fromisoformat(value).isoformat()
        return datetime.fromisoformat(_SPACE_BEFORE_ZONE.sub("", value)).isoformat()
    except ValueError:
        return None
