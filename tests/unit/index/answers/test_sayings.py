"""Requests for somebody's words, and what is quoted for them."""

import pytest

from index.answers import sayings
from index.model import Certainty, Document, Thresholds
from tests.builders import open_library

ROOF = Document(
    title="Roof repair",
    published="2026-10-05",
    text=(
        "Repairing the roof will cost £2.9m, the council said.\n\n"
        '"Nobody was in the building," said Delia Marchetti, the director.\n\n'
        'Peter Hagen, who leads the opposition, called the sum "a scandal". "They were warned and'
        ' did nothing," Hagen told reporters.\n\n'
        "The architect, Ruben Oyelaran, did not want to comment."
    ),
)
BILL = Document(
    title="Bill rises",
    published="2026-10-19",
    text=(
        "Work is to begin on 2 November.\n\n"
        'Marchetti said the season would go on. "We play in tents if we must," she added.\n\n'
        "Finance councillor Ingrid Hagen said the money would come from reserves. Hagen denied"
        " that warnings had been ignored."
    ),
)


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("What did Delia Marchetti say?", ["Delia Marchetti"]),
        ("what does vey say", ["vey"]),
        ("What's Jonas Vey saying?", ["Jonas Vey"]),
        ("What has the mayor been saying", ["the mayor"]),
        ("quotes from Peter Hagen", ["Peter Hagen"]),
        ("Show me all quotes by Hagen.", ["Hagen"]),
        ("Peter Hagen's comments", ["Peter Hagen"]),
        ("What did Lind tell reporters?", ["Lind"]),
        ("What Lind said", ["Lind"]),
        ("Did Lind say anything?", ["Lind"]),
        ("What did Lind and Brandt say?", ["Lind", "Brandt"]),
        ("What did Noll's lawyer say?", ["Noll's lawyer"]),
        ("What did Lind say about the roof?", []),
        ("What did Lind say when he left?", []),
        ("What did she say?", []),
        ("What does the article say?", []),
        ("Who said that?", []),
        ("What did Lind say the roof would cost?", []),
        ("When did Lind say that?", []),
        ("What does Lind want?", []),
    ],
)
def test_whose_words_are_asked_for(question, phrases):
    assert [speaker.phrase for speaker in sayings.speakers_asked_for(question)] == phrases


@pytest.fixture
def ask(tmp_path):
    with open_library(tmp_path) as library:
        library.ingest([ROOF, BILL])
        yield library.ask


def quoted(answer):
    return [sentence.text for sentence in answer.sentences]


def test_the_newest_words_come_first_and_nobody_elses(ask):
    answer = ask("What did Delia Marchetti say?")
    assert answer.certainty is Certainty.SURE
    assert quoted(answer) == [
        "Marchetti said the season would go on.",
        '"We play in tents if we must," she added.',
        '"Nobody was in the building," said Delia Marchetti, the director.',
    ]
    assert [c.article.title for c in answer.citations] == ["Bill rises", "Roof repair"]


def test_words_come_before_thanks_and_go_on_behind_a_quotation(library):
    storm = (
        'Mayor Astrid Foss thanked the crews. "Nobody was hurt," Foss said.\n\n'
        'Tam Reyes said the lines were old. "We knew it." He said they would be buried.'
    )
    lines = "Skerra will bury its lines, Astrid Foss said. Foss said that the state would pay."
    library.ingest([Document(title="Storm", text=storm, published="2026-11-02")])
    library.ingest([Document(title="Lines", text=lines, published="2026-11-16")])
    assert quoted(library.ask("What did Foss say?")) == [
        "Skerra will bury its lines, Astrid Foss said.",
        "Foss said that the state would pay.",
        '"Nobody was hurt," Foss said.',
    ]
    assert quoted(library.ask("What did Reyes say?")) == [
        "Tam Reyes said the lines were old.",
        '"We knew it."',
        "He said they would be buried.",
    ]


def test_a_first_name_excludes_others_of_the_surname(ask):
    assert quoted(ask("quotes from Peter Hagen")) == [
        'Peter Hagen, who leads the opposition, called the sum "a scandal".',
        '"They were warned and did nothing," Hagen told reporters.',
    ]
    assert not ask("What did Tom Hagen say?").answered


def test_two_of_one_surname_are_both_quoted_with_their_first_names(ask):
    said = quoted(ask("What did Hagen say?"))
    assert any("Ingrid Hagen said" in one for one in said)
    assert any("Peter Hagen, who" in one for one in said)


def test_who_is_named_and_says_nothing_is_told_so(ask):
    answer = ask("What did Ruben Oyelaran say?")
    assert not answer.answered
    assert answer.missing.silent == ("Ruben Oyelaran",)
    assert answer.nearest.quote == "The architect, Ruben Oyelaran, did not want to comment."


def test_a_role_is_quoted_and_an_unknown_one_is_not_told_to_be_silent(ask):
    assert quoted(ask("What did the council say?")) == [
        "Repairing the roof will cost £2.9m, the council said."
    ]
    assert ask("What did the judge say?").missing.silent == ()


def test_an_unknown_name_is_absent(ask):
    answer = ask("What did Carla Stodd say?")
    assert (answer.answered, answer.missing.absent) == (False, ("Carla Stodd",))


def test_words_without_a_verb_of_speaking_are_left_to_the_judge(library):
    text = "JD Vance followed suit by asserting that tools are needed. Critics claimed it was vain."
    library.ingest([Document(title="Vance", text=text)])
    answer = library.ask("What did JD Vance say?", thresholds=Thresholds(0.0, 0.0))
    assert quoted(answer) == ["JD Vance followed suit by asserting that tools are needed."]
    assert quoted(library.ask("What did critics say?")) == ["Critics claimed it was vain."]
    answer = library.ask("What did JD Vance say?", thresholds=Thresholds(1.0, 1.0))
    assert answer.missing.silent == ("JD Vance",)
