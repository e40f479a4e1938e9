import re
from dataclasses import replace

import pytest

from bot.cogs.ask import strings as ask_strings
from bot.cogs.ask.cards import FIELD_MIN, PASSAGE_MAX, passage_page, passages, render
from bot.discord.embeds import CONTENT_MAX, DESCRIPTION_MAX, Tone
from bot.discord.markdown import timestamp
from bot.discord.strings import NO_PUBLIC_ARTICLES
from bot.strings import PERHAPS, READ_AS
from bot.text import size
from index.model import AnswerSentence, Certainty, Form, Missing, Span
from tests.builders import answer, article, citation, hit, refusal
from tests.unit.bot.discord.assertions import texts_of

QUOTE = 'He called it "unrealistic" to return to the borders of 2014.'
UNREALISTIC = (Span(13, 27),)


def cite(source=None, published=None, quote=QUOTE, highlights=UNREALISTIC, **more):
    about = article(title="A *title*", source=source, published=published)
    return citation(quote, of=about, highlights=highlights, **more)


def test_card():
    card = render(answer(cite("https://news.example/x(1)", "2025-02-14"))).card
    assert card.title == "Why?"
    assert card.tone is Tone.ANSWERED
    bold = 'He called it **"unrealistic"** to return to the borders of 2014.'
    words = "He%20called%20it%20%22unrealistic%22%20to%20return%20to%20the%20borders%20of%202014."
    page = "https://news.example/x%281%29"
    assert card.description == f"{bold} [[1]]({page}#:~:text={words})"
    (note,) = card.fields
    assert note.name == "[1]"
    assert note.value == f"[A \\*title\\*]({page}) · <t:1739534400:D>"


def written(*citations, text="Other words.", **more):
    """An answer that is not in the words of its quotes."""
    numbers = tuple(one.number for one in citations)
    return answer(*citations, sentences=(AnswerSentence(text, numbers),), **more)


@pytest.mark.parametrize("cards", [True, False])
def test_a_sentence_is_not_printed_twice(cards):
    both = [
        cite(quote="He left. She stayed.", highlights=()),
        cite(quote="It rained.", highlights=(), number=2),
    ]
    sentences = ("He left.", 1), ("She stayed.", 1), ("It rained.", 2)
    told = tuple(AnswerSentence(text, (n,)) for text, n in sentences)
    payload = render(answer(*both, sentences=told), cards=cards)
    shown = "\n".join(texts_of(payload))
    assert [shown.count(text) for text, _ in sentences] == [1, 1, 1]
    assert "> " not in shown


@pytest.mark.parametrize("cards", [True, False])
def test_a_quote_that_is_not_all_in_the_answer_is_shown(cards):
    cut = answer(cite(quote="word " * 900, highlights=()))
    for given in (written(cite()), cut):
        assert "\n> " in "\n".join(texts_of(render(given, cards=cards)))


def test_marks_of_a_written_sentence_lead_to_the_words_of_their_quotes():
    links = cite("https://one.example/a", quote="Rain fell."), cite("The Post", number=2)
    text = render(written(*links)).card.description
    assert text == "Other words. [[1]](https://one.example/a#:~:text=Rain%20fell.)[2]"


def test_a_link_never_crowds_the_sentence_out():
    far = cite("https://one.example/" + "x" * 560, quote="word " * 160, highlights=())
    content = render(answer(far), cards=False).content
    assert content.startswith("word " * 150)


@pytest.mark.parametrize("cards", [True, False])
def test_who_is_meant_is_told_in_small_print(cards):
    """ "When's the strike vote?" was answered with two sentences as large as that with the date."""
    quote = "Ada Lind, the union's head, spoke. She wept. They vote on Monday, she said. She left."
    told = tuple(AnswerSentence(one, (1,)) for one in re.split(r"(?<=\.) ", quote))
    monday = Span(quote.index("Monday"), quote.index(", she said"))
    given = answer(cite(quote=quote, highlights=(monday,)), sentences=told)
    assert text_of(given, cards).startswith(
        "-# Ada Lind, the union's head, spoke.\n-# She wept.\n"
        "They vote on **Monday**, she said. [1] She left. [1]"
    )


