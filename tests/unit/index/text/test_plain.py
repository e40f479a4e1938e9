import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import sources
from index.text.normalise import plain
from tests.builders import document, open_library
from tests.properties import examples

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
def library(tmp_path):
    with open_library(tmp_path) as library:
        text = "The minister spoke of NATO on Friday. Others said nothing of it at all."
        library.ingest([document("Talks", text), document("Harbour")])
        yield library


@pytest.mark.parametrize("trick", TRICKS)
def test_questions_with_tricks_find_the_word(library, trick):
    straight, disguised = (
        library.ask(f"What did the minister say of {word}?", threshold=0.0)
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
        answer = library.ask("What did the minister say of NATO?", threshold=0.0)
        assert answer.citations[0].quote == "The minister spoke of NATO today."
        text = library.text(answer.citations[0].article.id)
        assert answer.citations[0].span.of(text) == answer.citations[0].quote
