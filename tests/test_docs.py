"""What the docs name exists."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("docs", "bot", "index", "tests")
PAGES = [*ROOT.glob("*.md"), *(page for name in FOLDERS for page in ROOT.glob(f"{name}/**/*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")
PLACE = re.compile(r"`((?:bot|index|tests)/[\w/]+\.\w+)(?::(\w+))?`")


def test_relative_links_lead_somewhere():
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in PAGES
        for link in LINK.findall(page.read_text())
        if not (page.parent / link).exists()
    ]
    assert not broken


def test_files_and_names_are_there():
    missing = []
    for page in PAGES:
        for file, name in PLACE.findall(page.read_text()):
            path = ROOT / file
            if not path.is_file():
                missing.append(f"{page.name}: {file}")
            elif name and not re.search(
                rf"^(?:(?:async )?def|class) {name}\b|^{name}\b", path.read_text(), re.M
            ):
                missing.append(f"{page.name}: {file}:{name}")
    assert not missing


def test_the_changelog_begins_with_the_version_of_the_package():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(), re.M)
    released = [heading for heading in headings if heading != "Unreleased"]
    assert released[0] == version


def test_word_lists_begin_with_where_they_come_from():
    lists = [*ROOT.glob("bot/**/lists/*.txt"), *ROOT.glob("index/**/lists/*.txt")]
    assert lists
    assert not [path for path in lists if not re.match(r"# .+ list\b|# From ", path.read_text())]
