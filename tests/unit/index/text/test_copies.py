import time

import pytest

from index.text.normalise import MAX_COPIES, nearly_same
from tests.builders import document, open_library

COPIES = 500
ADVERBS = "ably badly calmly daily early fairly gladly hardly idly justly".split()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The ferry sails at noon from Orm.", "The ferry sails at noon from Orm.", True),
        ("The ferry sails at noon from Orm.", "The ferry sails at noon, from Orm!", True),
        ("The ferry sails at noon from Orm.", "A boat to Orm leaves at dusk.", False),
        ("The ferry to Orm takes 3 hours.", "The ferry to Orm takes 5 hours.", False),
    ],
)
def test_nearly_same(one, other, same):
    assert nearly_same(one, other) is same


def copy(n):
    adverb = f"{ADVERBS[n % 10]} and {ADVERBS[n // 10 % 10]} and {ADVERBS[n // 100]}"
    text = (
        f"The ferry to Orm sails at noon, the harbour of the old town by the sea said {adverb}. "
        "Tickets for the ferry are sold at the quay."
    )
    return document(f"Copy {n}", text)


@pytest.fixture
def crowded(tmp_path):
    with open_library(tmp_path) as library:
        library.ingest(map(copy, range(COPIES)))
        text = (
            "A boat to Orm leaves at dusk as well. It is slower than the ferry that sails at noon."
        )
        library.ingest([document("Timetable", text)])
        yield library


def test_copies_do_not_crowd_out_others(crowded):
    began = time.monotonic()
    answer = crowded.ask("When does the ferry to Orm sail?", threshold=0.0)
    assert time.monotonic() - began < 5
    titles = [hit.article.title for hit in answer.hits]
    assert "Timetable" in titles
    assert len([title for title in titles if title.startswith("Copy")]) == MAX_COPIES
    cited = [citation.article.title for citation in answer.citations]
    assert len([title for title in cited if title.startswith("Copy")]) == 1
    (also,) = [c.also for c in answer.citations if c.article.title.startswith("Copy")]
    assert len(also) == MAX_COPIES - 1
    assert all(article.title.startswith("Copy") for article in also)


def test_search_gives_others_as_well(crowded):
    assert "Timetable" in [hit.article.title for hit in crowded.search("ferry to Orm")]


@pytest.mark.parametrize(
    "question",
    ["x" * 6_000, "why " * 1_500, "😀" * 6_000, "The ferry to Orm " * 350, "a b c d e f " * 500],
    ids=["one word", "no subject", "no word", "repeated", "letters"],
)
def test_long_questions_are_answered_or_refused_in_time(crowded, question):
    began = time.monotonic()
    answer = crowded.ask(question)
    assert time.monotonic() - began < 5
    assert answer.question == question
