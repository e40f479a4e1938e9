"""`make soak`, or `python -m tests.soak [--only NAME ...] [--seconds N] [--rounds N]`.

Runs the checks one after another, prints their figures and puts them into docs/reliability.md, in
place of what was there of the same checks. Leaves with 1 when one of the figures is not as it has
to be.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

from tests.soak.check import Check, Rounds, find
from tests.soak.report import Section, put

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"


def main() -> int:
    """Run what was asked for."""
    checks = find()
    given = _arguments(sorted(checks))
    held = True
    for name in given.only or checks:
        section = _run(name, checks[name], given)
        put(PAGE, section)
        held = held and section.held
    return 0 if held else 1


def _arguments(names: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--only", nargs="+", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument(
        "--seconds", type=float, default=float("inf"), help="the most a check takes"
    )
    parser.add_argument("--rounds", type=int, help="instead of a check's own number")
    return parser.parse_args()


def _run(name: str, check: Check, given: argparse.Namespace) -> Section:
    print(f"== {name}: {check.TITLE}", flush=True)
    began, figures = time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix=f"soak-{name}-") as folder:
        for figure in check.run(Rounds(given.rounds or check.SOAK, given.seconds), Path(folder)):
            print(f"{'  ' if figure.held else '! '}{figure.what}: {figure.seen}", flush=True)
            figures.append(figure)
    return Section(name, check.TITLE, tuple(figures), time.monotonic() - began)


if __name__ == "__main__":
    sys.exit(main())
