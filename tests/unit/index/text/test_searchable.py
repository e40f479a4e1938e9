import pytest

from index.model import Passage, Span
from index.text.passages import searchable
from tests.builders import document

TEXT = "One came. Two came."
PASSAGES = [Passage(0, Span(0, 9), ()), Passage(1, Span(10, 19), ())]


@pytest.mark.parametrize(
    ("more", "heading"),
    [
        ({}, "Harbour opens"),
        (
            {"source": "The Gazette", "published": "2026-01-02"},
            "Harbour opens · The Gazette · 2026-01-02",
        ),
        ({"source": "https://example.org/a"}, "Harbour opens"),
    ],
)
def test_each_passage_stands_under_its_articles_heading(more, heading):
    assert searchable(document(**more), TEXT, PASSAGES) == [
        f"{heading}\nOne came.",
        f"{heading}\nTwo came.",
    ]
