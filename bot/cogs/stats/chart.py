"""Three charts over the days of a period: questions, votes, time.

Run as a process: days as JSON in, a PNG out. Nothing else imports it, as matplotlib takes half a
second and 50 MB.
Series differ by place, by stripes and by colour, never by colour alone.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter, MaxNLocator

from bot.cogs.stats import strings
from bot.cogs.stats.reader import DayStats

WIDTH_INCHES, HEIGHT_INCHES = 5.5, 4.1
"""An inch is 100 of Discord's pixels beside a message; in a card it shows at most 400 by 300."""

MARGIN_INCHES = 0.08

DPI = 200
"""Sharp where a screen has two dots to a pixel."""

PAPER = "#2b2d31"
"""A ground of its own, so that everything on it is as easy to read in a light theme."""

INK = "#f2f3f5"
FAINT = "#80848e"
GRID = "#43464d"
GOOD = "#56b4e9"
BAD = "#e69f00"

TIME = "#f0e442"
"""Colours that differ in all kinds of colour vision (Okabe and Ito 2008)."""

STRIPES = "////"
TITLE_POINTS, SMALL_POINTS = 10.5, 9.5

MAX_BARS = 92
"""Longer periods have a bar for each week, as high as its mean day."""

WEEK = 7

MIN_DAYS = 5
"""The days of a shorter period are not drawn any broader."""

MAX_DATES = 7


def draw(days: Sequence[DayStats]) -> bytes:
    """Return a PNG of WIDTH_INCHES times DPI by HEIGHT_INCHES times DPI pixels."""
    figure = Figure(
        figsize=(WIDTH_INCHES, HEIGHT_INCHES),
        dpi=DPI,
        facecolor=PAPER,
        layout=ConstrainedLayoutEngine(w_pad=MARGIN_INCHES, h_pad=MARGIN_INCHES),
    )
    FigureCanvasAgg(figure)
    heights = {"height_ratios": (1.5, 1.2, 1)}
    questions, votes, times = figure.subplots(3, sharex=True, gridspec_kw=heights)
    _questions(questions, days)
    _votes(votes, days)
    _times(times, days)
    _dates(times, [day.day for day in days])
    file = io.BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _questions(axes: Axes, days: Sequence[DayStats]) -> None:
    _frame(axes, strings.per_day("Questions", weekly=len(days) > MAX_BARS))
    answered, refused = [day.answered for day in days], [day.refused for day in days]
    _bars(axes, answered, strings.ANSWERED)
    _bars(axes, refused, strings.REFUSED, above=answered, striped=True)
    axes.set_ylim(0, 1.05 * max(1, axes.get_ylim()[1]))
    _legend(axes)


def _votes(axes: Axes, days: Sequence[DayStats]) -> None:
    _frame(axes, strings.per_day("Votes", weekly=len(days) > MAX_BARS))
    helpful, unhelpful = [day.helpful for day in days], [day.unhelpful for day in days]
    if not any(helpful + unhelpful):
        axes.set_yticks([])
        axes.text(0.5, 0.5, strings.NO_VOTES, color=INK, transform=axes.transAxes, ha="center")
        return
    _bars(axes, helpful, strings.HELPFUL)
    _bars(axes, [-count for count in unhelpful], strings.UNHELPFUL, striped=True)
    axes.axhline(0, color=FAINT, linewidth=0.8)
    _legend(axes)


def _times(axes: Axes, days: Sequence[DayStats]) -> None:
    slowest = max((day.median_ms or 0 for day in days), default=0)
    unit, ms = (strings.SECONDS, 1_000) if slowest >= 1_000 else (strings.MILLISECONDS, 1)
    _frame(axes, strings.TIMES_CHART.format(unit))
    medians = [day.median_ms / ms if day.median_ms else float("nan") for day in days]
    mark = 4 if len(days) <= MAX_BARS else 1.5
    axes.plot(medians, color=TIME, linewidth=1.2, marker="o", markersize=mark)
    axes.set_ylim(0, 1.15 * slowest / ms or 1)


def _bars(
    axes: Axes,
    values: Sequence[int],
    label: str,
    *,
    above: Sequence[int] = (),
    striped: bool = False,
) -> None:
    blocks = _blocks(len(values))
    axes.bar(
        [(block[0] + block[-1]) / 2 for block in blocks],
        [_mean(values, block) for block in blocks],
        bottom=[_mean(above, block) for block in blocks] if above else None,
        width=[0.8 * len(block) for block in blocks],
        label=label,
        color=BAD if striped else GOOD,
        edgecolor=PAPER,  # of the stripes
        linewidth=0,
        hatch=STRIPES if striped else None,
    )


def _blocks(days: int) -> list[range]:
    """Return the days that share a bar; a week ends today, the first may be short."""
    size = 1 if days <= MAX_BARS else WEEK
    return [range(max(0, end - size), end) for end in range(days, 0, -size)][::-1]


def _mean(values: Sequence[int], block: range) -> float:
    return sum(values[n] for n in block) / len(block)


def _frame(axes: Axes, title: str) -> None:
    axes.set_facecolor(PAPER)
    axes.set_title(title, loc="left", color=INK, fontsize=TITLE_POINTS)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INK, labelsize=SMALL_POINTS, length=0)
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=(1, 2, 5, 10), integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{abs(value):,.0f}"))
    for spine in axes.spines.values():
        spine.set_visible(False)


def _legend(axes: Axes) -> None:
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1, 1.05),
        ncols=2,
        frameon=False,
        borderpad=0,
        labelcolor=INK,
        fontsize=SMALL_POINTS,
        borderaxespad=0,
        columnspacing=1.2,
        handlelength=1.6,
    )


def _dates(axes: Axes, days: Sequence[date]) -> None:
    """Name some days, so that their names do not touch."""
    weekly = len(days) > MAX_BARS
    candidates = [n for n, day in enumerate(days) if day.day == 1 or not weekly]
    step = -(-len(candidates) // MAX_DATES)
    named = candidates[::-step]  # from the newest on
    names = [f"{days[n]:%b %Y}" if weekly else f"{days[n].day} {days[n]:%b}" for n in named]
    axes.set_xticks(named, names)
    spare = max(0, MIN_DAYS - len(days)) / 2
    axes.set_xlim(-0.6 - spare, len(days) - 0.4 + spare)


def _day(fields: dict[str, Any]) -> DayStats:
    return DayStats(**fields | {"day": date.fromisoformat(fields["day"])})


if __name__ == "__main__":
    sys.stdout.buffer.write(draw([_day(fields) for fields in json.load(sys.stdin)]))
