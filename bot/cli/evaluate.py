"""`footnote evaluate` measures answers on question sets; `footnote mark` adds to one.

`footnote gaps` lists the questions that are worth marking.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich import box
from rich.table import Table

from bot.cli import strings
from bot.cli.app import App, JsonOption, SpaceOption, UsageError, app_of, visible
from bot.cli.terminal import questions_progress, well_formed
from index.errors import QuestionSetError, SourceError
from index.model import PUBLIC

if TYPE_CHECKING:
    from index.lab.evaluation.report import FileReport, TextTable


LISTED = 50
"""Gaps of each kind, as on the page."""

WORK, PLOTS = Path("build/evaluation"), Path("docs/plots")


def evaluate(
    context: typer.Context,
    data: Annotated[Path, typer.Argument(metavar="DATA", hidden=True)],
    work: Annotated[
        Path,
        typer.Option(metavar="FOLDER", help="Folder for indexed paragraphs and converted models."),
    ] = WORK,
    plots: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder for the two plots.")
    ] = PLOTS,
    as_json: JsonOption = False,
) -> None:
    """Measure search, answers and refusals on question sets.

    DATA is a folder of files in SQuAD's format.
    """
    app = app_of(context)
    if not data.is_dir():
        raise UsageError(f"there's no folder {data}; give one with files in SQuAD's format")
    if find_spec("matplotlib") is None:
        raise UsageError("the plots need matplotlib: pip install 'footnote-bot[plots]'")
    try:
        reports = _evaluate(app, data, work)
    except (QuestionSetError, SourceError) as error:
        raise UsageError(str(error)) from error
    from index.lab.evaluation.plots import draw

    pictures = draw(reports, plots)
    if as_json:
        app.print_json({"files": [_json(report) for report in reports]}, indent=True)
    else:
        _show(app, reports)
    app.print_error(strings.plots(pictures))


def mark(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", hidden=True)],
    article: Annotated[
        str, typer.Option(metavar="ARTICLE", help="The article with the answer, by ID or title.")
    ],
    answer: Annotated[
        str | None,
        typer.Option(metavar="WORDS", help="Its words that answer; leave this out if it doesn't."),
    ] = None,
    space: SpaceOption = PUBLIC,
) -> None:
    """Note the right answer to a question, or that there is none, for `footnote evaluate`."""
    app, spaces = app_of(context), visible(space)
    with app.library(chroma=False, spaces=spaces) as library:
        found = library.get(article, spaces)
        text = library.text(found.id, spaces)
    try:
        count, folder = note_answer(
            app.settings.data, well_formed(question).strip(), found.title, text, answer
        )
    except ValueError as error:
        raise UsageError(
            f'those words aren\'t in "{found.title}"; copy them from: footnote show "{found.title}"'
        ) from error
    app.print(strings.marked(count, folder))


def gaps(context: typer.Context, space: SpaceOption = PUBLIC, as_json: JsonOption = False) -> None:
    """List the questions that found no answer, in Discord or the browser, the most asked first."""
    from index.store.usage import GAP_DAYS

    app, spaces = app_of(context), visible(space)
    with app.library(chroma=False, spaces=spaces) as library:
        refused = library.records.questions.gaps
        found = [
            (gap, perhaps)
            for perhaps in (False, True)
            for gap in refused(spaces[0], GAP_DAYS, LISTED, perhaps_there=perhaps)
        ]
    if as_json:
        app.print_json([{**asdict(gap), "perhaps_there": it} for gap, it in found], indent=True)
        return
    if not found:
        app.print_error(
            "No question asked in Discord or the browser went unanswered in the last 90 days. "
            "Questions asked here aren't counted."
        )
    for gap, perhaps in found:
        app.print(strings.GAP[perhaps].format(gap.question, gap.count))


def note_answer(
    data: Path, question: str, title: str, text: str, answer: str | None
) -> tuple[int, Path]:
    """Note a right answer in the data folder; return how many there are, and the set's folder.

    Raises ValueError if the article's text has no such words.
    """
    from index.lab.evaluation.marking import FILE
    from index.lab.evaluation.marking import mark as add

    file = data / FILE
    return add(file, question, title, text, answer), file.parent


def _evaluate(app: App, data: Path, work: Path) -> list[FileReport]:
    """Raise QuestionSetError before the models are loaded, which takes a while."""
    from index.lab.evaluation import report
    from index.lab.evaluation.questions import askable

    askable(data, "dev")
    embedder, reader = app.models(work / "models")
    with questions_progress(app.err) as follow:
        return report.evaluate(data, work, embedder, reader, follow)


def _show(app: App, reports: Sequence[FileReport]) -> None:
    from index.lab.evaluation import report

    for one in reports:
        app.print(f"## {one.name}")
        app.print("")
        _print(app, report.systems(one), sideways=True)
        app.out.print("", report.questions(one), "", sep="\n", soft_wrap=not app.out.is_terminal)
        _print(app, report.outcomes(one))
        line = report.thresholds(one.decisions)
        app.out.print("", line, "", sep="\n", soft_wrap=not app.out.is_terminal)


def _print(app: App, table: TextTable, *, sideways: bool = False) -> None:
    """Print a table; on a terminal, `sideways` has a column for each row, so that it fits."""
    from index.lab.evaluation import report

    if not app.out.is_terminal:
        app.out.print(report.markdown(table), soft_wrap=True)
        return
    grid = Table(box=box.SIMPLE_HEAD)
    lines: list[Sequence[str]] = [table.headers, *table.rows]
    if sideways:
        lines = list(zip(*lines, strict=True))
    for number, header in enumerate(lines[0]):
        grid.add_column(header, justify="right" if number else "left")
    for line in lines[1:]:
        grid.add_row(*line)
    app.out.print(grid)


def _json(report: FileReport) -> dict[str, Any]:
    """Return the report without its curves; None where a system has no such measure."""
    return {
        "file": report.name,
        "paragraphs": report.paragraphs,
        "questions": report.counts,
        "systems": [_rounded(asdict(row)) for row in report.rows],
        "footnote": _rounded(asdict(report.decisions)),
    }


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_rounded(one) for one in value]
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 4)
    return value
