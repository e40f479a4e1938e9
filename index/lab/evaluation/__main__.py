"""`python -m index.lab.evaluation retrieval|tune|extraction DATA...`: tables on standard output.

DATA is a folder of SQuAD files; what is tuned on the tune part is reported on the dev part, by
`footnote evaluate`. For extraction it is one or more folders of web pages with their articles, see
index/lab/evaluation/extraction.py.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index import models
from index.answers import reader_scoring
from index.answers.scoring import Logistic
from index.lab import tuning
from index.lab.evaluation import extraction, systems
from index.lab.evaluation.bench import Bench, CachingReader
from index.lab.evaluation.data import of_part, read, sample
from index.lab.evaluation.questions import corpus, names
from index.lab.evaluation.systems import Systems
from index.lab.tuning import S
from index.models import load_embedder
from index.models.embedder import Embedder
from index.models.reader import Reader

MAX_QUESTIONS = 1500
"""Of each file, drawn with a fixed seed."""

TUNE_QUESTIONS = 140
"""Of each kind and file."""

SYSTEMS = {"dense alone": 1.0, "BM25 alone": 0.0}

GRID = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser(prog="python -m index.lab.evaluation", description=__doc__)
    parser.add_argument("what", choices=["retrieval", "tune", "extraction"])
    parser.add_argument("data", type=Path, nargs="+", help="folder of SQuAD files or of pages")
    parser.add_argument("--work", type=Path, default=Path("build/evaluation"))
    given = parser.parse_args()
    if given.what == "extraction":
        report_extraction(given.data)
        return
    if len(given.data) > 1:
        parser.error("one folder of questions at a time")
    (data,) = given.data
    given.work.mkdir(parents=True, exist_ok=True)
    embedder = load_embedder(None, given.work / "models")
    if given.what == "retrieval":
        report_retrieval(data, given.work, embedder)
    else:
        tune_search(data, given.work, embedder)
        tune_answers(data, given.work, embedder, models.load_reader(given.work / "models"))


def report_extraction(folders: Sequence[Path]) -> None:
    """Print how much of the articles of each folder's pages is found, and by what."""
    extractors = extraction.extractors()
    print("| pages | of | extraction | precision | recall | F |")
    print("|---|---|---|---|---|---|")
    for folder in folders:
        over = list(extraction.pages(folder))
        for name, extract in extractors.items():
            found = extraction.measure(extract, over)
            print(
                f"| {len(over)} | {folder.name} | {name} | {found.precision:.3f}"
                f" | {found.recall:.3f} | {found.f:.3f} |",
                flush=True,
            )
    if "readability" not in extractors:
        print("\nFor a comparison with readability: pip install readability-lxml")


def report_retrieval(data: Path, work: Path, embedder: Embedder) -> None:
    """Print hit@1, hit@5 and MRR of dense, BM25 and hybrid search over each file's paragraphs."""
    from index.search.hybrid import DENSE_WEIGHT

    print("| file | paragraphs | questions | search | hit@1 | hit@5 | MRR |")
    print("|---|---|---|---|---|---|---|")
    for path in sorted(data.glob("*.json")):
        topics = read(path)
        bench = Bench(work, topics, embedder)
        asked = sample(topics, MAX_QUESTIONS, answerable=True)
        for name, weight in {**SYSTEMS, "hybrid": DENSE_WEIGHT}.items():
            found = systems.measure(bench, asked, weight)
            print(
                f"| {path.stem} | {len(bench.articles)} | {len(asked)} | {name}"
                f" | {found.hit_at_1:.3f} | {found.hit_at_5:.3f}"
                f" | {found.mean_reciprocal_rank:.3f} |",
                flush=True,
            )
        bench.close()


def tune_search(data: Path, work: Path, embedder: Embedder) -> None:
    """Print hit@1 on the tune part for each dense weight."""
    for name in names(data):
        topics = read(data / f"{name}.json")
        bench = Bench(work, topics, embedder)
        asked = sample(of_part(topics, "tune"), MAX_QUESTIONS, answerable=True)
        found = {w: systems.measure(bench, asked, w) for w in GRID} if asked else {}
        grid = "  ".join(f"{w}: {r.hit_at_1:.3f}" for w, r in found.items())
        print(f"hit@1 by dense weight, {name}:  {grid}", flush=True)
        bench.close()


def tune_answers(data: Path, work: Path, embedder: Embedder, reader: Reader) -> None:
    """Print the weights of sentences and confidences, and the thresholds."""
    reader = CachingReader(reader)
    observed = list(_observe(data, work, embedder, reader, reader_scoring.SENTENCE))
    sentence = tuning.fit_sentences(observed)
    print(f"SENTENCE = {sentence}", flush=True)
    observed = list(_observe(data, work, embedder, reader, sentence))
    read = [(o.reader, o.is_gold(o.read[0][0])) for o in observed]
    similar = [(o.similarity, o.is_gold(o.most_similar)) for o in observed]
    _fit("reader_scoring.ANSWERS", observed, read)
    _fit("similarity.WEIGHTS", observed, similar)


def _fit(name: str, observed: Sequence[tuning.Observed], seen: Sequence[tuple[S, bool]]) -> None:
    """Print the weights of a confidence, from signals and whether the best sentence is right."""
    weight = tuning.weights(observed)
    fitted = tuning.fit([signals for signals, _ in seen], [right for _, right in seen], weight)
    probability = np.array([fitted.probability(signals) for signals, _ in seen])
    near_miss = [o.file == "natural_news" and o.posed.kind == "adversarial" for o in observed]
    print(f"{name} = {fitted}\n{tuning.thresholds(probability, np.array(near_miss))}")


def _observe(
    data: Path,
    work: Path,
    embedder: Embedder,
    reader: Reader,
    sentence: Logistic[reader_scoring.SentenceSignals],
) -> Iterator[tuning.Observed]:
    for name in tuning.SHARES:
        with corpus(data, name, "tune", work, embedder, TUNE_QUESTIONS) as one:
            systems = Systems(one.bench, reader, sentence)
            with one.bench.catalog.snapshot() as snapshot:
                for posed in one.questions:
                    if seen := systems.observe(snapshot, posed.text, posed.scope):
                        yield tuning.Observed(name, posed, *seen)


if __name__ == "__main__":
    main()
