import time
from datetime import date

import pytest

from index.answers import requests
from index.answers.requests import MAX_CHARS, Wanted

TODAY = date(2026, 11, 25)
AUTHOR, DATE, SOURCE = Wanted.AUTHOR, Wanted.DATE, Wanted.SOURCE
COUNT, ARTICLES = Wanted.COUNT, Wanted.ARTICLES


def parsed(question):
    return list(requests.parse(question, TODAY))


@pytest.mark.parametrize(
    ("question", "wanted", "conditions"),
    [
        ("Who wrote the article about the wildfire?", AUTHOR, {"topic": "the wildfire"}),
        ("who is the author of the story on Evia", AUTHOR, {"topic": "Evia"}),
        ("Who's the author of “Harbour reopens”?", AUTHOR, {"title": "Harbour reopens"}),
        ('who wrote "Harbour reopens"', AUTHOR, {"title": "Harbour reopens"}),
        ("Who wrote the latest article?", AUTHOR, {"newest": True}),
        ("Who wrote the article?", AUTHOR, {"this": True, "pronoun": False}),
        ("Who wrote this?", AUTHOR, {"this": True, "pronoun": True}),
        ("By whom was the article on the strike written?", AUTHOR, {"topic": "the strike"}),
        ("Can you tell me who wrote the piece about NATO?", AUTHOR, {"topic": "NATO"}),
        ("Which journalist wrote the article about Evia?", AUTHOR, {"topic": "Evia"}),
        ("Who's the journalist?", AUTHOR, {"this": True}),
        ("When was the last article published?", DATE, {"newest": True}),
        ("Which is the newest one?", ARTICLES, {"newest": True, "topic": ""}),
        ("newest article?", ARTICLES, {"newest": True, "topic": ""}),
        ("Newest from the Lisborg Daily?", ARTICLES, {"newest": True, "name": "Lisborg Daily"}),
        ("latest news by Helena Smith", ARTICLES, {"newest": True, "name": "Helena Smith"}),
        ("last article?", ARTICLES, {"newest": True, "topic": ""}),
        ("what's the last article", ARTICLES, {"newest": True, "topic": ""}),
        ("news", ARTICLES, {"newest": True, "topic": ""}),
        ("give me the news", ARTICLES, {"newest": True, "topic": ""}),
        ("show me the headlines", ARTICLES, {"newest": True, "topic": ""}),
        ("what's in the news?", ARTICLES, {"newest": True, "topic": ""}),
        ("What date was the article about Evia published?", DATE, {"topic": "Evia"}),
        (
            "When did the BBC publish the article about Evia?",
            DATE,
            {"name": "BBC", "topic": "Evia"},
        ),
        ("How recent is this article?", DATE, {"this": True}),
        ("How many of the articles mention NATO?", COUNT, {"topic": "NATO", "literal": True}),
        ("do you have news about Lisborg?", ARTICLES, {"topic": "Lisborg"}),
        ("show me everything from Coast Radio", ARTICLES, {"name": "Coast Radio"}),
        ("is there something about trams?", ARTICLES, {"topic": "trams"}),
        ("help me find an article about cheese", ARTICLES, {"topic": "cheese"}),
        ("can you find something on water?", ARTICLES, {"topic": "water"}),
        ("Do you have anything about NATO?", ARTICLES, {"topic": "NATO"}),
        ("Is there anything on bees?", ARTICLES, {"topic": "bees"}),
        ("What do you have on NATO?", ARTICLES, {"topic": "NATO"}),
        ("Which articles did Helena Smith write?", ARTICLES, {"name": "Helena Smith"}),
        ("What else has Helena Smith written about?", ARTICLES, {"name": "Helena Smith"}),
        (
            "What stories did the BBC publish on the strike?",
            ARTICLES,
            {"name": "BBC", "topic": "the strike"},
        ),
        (
            "What does the BBC article say about the strike?",
            ARTICLES,
            {"name": "BBC", "topic": "the strike"},
        ),
        ("When was that published?", DATE, {"this": True, "pronoun": True}),
        ("when was the article about the strike published?", DATE, {"topic": "the strike"}),
        ("What's the date of the article on the strike?", DATE, {"topic": "the strike"}),
        ("When did the story about Evia come out?", DATE, {"topic": "Evia"}),
        ("How old is this article?", DATE, {"this": True}),
        ("Where is the article about the strike from?", SOURCE, {"topic": "the strike"}),
        ("Who published the story about Evia?", SOURCE, {"topic": "Evia"}),
        ("Which newspaper published the article on NATO?", SOURCE, {"topic": "NATO"}),
        ("What is the source of the article about Evia?", SOURCE, {"topic": "Evia"}),
        ("How many articles do you have?", COUNT, {"topic": "", "name": ""}),
        ("how many articles are there", COUNT, {}),
        ("How many news articles have you indexed?", COUNT, {}),
        ("What is the number of articles you have?", COUNT, {}),
        ("How many articles do you have about NATO?", COUNT, {"topic": "NATO"}),
        ("How many articles about NATO are there?", COUNT, {"topic": "NATO"}),
        ("How many articles mention NATO?", COUNT, {"topic": "NATO", "literal": True}),
        ("How many articles are from the BBC?", COUNT, {"name": "BBC"}),
        ("How many articles did the BBC publish?", COUNT, {"name": "BBC"}),
        ("Which articles mention NATO?", ARTICLES, {"topic": "NATO", "literal": True}),
        ("Which articles are about the wildfire?", ARTICLES, {"topic": "the wildfire"}),
        ("What articles do you have on Evia?", ARTICLES, {"topic": "Evia"}),
        ("Which articles do you have?", ARTICLES, {}),
        ("List all the articles", ARTICLES, {}),
        ("Show me all articles about NATO", ARTICLES, {"topic": "NATO"}),
        ("Do you have any articles about the Mars rover?", ARTICLES, {"topic": "the Mars rover"}),
        ("Is there an article on chess?", ARTICLES, {"topic": "chess"}),
        ("articles by Helena Smith", ARTICLES, {"name": "Helena Smith"}),
        ("Which articles are from the BBC?", ARTICLES, {"name": "BBC"}),
        ("Show me articles from the BBC about Evia", ARTICLES, {"name": "BBC", "topic": "Evia"}),
        (
            "Are there articles about the strike from the BBC?",
            ARTICLES,
            {"name": "BBC", "topic": "the strike"},
        ),
        (
            "What did the BBC report on the strike?",
            ARTICLES,
            {"name": "BBC", "topic": "the strike"},
        ),
        ("What does the Guardian say about NATO?", ARTICLES, {"name": "Guardian", "topic": "NATO"}),
        ("What did Helena Smith write?", ARTICLES, {"name": "Helena Smith", "topic": ""}),
    ],
)
def test_requests(question, wanted, conditions):
    first = parsed(question)[0]
    assert first.wanted is wanted
    assert {key: getattr(first, key) for key in conditions} == conditions
    assert first.period is None


