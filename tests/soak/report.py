"""docs/reliability.md: a section for each check, replaced when the check is run again."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.soak.check import Figure

HEAD = """\
# Reliability

What `make soak` measured, check by check. `python -m tests.soak --only NAME` runs one check again
and replaces its section here. The test suite runs fewer rounds of the same checks.
"""


@dataclass(frozen=True, slots=True)
class Section:
    """The figures of one check."""

    name: str
    title: str
    figures: tuple[Figure, ...]
    seconds: float

    @property
    def held(self) -> bool:
        """Whether all of it is as it has to be."""
        return bool(self.figures) and all(figure.held for figure in self.figures)


def put(page: Path, section: Section, now: datetime | None = None) -> None:
    """Write a section, in the place of the one of the same check if there is one."""
    text = page.read_text(encoding="utf-8") if page.exists() else HEAD
    written = _written(section, now or datetime.now(UTC))
    pattern = re.compile(rf"<!-- soak: {section.name} -->.*?<!-- end -->\n", re.DOTALL)
    replaced, found = pattern.subn(lambda _: written, text)
    text = replaced if found else f"{text}\n{written}"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(text, encoding="utf-8")


def _written(section: Section, now: datetime) -> str:
    rows = "\n".join(
        f"| {_cell(f.what)} | {_cell(f.seen)} | {'yes' if f.held else '**no**'} |"
        for f in section.figures
    )
    cores = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}"
    machine = f"{cores}, {platform.system()}, Python {platform.python_version()}"
    return (
        f"<!-- soak: {section.name} -->\n## {section.title}\n\n"
        f"`python -m tests.soak --only {section.name}`, {now:%Y-%m-%d}, {section.seconds:.0f} s"
        f" ({machine})\n\n| | seen | held |\n|---|---|---|\n{rows}\n<!-- end -->\n"
    )


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")
