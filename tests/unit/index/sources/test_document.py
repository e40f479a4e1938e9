"""What documents say of themselves: dates, languages, titles."""

from __future__ import annotations

import pytest

from index.sources.document import find_title, iso_date, language_of, one_line


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


GERMAN = (
    "Die Ministerin sagte am Donnerstag, dass die Gespräche in Brüssel weitergehen werden. " * 3
)


@pytest.mark.parametrize("given", ["fr", "FR", "fr-CA", " fr_CA.UTF-8 "])
def test_a_given_code_is_kept(given: str):
    assert language_of(GERMAN, given) == "fr"


@pytest.mark.parametrize("given", [None, "", "German", "deu"])
def test_without_a_code_the_language_is_guessed_from_the_text(given: str | None):
    assert language_of(GERMAN, given) == "de"


def test_short_texts_are_taken_for_english():
    assert language_of("Die Ministerin sagte nichts.") == "en"


def test_no_language_with_a_code_of_three_letters_is_guessed():
    assert len(language_of("14 February 2025 " * 20)) == 2  # Nigerian Pidgin (pcm) is nearest


LONG = (
    "The minister said on Thursday that the talks would go on until all was settled. Then he left."
)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"{LONG}\nTalks to go on\n\nTalks to go on\nDeck.", "Talks to go on"),
        (f"Talks to go on\n\n{LONG}", "Talks to go on"),
        (f"  Talks   to go on\n{LONG}", "Talks to go on"),
        (f"Trade talks begin in the U.S.\n\n{LONG}", "Trade talks begin in the U.S."),
        ("He left. She stayed.\n\nMore text.", "He left"),
        ("He left the room", "He left the room"),
        ("今天天气很好。我们去公园。", "今天天气很好"),
        (f"{LONG}\nShare\n\nShare\nMore.", LONG.partition(".")[0]),
    ],
)  # fmt: skip
def test_the_title_is_found(text: str, title: str):
    assert find_title(text) == title


def test_the_first_sentence_is_cut_at_a_word():
    title = find_title("word " * 100 + "end.")
    assert len(title) <= 90
    assert title.endswith("word…")


def test_a_line_that_runs_on_is_no_title():
    text = "The minister said on Thursday that\nthe talks would go on. He left."
    assert find_title(text).startswith("The minister said on Thursday that the talks")


def test_text_of_signs_still_has_a_title():
    assert find_title("[" * 4_000 + "a") == "[" * 89 + "…"


def test_one_line_collapses_and_cuts_at_a_word():
    assert one_line(" a \n b\tc ") == "a b c"
    assert one_line("aaa bbb, ccc", 9) == "aaa bbb…"
    assert one_line("a" * 20, 10) == "a" * 9 + "…"
    assert len(one_line("ab " * 200)) <= 300


def test_a_made_title_ends_with_a_word():
    assert find_title("He left for good . Nobody knew why.") == "He left for good"
