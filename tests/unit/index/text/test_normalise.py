import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import sources
from index.model import Thresholds
from index.text.normalise import MAX_COPIES, nearly_same, plain, same_words
from tests.builders import document, open_library
from tests.properties import examples

COPIES = 500
ADVERBS = "ably badly calmly daily early fairly gladly hardly idly justly".split()


@pytest.mark.parametrize(
    "other",
    [
        "The crew of the ferry voted for a strike in June.",
        "The crew of the ferry voted for a strike – in June!",
        "THE CREW OF THE FERRY VOTED FOR A STRIKE IN JUNE",
        "The crew of a ferry voted for the strike in June.",
        "A CREW OF A FERRY VOTED FOR A STRIKE IN JUNE.",
    ],
)
def test_the_same_words(other):
    assert same_words("The crew of the ferry voted for a strike in June.", other)
    assert same_words("It cost 1,200 euros.", "It cost 1200 euros.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The crew voted for a strike.", "The crew voted against a strike."),
        ("It closes in June.", "It closes in August."),
        ("The jury found him guilty.", "The jury found him not guilty."),
        ("Mayor Orth resigned.", "Mayor Roth resigned."),
        ("Orth accused Roth.", "Roth accused Orth."),
        ("Shares rose by 3.5 percent.", "Shares rose by 3.7 percent."),
        ("Shares rose by 3.5 percent.", "Shares fell by 3.5 percent."),
        ("Trains won't stop.", "Trains will stop."),
        ("He has hepatitis A.", "He has hepatitis."),
        ("It was –3 degrees.", "It was 3 degrees."),
    ],
)
def test_a_word_that_matters_makes_another_sentence(one, other):
    assert not same_words(one, other)


def test_nearly_the_same_text():
    assert nearly_same(
        "The pool will close in June, they say.", "The pool will close in July, they say."
    )
    assert not nearly_same("The ferry sails at noon from Orm.", "A boat to Orm leaves at dusk.")


def copy(n):
    adverb = f"{ADVERBS[n % 10]} and {ADVERBS[n // 10 % 10]} and {ADVERBS[n // 100]}"
    text = (
        "The ferry to Orm sails at noon, the harbour of the old town by the sea said. "
        f"Tickets for the ferry are sold {adverb} at the quay."
    )
    return document(f"Copy {n}", text)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    with open_library(tmp_path_factory.mktemp("crowded")) as library:
        library.ingest(map(copy, range(COPIES)))
        text = (
            "A boat to Orm leaves at dusk as well. It is slower than the ferry that sails at noon."
        )
        library.ingest([document("Timetable", text)])
        yield library


def test_copies_do_not_crowd_out_others(crowded):
    began = time.process_time()
    answer = crowded.ask("When does the ferry to Orm sail?", thresholds=Thresholds(0.0, 0.0))
    assert time.process_time() - began < 5
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
    began = time.process_time()
    answer = crowded.ask(question)
    assert time.process_time() - began < 5
    assert answer.question == question


TRICKS = [
    "N\u200bA\u200bT\u200bO",  # zero-width spaces
    "N\u200dA\u2060T\ufeffO",  # joiners, a byte order mark
    "NA\u00adTO",  # a soft hyphen
    "\u202dNATO\u202c",  # an override of direction
    "\u2066NA\u200fTO\u2069",
    "NAT\U000e0041\U000e007fO",  # tags
    "NA\U000e0101TO\u034f",  # a spare variation
    "ＮＡＴＯ",
    "𝐍𝐀𝐓𝐎",
    "𝒩𝔸𝖳𝙾",
    "ⓃⒶⓉⓄ",
    "🄽🄰🅃🄾",
    "N\u0410\u0422O",  # Cyrillic
    "\u039dAT\u039f",  # Greek
]


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_are_the_word(trick):
    assert plain(trick) == "NATO"


@pytest.mark.parametrize(
    "text",
    [
        "НАТО и Пентагон",
        "μm and Ω, the Greek Αθήνα, the Russian Москва",
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d🔬 🇳🇴 ❤\ufe0f",
        "½ cup, 5², naïve café, “quoted” …",
        "北约 ひらがな 한국어",
    ],
)
def test_what_others_write_stays(text):
    assert plain(text) == text


@examples(200)
@given(st.text(st.characters(), max_size=60))
def test_once_is_enough_and_no_direction_is_overridden(text):
    once = plain(text)
    assert plain(once) == once
    assert not [c for c in once if unicodedata.bidirectional(c) in ("LRO", "RLO", "LRE", "RLE")]


@pytest.fixture
def library(library):
    text = "The minister spoke of NATO on Friday. Others said nothing of it at all."
    library.ingest([document("Talks", text), document("Harbour")])
    return library


@pytest.mark.parametrize("trick", TRICKS)
def test_questions_with_tricks_find_the_word(library, trick):
    straight, disguised = (
        library.ask(f"What did the minister say of {word}?", thresholds=Thresholds(0.0, 0.0))
        for word in ("NATO", trick)
    )
    assert disguised.citations == straight.citations
    assert disguised.citations[0].article.title == "Talks"
    assert disguised.confidence == straight.confidence
    assert disguised.question.endswith(f"{trick}?"), "what was asked is shown as it was asked"
    assert disguised.rewritten is None
    hits = library.search(f"minister {trick}")
    assert [hit.bm25 for hit in hits] == [hit.bm25 for hit in library.search("minister NATO")]


@pytest.mark.parametrize("trick", TRICKS)
def test_articles_with_tricks_are_found_and_quoted_in_plain_letters(tmp_path, trick):
    article = sources.read_text("paste", f"Talks\n\nThe minister spoke of {trick} today.")
    assert article.text.endswith("spoke of NATO today.")
    with open_library(tmp_path) as library:
        library.ingest([article])
        answer = library.ask("What did the minister say of NATO?", thresholds=Thresholds(0.0, 0.0))
        assert answer.citations[0].quote == "The minister spoke of NATO today."
        text = library.text(answer.citations[0].article.id)
        assert answer.citations[0].span.of(text) == answer.citations[0].quote
