"""The page over a library of two articles, and a browser without scripts."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.cli.evaluate import note_answer
from bot.runtime.threads import Workers
from bot.services import Services
from bot.settings import Settings
from bot.web.app import make_app
from index.ingest import Text
from index.model import PUBLIC, Space
from index.sources.document import Given
from tests.builders import CLINIC, HARBOUR, ONE, open_library
from tests.unit.index.web.sites import anywhere

KEY = b"key"
HOME = "http://127.0.0.1:8370"


class Browser:
    """Sends what a form or a script of the page sends."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.headers: dict[str, str] = {}

    def get(self, path: str, **more: Any) -> Any:
        return self.client.get(path, headers=self.headers | more.pop("headers", {}), **more)

    @property
    def token(self) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', self.get("/login").text)
        assert found
        return found[1]

    def post(self, path: str, data: Any = None, *, script: bool = False, **more: Any) -> Any:
        """Send a form; as a script does it, the answer is a part of a page."""
        headers = self.headers | ({"HX-Request": "true"} if script else {})
        data = {"csrf": self.token} | (data or {})
        return self.client.post(path, data=data, headers=headers, **more)

    def ask(self, question: str, **more: str) -> str:
        """Ask without scripts: the page comes when the answer is there."""
        response = self.post("/ask", {"question": question, **more})
        assert response.status_code == 200
        return str(response.text)

    @property
    def message(self) -> str:
        """The id of the last message."""
        return re.findall(r'id="m(\d+)"', self.get("/").text)[-1]

    def press(self, button: str, **more: str) -> Any:
        message = self.message
        return self.post(f"/m/{message}/press", {"press": button, **more}, script=True)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a library with an article in public and one of a server."""
    data = tmp_path_factory.mktemp("filled")
    with open_library(data) as opened:
        given = Given(published="2025-02-14", source="Lindholm Times")
        opened.ingest([Text("harbour", f"Harbour reopens\n\n{HARBOUR}", given)])
        opened.ingest([Text("clinic", f"Fever spreads\n\n{CLINIC}")], ONE)
    return data


@pytest.fixture
def library(filled: Path, tmp_path: Path) -> Iterator[Any]:
    with open_library(shutil.copytree(filled, tmp_path / "data")) as opened:
        yield opened


@pytest.fixture
def services(library: Any, workers: Workers) -> Services:
    return Services(library, workers, anywhere(), web_url="")


@pytest.fixture
def browse(services: Services, tmp_path: Path) -> Iterator[Callable[..., Browser]]:
    """Opens the page with settings, for a space, and a new browser each time."""
    opened: list[TestClient] = []

    def browse(
        *, space: Space = PUBLIC, client: tuple[str, int] = ("127.0.0.1", 5000), **environ: str
    ) -> Browser:
        settings = Settings.from_environment(environ)
        spaces = (PUBLIC,) if space == PUBLIC else (space, PUBLIC)
        app = make_app(services, settings, spaces, KEY, partial(note_answer, tmp_path))
        made = TestClient(app, HOME, client=client, follow_redirects=True)
        opened.append(made.__enter__())
        return Browser(made)

    yield browse
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def browser(browse: Callable[..., Browser]) -> Browser:
    return browse()
