from datetime import date

import pytest

from index.answers.requests import Wanted, parse
from index.library import Library
from index.model import Certainty, Document, Form
from tests.builders import open_library

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    "question",
    [
        "What is the latest on Ukraine?",
        "latest",
        "What's the latest?",
        "the latest news about the harbour",
        "What's new with the port strike?",
        "any news on Hegseth?",
        "Any updates?",
        "news about NATO",
        "What is the most recent article on trade?",
        "recent developments in the talks",
    ],
)
def test_requests_for_what_is_newest(question):
    assert [one.wanted for one in parse(question, TODAY)] == [Wanted.ARTICLES]


@pytest.mark.parametrize(
    "question",
    [
        "What did Hegseth say about NATO?",
        "What is the latest estimate of the damage?",
        "Which phone is the newest one that Apple makes?",
        "What is the new chancellor called?",
        "Who broke the news to the minister?",
        "What did Vance say about the news agency?",
    ],
)
def test_questions_that_are_no_such_request(question):
    assert not [one for one in parse(question, TODAY) if not one.name]


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What is the latest on Ukraine?", "Ukraine"),
        ("What's new with the port strike?", "port strike"),
        ("Any updates?", ""),
        ("What's the latest news?", ""),
    ],
)
def test_the_topic_is_what_is_left_of_the_request(question, topic):
    (request,) = parse(question, TODAY)
    assert request.topic == topic


def dated(title, text, published=None):
    return Document(title=title, text=text, published=published)


HARBOUR = [
    dated("Strike", "Dockers at the Orm harbour went on strike over pay.", "2026-03-01"),
    dated("Talks", "Talks on the Orm harbour strike broke down on Tuesday.", "2026-03-04"),
    dated("Deal", "The Orm harbour strike ended with a deal on pay.", "2026-03-09"),
]
OTHERS = [
    dated("Cakes", "A bakery in Lund sold its millionth cinnamon bun.", "2026-03-10"),
    dated("Chess", "Anna Berg won the national chess title in Malmo.", "2026-03-11"),
]


EVIA = dated(
    "Evia",
    "Firefighters on Evia battled the blaze for a third day as flames swept through pine woods. "
    "Hundreds of villagers were taken off the island's beaches by ferry.",
    "2026-03-02",
)


def titles(answer):
    return [citation.article.title for citation in answer.citations]


def test_without_a_topic_the_newest_articles_open(tmp_path):
    with open_library(tmp_path) as library:
        assert not library.ask("What's the latest?").answered
        library.ingest([*HARBOUR, *OTHERS])
        answer = library.ask("What's the latest?")
    assert titles(answer) == ["Chess", "Cakes", "Deal", "Talks", "Strike"]
    assert answer.form is Form.HEADLINES
    assert answer.text.startswith("Anna Berg won the national chess title in Malmo. [1]")


def test_undated_articles_are_not_the_newest(tmp_path):
    with open_library(tmp_path) as library:
        library.ingest([*HARBOUR, dated("Undated", "A barge sank.")])
        assert titles(library.ask("What's the latest?")) == ["Deal", "Talks", "Strike", "Undated"]


@pytest.fixture(scope="module")
def library(tmp_path_factory, embedder):
    data = tmp_path_factory.mktemp("data")
    with Library.open(data, embedder, chroma=False) as library:
        library.ingest([*HARBOUR, *OTHERS, EVIA])
        yield library


@pytest.mark.model
def test_only_articles_on_the_topic_are_told_newest_first(library):
    answer = library.ask("What is the latest on the Orm harbour strike?")
    assert titles(answer) == ["Deal", "Talks", "Strike"]
    for citation in answer.citations:
        assert citation.quote == library.text(citation.article.id)


@pytest.mark.model
@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("wildfire in Greece", "Evia"),
        ("forest fires", "Evia"),
        ("a chess tournament", "Chess"),
        ("pay", "Deal"),
    ],
)
def test_a_topic_may_be_in_other_words(library, topic, title):
    answer = library.ask(f"What is the latest on {topic}?")
    assert title in titles(answer)
    assert not {"Evia", "Cakes", "Chess"} - {title} & set(titles(answer))


@pytest.mark.model
@pytest.mark.parametrize(
    ("topic", "title"),
    [("wildfire in Greece", "Evia"), ("forest fires", "Evia"), ("a chess tournament", "Chess")],
)
def test_followers_of_a_topic_in_other_words_are_told_of_its_article_alone(library, topic, title):
    """Each article is asked by itself, as it arrives."""
    asked = {
        one.title: library.ask(f"What is the latest on {topic}?", article_id=one.id)
        for one in library.list()
    }
    assert [name for name, one in asked.items() if one.certainty is Certainty.SURE] == [title]


@pytest.mark.model
def test_one_article_may_be_asked(library):
    (article,) = (a for a in library.list() if a.title == "Talks")
    answer = library.ask("What is the latest on the harbour strike?", article_id=article.id)
    assert titles(answer) == ["Talks"]


@pytest.mark.model
def test_nothing_on_the_topic_is_a_refusal(library):
    answer = library.ask("What is the latest on the Mars rover?")
    assert not answer.answered
    assert answer.confidence < library.thresholds.sure


def test_what_happened_in_a_month_is_told_by_undated_articles_that_name_it(tmp_path):
    lighthouse = Document(title="Lighthouse", text="The lighthouse was sold in August.")
    mill = Document(title="Mill", text="The mill burnt down.", published="2026-08-02")
    with open_library(tmp_path) as library:
        library.ingest([lighthouse])
        answer = library.ask("What happened in August?")
        assert (answer.form, answer.note) == (Form.HEADLINES, "1 article that mentions August:")
        assert answer.sentences[0].text == "The lighthouse was sold in August."
        assert not library.ask("What happened in July?").answered
        library.ingest([mill])
        answer = library.ask("What happened in August?")
        assert [c.article.title for c in answer.citations] == ["Mill"]
