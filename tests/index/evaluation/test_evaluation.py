import json

import numpy as np
import pytest

from index.embedder import HashingEmbedder
from index.evaluation import answerability, retrieval
from index.evaluation.bench import Bench
from index.evaluation.data import read


@pytest.fixture
def topics(tmp_path):
    def qa(question, answer, context):
        answers = [{"text": answer, "answer_start": context.index(answer)}] if answer else []
        return {
            "id": question,
            "question": question,
            "answers": answers,
            "is_impossible": not answers,
        }

    pier, mill = "The pier burned in 1901. It was rebuilt.", "The mill grinds rye and wheat."
    data = [
        {
            "title": "Old_town",
            "paragraphs": [
                {"context": pier, "qas": [qa("When did the pier burn?", "1901", pier)]},
                {
                    "context": mill,
                    "qas": [qa("What does the mill grind?", "rye", mill), qa("Who?", "", mill)],
                },
            ],
        }
    ]
    (tmp_path / "set.json").write_text(json.dumps({"data": data}))
    return read(tmp_path / "set.json")


def test_questions_know_their_paragraph_and_whether_it_answers(topics):
    (topic,) = topics
    assert topic.title == "Old town"
    assert [(q.paragraph, q.answer_start) for q in topic.questions] == [
        ("Old town/0", 19),
        ("Old town/1", 16),
        ("Old town/1", None),
    ]
    assert len(topic.sample(10, answerable=True)) == 2
    assert topic.sample(1, answerable=True, seed=3) == topic.sample(1, answerable=True, seed=3)


@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_retrieval_ranks_paragraphs(topics, tmp_path, weight):
    bench = Bench(tmp_path, topics, HashingEmbedder())
    found = retrieval.measure(bench, topics[0].sample(9, answerable=True), weight)
    bench.close()
    assert (found.questions, found.hit_at_1, found.mean_reciprocal_rank) == (2, 1.0, 1.0)


def test_gold_removed_questions_do_not_see_their_paragraph(topics, tmp_path):
    bench = Bench(tmp_path, topics, HashingEmbedder())
    seen = list(answerability.observe(bench, topics[0], topics, 2, seed=0))
    bench.close()
    by_kind = {k: [s for s in seen if s.kind == k] for k in answerability.KINDS}
    assert [len(by_kind[k]) for k in answerability.KINDS] == [2, 1, 2, 2]
    answered = max(s.signals.passage_coverage for s in by_kind["answerable"])
    removed = max(s.signals.passage_coverage for s in by_kind["gold removed"])
    assert answered > removed


def test_logistic_regression_finds_the_separating_direction():
    x = np.array([[0.0, 1.0], [0.1, 0.0], [0.9, 1.0], [1.0, 0.0]] * 10)
    y = np.array([0.0, 0.0, 1.0, 1.0] * 10)
    bias, first, second = answerability.fit(x, y)
    assert first > 1
    assert abs(second) < 0.3
    assert bias == pytest.approx(-first / 2 - second / 2, abs=0.1)


def test_area_under_curve_counts_pairs():
    area = answerability.area_under_curve(np.array([1.0, 0.5]), np.array([0.5, 0.0]))
    assert area == pytest.approx(0.875)
