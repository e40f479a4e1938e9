"""The locks hold a release that satisfies each requirement of pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUN = ("requirements.lock", "requirements-torch.txt")


def pinned(*files):
    """Return the release that the files pin of each package."""
    text = "\n".join((ROOT / file).read_text() for file in files)
    pins = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", text, re.M)
    return {canonicalize_name(name): Version(version) for name, version in pins}


@pytest.mark.parametrize(
    ("requirements", "files"),
    [
        ([*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["plots"]], RUN),
        (PROJECT["optional-dependencies"]["test"], (*RUN, "requirements-test.lock")),
    ],
    ids=["run", "test"],
)
def test_every_requirement_is_locked_at_a_release_that_satisfies_it(requirements, files):
    pins = pinned(*files)
    for requirement in map(Requirement, requirements):
        version = pins.get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is in none of {files}; run make lock"
        assert version in requirement.specifier, (
            f"{requirement}: {version} is locked; run make lock"
        )


def test_the_tests_run_with_the_releases_that_the_bot_runs_with():
    both = pinned(*RUN).keys() & pinned("requirements-test.lock").keys()
    assert not both, "one package is pinned once"