def test_what_was_written_is_no_small_print():
    own = AnswerSentence("The head of the union calls it unfair.", (1,))
    given = answer(cite(), sentences=(own, AnswerSentence(QUOTE, (1,))))
    assert text_of(given, True).startswith("The head of the union calls it unfair. [1] He called")


COST = "The council said the bridge would cost {} to build."
NEW, OLD, OLDER = "2026-11-19", "2026-11-03", "2026-10-01"


def told(value, published, number=1, text=COST, source=None):
    quote = text.format(value)
    start = quote.index(value)
    about = article(str(number), source=source, published=published)
    return citation(quote, of=about, number=number, highlights=[Span(start, start + len(value))])


@pytest.mark.parametrize("cards", [True, False])
def test_what_earlier_articles_say_instead_follows_with_its_date(cards):
    given = answer(told("£41m", NEW), told("£38.4m", OLD, 2), told("£35m", OLDER, 3))
    first = text_of(given, cards).splitlines()[0]
    assert first == (
        f"The council said the bridge would cost **£41m** to build. ({timestamp(NEW)}) [1]; "
        f"earlier: **£38.4m** ({timestamp(OLD)}) [2]; **£35m** ({timestamp(OLDER)}) [3]"
    )


@pytest.mark.parametrize("cards", [True, False])
def test_of_one_day_the_time_tells_what_is_earlier(cards):
    new, old = f"{NEW}T18:00:00", f"{NEW}T08:00:00"
    first = text_of(answer(told("£41m", new), told("£38.4m", old, 2)), cards).splitlines()[0]
    assert first == (
        f"The council said the bridge would cost **£41m** to build. ({timestamp(new, at=True)})"
        f" [1]; earlier: **£38.4m** ({timestamp(old, at=True)}) [2]"
    )


def test_who_is_meant_in_an_earlier_sentence_is_left_to_its_quote():
    lead = "The council met on Monday."
    old = told("£38.4m", OLD, 2, text=f"{lead} It said that they would cost {{}}.")
    given = answer(told("£41m", NEW), old)
    new, before = given.sentences
    low = replace(before, text=before.text.removeprefix(f"{lead} "), earlier=True)
    given = replace(given, sentences=(new, replace(before, text=lead), low))
    card = render(given).card
    assert card.description.endswith(f"earlier: **£38.4m** ({timestamp(OLD)}) [2]")
    assert lead in card.fields[1].value


def test_another_value_in_other_words_follows_as_an_earlier_one():
    new = told("£41m", NEW, text="Rust was found. The bill was put at {} on Thursday.")
    given = answer(new, told("£38.4m", OLD, 2))
    first, second = given.sentences
    given = replace(given, sentences=(first, replace(second, earlier=True)))
    assert text_of(given, True).splitlines()[0] == (
        f"Rust was found. The bill was put at **£41m** on Thursday. ({timestamp(NEW)}) [1]; "
        f"earlier: **£38.4m** ({timestamp(OLD)}) [2]"
    )


def test_a_list_has_the_headlines_with_dates_and_each_quote_once():
    first, second = cite(published="2026-03-09"), cite(published="2026-03-01", number=2)
    listed = answer(first, second, form=Form.HEADLINES, note="Two of three:")
    card = render(listed).card
    assert card.title == "Why?"
    assert not card.fields
    head, one, quote, two, _ = card.description.split("\n")
    assert head == "Two of three:"
    assert one == "[1] A \\*title\\* · <t:1773057600:D>"
    assert quote.startswith("> He called")
    assert two.endswith("<t:1772366400:D>")
    assert render(listed, cards=False).content == card.description


def test_a_long_list_fits():
    long = [cite(quote="word " * 200, highlights=(), number=n) for n in range(1, 9)]
    for cards in (True, False):
        payload = render(answer(*long, form=Form.HEADLINES, note="N:"), cards=cards)
        text = payload.card.description if payload.card else payload.content
        assert text.count("A \\*title\\*") == 8
        assert size(text) <= (DESCRIPTION_MAX if cards else CONTENT_MAX)


def test_a_summary_is_headed_by_its_articles_title():
    card = render(answer(cite(), question="Summarise it", form=Form.SUMMARY)).card
    assert card.title == "A \\*title\\*"


