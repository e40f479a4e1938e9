import numpy as np
import pytest

from index.model import PUBLIC, Passage, Span
from index.search import codes as codes_module
from index.search.codes import CodeIndex
from tests.builders import ONE, TWO, document

MODEL = "random"
DIMENSION = 128


@pytest.fixture
def index():
    return CodeIndex(MODEL, DIMENSION)


def some(count, seed=0):
    vectors = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def publish(catalog, title, vectors, space=PUBLIC, embedder=MODEL):
    one = document(title, f"{title}.", origin=f"/{title}")
    if len(vectors) != 1:
        one = document(title, f"{title} has {len(vectors)}.", origin=f"/{title}")
    passages = [Passage(n, Span(0, 1), (Span(0, 1),)) for n in range(len(vectors))]
    return catalog.publish(one, space, passages, vectors, embedder=embedder).article


def found(index, catalog, question, space=PUBLIC, limit=5, after=-1):
    with catalog.snapshot() as snapshot:
        index.sync(snapshot)
        return index.search(snapshot, space, question, limit, after)


def test_few_are_searched_exactly(catalog, index):
    vectors = some(40)
    ids = [publish(catalog, f"T{n}", vectors[2 * n : 2 * n + 2]).id for n in range(20)]
    question = some(1, seed=1)[0]
    near = found(index, catalog, question)
    order = np.argsort(-(vectors @ question))[:5]
    assert [(key[0], n) for key, n, _ in near] == [(ids[row // 2], row % 2) for row in order]
    assert [score for *_, score in near] == pytest.approx((vectors @ question)[order], abs=1e-3)


def test_of_many_the_nearest_are_found(catalog, index, monkeypatch):
    monkeypatch.setattr(codes_module, "COARSE_FROM", 1_000)
    monkeypatch.setattr(codes_module, "COARSE_LEFT", 1_000)
    monkeypatch.setattr(codes_module, "CHUNK", 700)
    vectors = some(6_000)
    article = publish(catalog, "Long", vectors)
    for row in range(0, 6_000, 500):
        question = vectors[row] + 0.3 * some(1, seed=row)[0]
        (first, *_) = found(index, catalog, question / np.linalg.norm(question))
        assert first[:2] == ((article.id, article.version), row)


def test_no_space_sees_another(catalog, index):
    vectors = some(3)
    for space, vector in zip((PUBLIC, ONE, TWO), vectors, strict=True):
        publish(catalog, "Same", vector[None], space=space)
    for space in (PUBLIC, ONE, TWO):
        near = [found(index, catalog, question, space) for question in vectors]
        with catalog.snapshot() as snapshot:
            (own,) = snapshot.articles([space])
        assert {key[0] for hits in near for key, *_ in hits} == {own.id}


def test_only_current_versions_of_this_model_are_found(catalog, index):
    vectors = some(5)
    publish(catalog, "Often", vectors[:1])
    found(index, catalog, vectors[0])
    current = publish(catalog, "Often", vectors[1:3])
    gone = publish(catalog, "Gone", vectors[3:4])
    publish(catalog, "Other", vectors[4:], embedder="other")
    found(index, catalog, vectors[0])
    catalog.remove([gone.id], PUBLIC)
    near = found(index, catalog, vectors[0])
    assert {key for key, *_ in near} == {(current.id, current.version)}


def test_many_replaced_versions_crowd_nothing_out_and_are_forgotten(catalog, index, monkeypatch):
    monkeypatch.setattr(codes_module, "SHORTLIST", 4)
    monkeypatch.setattr(codes_module, "MOST_STALE", 20)
    monkeypatch.setattr(codes_module, "COARSE_FROM", 3)
    monkeypatch.setattr(codes_module, "COARSE_LEFT", 0)
    monkeypatch.setattr(codes_module, "SAMPLED", 1)
    vectors = some(40)
    other = publish(catalog, "Other", vectors[39:])
    for n in range(2, 30):
        publish(catalog, "Often", np.repeat(vectors[:1], n, axis=0))
        near = found(index, catalog, vectors[0], limit=1)
        assert near[0][2] == pytest.approx(1.0, abs=1e-3)
        assert other.id in {key[0] for key, *_ in found(index, catalog, vectors[39], limit=1)}
    assert index._stale <= 100


def test_what_changed_before_is_left_out(catalog, index):
    vectors = some(2)
    publish(catalog, "First", vectors[:1])
    with catalog.snapshot() as snapshot:
        reached = snapshot.generation
    second = publish(catalog, "Second", vectors[1:])
    near = found(index, catalog, vectors[0], after=reached)
    assert [key[0] for key, *_ in near] == [second.id]
    assert found(index, catalog, vectors[0], after=reached + 1) == []


def test_a_snapshot_does_not_see_what_came_after_it(catalog, index):
    vectors = some(2)
    first = publish(catalog, "First", vectors[:1])
    with catalog.snapshot() as older:
        publish(catalog, "Second", vectors[1:])
        found(index, catalog, vectors[0])
        near = index.search(older, PUBLIC, vectors[1], 5)
    assert [key[0] for key, *_ in near] == [first.id]


def test_a_snapshot_goes_on_seeing_what_was_replaced_after_it(catalog, index):
    vectors = some(2)
    before = publish(catalog, "Often", vectors[:1])
    with catalog.snapshot() as older:
        found(index, catalog, vectors[0])
        after = publish(catalog, "Often", np.repeat(vectors[1:], 2, axis=0))
        newer = found(index, catalog, vectors[0])
        near = index.search(older, PUBLIC, vectors[0], 5)
    assert {key for key, *_ in near} == {(before.id, before.version)}
    assert {key for key, *_ in newer} == {(after.id, after.version)}


def test_a_space_without_articles_has_nothing(catalog, index):
    assert found(index, catalog, some(1)[0], ONE) == []
