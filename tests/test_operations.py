"""docs/operations.md says what the code says."""

import re
from pathlib import Path

import pytest
import yaml

from bot.metrics.monitor import Monitor
from tests.unit.bot.metrics.test_monitor import Services

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operations.md").read_text()
CODE = "\n".join(
    path.read_text() for name in ("bot", "index") for path in sorted((ROOT / name).rglob("*.py"))
)
OTHERS = {"database or disk is full", "We are being rate limited"}
"""Of SQLite and discord.py."""


def rows(heading: str) -> list[str]:
    """The first cells of the table of a section."""
    section = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]


@pytest.fixture
def registry():
    services = Services()
    assert services.metrics.requests
    Monitor(services.library, services.workers, services.metrics, lambda: 0.0, services.writer)
    yield services.metrics.registry
    services.workers.close()


def test_every_metric_is_explained_and_no_other(registry):
    explained = set(re.findall(r"`(footnote_\w+)`", "".join(rows("What to watch"))))
    kinds = {"counter": "_total", "info": "_info"}
    there = {family.name + kinds.get(family.type, "") for family in registry.collect()}
    assert explained == {name for name in there if name.startswith("footnote_")}


def test_alerts_are_of_metrics_that_there_are():
    (rules,) = re.findall(r"```yaml\n(.+?)```", PAGE, re.S)
    explained = set(re.findall(r"`(footnote_\w+)`", "".join(rows("What to watch"))))
    alerts = yaml.safe_load(rules)["groups"][0]["rules"]
    named = set(re.findall(r"footnote_\w+", " ".join(alert["expr"] for alert in alerts)))
    assert {name.removesuffix("_bucket") for name in named} <= explained


@pytest.mark.parametrize("said", re.findall(r"`([^`]+)`", "".join(rows("What errors mean"))))
def test_the_code_says_what_the_page_explains(said):
    if said not in OTHERS:
        parts = [part.strip() for part in said.split("…")]
        assert all(part in CODE for part in parts if part)


def test_links_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (ROOT / "docs" / target).exists(), target
