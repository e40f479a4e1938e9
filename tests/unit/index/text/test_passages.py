"""Sentences and passages: offsets are exact, nothing is lost, nothing is said twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import Passage, Span
from index.text.passages import passages, searchable
from index.text.sentences import count_words, is_hard_wrapped, sentences
from tests.builders import SEED, SEED_TITLE, document
from tests.properties import examples

# Texts of news that are hard to split, each as its sentences. TUNED was at hand when the rules
# were written, HELD_OUT was not.
TUNED = [
    [
        "The U.S. Army said on Monday that it would withdraw.",
        "Officials in the U.S. declined to comment.",
    ],
    ["He moved to the U.S. in 1998.", "She stayed behind."],
    ["The talks will be held in the U.S.", "Ministers from 12 countries will attend."],
    ["Gen. Mark Milley testified on Tuesday.", "Lt. Gen. Ben Hodges disagreed."],
    ["Sen. Lindsey Graham, R-S.C., called it a mistake.", "Rep. Adam Schiff, D-Calif., did not."],
    ["The law takes effect on Jan. 5 in most states.", "In Feb. 2024 it was struck down."],
    ["The deal closed on Sept. 30.", "Shares rose 4.5 percent."],
    ["J.K. Rowling and George R.R. Martin signed the letter.", "So did J. D. Vance."],
    ["John F. Kennedy was mentioned.", "So was Harry S. Truman."],
    ["“We will not yield.”", "The minister then left the room."],
    ['"We will not yield," he said.', '"Never."', "She nodded."],
    ["“Is this the end?” asked the senator.", "Nobody answered."],
    ['"Stop!" she shouted.', "He did not stop."],
    ["“It was unrealistic.” he told reporters in Brussels.", "Allies were stunned."],
    ["He called the plan “a capitulation.”", "Critics agreed."],
    ['He called the plan "a capitulation."', "Critics agreed."],
    ["He called it “naive.”", "“It is worse than that,” she replied."],
    ["“What are we waiting for?”", "The crowd roared."],
    ['Was it a "just and lasting peace?"', "Few thought so."],
    ["We waited… and waited.", "Nothing came."],
    ["We waited…", "The train never came."],
    ["“I don't know...” he said.", "Then he hung up."],
    ["He trailed off...", "The room was silent."],
    ["Prices rose by 3.2 percent to $4.50 a gallon.", "That is up from $4.10."],
    ["Officials at No. 10 declined to comment.", "No. 11 was silent, too."],
    ["He lives at No. 10.", "She lives next door."],
    ["Dr. Anthony Fauci and Mrs. Jane Doe met Prof. Smith.", "They spoke for an hour."],
    ["Apple Inc. reported record sales.", "Microsoft Corp. did as well."],
    ["She works for Apple Inc.", "He works for a bank."],
    ["Donald Trump Jr. spoke first.", "Martin Luther King Jr. was quoted."],
    ["The meeting starts at 8 a.m. on Friday.", "It ends at 5 p.m. local time."],
    ["The polls close at 8 p.m.", "Results are expected by midnight."],
    ["The case, Roe v. Wade, was overturned.", "The ruling came in 2022."],
    ["Exports (oil, gas, etc.) fell sharply.", "Imports rose."],
    ["Several allies, e.g. Poland and Estonia, objected.", "Others, i.e. Hungary, did not."],
    ["The storm hit St. Louis and Ft. Worth.", "Mt. Rainier was spared."],
    ["He lives on 5th Ave. in New York.", "His office is on Wall St. near the exchange."],
    ["Ukraine wants to join NATO.", "Russia objects.", "“Why now?”", "No one knows."],
    ["Mr. Biden met Ms. Harris at the White House.", "Gov. Gavin Newsom was there."],
    [
        "Adm. John Kirby said no.",
        "Col. Smith, Maj. Jones and Sgt. Brown said yes.",
        "Capt. Lee abstained.",
    ],
    ["“He is wrong,” Lt. Col. Alexander Vindman said.", "“Completely wrong.”"],
    ["The E.U. and the U.N. issued statements.", "The U.K. did not."],
    ["The plan was drawn up in the U.K.", "It was leaked on Monday."],
    ["Yahoo! Inc. was sold to Verizon.", "The price was $4.8 billion."],
    ["Read more at example.com or bbc.co.uk.", "The site is free."],
    ["Version 2.0 shipped on 14.02.2025.", "It failed."],
    ["(The White House did not respond.)", "The Pentagon did."],
    ["He said so (see Fig. 3).", "She disagreed."],
    ["“I said, ‘No.’”", "The judge laughed."],
    ["“Did he say ‘no?’” she asked.", "“He did.”"],
    ["The suspect, 34, was held without bail.", "His lawyer, A. Jones, appealed."],
    ["Who won?", "Who lost?!", "And why?"],
    ["iPhone sales rose.", "Mac sales fell."],
    ["Sales fell 3%.", "“That hurts,” eBay said."],
    ["About 50 people died.", "1,200 were hurt.", "30 are missing."],
    ["The price was $1.", "Then it was $2."],
    ["In a statement, the company said: “We regret this.”", "It gave no details."],
    ['"We are ready." said Gen. Smith.', '"Are you?" asked the Rev. Jones.'],
    ["Former Pres. Barack Obama spoke.", "Vice Pres. Kamala Harris listened."],
    ["He beat Kansas 70-62 vs. Duke's 80.", "Duke lost."],
    [
        "The bill passed 51-49.",
        "Sens. Murkowski and Collins voted no.",
        "Reps. Smith and Jones cheered.",
    ],
    ["They met on Mon. and Tues. last week.", "No deal was struck."],
    ["It cost approx. 5 million euros.", "Est. losses were higher."],
    ["In Washington, D.C., crowds gathered.", "The mayor of Washington, D.C. spoke."],
    ["He was born in Washington, D.C.", "His mother was a teacher."],
    ["“Never again.”", "That was the message."],
    ["“We won’t go,” said Jones.", "“We can’t.”"],
    ["Brig. Gen. Pat Ryder briefed reporters.", "“There is no change,” he said."],
    ["Asst. Sec. Daniel Fried resigned.", "Amb. Nikki Haley did too."],
]

HELD_OUT = [
    ["The Rev. Al Sharpton and the Hon. James Boasberg attended.", "Neither spoke."],
    ["Oil fell to $71.20 a barrel.", "Brent, the global benchmark, was at $74.", "Gas was flat."],
    ["“It’s over!” cried Mr. Lee.", "“No, it isn’t,” Mrs. Lee replied."],
    ["The FBI raided 1600 Main St. on Friday.", "Agents left at 6 p.m.", "They took boxes."],
    [
        "Secretary of State Antony J. Blinken landed in Tel Aviv.",
        "Prime Minister B. Netanyahu met him.",
    ],
    ["“Why did we do it?” Sen. Chris Murphy asked.", "“Because we had to.”"],
    [
        "The vote was 5-4.",
        "Justice Samuel A. Alito Jr. wrote the opinion.",
        "Justice Kagan dissented.",
    ],
    ["He cited Art. 5 of the treaty.", "Sec. 230 was not at issue."],
    ["“We will fight …” he began.", "Then the line went dead."],
    ["She said: “I’m tired. I’m going home.”", "And she went."],
    ["Inflation hit 3.1% in Nov. and 3.4% in Dec. last year.", "Wages lagged."],
    ["The company, Smith & Sons Ltd. of London, collapsed.", "Its debts total £2.3bn."],
    ["Is it legal?", "“Yes,” says Prof. Dr. Angela Weber.", "“But it is unwise.”"],
    ["The ship, the U.S.S. Cole, was hit.", "Seventeen sailors died."],
    ["Pvt. James Ryan was found.", "Cpl. Upham was not."],
    ["He called it “a disaster.”", "President Joe Biden said otherwise."],
    ["The S.E.C. sued.", "Mr. Musk’s lawyers, Quinn Emanuel et al., moved to dismiss."],
    ["Temperatures reached 104.5 F. in Phoenix.", "Records fell."],
    ["“Peace?” he laughed.", "“Not in our time.”"],
    ["(Reporting by Jane Roe in Kyiv; editing by John Doe.)", "The story was updated."],
    ["He was told to leave ... and he did.", "No one followed."],
    ["The E.P.A. and F.D.A. declined to comment.", "A spokesman for N.I.H. did not reply."],
    ["Turnout was approx. 61 percent.", "That beat 2020’s."],
    ["Police Supt. Larry Snelling and Det. Anna Cruz testified.", "Lt. Gov. Dan Patrick watched."],
    ["“I did not say that,” Trump said.", "“I said the opposite.”"],
]


def split(text: str, *, title: str = "", language: str = "en") -> list[str]:
    return [span.of(text) for span in sentences(text, title=title, language=language)]


def pack(text: str, max_words: int = 110) -> list[Passage]:
    return passages(text, sentences(text, title="", language="en"), max_words=max_words)


def words_in(text: str, found: Sequence[Passage]) -> list[int]:
    return [sum(count_words(s.of(text)) for s in passage.sentences) for passage in found]


def numbered(*lengths: int) -> str:
    """Sentences of so many words each, all different."""
    return " ".join(
        " ".join([f"S{n}", *["word"] * (length - 2), "end."]) for n, length in enumerate(lengths)
    )


def f1(gold: Sequence[Sequence[str]]) -> float:
    """F1 of the sentences found, over all texts."""
    right = expected = found = 0
    for sentences_wanted in gold:
        got = split(" ".join(sentences_wanted))
        right += len(set(got) & set(sentences_wanted))
        expected += len(sentences_wanted)
        found += len(got)
    return 2 * right / (expected + found)


def test_tricky_news_is_split_as_measured():
    # One text is left: "in the U.S. Ministers met" cannot be told from "in the U.S. Army".
    assert f1(TUNED) >= 0.98


def test_tricky_news_that_no_rule_was_written_for_is_split_as_measured():
    assert f1(HELD_OUT) >= 0.98


@pytest.mark.parametrize(
    "text",
    [
        "“Are you sure?” Smith asked.",
        "“Is it over?” President Trump asked on Monday.",
        "“It was unrealistic.” he told reporters.",
        "Gen. (Ret.) Mark Hertling spoke.",
        "Cllr. Jo Hill and Dist. Atty. Ann Roe met approx. 40 people.",
        "In the U.S. Congress, nobody moved.",
        "Sales of iPhones fell in Jan. and Feb. alike.",
    ],
)
def test_one_sentence_stays_one(text: str):
    assert split(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The council meets at 7 p.m. Tuesday in the old fish hall.",
        "The ferry left at 10:30 p.m. Aug. 9 with 41 people.",
        "Doors open at 7 a.m. EST on Friday.",
        "It begins at 6 p.m. Eastern Time.",
        "They met at 3 p.m. GMT (4 p.m. CET) in Orm.",
        "It closes at 9 p.m. April 4 for good.",
        "The shop shuts at 5 p.m. Sundays.",
        "The game starts at 7 p.m. ET Saturday on Fox.",
        "They left at 1 p.m. Kyiv time on foot.",
        "It shut at 4 p.m. New York time.",
        "It shuts at 4 p.m. Christmas Eve.",
        "At 9 a.m. 12 people came.",
        "Shortly before 9:30 a.m. Ada Kern left.",
    ],
)
def test_an_hour_goes_on_with_its_day_or_zone(text):
    assert split(text) == [text]


def test_an_hour_may_end_a_sentence():
    for following in (
        "Police came.",
        "Monday's meeting is off.",
        "Monday is a holiday.",
        '"It was cold," she said.',
        "“Too late,” he said.",
    ):
        assert split(f"It ended at 11 p.m. {following}") == ["It ended at 11 p.m.", following]


@pytest.mark.parametrize(("opening", "closing"), ['""', "“”", "„“", "””", "»«"])
def test_an_opening_quotation_mark_belongs_to_what_follows(opening, closing):
    one = f"{opening}Heads must roll,{closing} Holt said on Monday."
    other = f"{opening}The prison must give answers."
    assert split(f"{one} {other} It was late.") == [one, other, "It was late."]


def test_a_mark_for_inches_turns_no_quotation_around():
    found = ["The board is 5'11\" wide.", '"It fits," he said.', '"We like it."', "They left."]
    assert split(" ".join(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "Lund said: “I never did. I said ‘maybe.’ It is different.”",
        "Lund said: \"I never did. I said 'maybe.' It is different.\"",
        "“It is safe.” – Ada Kern, mayor.",
    ],
)
def test_a_quotation_of_several_sentences_is_not_cut(text: str):
    assert split(f"It was late. {text} Then he left.") == ["It was late.", text, "Then he left."]


def test_brackets_after_a_quotation_are_a_sentence():
    found = ['Kern said: "We will."', "(She has said so before.)", "The roof leaks."]
    assert split(" ".join(found)) == found


def test_a_closing_quotation_mark_stays():
    assert split('He said: " We will go. " Then he left.') == [
        'He said: " We will go. "',
        "Then he left.",
    ]


def test_posts_without_capitals_are_split():
    assert split("he left. she stayed! why? no idea.") == [
        "he left.",
        "she stayed!",
        "why?",
        "no idea.",
    ]


def test_other_languages_are_split():
    assert split("今天天气很好。我们去公园。", language="zh") == ["今天天气很好。", "我们去公园。"]
    assert split("彼は「行く。」と言った。次の文。", language="ja") == [
        "彼は「行く。」と言った。",
        "次の文。",
    ]
    assert split("Er kam am 5. Januar. Sie ging.", language="de") == [
        "Er kam am 5. Januar.",
        "Sie ging.",
    ]
    assert split("One here. Two here.", language="xx") == ["One here.", "Two here."]


def test_offsets_count_characters_not_bytes():
    text = "😀 Café naïve. “Ça va?” e\u0301 done. Last one."
    assert [text[s.start : s.end] for s in sentences(text, title="", language="en")][-1] == (
        "Last one."
    )


def test_lines_that_are_the_title_are_left_out():
    text = "The Title of It\nHe left. She stayed.\n\nthe  title of it\nDone."
    assert split(text, title="The title of it") == ["He left.", "She stayed.", "Done."]


def test_a_sentence_that_is_the_title_stays_within_its_paragraph():
    assert split("He left. She stayed.", title="He left.") == ["He left.", "She stayed."]


def test_a_text_that_is_only_its_title_keeps_it():
    assert split("He left.", title="He left.") == ["He left."]


def test_a_repeated_sentence_is_given_once():
    assert split("He left. HE  LEFT. She stayed.\n\nHe left.") == ["He left.", "She stayed."]


def test_separators_are_no_sentences():
    assert split("One.\n\n* * *\n\n———\nTwo.") == ["One.", "Two."]
    assert split("") == split(" \n ") == split("...") == []


def test_headings_and_list_items_are_sentences_of_their_own():
    text = "He spoke first.\nWhat comes next\nTalks go on.\n- first item\n- second item"
    assert split(text) == [
        "He spoke first.", "What comes next", "Talks go on.", "- first item", "- second item"
    ]  # fmt: skip


WRAPPED = """\
The foreign ministers of the seven countries met in Brussels
on Thursday and agreed, after eleven hours, that the talks on
the treaty would go on. None of them would say how long this
was going to take or what would follow if the talks failed.

