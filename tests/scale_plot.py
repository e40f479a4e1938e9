"""Draw what tests/scale.py measured, `python -m tests.scale_plot`: docs/plots/scale.png."""

from __future__ import annotations

import json
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from index.lab.evaluation.plots import DPI, FAINT, INK, Look
from tests.scale import FOLDER, ROOT

PICTURE = ROOT / "docs" / "plots" / "scale.png"

LINES = {
    "Footnote, before Chroma has any": ("Footnote", "search while Chroma lacks all"),
    "Footnote, as news comes in": ("Footnote", "search while news comes in"),
    "Footnote, once Chroma has all": ("Footnote", "search once Chroma has all"),
    "Chroma alone": ("chroma", ""),
    "LanceDB alone": ("lancedb", ""),
}
LOOKS = [
    Look("#0B3C6F", "-", "o"),
    Look("#009E73", "-.", "D"),
    Look("#56B4E9", ":", "^"),
    Look("#E69F00", "--", "s"),
    Look("#CC79A7", "--", "v"),
]
"""Colours that all kinds of colour vision tell apart, as in the plots of the evaluation."""

TARGETS = (20, 4_000)
"""Milliseconds and megabytes, with 1,000,000 passages."""

Found = dict[int, dict[str, dict[str, Any]]]
"""What was measured, by number of passages and system."""


def main() -> None:
    """Draw medians, and memory, over the number of passages."""
    found: Found = {
        int(path.parent.name): {one["system"]: one for one in json.loads(path.read_text())}
        for path in FOLDER.glob("*/figures.json")
    }
    picture = Figure(figsize=(9.5, 4.6), dpi=DPI, facecolor="white", layout="constrained")
    search, memory = picture.subplots(1, 2)
    for (label, (system, what)), look in zip(LINES.items(), LOOKS, strict=True):
        _line(search, found, system, lambda one, w=what: _median(one, w), label, look)
        if what in ("", LINES["Footnote, before Chroma has any"][1]):
            _line(memory, found, system, lambda one: one["peak MB"], "", look)
    _frame(search, "median of a search, ms", TARGETS[0])
    _frame(memory, "most memory of the process, MB", TARGETS[1])
    picture.legend(loc="outside lower center", ncols=3, frameon=False, labelcolor=INK)
    FigureCanvasAgg(picture).print_png(PICTURE, metadata={"Software": None})


def _median(one: dict[str, Any], what: str) -> float | None:
    times = one.get(what) if what else one
    return times["p50"] if times else None


def _line(axes: Axes, found: Found, system: str, value: Any, label: str, look: Look) -> None:
    points = [
        (passages, at)
        for passages, systems in sorted(found.items())
        if system in systems and (at := value(systems[system])) is not None
    ]
    axes.plot(
        *zip(*points, strict=True),
        color=look.colour,
        linestyle=look.stroke,
        marker=look.mark,
        linewidth=2,
        label=label,
    )


def _frame(axes: Axes, title: str, target: float) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_title(title, color=INK, fontsize=11)
    axes.set_xlabel("passages", color=INK)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.plot([1_000_000], [target], color=INK, marker="_", markersize=22, linestyle="none")
    axes.annotate("target", (1_000_000, target), (-34, 5), textcoords="offset points", color=INK)
    axes.grid(color="#e6e6e6", linewidth=0.8)
    axes.tick_params(colors=INK)
    for spine in axes.spines.values():
        spine.set_color(FAINT)


if __name__ == "__main__":
    main()
