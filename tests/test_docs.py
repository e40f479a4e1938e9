"""What the docs name exists."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("docs", "bot", "index", "tests")
PAGES = [*ROOT.glob("*.md"), *(page for name in FOLDERS for page in ROOT.glob(f"{name}/**/*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)")
ANCHOR = re.compile(r"\]\((?!https?:)([^)#]*)#([^)]+)\)")
PLACE = re.compile(r"`((?:bot|index|tests)/[\w/]+\.\w+)(?::(\w+))?`")


def test_relative_links_lead_somewhere():
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in PAGES
        for link in LINK.findall(page.read_text())
        if not (page.parent / link).exists()
    ]
    assert not broken


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```", "", page.read_text(), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


def test_anchors_are_headings():
    broken = [
        f"{page.relative_to(ROOT)}: {link}#{anchor}"
        for page in PAGES
        for link, anchor in ANCHOR.findall(page.read_text())
        if anchor not in anchors(page.parent / link if link else page)
    ]
    assert not broken


def test_every_page_of_docs_is_on_the_site():
    nav = (ROOT / "mkdocs.yml").read_text()
    assert not [page.name for page in ROOT.glob("docs/*.md") if f": docs/{page.name}\n" not in nav]


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
