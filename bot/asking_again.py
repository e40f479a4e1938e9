"""What a site says for the next time: what its page is known by, and when it may be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Self


@dataclass(frozen=True, slots=True)
class Validators:
    """What names the state of a page, to ask its site whether there is another by now."""

    etag: str | None = None
    last_modified: str | None = None

    @classmethod
    def of(cls, headers: Mapping[str, str]) -> Self:
        """Read those of an answer that can be kept and sent back."""
        values = (headers.get("ETag", ""), headers.get("Last-Modified", ""))
        return cls(*(v if v.isascii() and v.isprintable() and v else None for v in values))

    @property
    def headers(self) -> dict[str, str]:
        """What a request for news says (RFC 9110, 13.1)."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


def retry_after(headers: Mapping[str, str]) -> datetime | None:
    """Read when the site will be asked again: seconds or a date (RFC 9110, 10.2.3)."""
    value = headers.get("Retry-After", "").strip()
    try:
        if value.isdecimal():
            return datetime.now(UTC) + timedelta(seconds=int(value))
        return parsedate_to_datetime(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
