from types import SimpleNamespace

import pytest

from index.answers.offices import read_offices, with_holder
from index.search.bm25 import Bm25Index
from index.search.hybrid import Scope
from tests.builders import article
from tests.unit.index.answers.indexing import indexed

ARTICLES = (
    "US Defence Secretary Pete Hegseth spoke in Brussels. NATO's secretary general listened.",
    "The prime minister opened the bridge. The governor of the Bank of England stayed away.",
    "The police chief said that the road is shut.",
)


@pytest.mark.parametrize(
    ("question", "rewritten"),
    [
        (
            "what did the pentagon boss say about nato",
            "what did the defence secretary say about nato",
        ),
        ("What did the Pentagon chief say?", "What did the defence secretary say?"),
        ("Did the Defense chief come?", "Did the defence secretary come?"),
        ("who is the NATO chief?", "who is the nato secretary general?"),
        ("what did the PM open", "what did the prime minister open"),
        ("What was the pm's speech?", "What was the prime minister's speech?"),
        ("Where was the Bank of England boss?", "Where was the governor of the Bank of England?"),
        ("What did the police boss say?", "What did the police chief say?"),
    ],
)
def test_a_short_name_for_an_office_is_read_as_the_articles_have_it(
    question, rewritten, bm25, scope
):
    assert (read_offices(question, bm25, scope) or "").lower() == rewritten.lower()


@pytest.mark.parametrize(
    "question",
    [
        "What did the police chief say?",  # an article has it
        "What did the fed chief say?",  # none has it, nor the office
        "Does it open at 3 PM?",
        "Is the top copper there?",
        "What did the p.m. news say?",
    ],
)
def test_other_words_stay(question, bm25, scope):
    assert read_offices(question, bm25, scope) is None


def test_nothing_is_told_of_articles_that_may_not_be_seen(bm25, scope):
    own = Scope.of(list(scope.articles.values())[1:])
    assert read_offices("What did the Pentagon chief say?", bm25, own) is None


def snapshot(articles):
    return SimpleNamespace(text=lambda one: articles[int(one.id)])


@pytest.mark.parametrize(
    ("question", "rewritten"),
    [
        ("what did the defence secretary say?", "what did Hegseth say?"),
        ("Does defence secretary want more?", "Does Hegseth want more?"),
        ("What was the defence secretary's plan?", "What was Hegseth's plan?"),
    ],
)
def test_an_office_is_read_as_the_only_one_who_is_named_with_it(question, rewritten, bm25, scope):
    assert with_holder(question, bm25, scope, snapshot(ARTICLES)) == rewritten


@pytest.mark.parametrize(
    "question",
    [
        "What did the prime minister say?",  # nobody is named with it
        "What did the Greek defence secretary say?",  # may be another one
        "What did Pete Hegseth say?",
    ],
)
def test_an_office_that_nobody_is_known_to_hold_stays(question, bm25, scope):
    assert with_holder(question, bm25, scope, snapshot(ARTICLES)) is None


@pytest.mark.parametrize(
    ("text", "rewritten"),
    [
        ("Prime Minister Ann Lee met the prime minister, Ann Lee.", "Is Lee there?"),
        ("Ann Lee, the Irish prime minister, left. Prime minister Lee returned.", "Is Lee there?"),
        ("Prime Minister Ann Lee met Greek Prime Minister Jo Ray.", None),
        ("Prime Minister Ann Lee's trip, the prime minister’s.", "Is Lee there?"),
        ("Former prime minister Ann Lee left.", None),
    ],
)
def test_who_is_named_with_an_office(text, rewritten):
    bm25 = Bm25Index(None)
    scope = Scope.of([indexed(bm25, text, article("0"))])
    found = with_holder("Is the prime minister there?", bm25, scope, snapshot([text]))
    assert found == rewritten
