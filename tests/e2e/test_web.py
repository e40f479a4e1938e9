"""The web page as a person uses it: in a real browser, with the real models."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.environment import NATO, NATO_WORDS, ROOT, SEED_TITLE

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
SCREENSHOTS = "FOOTNOTE_SCREENSHOTS"
"""The variable with a folder to write pictures of the pages to."""
SIZES = {"desktop": (1100, 780), "phone": (360, 740)}
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
WAIT_SECONDS = 60
MILLISECONDS = 1000 * WAIT_SECONDS

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="/usr/bin/chromium is missing: apt-get install chromium"
)


@pytest.fixture(scope="module")
def address(new_data) -> Iterator[str]:
    """The page of `footnote web`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environ = {
        **os.environ,
        "FOOTNOTE_DATA": str(new_data()),
        "FOOTNOTE_SEEDS": str(ROOT / "seeds"),
        "WEB_PORT": str(port),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "web"], cwd=ROOT, env=environ, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 2 * WAIT_SECONDS
    assert process.stderr
    for line in process.stderr:
        if b"Footnote is at" in line or time.monotonic() > deadline:
            break
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=WAIT_SECONDS)
    assert process.returncode == 0


@pytest.fixture(scope="module")
def page(address) -> Iterator[Any]:
    """One tab; whatever it says to the console fails the tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        made = browser.new_page(base_url=address, reduced_motion="reduce")
        made.set_default_timeout(MILLISECONDS)
        said: list[str] = []
        made.on("console", lambda message: said.append(f"{message.text} {message.location}"))
        made.on("pageerror", lambda error: said.append(str(error)))
        yield made
        browser.close()
        assert not [line for line in said if "/a/missing" not in line]


@pytest.fixture(scope="module")
def answered(page) -> Any:
    """The chat after a question and a follow-up."""
    page.goto("/")
    page.get_by_label("Your question").fill(NATO)
    page.keyboard.press("Enter")
    page.locator(".card").wait_for()
    page.get_by_label("Your question").fill("Who is Carl Bildt?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".exchange:nth-child(2) .card").wait_for()
    page.get_by_role("button", name="Not helpful").last.click()
    page.get_by_label("What wasn't helpful?").wait_for()
    return page


def test_an_answer_is_read_on_in_its_article(answered):
    page = answered
    first = page.locator(".exchange").first
    assert NATO_WORDS in first.locator(".card").inner_text()
    first.locator("a.mark").first.click()
    page.wait_for_url(re.compile(r"/a/\w+#s\d+"))
    marked = page.locator(":target")
    assert NATO_WORDS in marked.inner_text()
    assert marked.evaluate("one => getComputedStyle(one).backgroundColor") != "rgba(0, 0, 0, 0)"
    assert page.get_by_role("heading", name=SEED_TITLE).is_visible()
    page.go_back()
    assert page.locator(".exchange").count() == 2


def test_it_is_used_by_keyboard(answered):
    page = answered
    page.goto("/")
    page.locator("body").press("Tab")
    visited = []
    for _ in range(12):
        visited.append(page.evaluate("document.activeElement.textContent.trim()"))
        page.keyboard.press("Tab")
    assert "Chat" in visited
    assert "[1]" in visited
    assert "Passages" in visited


def test_a_file_is_added_and_a_gap_marked(answered, tmp_path):
    page = answered
    file = tmp_path / "ferry.txt"
    file.write_text("Ferry returns\n\nThe ferry to Lindholm returned on Monday after nine months.")
    page.goto("/articles")
    page.locator("#files").set_input_files(file)
    page.get_by_role("button", name="Undo").wait_for()
    page.goto("/gaps/mark?question=When+did+the+ferry+return%3F")
    page.get_by_label("The ferry to Lindholm returned").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("1 question in your own set").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_pages_are_accessible_and_fit(answered, size, scheme):
    page = answered
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.goto("/")
    article = page.locator("a.mark").first.get_attribute("href")
    for name, path in {
        "chat": "/",
        "reader": article,
        "articles": "/articles",
        "gaps": "/gaps",
        "mark": "/gaps/mark?question=Who+is+Macron%3F",
        "missing": "/a/missing",
    }.items():
        page.goto("about:blank")  # so that a place on a page is gone to, whatever was there before
        page.goto(path)
        picture(page, f"{name}-{size}-{scheme}")
        findings = page.evaluate(f"{AXE}\n;axe.run().then(found => found.violations)")
        assert not [
            (one["id"], node["target"], node["failureSummary"])
            for one in findings
            for node in one["nodes"]
        ], (name, size, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, size)


def picture(page, name: str) -> None:
    """Write a picture of a page, where a folder is given for it."""
    folder = os.environ.get(SCREENSHOTS)
    if folder:
        page.wait_for_timeout(300)
        page.screenshot(path=Path(folder) / f"web-{name}.png")