A second paragraph starts here and is wrapped to fit as well,
which it does."""


def test_lines_wrapped_to_a_width_are_joined():
    assert is_hard_wrapped(WRAPPED.split("\n"))
    assert [s.replace("\n", " ").split()[0] for s in split(WRAPPED)] == ["The", "None", "A"]


def test_lines_of_similar_length_that_end_sentences_are_not_joined():
    lines = [f"Heading number {n} is about as long as all of the others here" for n in "abcdef"]
    assert split("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("one two-three, four", 3),
        ("今天天气很好", 6),
        ("今天 is fine", 4),
        ("สวัสดีครับ", 3),
        ("한국어 문장", 2),
        ("x" * 100, 3),
        ("", 0),
    ],
)
def test_words_are_counted_in_any_script(text: str, words: int):
    assert count_words(text) == words


def test_passages_have_about_the_words_wished_for():
    text = numbered(*[22] * 50)
    assert words_in(text, pack(text)) == [110] * 10


def test_few_words_left_over_join_a_full_passage():
    text = numbered(50, 60, 8)
    assert words_in(text, pack(text)) == [118]


def test_many_words_left_over_stand_alone():
    text = numbered(50, 60, 50)
    assert len(pack(text)) == 2


def test_the_last_passage_is_not_a_stub():
    text = numbered(*[20] * 12)
    assert min(words_in(text, pack(text))) >= 100


def test_a_long_sentence_is_its_own_passage():
    text = numbered(100, 200, 100)
    assert words_in(text, pack(text)) == [100, 200, 100]


def test_a_text_without_sentence_ends_is_cut_between_words():
    text = " ".join(f"w{n}" for n in range(1000))
    found = pack(text)
    assert max(words_in(text, found)) <= 220
    assert min(words_in(text, found)) >= 90
    assert " ".join(s.of(text) for p in found for s in p.sentences) == text


def test_a_chinese_paragraph_is_not_one_word():
    text = "".join(f"第{n}天天气很好我们去公园。" for n in range(100))
    assert max(words_in(text, pack(text))) <= 220


def test_passages_prefer_to_end_with_a_paragraph():
    paragraph = numbered(25, 25, 25, 25)
    text = f"{paragraph}\n\n{numbered(*[26] * 4).replace('S', 'T')}"
    assert [p.span.of(text).split()[0] for p in pack(text)] == ["S0", "T0"]


def test_words_left_out_are_not_spanned():
    text = f"{numbered(60)}\n\nThe Title\n\n{numbered(59, 51).replace('S', 'T')}"
    spans = sentences(text, title="The Title", language="en")
    assert all("The Title" not in p.span.of(text) for p in passages(text, spans))


def test_no_sentences_make_no_passages():
    assert passages("", []) == []


def test_the_seed_article_is_segmented_without_title_or_repeats():
    text = SEED.read_text(encoding="utf-8").strip()
    found = split(text, title=SEED_TITLE)
    assert SEED_TITLE not in found
    assert len({s.casefold() for s in found}) == len(found) == 20
    assert all(s in text and s[-1] in '."' for s in found)
    assert any("dismissing its aspirations for NATO membership" in s for s in found)


ARTICLES = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            [
                "\n",
                "\n\n",
                " ",
                "He left. ",
                "“No.” ",
                "U.S. ",
                "Gen. ",
                "…",
                "* * *",
                "今天。",
                "😀 ",
                "A title",
            ]
        ),
        st.integers(1, 400).map(lambda n: "word " * n),
    ),
    max_size=25,
).map("".join)


@examples(60)
@given(ARTICLES, st.sampled_from(["en", "zh", "de", "xx"]))
def test_sentences_are_trimmed_ordered_disjoint_and_complete(text: str, language: str):
    spans = sentences(text, title="A title", language=language)
    kept = {" ".join(span.of(text).casefold().split()) for span in spans}
    assert len(kept) == len(spans)
    assert all(0 <= a.start < a.end <= b.start for a, b in pairwise([*spans, Span(len(text), 0)]))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    rest = [text[a.end : b.start] for a, b in pairwise([Span(0, 0), *spans, Span(len(text), 0)])]
    for left_out in rest:
        assert_deliberately_left_out(left_out, kept | {"a title"}, language)


def assert_deliberately_left_out(left_out: str, known: set[str], language: str) -> None:
    """Only the title, sentences that are kept elsewhere, and what has no letter or digit."""
    # Alone it may be cut at other marks than in the text, so words are compared without any.
    there = [_words(one) for one in known]
    for sentence in split(left_out, language=language):
        assert any(_words(sentence) in one for one in there)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def test_what_is_left_out_may_be_cut_otherwise_alone():
    text = ":0 000:.:0 000:. !¹"
    assert [span.of(text) for span in sentences(text, title="", language="en")] == [":0 000:.", "¹"]


@examples(60)
@given(ARTICLES, st.integers(5, 120))
def test_passages_cover_all_sentences_in_order(text: str, max_words: int):
    spans = sentences(text, title="", language="en")
    found = passages(text, spans, max_words=max_words)
    assert [p.n for p in found] == list(range(len(found)))
    assert max(words_in(text, found), default=0) <= 2 * max_words
    pieces = [piece for p in found for piece in p.sentences]
    assert all(a.end <= b.start for a, b in pairwise(pieces))
    assert all(p.span == Span(p.sentences[0].start, p.sentences[-1].end) for p in found)
    assert "".join("".join(s.of(text) for s in pieces).split()) == (
        "".join("".join(s.of(text) for s in spans).split())
    )


def test_hostile_text_takes_no_time_to_speak_of():
    for text in (
        '("[“' * 5_000,
        "A.B." * 10_000,
        "(a " * 10_000,
        "A.B.C." * 10_000 + "\nx\ny",
        '…"' * 10_000,
        "\n \n" * 20_000,
    ):
        assert pack(text + "x")


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
