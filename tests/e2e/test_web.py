"""The web page as a person uses it: in a real browser, with the real models."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.request import urlopen

import pytest
import uvicorn

from bot.llm.strings import STOP
from bot.runtime.threads import Workers
from bot.services import Services
from bot.settings import Settings
from bot.web.app import make_app
from index.ingest import Text
from index.model import PUBLIC
from tests.builders import CLINIC, HARBOUR, open_library
from tests.e2e.environment import NATO, NATO_WORDS, ROOT, SEED_TITLE
from tests.forks import Fork
from tests.llmserver.scripts import says
from tests.llmserver.server import ScriptedServer
from tests.unit.index.web.sites import anywhere
from tests.waiting import WAIT_SECONDS, block_until, free_port

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
SCREENSHOTS = "FOOTNOTE_SCREENSHOTS"
"""The variable with a folder to write pictures of the pages to."""
SIZES = {"desktop": (1100, 780), "phone": (360, 800)}
SCHEMES = ("light", "dark")
AXE = (ROOT / "tests" / "vendor" / "axe.min.js").read_text(encoding="utf-8")
MILLISECONDS = 1000 * WAIT_SECONDS

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason="/usr/bin/chromium is missing: apt-get install chromium"
)


@contextmanager
def serving(data: Path, stop: signal.Signals = signal.SIGINT, **variables: str) -> Iterator[str]:
    """Yield the address of `footnote web`, which `stop` ends in order."""
    port = free_port()
    environ = {
        **os.environ,
        "FOOTNOTE_DATA": str(data),
        "FOOTNOTE_SEEDS": str(ROOT / "seeds"),
        "WEB_PORT": str(port),
        **variables,
    }
    process, printed = Fork("tests.e2e.bot", "web").launch(environ, ROOT)
    with printed:
        deadline = time.monotonic() + 2 * WAIT_SECONDS
        for line in printed:
            if b"Footnote is at" in line or time.monotonic() > deadline:
                break
        yield f"http://127.0.0.1:{port}"
        os.kill(process.pid, stop)
        process.join(WAIT_SECONDS)
    assert process.exitcode == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


ASKED_FOR = ("/a/missing", "/login")


@contextmanager
def tab(browser: Any, address: str, expected: tuple[str, ...] = ASKED_FOR) -> Iterator[Any]:
    """Yield a tab; whatever it says to the console fails the test, but for what is `expected`."""
    made = browser.new_page(base_url=address, reduced_motion="reduce")
    made.set_default_timeout(MILLISECONDS)
    said: list[str] = []
    made.on("console", lambda message: said.append(f"{message.text} {message.location}"))
    made.on("pageerror", lambda error: said.append(str(error)))
    yield made
    made.close()
    assert not [line for line in said if not any(one in line for one in expected)]


@pytest.fixture(scope="module")
def page(browser, new_data) -> Iterator[Any]:
    with serving(new_data()) as address, tab(browser, address) as made:
        yield made


@contextmanager
def here(
    browser: Any, data: Path, said: tuple[str, ...] = ASKED_FOR, **environ: str
) -> Iterator[Any]:
    """Yield a tab on a page that this process serves, with two articles and no real models."""
    workers = Workers()
    with open_library(data) as library, socket.create_server(("127.0.0.1", 0)) as listening:
        library.ingest([Text("harbour", f"Harbour reopens\n\n{HARBOUR}")])
        library.ingest([Text("clinic", f"Fever spreads\n\n{CLINIC}")])
        settings = Settings.from_environment(environ)
        services = Services(library, workers, anywhere(), web_url="")
        app = make_app(services, settings, (PUBLIC,), b"key", lambda *_: (1, data))
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None))
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            with tab(browser, f"http://127.0.0.1:{listening.getsockname()[1]}", said) as made:
                yield made
        finally:
            server.should_exit = True
            thread.join()
            workers.close()


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
    for size, scheme in product(SIZES, SCHEMES):  # README's pictures
        show_as(page, size, scheme)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        picture(page, f"answer-{size}-{scheme}")
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


@pytest.fixture
def locked(browser, tmp_path) -> Iterator[Any]:
    with here(browser, tmp_path, WEB_PASSWORD="correct horse") as page:
        yield page


@pytest.fixture
def unlocked(browser, tmp_path) -> Iterator[Any]:
    with here(browser, tmp_path) as page:
        yield page


def test_it_is_used_by_keyboard(unlocked):
    page = unlocked
    page.goto("/")
    page.keyboard.type(f"{DIVERS} {OTHER}")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Passages").nth(1).wait_for()
    assert focused(page, "id") == "question"
    assert page.get_by_text(DIVERS).first.bounding_box()["y"] > 0  # the first of the two is in view
    page.goto("/privacy")
    page.keyboard.press("Tab")
    assert focused(page, "textContent") == "Skip to the content"
    assert page.evaluate(SEEN)
    page.goto("/")
    page.locator(".skip").focus()
    visited = []
    for _ in range(30):
        visited.append(focused(page, "textContent"))
        assert page.evaluate(SEEN), visited[-1]
        page.keyboard.press("Tab")
    order = ["Chat", "Articles", "Gaps", "[1]", "Passages", "Ask a follow-up", "Helpful"]
    assert list(dict.fromkeys(one for one in visited if one in order)) == order
    passages = page.get_by_role("button", name="Passages").first
    passages.press("Enter")
    page.get_by_text("Passage 1 of").wait_for()
    block_until(lambda: not page.locator(".htmx-added").count())  # htmx knows the button only then
    page.get_by_role("button", name="Next").press("Enter")
    page.get_by_text("Passage 2 of").wait_for()
    block_until(lambda: focused(page, "textContent") in {"Next", "Previous"})  # after the text
    page.keyboard.press("Escape")
    assert page.get_by_text("Passage 2 of").count() == 0
    assert passages.evaluate("one => one === document.activeElement")
    page.get_by_role("button", name="Ask a follow-up").first.press("Enter")
    assert focused(page, "id") == "question"


DIVERS, OTHER = "Who praised the divers?", "What did Ilse Berg say about jobs?"

SEEN = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const outline = getComputedStyle(one).outlineStyle !== "none";
  return one === document.body || (outline && (one.contains(top) || top?.contains(one)));
}"""
"""Whether the focus is shown, and nothing lies over it."""


