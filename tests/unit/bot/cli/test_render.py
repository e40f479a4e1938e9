"""What of an answer and of a refusal is shown beside the quotes; the rest is in test_ask.py."""

from dataclasses import replace

from rich.console import Console

from bot.cli import json_output, render
from index.model import AnswerSentence, Certainty, Document, Form, Missing, Span
from tests.builders import answer, citation, hit, refusal
from tests.unit.bot.cli.fake_library import FakeLibrary

LONG = "It rained " * 40

library = FakeLibrary(
    Document("One", "It rained.", source="https://one.example/", published="2025-02-14T09:30"),
    *(Document(title, "It rained.") for title in ("Two\x1b[2J", "Three", "Four", "Five")),
)
ONE, TWO, *OTHERS = library.list()


def answered(also=(), rewritten=None):
    return answer(citation(of=ONE, also=also), rewritten=rewritten)


def shown(given):
    console = Console(width=60, color_system=None)
    with console.capture() as capture:
        render.show(console, render.answer(given))
    return capture.get().splitlines()


def test_a_rewritten_question_is_shown_first():
    assert shown(answered(rewritten="Why,\x1b[2J\nBildt?"))[:2] == [
        "I understood this as: Why,[2J Bildt?",
        "It rained. [1]",
    ]


def test_who_is_meant_has_no_mark_of_its_own():
    cited = citation("Ada Lind spoke. She left on Monday.", of=ONE, highlights=[Span(28, 34)])
    sentences = [AnswerSentence(text, (1,)) for text in ("Ada Lind spoke.", "She left on Monday.")]
    given = answer(cited, sentences=tuple(sentences))
    assert shown(given)[0] == "Ada Lind spoke. She left on Monday. [1]"


def test_an_earlier_value_is_told_as_such():
    given = answer(citation(of=ONE), citation("It snowed.", of=TWO, number=2))
    first, second = given.sentences
    given = replace(given, sentences=(first, replace(second, earlier=True)))
    assert shown(given)[0] == "It rained. [1] Earlier: It snowed. [2]"
    given = answer(citation(of=TWO), citation("It snowed.", of=ONE, number=2))
    first, second = given.sentences
    given = replace(given, sentences=(first, replace(second, earlier=True)))
    assert shown(given)[0] == "It rained. [1] Earlier (2025-02-14): It snowed. [2]"


def test_a_list_has_each_quote_once():
    given = answer(citation(of=ONE), citation(of=TWO, number=2), form=Form.HEADLINES, note="Two:")
    assert shown(given) == [
        "Two:", "", "[1] One", "    2025-02-14 · https://one.example/", "    “It rained.”",
        "", "[2] Two[2J", "    “It rained.”",
    ]  # fmt: skip


def test_further_sources_of_a_quote_are_one_line():
    assert shown(answered(also=(TWO, ONE)))[-1] == "    also in: Two[2J; One · 2025-02-14"
    assert shown(answered(also=(TWO, *OTHERS)))[-1] == (
        "    also in: Two[2J; Three; Four; and 1 more"
    )


def test_a_refusal_tells_what_is_missing_before_what_is_near():
    missing = Missing(("Hegseth\n", "NATO"), ("China",))
    nearest = citation(LONG, of=TWO)
    given = refusal(hit(of=ONE), nearest=nearest, missing=missing, rewritten="Why, Bildt?")
    assert shown(given) == [
        "I couldn't find that in the articles.",
        "These articles mention Hegseth and NATO, but I found nothing about China in them.",
        "I understood this as: Why, Bildt?",
        "Closest:",
        "  Two[2J",
        f"    “{'It rained ' * 29}It rained…”",
    ]


def test_an_unsure_answer_says_so_first():
    given = answer(citation(of=ONE), certainty=Certainty.PERHAPS)
    assert shown(given)[:2] == ["I'm not sure, but this may answer it:", "It rained. [1]"]


def test_a_refusal_of_what_no_article_is_about_suggests_questions():
    assert shown(refusal(suggested=("What did Lind say?",))) == [
        "I couldn't find that in the articles.",
        "You could ask:",
        "  What did Lind say?",
    ]


def test_a_refusal_without_anything_near_or_missing():
    assert shown(refusal()) == ["I couldn't find that in the articles."]
    assert shown(refusal(missing=Missing((), ("China",)))) == [
        "I couldn't find that in the articles.",
        "I found nothing about China in these articles.",
    ]


def test_a_heading_is_set_off_from_the_sentence_below_it():
    text = "Ferry times\n\nThe ferry sails at noon.\nIt is late.\n\n- old ferry\n- new ferry"
    line = "Ferry times · The ferry sails at noon. It is late. - old ferry · - new ferry"
    assert [line.text.plain for line in render.hits([hit(text, of=ONE)])][-1] == line


def test_the_json_has_it_all():
    given = json_output.answer(answered(also=(ONE,), rewritten="Why, Bildt?"))
    assert given["understood"] == "Why, Bildt?"
    assert given["citations"][0]["also"] == [
        {
            "article_id": "public-one",
            "title": "One",
            "source": "https://one.example/",
            "published": "2025-02-14T09:30",
        }
    ]
    refused = json_output.answer(refusal(missing=Missing(("Hegseth",), ("China",))))
    assert refused["missing"] == {"mentioned": ["Hegseth"], "absent": ["China"], "silent": []}
