"""Draw what tests/scale.py measured, `python -m tests.scale_plot`: docs/plots/scale.png."""

from __future__ import annotations

import json

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from index.lab.evaluation.plots import DPI, FAINT, INK
from tests.scale import FOLDER, ROOT

PICTURE = ROOT / "docs" / "plots" / "scale.png"

LINES = {
    "before Chroma has any": ("search while Chroma lacks all", "#0B3C6F", "-", "o"),
    "as news comes in": ("search while news comes in", "#009E73", "-.", "D"),
    "while Chroma is written": ("search while Chroma is written", "#E69F00", "--", "s"),
}
"""Colours that all kinds of colour vision tell apart, as in the plots of the evaluation."""

PEERS = {
    "chroma": ("Chroma alone", "#CC79A7", ":", "v"),
    "lancedb": ("LanceDB", "#56B4E9", ":", "^"),
}
TARGETS = (20, 4_000)
"""Milliseconds and megabytes, with 1,000,000 passages."""


def main() -> None:
    """Draw the time of a search by the clock, and memory, over the number of passages."""
    every = {
        int(path.parent.name): json.loads(path.read_text())
        for path in FOLDER.glob("*/figures.json")
    }
    found = {n: ours for n, (ours, *_) in every.items()}
    picture = Figure(figsize=(9.5, 4.4), dpi=DPI, facecolor="white", layout="constrained")
    search, memory = picture.subplots(1, 2)
    for label, (what, *look) in LINES.items():
        _line(search, {n: one[what]["p50"] for n, one in found.items()}, label, *look)
    _line(memory, {n: one["peak MB"] for n, one in found.items()}, "", "#0B3C6F", "-", "o")
    for name, (label, *look) in PEERS.items():
        peer = {n: one for n, all_ in every.items() for one in all_ if one["system"] == name}
        if peer:
            _line(search, {n: one["p50"] for n, one in peer.items()}, label, *look)
            _line(memory, {n: one["peak MB"] for n, one in peer.items()}, "", *look)
    _frame(search, "a search by the clock, median, ms", TARGETS[0])
    _frame(memory, "most memory of the process, MB", TARGETS[1])
    picture.legend(loc="outside lower center", ncols=3, frameon=False, labelcolor=INK)
    FigureCanvasAgg(picture).print_png(PICTURE, metadata={"Software": None})


def _line(
    axes: Axes, values: dict[int, float], label: str, colour: str, stroke: str, mark: str
) -> None:
    axes.plot(
        *zip(*sorted(values.items()), strict=True),
        color=colour,
        linestyle=stroke,
        marker=mark,
        linewidth=2,
        label=label,
    )


def _frame(axes: Axes, title: str, target: float) -> None:
    axes.set_xscale("log")
    axes.set_ylim(0, 1.2 * max(target, axes.get_ylim()[1]))
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
