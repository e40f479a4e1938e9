import itertools

import numpy as np
import pytest

from index.model import PUBLIC
from index.search.hybrid import CANDIDATES, fuse
from index.store.queries import Query
from tests.builders import document
from tests.fake_models import HashingEmbedder

A, B, C = ((("article", str(n)), 0) for n in range(3))


def test_each_half_is_scaled_by_its_own_range():
    scores = fuse({A: 0.6, B: 0.4, C: 0.2}, {A: 5.0, B: 10.0}, 0.5)
    assert scores == pytest.approx({A: 0.75, B: 0.75, C: 0.0})


@pytest.mark.parametrize(("weight", "first"), [(1.0, A), (0.0, B)])
def test_the_weight_decides_which_half_leads(weight, first):
    scores = fuse({A: 0.9, B: 0.1}, {B: 3.0}, weight)
    assert max(scores, key=scores.__getitem__) == first


def test_equal_scores_do_not_divide_by_zero():
    assert fuse({A: 0.0, B: 0.0}, {}, 0.5) == {A: 0.0, B: 0.0}


def test_the_only_passage_is_the_nearest():
    """A follow-up within an article of one passage was refused, as this counted as the farthest."""
    assert fuse({A: 0.3}, {}, 0.5) == {A: 0.5}


def test_of_few_passages_of_chosen_articles_none_is_far():
    assert fuse({A: 0.4, B: 0.3}, {}, 0.5) == pytest.approx({A: 0.5, B: 0.0})
    assert fuse({A: 0.4, B: 0.3}, {}, 0.5, chosen=True) == pytest.approx({A: 0.5, B: 0.375})
    many = {(("article", str(n)), 0): 0.3 + n / 100 for n in range(CANDIDATES)}
    assert min(fuse(many, {}, 0.5, chosen=True).values()) == 0.0


def test_hits_are_ordered_and_carry_both_scores(library):
    library.ingest([document(), document(title="Weather", text="It rained in the valley.")])
    hits = library.search("harbour ribbon")
    assert [h.article.title for h in hits] == ["Harbour opens", "Weather"]
    assert hits[0].score >= hits[1].score
    assert hits[0].bm25 > 0 == hits[1].bm25
    question, passage = HashingEmbedder().embed(
        ["harbour ribbon", f"Harbour opens\n{document().text}"]
    )
    assert hits[0].dense == pytest.approx(float(np.dot(question, passage)), abs=2e-3)


def test_the_texts_of_all_hits_are_read_together(library, monkeypatch):
    statements = []
    run = Query.run
    monkeypatch.setattr(Query, "run", lambda *a, **v: statements.append(a) or run(*a, **v))
    library.ingest([document(title=n, text=f"Text {9 * n}.") for n in "abcdefghijklmnopqrst"])
    library.search("text")
    counts = []
    for limit in (1, 10):
        statements.clear()
        assert len(library.search("text", limit=limit)) == limit
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_limit_bounds_the_hits(library):
    library.ingest([document(title=f"Title {n}", text=f"Text {n}.") for n in range(5)])
    assert len(library.search("text", limit=2)) == 2
    assert len(library.search("text", [PUBLIC], limit=50)) == 5


def test_versions_that_were_just_replaced_crowd_nothing_out(library):
    for n in range(2 * CANDIDATES + 1):
        text = f"The harbour harbour harbour opened on day {n}."
        library.ingest([document(text=text, origin="/often")])
    library.ingest([document(title="Lind", text="Mayor Lind saw the harbour open.")])
    hits = library.search("harbour")
    assert [hit.bm25 > 0 for hit in hits] == [True, True]


def test_a_near_passage_has_its_bm25_score_however_many_have_a_higher_one(library):
    letters = itertools.product("abcdefghij", repeat=3)
    words = ("".join(some) for some in letters)
    others = (" ".join(itertools.islice(words, 8)) for _ in range(2 * CANDIDATES))
    crowd = [
        document(title=f"No. {n}", text=f"Harbour, harbour, harbour, {other}.", origin=f"/{n}")
        for n, other in enumerate(others)
    ]
    text = "Mayor Lind went for a long walk to the harbour with two friends and a dog."
    library.ingest([*crowd, document(title="Lind", text=text)])
    searcher = library._searcher
    searcher._dense = Nearest(searcher._dense, "Lind")
    hits = library.search("harbour", limit=CANDIDATES + 1)
    assert {hit.article.title: hit.bm25 > 0 for hit in hits}["Lind"]


def test_a_near_passage_has_its_bm25_score_however_many_of_its_article_have_a_higher_one(
    library, monkeypatch
):
    monkeypatch.setattr("index.search.hybrid.CANDIDATES", 2)
    rain = " ".join(["rain"] * 150)
    crowd = [f"Harbour {n}, harbour, harbour, {rain}." for n in range(12)]
    text = "\n\n".join([*crowd, f"A walk to the harbour, {rain}."])
    library.ingest([document(title="Port", text=text)])
    searcher = library._searcher
    searcher._dense = Last(searcher._dense)
    hits = library.search("harbour", limit=4)
    assert [hit.bm25 > 0 for hit in hits if "walk" in hit.text] == [True]


class Last:
    """Finds the last passages of an article alone."""

    def __init__(self, dense):
        self.dense = dense

    def search(self, snapshot, scope, question, limit):
        found = self.dense.search(snapshot, scope, question, 1000)
        return sorted(found, key=lambda one: -one[1])[:limit]


class Nearest:
    """Finds passages of one title alone."""

    def __init__(self, dense, title):
        self.dense, self.title = dense, title

    def search(self, snapshot, scope, question, limit):
        found = self.dense.search(snapshot, scope, question, 1000)
        articles = scope.among({key for key, _, _ in found})
        return [one for one in found if articles[one[0]].title == self.title]
