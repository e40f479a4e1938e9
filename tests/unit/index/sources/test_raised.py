"""Raised numbers."""

from __future__ import annotations

import pytest

from index.sandboxed.raised import raised


@pytest.mark.parametrize(
    ("before", "written"),
    [
        ("in 1931", "in 1931[2]"),
        ("it leaks.", "it leaks.[2]"),
        ("said Kern", "said Kern[2]"),
        ("some 10", "some 10^2"),
        ("some 1.10", "some 1.10[2]"),
        ("400 km", "400 km2"),
        ("CO", "CO2"),
        ("see ", "see 2"),
        ("", "2"),
    ],
)
def test_a_raised_number_is_no_part_of_the_number_before(before: str, written: str):
    assert before + raised("2", before) == written
