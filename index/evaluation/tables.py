"""The tables and lines of a report, as text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.evaluation.measures import UNANSWERABLE, Decisions, Row
from index.evaluation.report import FileReport

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
class Table:
    """Cells as text; every row is as long as the headers."""

    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


def systems(report: FileReport) -> Table:
    """One row for each system."""
    return Table(HEADERS, [_cells(row) for row in report.rows])


def markdown(table: Table) -> str:
    """A Markdown table: the first column is text, the others are numbers."""
    align = ["---", *("---:" for _ in table.headers[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (table.headers, align, *table.rows))


def questions(report: FileReport) -> str:
    """Count the questions by kind."""
    counts = ", ".join(f"{count:,} {kind}" for kind, count in report.counts.items())
    return f"Questions to {report.paragraphs:,} paragraphs: {counts}."


def threshold(decisions: Decisions) -> str:
    """Say what the threshold comes to."""
    refused = ", ".join(f"{kind} {share(of)}" for kind, of in decisions.refused.items())
    return (
        f"Footnote at its threshold of {share(decisions.threshold)}: of the answerable questions "
        f"{share(decisions.answered)} are answered; of what is answered {share(decisions.wrong)} "
        f"is unanswerable; refused: {refused}."
    )


def share(value: float) -> str:
    """A share as `.813`, 1 as `1.000`; a dash for NaN."""
    return MISSING if math.isnan(value) else f"{value:.3f}".removeprefix("0")


def _cells(row: Row) -> list[str]:
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