def test_marks_of_earlier_values_are_links_too():
    given = answer(told("£41m", NEW), told("£38.4m", OLD, 2, source="https://one.example/a"))
    assert "[[2]](https://one.example/a#:~:text=The%20council" in text_of(given, True)


def test_words_that_turn_the_meaning_are_told_as_well():
    crew = "The crew of the ferry Lotta voted {} a strike, captain Eva Lind said."
    given = answer(told("against", NEW, text=crew), told("for", OLD, 2, text=crew))
    assert f"; earlier: **for** ({timestamp(OLD)}) [2]" in text_of(given, True)


@pytest.mark.parametrize(
    "other",
    [
        told("£38.4m", None, 2),
        told("£38.4m", NEW, 2),
        told("£38.4m", OLD, 2, text="Nobody knew where the {} for it came from, the mayor said."),
    ],
)
def test_what_is_not_earlier_or_another_sentence_stands_alone(other):
    shown = text_of(answer(told("£41m", NEW), other), True)
    assert "earlier" not in shown
    assert shown.endswith(" [2]")


def test_source_in_words_and_no_date():
    (note,) = render(written(cite("The Daily @here"))).card.fields
    assert note.value.startswith("A \\*title\\* · The Daily \\@\u200bhere\n> ")


def test_quote_over_two_lines():
    given = written(cite(quote="One two.\n\nThree four.", highlights=(Span(4, 15),)))
    (note,) = render(given).card.fields
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
    card = render(written(*many)).card
    assert 10 < len(card.fields) <= 25
    assert card.footer == ask_strings.more_footnotes(40 - len(card.fields))
    assert all(len(field.value) >= FIELD_MIN / 2 for field in card.fields)


def test_written_sentence_without_the_quotes_words_has_no_bold():
    given = answer(cite(), sentences=(AnswerSentence("Other words.", (1, 9)),))
    assert render(given).card.description == "Other words. [1][9]"


def test_a_rewritten_question_is_shown_in_small_print():
    for cards in (True, False):
        (first, second, *_) = text_of(answer(cite(), rewritten="Why, *Bildt*?"), cards).splitlines()
        assert first == "-# I understood this as: Why, \\*Bildt\\*?"
        assert second.startswith("He called it")


def test_a_quote_that_others_have_too():
    others = (
        article(title="Two", source="https://two.example/", published="2025-02-14"),
        article(title="Three"),
    )
    (note,) = render(answer(cite(also=others))).card.fields
    assert note.value.splitlines()[-1] == (
        "-# also in: [Two](https://two.example/) · <t:1739534400:D>; Three"
    )


def test_those_who_have_it_too_never_crowd_the_quote_out():
    long = article(title="Words " * 50, source="https://two.example/", published="2025-02-14")
    (note,) = render(
        written(cite(quote="word " * 300, highlights=(), also=(long,) * 9))
    ).card.fields
    _head, quote, also = note.value.splitlines()
    assert len(quote) > 500
    assert also.endswith("Words…](https://two.example/) · <t:1739534400:D>; and 8 more")
    many = [cite(quote="word " * 300, highlights=(), also=(long,), number=n) for n in range(1, 26)]
    for note in render(written(*many)).card.fields:
        assert len(note.value.splitlines()[1]) > FIELD_MIN / 3


def text_of(given, cards):
    payload = render(given, cards=cards)
    return payload.card.description if cards else payload.content


@pytest.mark.parametrize("cards", [True, False])
def test_refusal_quotes_the_nearest_sentence(cards):
    nearest = citation("*One* line.", of=article("1", "One", source="https://one.example/"))
    assert text_of(refusal(hit(), nearest=nearest), cards).splitlines() == [
        ask_strings.REFUSED,
        "",
        ask_strings.CLOSEST,
        "[One](https://one.example/)",
        r"> \*One\* line.",
    ]


@pytest.mark.parametrize("cards", [True, False])
def test_an_unsure_answer_says_so_above_its_sentence(cards):
    unsure = answer(cite(), certainty=Certainty.PERHAPS, rewritten="Who is Lind?")
    lines = text_of(unsure, cards).splitlines()
    assert lines[:2] == [f"-# {READ_AS}Who is Lind?", PERHAPS]
    assert PERHAPS not in text_of(answer(cite()), cards)
    assert render(unsure).card.tone is not render(answer(cite())).card.tone


