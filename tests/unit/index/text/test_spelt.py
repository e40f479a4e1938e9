import re

import pytest

from index.text.spelt import MONTH, MONTHS, NUMBERS, month_number


@pytest.mark.parametrize("name", ["sep", "Sept", "SEPTEMBER"])
def test_a_month_is_known_by_its_first_letters(name):
    assert re.fullmatch(MONTH, name, re.IGNORECASE)
    assert month_number(name) == 9


def test_the_pattern_has_every_month():
    for number, month in enumerate(MONTHS, start=1):
        assert re.fullmatch(MONTH, month)
        assert re.fullmatch(MONTH, month[:3])
        assert month_number(month) == number


def test_numbers_count_without_a_gap_to_twenty():
    assert list(NUMBERS.values()) == [*range(1, 21), *range(30, 100, 10)]