def focused(page, name: str) -> str:
    return page.evaluate(f"document.activeElement.{name}.trim()")


def test_whoever_comes_back_finds_the_place(unlocked):
    page = unlocked
    page.set_viewport_size({"width": 600, "height": 400})
    for _ in range(3):
        page.goto("/")
        page.get_by_label("Your question").fill(DIVERS)
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")  # and the second time asks nothing
        page.locator(".exchange:last-child .card").wait_for()
    assert page.locator(".exchange").count() == 3
    mark = page.locator(".exchange:nth-child(2) a.mark").first
    mark.hover()
    place = page.evaluate("scrollY")
    mark.click()
    page.wait_for_url(re.compile(r"/a/\w+#s\d+"))
    page.go_back()
    while abs(page.evaluate("scrollY") - place) > 40:  # pytest's time limit ends it
        page.wait_for_timeout(100)


def test_errors_are_shown_where_one_looks(browser, tmp_path):
    with here(browser, tmp_path, said=("Failed to load", "/static/htmx")) as page:
        page.set_viewport_size({"width": 600, "height": 400})
        page.goto("/")
        ask(page, f"{DIVERS} {OTHER}")
        page.get_by_role("button", name="Passages").nth(1).wait_for()
        notice = page.locator("#notice")
        page.route("**/ask", lambda route: route.abort())
        ask(page, DIVERS)
        notice.get_by_text("can't be reached").wait_for()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert notice.evaluate("one => one.getBoundingClientRect().top") > 0
        assert page.get_by_label("Your question").input_value() == DIVERS
        page.unroute("**/ask")
        page.route("**/events", lambda route: route.abort())
        page.keyboard.press("Enter")
        notice.get_by_text("can't be reached").wait_for()
        page.unroute("**/events")
        page.get_by_role("button", name="Passages").nth(2).wait_for()
        assert notice.inner_text() == ""


def test_what_cannot_be_added_is_explained(browser, tmp_path):
    with here(browser, tmp_path, said=("Failed to load", "/static/htmx")) as page:
        page.goto("/articles")
        page.locator("h1").evaluate(DROP)  # beside the field
        page.locator("#list").get_by_text("Owl seen").wait_for()
        page.get_by_role("button", name="Undo").click()
        page.locator("#list").get_by_text("Owl seen").wait_for(state="detached")
        page.get_by_label("Or paste a link").fill("news.example/a")
        page.keyboard.press("Enter")
        page.get_by_text("put https:// in front of it").wait_for()
        huge = tmp_path / "huge.txt"
        huge.write_bytes(b"word " * 5_300_000)
        page.locator("#files").set_input_files(huge)
        page.locator("#notice").get_by_text("the limit is 26 MB").wait_for()


DROP = """heading => {
  const files = new DataTransfer();
  files.items.add(new File(["Owl seen\\n\\nAn owl was seen at the mill on Sunday."], "owl.txt"));
  const drop = { dataTransfer: files, bubbles: true, cancelable: true };
  heading.dispatchEvent(new DragEvent("drop", drop));
}"""


