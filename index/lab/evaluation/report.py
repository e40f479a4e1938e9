"""The evaluation: every system on the dev part, file by file, and its tables."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.lab.evaluation import measures
from index.lab.evaluation.measures import UNANSWERABLE, Compared, Curves, Decisions, SystemMeasures
from index.lab.evaluation.questions import KINDS, Corpus, QuestionKind, askable, corpus
from index.lab.evaluation.systems import FOOTNOTE, SYSTEMS, Systems
from index.model import THRESHOLDS
from index.models.embedder import Embedder
from index.models.reader import Reader
from index.search.hybrid import Scope

QUESTIONS = 200
"""Of each kind and file, drawn with a fixed seed."""

EvaluationProgress = Callable[[str, int, int], None]
"""Called with a file's name, questions asked and questions in all (0 while it is indexed)."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """The measures on one file; `counts` are questions by kind.

    `decisions` is what Footnote's default thresholds come to.
    """

    name: str
    paragraphs: int
    counts: dict[QuestionKind, int]
    rows: tuple[SystemMeasures, ...]
    curves: dict[str, Curves]
    decisions: Decisions


def evaluate(
    data: Path, work: Path, embedder: Embedder, reader: Reader, progress: EvaluationProgress
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


def _ask(one: Corpus, systems: Systems, progress: EvaluationProgress) -> Iterator[Compared]:
    by_name = {article.origin: article for article in one.bench.articles}
    with one.bench.catalog.snapshot() as snapshot:
        for number, posed in enumerate(one.questions):
            progress(one.name, number, len(one.questions))
            given = {}
            if posed.kind == "answerable":
                gold = Scope.of([by_name[posed.paragraph]])
                given = systems.respond(snapshot, posed.text, gold)
            yield Compared(posed, systems.respond(snapshot, posed.text, posed.scope), given)
    progress(one.name, len(one.questions), len(one.questions))


def _report(one: Corpus, asked: Sequence[Compared]) -> FileReport:
    asked = [a for a in asked if a.responses]  # a scope of nothing is no question to a system
    kinds = [a.posed.kind for a in asked]
    return FileReport(
        name=one.name,
        paragraphs=len(one.bench.articles),
        counts={kind: kinds.count(kind) for kind in KINDS},
        rows=tuple(measures.row(system, asked) for system in SYSTEMS),
        curves={system: measures.curves(system, asked) for system in SYSTEMS},
        decisions=measures.decisions(FOOTNOTE, asked, THRESHOLDS),
    )


MISSING = "-"

HEADERS = (
    "system",
    "hit@1",
    "hit@5",
    "MRR",
    "sentence (end to end)",
    "sentence given gold paragraph",
    "EM",
    "F1",
    *(f"AUC {kind}" for kind in UNANSWERABLE),
    "ECE",
)


@dataclass(frozen=True, slots=True)
class TextTable:
    """Cells as text; every row is as long as the headers."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


def systems(report: FileReport) -> TextTable:
    """Return one row for each system."""
    return TextTable(HEADERS, [_cells(row) for row in report.rows])


def markdown(table: TextTable) -> str:
    """Return a Markdown table: the first column is text, the others are numbers."""
    align = ["---", *("---:" for _ in table.headers[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (table.headers, align, *table.rows))


def questions(report: FileReport) -> str:
    """Count the questions by kind."""
    counts = ", ".join(f"{count:,} {kind}" for kind, count in report.counts.items())
    return f"Questions to {report.paragraphs:,} paragraphs: {counts}."


OUTCOMES = (
    "questions",
    "count",
    "sure, right",
    "sure, wrong",
    "perhaps, right",
    "perhaps, wrong",
    "refused",
)


def outcomes(report: FileReport) -> TextTable:
    """One row for each sort of question: shares of what Footnote does with them."""
    return TextTable(
        OUTCOMES,
        [
            [
                one.name,
                f"{one.questions:,}",
                *(
                    share(count / one.questions)
                    for count in (
                        one.sure_right,
                        one.sure_wrong,
                        one.perhaps_right,
                        one.perhaps_wrong,
                        one.refused,
                    )
                ),
            ]
            for one in report.decisions.outcomes
        ],
    )


def thresholds(decisions: Decisions) -> str:
    """Say what the thresholds come to."""
    return (
        f"Footnote is sure from {share(decisions.thresholds.sure)} on, and answers with perhaps "
        f"from {share(decisions.thresholds.perhaps)} on. Of its sure answers "
        f"{share(decisions.precision)} are right, one question in two having an answer."
    )


def share(value: float) -> str:
    """Return a share as `.813`, 1 as `1.000`; a dash for NaN."""
    return MISSING if math.isnan(value) else f"{value:.3f}".removeprefix("0")


def _cells(row: SystemMeasures) -> list[str]:
    values = (
        row.hit_at_1,
        row.hit_at_5,
        row.mean_reciprocal_rank,
        row.sentence,
        row.sentence_given_gold,
        row.exact_match,
        row.f1,
        *(row.auc[kind] for kind in UNANSWERABLE),
        row.calibration_error,
    )
    return [row.system, *map(share, values)]