@pytest.mark.parametrize(
    ("question", "topic", "words"),
    [
        ("What happened in August?", "", "in August 2026"),
        ("what happened on Evia in August", "Evia", "in August 2026"),
        ("Anything new about Evia since Monday?", "Evia", "since 23 November 2026"),
        ("What's new since Monday?", "", "since 23 November 2026"),
        ("What is the latest on Evia since Monday?", "Evia", "since 23 November 2026"),
        ("What was in the news last week?", "", "from 16 November 2026 to 22 November 2026"),
        ("What has been happening since Monday?", "", "since 23 November 2026"),
        ("What were the headlines in August?", "", "in August 2026"),
        ("articles dated August 2026", "", "in August 2026"),
        ("Which articles are from August?", "", "in August 2026"),
        ("Is there any article from 2025?", "", "in 2025"),
        ("List articles published after 1 November 2026", "", "after 1 November 2026"),
        ("What did I miss yesterday?", "", "on 24 November 2026"),
        ("anything from last week?", "", "from 16 November 2026 to 22 November 2026"),
        ("what do you have from last week", "", "from 16 November 2026 to 22 November 2026"),
        ("Which articles were published in August?", "", "in August 2026"),
        ("articles about NATO from August 2025", "NATO", "in August 2025"),
        ("Any articles about Evia since Monday?", "Evia", "since 23 November 2026"),
    ],
)
def test_articles_of_a_time(question, topic, words):
    first = parsed(question)[0]
    assert first.wanted is ARTICLES
    assert (first.topic, first.period.words) == (topic, words)