def ask(page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")


def test_nothing_moves_for_who_wants_it_calm(unlocked):
    page = unlocked
    page.goto("/")
    page.locator("#messages").evaluate("one => one.innerHTML = '<p class=typing><i></i></p>'")
    moving = "one => getComputedStyle(one).animationName"
    assert page.locator(".typing i").evaluate(moving) == "none"
    page.emulate_media(reduced_motion="no-preference")
    assert page.locator(".typing i").evaluate(moving) == "typing"


def test_a_file_is_added_and_a_gap_marked(answered, tmp_path):
    page = answered
    file = tmp_path / "ferry.txt"
    file.write_text("Ferry returns\n\nThe ferry to Lindholm returned on Monday after nine months.")
    page.goto("/articles")
    page.locator("#files").set_input_files(file)
    page.get_by_role("button", name="Undo").wait_for()
    page.locator("#list").get_by_text("Ferry returns").wait_for()
    page.goto("/gaps/mark?question=When+did+the+ferry+return%3F")
    page.get_by_label("The ferry to Lindholm returned").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("1 question in your own set").wait_for()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_pages_are_accessible_and_fit(answered, size, scheme):
    page = answered
    show_as(page, size, scheme)
    page.goto("/")
    article = page.locator("a.mark").first.get_attribute("href")
    for name, path in {
        "chat": "/",
        "reader": article,
        "articles": "/articles",
        "gaps": "/gaps",
        "mark": "/gaps/mark?question=Who+is+Macron%3F",
        "privacy": "/privacy",
        "delete": "/privacy/delete",
        "missing": "/a/missing",
    }.items():
        page.goto("about:blank")  # so that a place on a page is gone to, whatever was there before
        page.goto(path)
        check(page, f"{name}-{size}-{scheme}", size)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_the_error_of_a_login_is_accessible(locked, size, scheme):
    page = locked
    show_as(page, size, scheme)
    page.goto("/")
    check(page, f"login-{size}-{scheme}", size)
    assert log_in(page, "guess") == 401
    page.get_by_text("Please try again.").wait_for()
    check(page, f"wrong-{size}-{scheme}", size)
    page.goto("/login")
    page.locator("#login [name=csrf]").evaluate("one => one.value = 'guessed'")
    assert log_in(page, "correct horse") == 403
    page.get_by_text("out of date").wait_for()
    check(page, f"forbidden-{size}-{scheme}", size)
    page.goto("/login")
    while (status := log_in(page, "guess")) == 401:
        pass
    assert status == 429
    page.get_by_text("Please wait a minute").wait_for()
    check(page, f"too-many-{size}-{scheme}", size)


def log_in(page, password: str) -> int:
    """Return the status of the page that follows: the one before looks the same meanwhile."""
    page.get_by_label("Password").fill(password)
    with page.expect_navigation() as following:
        page.keyboard.press("Enter")
    return following.value.status


def show_as(page, size: str, scheme: str) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)


def check(page, name: str, size: str) -> None:
    """Find nothing that axe objects to and nothing wider than the screen."""
    picture(page, name)
    findings = page.evaluate(f"{AXE}\n;axe.run().then(found => found.violations)")
    assert not [
        (one["id"], node["target"], node["failureSummary"])
        for one in findings
        for node in one["nodes"]
    ], name
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], name


def picture(page, name: str) -> None:
    """Write a picture of a page, where a folder is given for it."""
    folder = os.environ.get(SCREENSHOTS)
    if folder:
        page.wait_for_timeout(300)
        page.screenshot(path=Path(folder) / f"web-{name}.png")


TRUE = "Hegseth dismissed Ukraine's aspirations for NATO membership. [1]"
ALSO = 'Hegseth labeled it "unrealistic" for Ukraine to expect to reclaim territory. [1]'
FALSE = "Hegseth supported the NATO membership of Poland. [1]"


def test_what_a_model_writes_grows_and_is_checked(browser, new_data):
    with ScriptedServer() as server:
        server.script = says(f"{TRUE} {ALSO} {FALSE}", seconds_a_piece=0.3)
        llm = {"LLM_BASE_URL": server.url, "LLM_MODEL": "tiny-model", "LLM_API_KEY": "sk-1"}
        llm["METRICS_PORT"] = str(port := free_port())
        with serving(new_data(), signal.SIGTERM, **llm) as address, tab(browser, address) as page:
            page.goto("/")
            page.get_by_label("Your question").fill(NATO)
            page.keyboard.press("Enter")
            card = page.locator(".card")
            page.get_by_role("button", name=STOP).wait_for()
            card.get_by_text("Hegseth dismissed").wait_for()
            assert "unrealistic" not in said(card)
            with urlopen(f"http://127.0.0.1:{port}/health") as health:
                assert health.status == 200
            page.get_by_role("button", name="Passages").wait_for()
            assert "Hegseth dismissed" in said(card)
            assert "unrealistic" in said(card)
            assert "Poland" not in said(card)
            assert "Written by tiny-model, checked against the quotes." in said(card)
            assert page.get_by_role("button", name=STOP).count() == 0
            assert NATO_WORDS in card.locator(".field").first.inner_text()


def said(card) -> str:
    """What is said above the quotes."""
    return card.locator("> .text").inner_text()
