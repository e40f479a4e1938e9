"""`python -m index.evaluation retrieval|tune DATA [--work FOLDER]`: tables on standard output.

DATA is a folder of SQuAD files. What is tuned on some files is reported on others.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from index.answering import confidence
from index.embedder import Embedder, load
from index.evaluation import answerability, retrieval
from index.evaluation.bench import Bench
from index.evaluation.data import Asked, Topic, read

TUNED_ON = ("squad2_train_part", "squadshifts_new_wiki")
REPORTED_ON = ("squad2_dev_part",)
MAX_QUESTIONS = 1500
"""Of each file, drawn with a fixed seed."""

QUESTIONS_A_TOPIC = 25
SYSTEMS = {"dense alone": 1.0, "BM25 alone": 0.0}
GRID = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(prog="python -m index.evaluation", description=__doc__)
    parser.add_argument("what", choices=["retrieval", "tune"])
    parser.add_argument("data", type=Path, help="folder with files in SQuAD's format")
    parser.add_argument("--work", type=Path, default=Path("build/evaluation"))
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    embedder = load(None, given.work / "models")
    run = report_retrieval if given.what == "retrieval" else tune
    run(given.data, given.work, embedder)


def report_retrieval(data: Path, work: Path, embedder: Embedder) -> None:
    """Print hit@1, hit@5 and MRR of dense, BM25 and hybrid search over each file's paragraphs."""
    from index.search import DENSE_WEIGHT

    print("| file | paragraphs | questions | search | hit@1 | hit@5 | MRR |")
    print("|---|---|---|---|---|---|---|")
    for path in sorted(data.glob("*.json")):
        topics = read(path)
        bench = Bench(work, topics, embedder)
        asked = _answerable(topics)
        for name, weight in {**SYSTEMS, "hybrid": DENSE_WEIGHT}.items():
            found = retrieval.measure(bench, asked, weight)
            print(
                f"| {path.stem} | {len(bench.articles)} | {found.questions} | {name}"
                f" | {found.hit_at_1:.3f} | {found.hit_at_5:.3f}"
                f" | {found.mean_reciprocal_rank:.3f} |",
                flush=True,
            )
        bench.close()


def tune(data: Path, work: Path, embedder: Embedder) -> None:
    """Print the dense weight's grid and the weights of the confidence, and what they reach."""
    for name in TUNED_ON:
        topics = read(data / f"{name}.json")
        bench = Bench(work, topics, embedder)
        found = {w: retrieval.measure(bench, _answerable(topics), w) for w in GRID}
        grid = "  ".join(f"{w}: {r.hit_at_1:.3f}" for w, r in found.items())
        print(f"hit@1 by dense weight, {name}:  {grid}", flush=True)
        bench.close()
    x, y = answerability.table(_observe(data, TUNED_ON, work, embedder))
    beta = answerability.fit(x, y)
    names = [field.name for field in fields(confidence.Signals)]
    weights = ", ".join(f"{n}={w:.2f}" for n, w in zip(names, beta[1:], strict=True))
    print(f"WEIGHTS = Signals({weights})\nBIAS = {beta[0]:.2f}")
    _report(_observe(data, REPORTED_ON, work, embedder), beta)


def _observe(
    data: Path, names: Sequence[str], work: Path, embedder: Embedder
) -> list[answerability.Seen]:
    """Every topic as a corpus of its own, as small as a server's first articles are."""
    topics = [topic for name in names for topic in read(data / f"{name}.json")]
    seen: list[answerability.Seen] = []
    for number, topic in enumerate(topics):
        bench = Bench(work / "topics", [topic], embedder)
        others = [other for other in topics if other is not topic]
        seen += answerability.observe(bench, topic, others, QUESTIONS_A_TOPIC, seed=number)
        bench.close()
    return seen


def _report(seen: Sequence[answerability.Seen], beta: answerability.Numbers) -> None:
    x, _ = answerability.table(seen)
    p = 1 / (1 + np.exp(-(beta[0] + x @ beta[1:])))
    by_kind = {k: p[[one.kind == k for one in seen]] for k in answerability.KINDS}
    positive = by_kind["answerable"]
    answered = (positive >= confidence.THRESHOLD).mean()
    print(f"answerable: {len(positive)} questions, answered {answered:.3f}")
    for kind in answerability.KINDS[1:]:
        negative = by_kind[kind]
        area = answerability.area_under_curve(positive, negative)
        refused = (negative < confidence.THRESHOLD).mean()
        print(f"{kind}: {len(negative)} questions, refused {refused:.3f}, AUC {area:.3f}")


def _answerable(topics: Sequence[Topic]) -> list[Asked]:
    whole = Topic("", (), tuple(question for topic in topics for question in topic.questions))
    return whole.sample(MAX_QUESTIONS, answerable=True)


if __name__ == "__main__":
    main()
