from dataclasses import replace

from index.answers.suggestions import MOST_OF_A_KIND, proposed
from index.model import Certainty, Space
from tests.builders import document

OTHER = Space("42")
LIND = document("Harbour", "The harbour opened. Mayor Rosa Lind said the harbour was a success.")
VOSS = document("Mill", "The mill burned. “The mill was old,” said Ada Voss, who ran it.")
QUIET = document("Rain", "It rained for a week and nobody in the village had a word to say.")


def test_questions_on_the_newest_articles_that_have_an_answer(library):
    library.ingest([LIND, VOSS, QUIET])
    library.ingest([document("Hidden", "Bo Kern said the fair was off.")], OTHER)
    found = library.suggestions()
    assert not any("Kern" in question or "Hidden" in question for question in found)
    assert "What did Rosa Lind say?" in found
    for question in found:
        assert library.ask(question).answered
    assert len(library.suggestions(count=1)) == 1


def test_other_questions_are_suggested_after_another_question(library):
    """They were always the same three."""
    texts = (
        f"Mayor {name} said that {name}'s bridge was open." for name in "Lind Voss Kern".split()
    )
    library.ingest([document(f"Bridge {n}", text) for n, text in enumerate(texts)])
    asked = [f"flurb the snoggle {n}" for n in range(20)]
    found = [library.suggestions(question=question, count=2) for question in asked]
    assert len(set(found)) > 2
    assert found == [library.suggestions(question=question, count=2) for question in asked]
    assert all(library.ask(one).answered for some in found for one in some)
    assert {len(some) for some in found} == {2}


def quiet(count):
    """Newer articles in which nobody says anything."""
    texts = (f"Rain fell on village number {n} for {n + 2} days." for n in range(count))
    dates = (f"2026-03-{n + 1:02}" for n in range(count))
    return [
        document(f"Rain in {n}", text, published=date)
        for n, (text, date) in enumerate(zip(texts, dates, strict=True))
    ]


def test_speakers_are_found_behind_newer_articles_without_any(library):
    library.ingest([*quiet(20), replace(LIND, published="2026-01-01")])
    assert library.suggestions()[0] == "What did Rosa Lind say?"


def test_articles_without_speakers_are_asked_what_they_are_about(library):
    library.ingest([QUIET, document("The “big” rain", "It rained again. Cellars were wet.")])
    found = library.suggestions()
    assert set(found) == {"What is “Rain” about?", "What is “The “big” rain” about?"}
    for question in found:
        answer = library.ask(question)
        assert answer.certainty is Certainty.SURE
        (title,) = {citation.article.title for citation in answer.citations}
        assert f"“{title}”" in question


def test_only_so_many_are_tried(library):
    names = "Lind Voss Kern Hale Berg Okafor Petrov Dahl".split()
    library.ingest([document(name, f"It rained. Mayor {name} said no.") for name in names])
    with library._catalog.snapshot() as snapshot:
        found = list(proposed(snapshot, library.list()))
    assert len(names) > MOST_OF_A_KIND
    assert len(found) == 2 * MOST_OF_A_KIND


def test_without_articles_there_are_none(library):
    assert library.suggestions() == ()
