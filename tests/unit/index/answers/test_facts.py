from datetime import UTC, datetime

import pytest

from index.model import Certainty, Document, Form, Space
from index.search.hybrid import Scope
from tests.builders import document, open_library
from tests.fakes import Clock

OTHER = Space("42")
FIRE = document(
    "Wildfire on Evia",
    "A wildfire burned pine woods on Evia. Greek crews fought it for days.",
    published="2026-08-14T09:30:00+03:00",
    author="Helena Smith",
    source="https://www.theguardian.com/evia",
)
STRIKE = document(
    "Strike at Orm",
    "Dockers at the Orm harbour began a strike over pay. NATO ships had to wait.",
    published="2026-11-23",
    author="Ada Voss and Bo Kern",
    source="BBC News",
)
DEAL = document(
    "Strike over",
    "The strike ended with a deal.",
    published="2026-11-24",
    source="https://www.bbc.co.uk/news/1",
)
NOTE = document("Note", "Nobody dated this note on beehives.")
OLD = document("Old fair", "The fair of Orm opened with a parade.", published="2024-03-02")


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    now = Clock(datetime(2026, 11, 25, 12, tzinfo=UTC))
    with open_library(tmp_path_factory.mktemp("data"), clock=now) as library:
        library.ingest([FIRE, STRIKE, DEAL, NOTE, OLD])
        library.ingest([document("Hidden", "A wildfire burned.", author="Spy")], OTHER)
        yield library


def titles(answer):
    return [citation.article.title for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Who wrote the article about the wildfire?", "“Wildfire on Evia” is by Helena Smith."),
        ("who wrote the wildfire story", "“Wildfire on Evia” is by Helena Smith."),
        ("Who wrote the Guardian article?", "“Wildfire on Evia” is by Helena Smith."),
        ("Who wrote “strike over”?", "I don't know who wrote “Strike over”."),
        (
            "When was the article on the wildfire published?",
            "“Wildfire on Evia” was published on 14 August 2026.",
        ),
        (
            "Where is the article about the wildfire from?",
            "“Wildfire on Evia” is from https://www.theguardian.com/evia.",
        ),
        (
            "How many articles do you have?",
            "I have 5 articles. The newest is “Strike over” (24 November 2026).",
        ),
        (
            "How many articles mention NATO?",
            "I found 1 article that mentions NATO. The newest is “Strike at Orm” "
            "(23 November 2026).",
        ),
        (
            "How many articles are from the BBC?",
            "I have 2 articles from BBC. The newest is “Strike over” (24 November 2026).",
        ),
        (
            "How many articles were published in August?",
            "I have 1 article published in August 2026. The newest is “Wildfire on Evia” "
            "(14 August 2026).",
        ),
    ],
)
def test_facts_with_the_article_as_footnote(library, question, said):
    answer = library.ask(question)
    assert [sentence.text for sentence in answer.sentences] == [said]
    assert (answer.certainty, answer.form) == (Certainty.SURE, Form.FACTS)
    (citation,) = answer.citations
    assert f"“{citation.article.title}”" in said
    assert library.text(citation.article.id)[: citation.span.end] == citation.quote


def test_a_note_without_a_date_says_when_it_was_indexed(library):
    answer = library.ask("When was the note about beehives published?")
    assert answer.form is not Form.FACTS  # a note is no article
    answer = library.ask("When was the article about beehives published?")
    assert answer.text.startswith("I don't know when “Note” was published; I indexed it on ")


def test_the_only_article_asked_is_meant(library):
    (fire,) = library.find("wildfire")
    for question in ("Who wrote this?", "Who is the author?", "who wrote it"):
        assert "Helena Smith" in library.ask(question, article_id=fire.id).text
        assert library.ask(question).form is not Form.FACTS


