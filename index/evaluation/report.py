"""The evaluation: every system on the dev part, file by file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.embedder import Embedder
from index.evaluation import measures
from index.evaluation.corpora import Corpus, askable, corpus
from index.evaluation.measures import Asked, Curves, Decisions, Row
from index.evaluation.questions import KINDS, Kind
from index.evaluation.systems import FOOTNOTE, SYSTEMS, Systems
from index.model import THRESHOLD
from index.reader import Reader
from index.scope import Scope

QUESTIONS = 200
"""Of each kind and file, drawn with a fixed seed."""

Progress = Callable[[str, int, int], None]
"""Called with a file's name, questions asked and questions in all (0 while it is indexed)."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """The measures on one file; `counts` are questions by kind.

    `decisions` is what Footnote's default threshold comes to.
    """

    name: str
    paragraphs: int
    counts: dict[Kind, int]
    rows: tuple[Row, ...]
    curves: dict[str, Curves]
    decisions: Decisions


def evaluate(
    data: Path, work: Path, embedder: Embedder, reader: Reader, progress: Progress
) -> list[FileReport]:
    """Ask every system the dev questions of every file.

    `work` is a folder for the indexed paragraphs, which later runs use again. Raises
    QuestionSetError.
    """
    reports = []
    for name in askable(data, "dev"):
        progress(name, 0, 0)
        with corpus(data, name, "dev", work, embedder, QUESTIONS) as one:
            reports.append(_report(one, list(_ask(one, Systems(one.bench, reader), progress))))
    return reports


def _ask(one: Corpus, systems: Systems, progress: Progress) -> Iterator[Asked]:
    by_name = {article.origin: article for article in one.bench.articles}
    with one.bench.catalog.snapshot() as snapshot:
        for number, posed in enumerate(one.questions):
            progress(one.name, number, len(one.questions))
            given = {}
            if posed.kind == "answerable":
                gold = Scope.of([by_name[posed.paragraph]])
                given = systems.respond(snapshot, posed.text, gold)
            yield Asked(posed, systems.respond(snapshot, posed.text, posed.scope), given)
    progress(one.name, len(one.questions), len(one.questions))


def _report(one: Corpus, asked: Sequence[Asked]) -> FileReport:
    asked = [a for a in asked if a.responses]  # a scope of nothing is no question to a system
    kinds = [a.posed.kind for a in asked]
    return FileReport(
        name=one.name,
        paragraphs=len(one.bench.articles),
        counts={kind: kinds.count(kind) for kind in KINDS},
        rows=tuple(measures.row(system, asked) for system in SYSTEMS),
        curves={system: measures.curves(system, asked) for system in SYSTEMS},
        decisions=measures.decisions(FOOTNOTE, asked, THRESHOLD),
    )
