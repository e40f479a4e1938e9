"""Two pictures of a report, for a dark page as for a light one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.lab.evaluation.report import FileReport
from index.lab.evaluation.systems import BM25, CALIBRATED, DENSE, FOOTNOTE, HYBRID, SYSTEMS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DPI = 160

PANEL_INCHES = 3.5

INK = "#222222"

FAINT = "#bbbbbb"

LOOKS = {
    DENSE: {"color": "#56B4E9", "linestyle": ":", "marker": "^"},
    BM25: {"color": "#E69F00", "linestyle": "--", "marker": "s"},
    HYBRID: {"color": "#009E73", "linestyle": "-.", "marker": "D"},
    FOOTNOTE: {"color": "#0B3C6F", "linestyle": "-", "marker": "o"},
}
"""How systems are drawn, told apart by colour, stroke and mark; the colours by all kinds of vision
(Okabe and Ito 2008; the last is darker)."""

_LINE: dict[str, Any] = {"linewidth": 2, "markersize": 6}

MIN_COVERAGE = 0.05
"""Before that a share is of a handful of questions, and jumps."""

MARKS_AT = (0.15, 0.3, 0.45, 0.6, 0.75, 0.9)
"""Coverage at which lines have their mark, so that they are told apart where they cross."""

HALO = 900.0
"""Area (points squared) of a bin's halo, if it had all questions."""


def draw(reports: Sequence[FileReport], folder: Path) -> tuple[Path, Path]:
    """Write risk_coverage.png and calibration.png, one panel for each file; return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return (
        _picture(reports, folder / "risk_coverage.png", "lower right is better", _risk_coverage),
        _picture(
            reports,
            folder / "calibration.png",
            "nearer to the diagonal is better; the larger the halo, the more questions",
            _calibration,
        ),
    )


def _picture(
    reports: Sequence[FileReport],
    path: Path,
    advice: str,
    panel: Callable[[Axes, FileReport], None],
) -> Path:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(
        figsize=(max(len(reports), 1.5) * PANEL_INCHES, PANEL_INCHES + 1.1),
        facecolor="white",
        layout="constrained",
    )
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, len(reports), sharex=True, sharey=True, squeeze=False)[0]
    for axes, report in zip(panels, reports, strict=True):
        _frame(axes, report.name)
        panel(axes, report)
        axes.label_outer()
    _legend(figure, panels[0], columns=(3 * len(reports) + 1) // 2)
    figure.suptitle(advice, color=INK, fontsize=10)
    figure.savefig(path, dpi=DPI)
    return path


def _risk_coverage(axes: Axes, report: FileReport) -> None:
    axes.set(
        xlim=(0, 1.02),
        ylim=(-0.01, 0.52),
        xlabel="share of answerable questions answered",
        ylabel="share of wrong answers",
    )
    for system in SYSTEMS:
        curve = report.curves[system]
        kept = curve.coverage >= MIN_COVERAGE
        coverage = curve.coverage[kept]
        marks = [int(i) for i in coverage.searchsorted(MARKS_AT) if i < len(coverage)]
        look = LOOKS[system] | _LINE
        axes.plot(coverage, curve.risk[kept], label=system, markevery=marks, **look)
    at = report.decisions
    axes.plot(
        [at.coverage],
        [1 - at.precision],
        color=LOOKS[FOOTNOTE]["color"],
        linestyle="none",
        marker="*",
        markersize=17,
        markeredgecolor="white",
        label=f"Footnote, sure from {at.thresholds.sure:.2f}",
        zorder=5,
    )


def _calibration(axes: Axes, report: FileReport) -> None:
    axes.set(
        xlim=(-0.04, 1.04),
        ylim=(-0.04, 1.04),
        aspect="equal",
        xlabel="how sure it is of its best sentence",
        ylabel="share of those that are right",
    )
    axes.plot([0, 1], [0, 1], color=INK, linestyle=":", linewidth=1, label="as sure as right")
    for system in CALIBRATED:
        look = LOOKS[system] | _LINE
        bins = np.array(report.curves[system].bins).reshape(-1, 3)
        means, shares, weights = bins.T
        axes.scatter(means, shares, s=HALO * weights, color=look["color"], alpha=0.25)
        axes.plot(means, shares, label=system, **look)


def _frame(axes: Axes, title: str) -> None:
    axes.set_facecolor("white")
    axes.set_title(title, color=INK, fontsize=11)
    axes.grid(color="#e6e6e6", linewidth=0.8)
    axes.tick_params(colors=INK)
    for spine in axes.spines.values():
        spine.set_color(FAINT)


def _legend(figure: Figure, axes: Axes, columns: int) -> None:
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(
        handles,
        labels,
        loc="outside lower center",
        ncols=min(columns, len(labels)),
        frameon=False,
        handlelength=3.5,
        labelcolor=INK,
    )
