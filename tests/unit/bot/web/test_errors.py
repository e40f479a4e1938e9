"""What the page says where something fails, and by what status."""

import logging

import pytest

from bot.errors import QueueFull, ShuttingDown
from index.errors import DamagedDatabase, ModelError, StorageError

AGAIN = "try again"


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (StorageError("db.example", "the server does not answer"), 503, AGAIN),
        (DamagedDatabase("footnote.db", "it is damaged"), 503, AGAIN),
        (ModelError("gone"), 503, "The log"),
        (TimeoutError(), 503, AGAIN),
        (QueueFull(3), 503, "again in a minute"),
        (ShuttingDown(), 503, AGAIN),
        (RuntimeError("secret"), 500, "report error"),
        (KeyError("secret"), 500, "report error"),
    ],
)
def test_what_fails_is_explained_on_a_page(
    browser, services, monkeypatch, caplog, error, status, said
):
    async def fails(*_, **__):
        raise error

    monkeypatch.setattr(services.workers, "ask", fails)
    monkeypatch.setattr(services.workers, "quick", fails)
    for path in ("/", "/articles", "/gaps", "/privacy", "/a/x"):
        caplog.clear()
        with caplog.at_level(logging.INFO):
            response = browser.client.get(path)
        assert response.status_code == status, path
        assert "<h1>That didn" in response.text
        assert said in response.text
        assert "secret" not in response.text
        assert "content-security-policy" in response.headers
        (line,) = (one for one in caplog.records if one.name.startswith("bot."))
        assert line.name == "bot.web.page"
        assert f"GET {path} " in line.getMessage()


def test_for_a_script_errors_are_at_the_top_of_the_page(browser, services, monkeypatch):
    token = browser.token
    browser.get("/")

    def full():
        raise RuntimeError("secret")

    monkeypatch.setattr(services.workers, "check_queue", full)
    headers = {"X-CSRF-Token": token, "HX-Request": "true"}
    response = browser.client.post("/ask", data={"question": "Who?"}, headers=headers)
    assert response.status_code == 500
    assert response.headers["hx-retarget"] == "#notice"
    assert "<html" not in response.text


def test_an_answer_that_fails_says_so_in_its_place(browser, services, monkeypatch, caplog):
    async def fails(*_, **__):
        raise StorageError("db.example", "the server does not answer")

    monkeypatch.setattr(services.flow, "answer", fails)
    assert AGAIN in browser.ask("Who praised the divers?")
    (line,) = (one for one in caplog.records if one.levelno == logging.ERROR)
    assert (line.name, browser.message in line.getMessage()) == ("bot.web.page", True)
