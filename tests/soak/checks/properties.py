"""Every property of the suite (Hypothesis) with many examples, other ones in every run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.properties import EXAMPLES
from tests.soak.check import Figure, Rounds

TITLE = "Properties, each tried with thousands of examples"
SOAK = 10_000
SUITE = 1
"""The suite has the properties themselves; this is whether they are found and counted."""

ROOT = Path(__file__).parents[3]
SOME = "tests/unit/bot/discord/test_markdown.py"
"""What is tried where one example each is asked for."""

TEST_SECONDS = 14_400
"""Of one property."""

_TEST = re.compile(r"^(tests/\S+::\S+?):$", re.MULTILINE)
_TRIED = re.compile(r"during (?:reuse|generate) phase .*?(\d+) passing, (\d+) failing", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Tried:
    """How often a property held, and how often it did not."""

    name: str
    passing: int
    failing: int


def run(rounds: Rounds, folder: Path) -> Iterator[Figure]:
    """Run pytest, and count what Hypothesis says of each property."""
    which, processes = (SOME, 0) if rounds.count == SUITE else ("tests", os.cpu_count() or 1)
    ended, output = _pytest(which, processes, rounds.count, folder)
    if ended:
        print(output, file=sys.stderr)
    tried = parse(output)
    for one in tried:
        seen = f"{one.passing:,} held" + (f", {one.failing:,} did not" if one.failing else "")
        yield Figure(one.name, seen, not one.failing)
    least, all_ = min((t.passing for t in tried), default=0), sum(t.passing for t in tried)
    yield Figure("all", f"{len(tried)} properties, {all_:,} examples", bool(tried))
    yield Figure("fewest examples of one (those that are large have fewer)", f"{least:,}", True)
    yield Figure("pytest", _last(output), ended == 0)


def _pytest(which: str, processes: int, examples: int, folder: Path) -> tuple[int, str]:
    """Run the tests that have properties; its exit code, and what it printed."""
    arguments = [
        *("-m", "hypothesis", "-n", str(processes), "-p", "no:cacheprovider"),
        *("--hypothesis-show-statistics", "--timeout", str(TEST_SECONDS)),
        *("--basetemp", str(folder / "pytest"), which),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=ROOT,
        env={**os.environ, EXAMPLES: str(examples)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def parse(output: str) -> Sequence[Tried]:
    """Read the statistics that `--hypothesis-show-statistics` prints."""
    found = []
    # The first piece is what comes before the first property.
    _, *pieces = _TEST.split(output)
    for name, said in zip(pieces[::2], pieces[1::2], strict=True):
        counts = [(int(passing), int(failing)) for passing, failing in _TRIED.findall(said)]
        if counts:
            found.append(Tried(name.removeprefix("tests/"), *map(sum, zip(*counts, strict=True))))
    return sorted(found, key=lambda one: one.name)


def _last(output: str) -> str:
    lines = [line for line in output.splitlines() if line.strip()]
    return lines[-1].strip(" =") if lines else "it printed nothing"
