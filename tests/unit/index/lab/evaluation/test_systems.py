import pytest

from index.lab.evaluation.systems import BM25, CALIBRATED, DENSE, FOOTNOTE, HYBRID, SYSTEMS, Systems
from index.search.hybrid import Scope
from tests.fake_models import OverlapReader

MILL = "What does the mill grind?"


@pytest.fixture
def systems(bench):
    return Systems(bench, OverlapReader())


@pytest.fixture
def ask(bench, systems):
    def ask(text, scope=None):
        with bench.catalog.snapshot() as snapshot:
            return systems.respond(snapshot, text, scope or bench.scope)

    return ask


def test_every_system_answers(ask, topics):
    responses = ask(MILL)
    assert tuple(responses) == SYSTEMS == (DENSE, BM25, HYBRID, FOOTNOTE)
    text = topics[0].paragraphs[1].text
    for response in responses.values():
        assert response.ranking[0] == response.paragraph == f"{topics[0].title}/1"
        assert response.sentence.of(text) == "The mill grinds rye and wheat."
        assert response.words == "The mill grinds rye and wheat."
        assert len(response.ranking) == len(set(response.ranking)) == 3


def test_confidence_falls_where_nothing_answers(ask):
    answered, foreign = ask(MILL), ask("How often does the comet return?")
    for system in SYSTEMS:
        assert answered[system].confidence > foreign[system].confidence
    assert all(0 < answered[system].confidence < 1 for system in CALIBRATED)


def test_a_scope_of_one_article_is_searched_alone(ask, bench):
    pier = next(a for a in bench.articles if (a.origin or "").endswith("/0"))
    for response in ask(MILL, Scope.of([pier])).values():
        assert response.ranking == (pier.origin,)


def test_nothing_is_said_where_there_is_nothing(ask, bench, systems):
    nothing = Scope.of([])
    assert ask(MILL, nothing) == {}
    with bench.catalog.snapshot() as snapshot:
        assert systems.observe(snapshot, MILL, nothing) is None


def test_what_the_judges_see(bench, systems):
    with bench.catalog.snapshot() as snapshot:
        similar, most_similar, reader, read = systems.observe(snapshot, MILL, bench.scope)
        foreign = systems.observe(snapshot, "How often does the comet return?", bench.scope)
    assert similar.sentence_coverage > foreign[0].sentence_coverage
    assert most_similar.text == "The mill grinds rye and wheat."
    best, signals = read[0]
    assert reader.score == signals.score
    assert best.score == max(one.score for one, _ in read)
    assert best.text == "The mill grinds rye and wheat."


def test_misspelt_words_are_read_as_the_bot_reads_them(ask):
    right, misspelt = ask("When does the ferry cross?"), ask("When does the ferrry cross?")
    assert right[FOOTNOTE].ranking == misspelt[FOOTNOTE].ranking
    assert right[FOOTNOTE].confidence == misspelt[FOOTNOTE].confidence