@pytest.mark.parametrize("cards", [True, False])
def test_without_articles_it_says_how_to_add_some(cards):
    given = refusal(no_articles=True, missing=Missing(absent=("China",)))
    assert text_of(given, cards) == (
        "There are no articles yet. Members allowed to index can add some with `/index`."
    )


@pytest.mark.parametrize("cards", [True, False])
def test_direct_messages_say_what_is_searched_there(cards):
    def shown(given):
        payload = render(given, cards=cards, direct=True)
        return payload.card.description if payload.card else payload.content

    assert f"-# {ask_strings.IN_DIRECT}" in shown(refusal(hit(), nearest=citation()))
    assert shown(refusal(no_articles=True)) == NO_PUBLIC_ARTICLES
    for form in (Form.HEADLINES, Form.FACTS):
        assert f"-# {ask_strings.IN_DIRECT}" in shown(answer(cite(), form=form))
    assert ask_strings.IN_DIRECT not in shown(answer(cite()))


def test_refusal_is_amber_and_has_no_footnotes():
    card = render(refusal(hit())).card
    assert (card.tone, card.title, card.fields) == (Tone.FAILED, "Why?", ())


@pytest.mark.parametrize("cards", [True, False])
@pytest.mark.parametrize(
    ("missing", "told"),
    [
        (
            Missing(("Hegseth",), ("China",)),
            "These articles mention Hegseth, but I found nothing about China in them.",
        ),
        (Missing((), ("China",)), "I found nothing about China in these articles."),
        (
            Missing(silent=("Lind", "Brandt")),
            "These articles mention Lind and Brandt, but I didn't find anything they said.",
        ),
        (
            Missing(("*a*", "b"), ("c", "d", "e")),
            r"These articles mention \*a\* and b, but I found nothing about c, d or e in them.",
        ),
    ],
)
def test_refusal_tells_what_is_missing(cards, missing, told):
    given = refusal(hit(), missing=missing, rewritten="What did Hegseth say?")
    assert text_of(given, cards).splitlines()[:3] == [
        ask_strings.REFUSED, told, "-# I understood this as: What did Hegseth say?",
    ]  # fmt: skip


def test_refusal_without_anything_near():
    for missing in (Missing(), Missing(mentioned=("Hegseth",))):
        assert text_of(refusal(missing=missing), True) == ask_strings.REFUSED


@pytest.mark.parametrize("cards", [True, False])
def test_refusal_of_what_no_article_is_about_suggests_questions(cards):
    given = refusal(hit(), suggested=("What did Lind say?", "What is “A *title*” about?"))
    assert text_of(given, cards).splitlines() == [
        ask_strings.REFUSED,
        "",
        "You could ask:",
        "- What did Lind say?",
        r"- What is “A \*title\*” about?",
    ]


def test_long_refusal_in_plain_words_fits():
    long = Missing(("word " * 200,), ("word " * 200,))
    about = {"title": "title " * 200, "source": "https://one.example/" + "x" * 80}
    nearest = citation("word " * 500, of=article("1", **about))
    content = text_of(refusal(nearest=nearest, missing=long, rewritten="word " * 200), False)
    assert size(content) <= CONTENT_MAX
    assert content.count("](https://one.example/") == 1
    assert content.count("> word") == 1


def test_plain_words():
    content = render(answer(cite(published="2025-02-14")), cards=False).content
    assert content.splitlines()[1] == "[1] A \\*title\\* · <t:1739534400:D>"


def test_a_title_of_unseen_characters_is_shown_as_unknown():
    cited = citation("", of=article(title="\x12\x80"))
    card = render(answer(cited)).card
    assert card.fields[0].value.startswith("?")


def test_a_remark_is_small_print_under_the_answer():
    remark = "Written by *a* model,\nchecked."
    card = render(answer(cite()), remark=remark).card
    assert card.description.splitlines()[-1] == r"-# Written by \*a\* model, checked."
    assert "-# Written by" in render(answer(cite()), cards=False, remark=remark).content
    assert render(answer(cite()), remark="") == render(answer(cite()))


