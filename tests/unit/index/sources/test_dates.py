"""Dates of publication."""

from __future__ import annotations

import pytest

from index.sources.document import iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-02-14", "2025-02-14"),
        (" 2025-2-4 ", "2025-02-04"),
        ("20250214", "2025-02-14"),
        ("2025-02-14T18:30", "2025-02-14T18:30:00"),
        ("2025-02-14 18:30:00Z", "2025-02-14T18:30:00+00:00"),
        ("2025-02-14 18:30:00 -0500", "2025-02-14T18:30:00-05:00"),
    ],
)
def test_iso_forms_are_normalised(written: str, iso: str):
    assert iso_date(written) == iso


@pytest.mark.parametrize(
    "written", ["", "2025", "02/03/2025", "14.02.2025", "2025-02-30", "yesterday", "2025-13-01"]
)
def test_other_forms_are_not_guessed_at(written: str):
    assert iso_date(written) is None