@pytest.mark.parametrize(
    ("question", "expected", "note"),
    [
        ("Which articles mention NATO?", ["Strike at Orm"], "1 article that mentions NATO:"),
        ("Which articles mention Greece?", ["Wildfire on Evia"], None),
        (
            "Which articles are about the strike?",
            ["Strike over", "Strike at Orm"],
            "2 articles about the strike:",
        ),
        ("articles by Helena Smith", ["Wildfire on Evia"], None),
        ("Which articles are from the BBC?", ["Strike over", "Strike at Orm"], None),
        ("What did the BBC report on the strike?", ["Strike over", "Strike at Orm"], None),
        ("What happened in August?", ["Wildfire on Evia"], "1 article published in August 2026:"),
        ("What happened in March?", ["Old fair"], "1 article published in March 2024:"),
        ("Anything new about the strike since Tuesday?", ["Strike over"], None),
        ("What's new since Monday?", ["Strike over", "Strike at Orm"], None),
        ("Do you have any articles about the wildfire in August?", ["Wildfire on Evia"], None),
        ("newest from the BBC", ["Strike over", "Strike at Orm"], "2 articles from BBC:"),
        (
            "any news today?",
            ["Strike over", "Strike at Orm", "Wildfire on Evia", "Old fair", "Note"],
            "None published on 25 November 2026. 5 articles:",
        ),
        (
            "List all articles",
            ["Strike over", "Strike at Orm", "Wildfire on Evia", "Old fair", "Note"],
            "5 articles:",
        ),
    ],
)
def test_lists_newest_first_with_what_they_cover(library, question, expected, note):
    answer = library.ask(question)
    assert titles(answer) == expected
    assert answer.form is Form.HEADLINES
    if note:
        assert answer.note == note
    for citation in answer.citations:
        assert citation.quote in library.text(citation.article.id)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("articles by östberg", ["Salmon"]),
        ("Articles by Åsa ÖSTBERG", ["Salmon"]),
        ("Which articles are from économie?", ["Beavers"]),
        ("articles from ÉCONOMIE", ["Beavers"]),
        ("articles from straße heute", ["Snow"]),
        ("articles by _", []),
        ("articles by %", []),
    ],
)
def test_names_are_found_in_any_case(tmp_path, question, expected):
    with open_library(tmp_path) as library:
        library.ingest(
            [
                document("Salmon", "Salmon swam up the river.", author="Åsa ÖSTBERG"),
                document("Beavers", "Beavers built a dam.", source="Économie"),
                document("Snow", "Snow fell in the hills.", source="STRASSE Heute"),
            ]
        )
        answer = library.ask(question)
        assert (titles(answer) if answer.form is Form.HEADLINES else []) == expected


def test_no_more_articles_are_read_than_are_told_of(tmp_path, monkeypatch):
    """A list of all was read for "how many?", whatever their number."""
    monkeypatch.setattr("index.answers.facts.LOOKED_AT", 3)
    with open_library(tmp_path) as library:
        library.ingest(
            document(f"Fair {n}", f"Fair number {n} opened.", published=f"2026-05-{n:02}")
            for n in range(1, 6)
        )
        library.ingest([document("Elsewhere", "A fair of others.", author="Spy")], OTHER)
        said = "I have 5 articles. The newest is “Fair 5” (5 May 2026)."
        assert library.ask("How many articles do you have?").sentences[0].text == said
        listed = library.ask("List all articles")
        assert listed.note == "5 articles; the newest 3:"
        assert titles(listed) == ["Fair 5", "Fair 4", "Fair 3"]


def test_a_long_list_shows_the_newest(tmp_path):
    with open_library(tmp_path) as library:
        days = range(1, 13)
        library.ingest(
            document(f"Fair {n}", f"Fair number {n} opened.", published=f"2026-05-{n:02}")
            for n in days
        )
        answer = library.ask("Which articles do you have?")
        assert answer.note == "12 articles; the newest 8:"
        assert titles(answer)[0] == "Fair 12"


@pytest.mark.parametrize(
    "question",
    [
        "Which articles mention Macron?",
        "Do you have articles about Macron?",
        "Who wrote the article about Macron?",
    ],
)
def test_nothing_on_the_topic_is_refused_with_what_is_absent(library, question):
    answer = library.ask(question)
    assert not answer.answered
    assert answer.missing.absent == ("Macron",)


@pytest.mark.parametrize(
    "question",
    [
        "What did NATO report on the strike?",
        "What happened in June?",
        "What happened in Anglet in August?",
        "Anything new about the wildfire since Monday?",
        "Which articles are from Reuters?",
        "Who wrote “No such title”?",
    ],
)
def test_what_nobody_has_goes_to_the_reader(library, question):
    assert library.ask(question).form is Form.QUOTES


def test_nothing_of_another_space(library):
    assert "Spy" not in library.ask("Who wrote the article about the wildfire?").text
    mine = library.ask("Who wrote the article about the wildfire?", [OTHER])
    assert "Spy" in mine.text


def test_without_articles_nothing_is_told(tmp_path):
    with open_library(tmp_path) as library:
        for question in ("How many articles do you have?", "What happened in August?", "Why?"):
            answer = library.ask(question)
            assert answer.no_articles
            assert not answer.answered


def test_no_articles_are_read_for_a_name_that_is_no_source(library, monkeypatch):
    monkeypatch.setattr(Scope, "select", None)
    assert library.ask("What did NATO say about the strike?").form is Form.QUOTES


def test_no_caption_stands_for_the_article(tmp_path):
    """ "Who wrote it?" was footnoted with the line below the picture."""
    text = "Pictured: Two otters on a jetty.\n\nThe lake closed on Monday. It stays shut."
    with open_library(tmp_path) as library:
        library.ingest([Document("Otters", text, author="Jane Doe")])
        answer = library.ask("Who wrote it?")
    assert [one.quote for one in answer.citations] == ["The lake closed on Monday."]