BEFORE, LONG_QUOTE, AFTER = "It was cold. ", "He left - at last, on Monday.", " Snow fell."
TEXT = BEFORE + LONG_QUOTE + AFTER
START = 1_000
"""Where the passage stands in its article."""
QUOTED_AT = START + len(BEFORE)


def winter(id="a1", **changes):
    return article(id, **({"title": "Winter", "source": "https://news.example/w"} | changes))


def passage(text=TEXT, start=START, **about):
    return hit(text, of=winter(**about), start=start)


def quote(number=1, text=LONG_QUOTE, start=QUOTED_AT, also=(), **about):
    return citation(text, number=number, of=winter(**about), start=start, also=also)


def found(hits, cited=()):
    return answer(*cited, hits=tuple(hits), question="When?")


def test_the_quoted_sentence_is_marked_in_its_surroundings():
    card = passage_page(found([passage()], [quote()]), 0).card
    assert card.title == "Passage 1 of 1"
    assert card.tone is Tone.NEUTRAL
    assert card.description.splitlines() == [
        "[Winter](https://news.example/w#:~:text=He%20left%20%2D%20at%20last%2C%20on%20Monday.)",
        "> It was cold. **He left - at last, on Monday.** Snow fell.",
        f"-# {ask_strings.QUOTED}[1]",
    ]


def test_quoted_passages_come_first_in_the_order_of_their_footnotes():
    other = passage("Rain fell. She stayed. ", id="a2")
    second = quote(2, "She stayed.", START + len("Rain fell. "), id="a2")
    shown = passages(found([passage("Unquoted.", id="a3"), other, passage()], [quote(), second]))
    assert [one.article.id for one in shown] == ["a1", "a2", "a3"]
    assert [one.numbers for one in shown] == [(1,), (2,), ()]


def test_another_version_or_article_is_not_marked_but_the_same_words_are():
    twin = winter(id="a2")
    given = [quote(also=(twin,))]
    own, same, old = passages(
        found([passage(), passage(version="w"), passage(f"Indeed: {TEXT}", id="a2")], given)
    )
    assert own.quoted == (Span(13, 42),)
    assert same.article.id == "a2"
    assert same.quoted[0].of(same.text) == LONG_QUOTE
    assert old.quoted == ()


def test_a_quote_that_runs_over_two_passages_is_marked_in_both():
    ending = passage(BEFORE, START)
    going_on = passage(LONG_QUOTE, QUOTED_AT)
    both = quote(text="cold. He left", start=START + 7)
    first, second = passages(found([ending, going_on], [both]))
    assert first.quoted[0].of(first.text) == "cold. "
    assert second.quoted[0].of(second.text) == "He left"


def test_a_summary_has_its_quotes_as_passages():
    (shown,) = passages(found([], [quote()]))
    assert (shown.text, shown.quoted) == (LONG_QUOTE, (Span(0, 29),))


def test_a_passage_that_was_only_near_leads_to_its_start_and_end():
    card = passage_page(found([passage("One two. " * 20)]), 0).card
    link = "#:~:text=One%20two.%20One%20two.%20One%20two.,One%20two.%20One%20two.%20One%20two."
    assert f"https://news.example/w{link})" in card.description
    assert "**" not in card.description
    assert card.description.endswith(f"-# {ask_strings.NEAR}")


@pytest.mark.parametrize("source", [None, "The Daily", "notes.txt"])
def test_a_source_that_is_no_link_is_named(source):
    first = passage_page(found([passage(source=source)]), 0).card.description.splitlines()[0]
    assert first == f"Winter · {source}" if source else first == "Winter"


def test_a_long_passage_is_cut_around_the_marked_words():
    text = "filler " * 600 + LONG_QUOTE
    given = quote(start=START + len("filler " * 600))
    card = passage_page(found([passage(text)], [given]), 0).card
    assert "**He left - at last, on Monday.**" in card.description
    assert size(card.description) < PASSAGE_MAX + 300


def test_nothing_to_show():
    assert passages(found([])) == ()
    assert passage_page(found([]), 0).content == ask_strings.NO_PASSAGES
