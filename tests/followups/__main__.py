"""Measure follow-ups with the real models: python -m tests.followups

`cases.jsonl` holds conversations on the article in seeds/ and on those in `news`: the article, the
turns before (question, answer, and the article if it is another), and each follow-up with how a
right answer begins; none where a refusal is right, "" where it is right too. They were written
before any was asked. The reader's logits are kept in build/readings, so that a second run takes a
minute.
"""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering import Inquiry, find_answer
from index import models
from index.followups.turns import Turn
from index.ingest import files
from index.library import Library
from index.model import PUBLIC, Answer, Certainty
from index.models.reader import Floats, NetworkReader
from tests.builders import SEED
from tests.readings import ROOT, Batch, KeptNetwork

HERE = Path(__file__).parent
MODELS = ROOT / "build" / "models"


class Counting:
    """The reader's network, and how many passages it was given."""

    def __init__(self) -> None:
        self._network = KeptNetwork(lambda: models.load_network(MODELS))
        self.count = 0

    def run(self, batches: Sequence[Batch]) -> list[list[Floats]]:
        """See KeptNetwork."""
        self.count += len(batches)
        return self._network.run(batches)


@dataclass(frozen=True)
class Case:
    """A follow-up, the turns before it, and how right answers begin."""

    turns: tuple[Turn, ...]
    question: str
    right: list[str]

    def verdict(self, answer: Answer) -> str:
        """Return `right`, `refused` or `wrong`."""
        if not answer.answered:
            return "right" if not self.right or "" in self.right else "refused"
        return (
            "right" if any(begins and begins in answer.text for begins in self.right) else "wrong"
        )


def cases(ids: dict[str, str]) -> Iterator[Case]:
    """Yield the cases; `ids` are the articles' ids by the names of their files."""
    for line in (HERE / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        talk = json.loads(line)
        turns = tuple(
            Turn(question, answer, ids[other[0] if other else talk["article"]] if answer else None)
            for question, answer, *other in talk["turns"]
        )
        for question, right in talk["asked"].items():
            yield Case(turns, question, right)


def main() -> None:
    """Print what is not right, then the counts."""
    network, verdicts, read = Counting(), Counter[str](), list[int]()
    MODELS.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        embedder = models.load_embedder(None, MODELS)
        reader = NetworkReader(network)
        with Library.open(Path(folder), embedder, reader, chroma=False) as library:
            ids: dict[str, str] = {}
            for path in (SEED, *sorted((HERE / "news").glob("*.txt"))):
                known = {article.id for article in library.list()}
                library.ingest(files([path]))
                (ids["seed" if path == SEED else path.stem],) = (
                    article.id for article in library.list() if article.id not in known
                )
            for case in cases(ids):
                before = network.count
                answer = find_answer(library, Inquiry(case.question, (PUBLIC,), turns=case.turns))
                read.append(network.count - before)
                verdict = case.verdict(answer)
                surely = verdict == "wrong" and answer.certainty is Certainty.SURE
                verdicts.update([verdict, *(["surely wrong"] if surely else [])])
                if verdict != "right":
                    asked = f"{case.turns[-1].question} / {case.question}"
                    said = f"{answer.certainty.name} {answer.text}"
                    print(f"{verdict}: {asked}  ->  {answer.rewritten}  ->  {said}")
    print(f"{len(read)} follow-ups: {dict(verdicts)}")
    print(f"passages read: median {statistics.median(read)}, mean {statistics.mean(read):.2f}")


if __name__ == "__main__":
    main()
