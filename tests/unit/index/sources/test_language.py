"""Languages of texts."""

from __future__ import annotations

import pytest

from index.sources.document import language_of

GERMAN = (
    "Die Ministerin sagte am Donnerstag, dass die Gespräche in Brüssel weitergehen werden. " * 3
)


@pytest.mark.parametrize("given", ["fr", "FR", "fr-CA", " fr_CA.UTF-8 "])
def test_a_given_code_is_kept(given: str):
    assert language_of(GERMAN, given) == "fr"


@pytest.mark.parametrize("given", [None, "", "German", "deu"])
def test_without_a_code_the_language_is_told_from_the_text(given: str | None):
    assert language_of(GERMAN, given) == "de"


def test_short_texts_are_taken_for_english():
    assert language_of("Die Ministerin sagte nichts.") == "en"


def test_no_language_is_told_that_has_a_code_of_three_letters_alone():
    assert len(language_of("14 February 2025 " * 20)) == 2  # Nigerian Pidgin (pcm) is nearest
