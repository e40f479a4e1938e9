from bot import words
from bot.rendering import Tone, render
from bot.rendering.answers import FIELD_MIN
from index.model import PUBLIC, Answer, AnswerSentence, Article, Citation, Span

QUOTE = 'He called it "unrealistic" to return to the borders of 2014.'
UNREALISTIC = (Span(13, 27),)


def article(**changes):
    values = {
        "id": "a1", "space": PUBLIC, "version": "v", "title": "A *title*", "source": None,
        "published": None, "author": None, "language": "en", "origin": None,
        "added": "2025-01-01", "words": 10, "passages": 1,
    } | changes  # fmt: skip
    return Article(**values)


def answer(citation, *more, answered=True, closest=()):
    sentence = AnswerSentence(citation.quote, (citation.number,))
    sentences = (sentence,) if answered else ()
    return Answer("Why?", answered, sentences, (citation, *more), closest, 0.9)


def cite(source=None, published=None, quote=QUOTE, highlights=UNREALISTIC, number=1):
    about = article(source=source, published=published)
    return Citation(number, about, Span(0, len(quote)), quote, highlights)


def test_card():
    card = render(answer(cite("https://news.example/x(1)", "2025-02-14"))).card
    assert card.title == "Why?"
    assert card.tone is Tone.ANSWERED
    bold = 'He called it **"unrealistic"** to return to the borders of 2014.'
    assert card.description == f"{bold} [1]"
    (note,) = card.fields
    assert note.name == "[1]"
    assert note.value == (
        f"[A \\*title\\*](https://news.example/x%281%29) · <t:1739534400:D>\n> {bold}"
    )


def test_source_in_words_and_no_date():
    (note,) = render(answer(cite("The Daily @here"))).card.fields
    assert note.value.startswith("A \\*title\\* · The Daily \\@\u200bhere\n> ")


def test_quote_over_two_lines():
    (note,) = render(
        answer(cite(quote="One two.\n\nThree four.", highlights=(Span(4, 15),)))
    ).card.fields
    assert note.value.endswith("> One **two.**\n> **Three** four.")


def test_long_quote_shows_the_words_that_answer():
    quote = "filler " * 300 + "the answer is forty-two, said she, " + "filler " * 200
    start = quote.index("forty-two")
    (note,) = render(answer(cite(quote=quote, highlights=(Span(start, start + 9),)))).card.fields
    assert "> … filler" in note.value
    assert "**forty-two**" in note.value
    assert note.value.endswith("filler…")


def test_more_footnotes_than_fit_are_counted():
    long = "word " * 200
    many = [cite(quote=long, highlights=(), number=n) for n in range(1, 41)]
    card = render(answer(*many)).card
    assert 10 < len(card.fields) <= 25
    assert card.footer == words.more_footnotes(40 - len(card.fields))
    assert all(len(field.value) >= FIELD_MIN / 2 for field in card.fields)


def test_written_sentence_without_the_quotes_words_has_no_bold():
    given = Answer("q", True, (AnswerSentence("Other words.", (1, 9)),), (cite(),), (), 0.5)
    assert render(given).card.description == "Other words. [1][9]"


def test_refusal_names_the_closest():
    closest = (article(title="One", source="https://one.example/"), article(title="Two"))
    card = render(answer(cite(), answered=False, closest=closest)).card
    assert card.tone is Tone.REFUSED
    assert card.description.splitlines() == [
        words.REFUSED, "", words.CLOSEST, "- [One](https://one.example/)", "- Two",
    ]  # fmt: skip


def test_plain_words():
    content = render(answer(cite(published="2025-02-14")), cards=False).content
    assert content.splitlines()[1] == "[1] A \\*title\\* · <t:1739534400:D>"