def test_what_is_older_than_asked_for_is_not_the_latest():
    assert all(one.period for one in parsed("Anything new about Evia since Monday?"))


@pytest.mark.parametrize(
    ("question", "instead"),
    [
        ("any news today?", ["on 25 November 2026"]),
        ("whats new this week", ["from 23 November 2026 to 25 November 2026"]),
        ("what happened yesterday?", ["on 24 November 2026"]),
        ("what happened in 1986?", []),  # which a sentence may tell
        ("what happened in August?", []),
        ("Anything new about Evia since Monday?", []),
        ("newest article?", []),
    ],
)
def test_what_is_newest_is_told_where_there_may_be_nothing_of_the_last_days(question, instead):
    assert [one.instead_of for one in parsed(question) if one.instead_of] == instead


def test_what_is_newest_is_asked_of_all_articles_whatever_was_spoken_of():
    for question in ("latest news?", "which is the newest one?", "news", "any news today?"):
        assert requests.stands_alone(question)


def test_articles_of_a_time_are_counted():
    first = parsed("How many articles were published in August?")[0]
    assert (first.wanted, first.topic, first.period.words) == (COUNT, "", "in August 2026")


def test_a_name_may_be_part_of_the_topic():
    topics = [(one.name, one.topic) for one in parsed("articles about the strike in Orm")]
    assert topics == [("Orm", "the strike"), ("", "the strike in Orm")]
    topics = [(one.name, one.topic) for one in parsed("Who wrote the wildfire story?")]
    assert topics == [("wildfire", ""), ("", "wildfire")]


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the letter to the mayor?",
        "Who wrote the report on the fire?",
        "Who is the author of the bill?",
        "Who wrote the book about the wildfire?",
        "Who wrote the article about the fire and when was it published?",
        "Which article says who won?",
        "When was the bridge published?",
        "When was the study on the fever published?",
        "When was the harbour opened?",
        "Who published the figures?",
        "Where is the mayor from?",
        "How many articles does the treaty have?",
        "How many stories does the tower have?",
        "How many people mention NATO?",
        "Which articles are about to change?",
        "What articles of clothing did she wear?",
        "What happened to the bridge in August?",
        "What happened?",
        "What is the newest harbour crane called?",
        "What happened in the harbour?",
        "What happened in August Wilson's play?",
        "What is the latest estimate of the damage?",
        "What is the number of articles in the bill?",
        "What did Hegseth say about NATO?",
        "Who reported the fire?",
        "Who wrote about the war?",
        "What do we know about heart disease?",
        "What do you think about NATO?",
        "Is there anything he can do?",
        "When did Lind publish the figures?",
        "Who wrote the original little red riding hood story?",
        "Summarise the article",
        "",
        "?",
    ],
)
def test_what_is_no_such_request(question):
    known = {"BBC", "Guardian", "Helena Smith"}
    assert not [one for one in parsed(question) if not one.name or one.name in known]


@pytest.mark.parametrize(
    "part",
    [
        "articles about ",
        "who wrote ",
        "the ",
        "in August ",
        "“",
        "from by in of ",
        "how many ",
        "a",
    ],
)
def test_long_and_hostile_questions_take_no_time(part):
    began = time.process_time()
    for question in (part * 2_000, (part * MAX_CHARS)[:MAX_CHARS], f"articles {part * 20}"):
        parsed(question)
    assert time.process_time() - began < 1
