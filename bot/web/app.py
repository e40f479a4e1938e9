"""The page from its start to Ctrl-C: its routes, and the server of this process."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.cogs.articles.views import UndoButton
from bot.compose import open_forwarding, open_writer
from bot.metrics.monitor import Monitor, measure
from bot.places import key_of
from bot.runtime.folder_watch import watch_beside_questions
from bot.runtime.leadership import LEAD
from bot.runtime.threads import Workers
from bot.services import Services
from bot.settings import Settings, SettingsError
from bot.web import strings
from bot.web.access import UPLOAD_PATH, Access, RequestLimits, Right, SecurityMiddleware
from bot.web.adding import Adding
from bot.web.articles import ArticlePages
from bot.web.chat import Chat, earlier, offers
from bot.web.gaps import Gaps, Mark
from bot.web.page import PageRenderer
from bot.web.privacy import Privacy
from index.folder_sync import Folder
from index.library import Library
from index.model import Space
from index.web.fetch import Fetcher

STATIC = Path(__file__).parent / "static"

SESSION_SECONDS = 30 * 24 * 3600

FINISH_SECONDS = 3
"""How long answers under way may take once the page stops."""


def make_app(
    services: Services, settings: Settings, spaces: Sequence[Space], key: bytes, mark: Mark
) -> Starlette:
    """Return the page for some spaces; what is added goes into the first.

    With `key` sessions and links to private articles are signed; see `bot.web.gaps` for `mark`.
    """
    access = Access(settings)
    page = PageRenderer(access, offers, partial(earlier, services, spaces[0]))
    chat, articles = Chat(page, services, spaces), ArticlePages(page, services, spaces, key)
    adding, gaps = Adding(page, services, spaces), Gaps(page, services, spaces, mark)
    privacy = Privacy(page, services)
    chat.presses[UndoButton] = adding.undo
    read, asking = access.guarded, RequestLimits.of(20, 60)
    message = "/m/{message:str}"
    routes = [
        Route("/", read(chat.show)),
        Route("/examples", read(chat.examples)),
        Route("/ask", read(chat.ask, limits=asking), methods=["POST"]),
        Route("/clear", read(chat.clear), methods=["POST"]),
        Route(f"{message}/events", read(chat.events)),
        Route(
            f"{message}/press", read(chat.press, limits=RequestLimits.of(60, 60)), methods=["POST"]
        ),
        Route("/a/{article:str}", read(articles.show)),
        Route(UPLOAD_PATH, read(adding.show)),
        Route(
            UPLOAD_PATH,
            access.guarded(adding.add, Right.CHANGE, RequestLimits.of(30, 60)),
            methods=["POST"],
        ),
        Route("/gaps", access.guarded(gaps.show, Right.CHANGE)),
        Route("/gaps/mark", access.guarded(gaps.choose, Right.CHANGE, RequestLimits.of(30, 60))),
        Route("/gaps/mark", access.guarded(gaps.mark, Right.CHANGE), methods=["POST"]),
        Route("/privacy", read(privacy.show)),
        Route("/privacy/delete", read(privacy.confirm)),
        Route("/privacy/delete", read(privacy.forget), methods=["POST"]),
        Route("/login", access.guarded(page.log_in, Right.NOTHING), methods=["GET", "POST"]),
        Route("/logout", access.guarded(page.log_out, Right.NOTHING), methods=["POST"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]
    session = Middleware(
        SessionMiddleware,
        secret_key=_session_key(key, settings),
        session_cookie="footnote",
        max_age=SESSION_SECONDS,
        same_site="lax",  # strict would forget who follows a link from Discord
        https_only=(settings.web_url or "").startswith("https:"),
    )
    return Starlette(
        routes=routes,
        # Starlette's own handler of all errors would stand before the one that adds the headers.
        middleware=[
            Middleware(SecurityMiddleware, url=settings.web_url),
            session,
            Middleware(ExceptionMiddleware, handlers={Exception: page.show_error}),
        ],
        exception_handlers={HTTPException: page.show_error},
    )


def run_web(
    settings: Settings,
    library: Library,
    seeds: Folder,
    spaces: Sequence[Space],
    say: Callable[[str], None],
    mark: Mark,
) -> None:
    """Serve the page until SIGTERM or SIGINT; `say` gets the address. Raises SettingsError."""
    settings.check_web()
    workers = Workers()
    writer = open_writer(settings, library, workers.ask)
    forwarding = open_forwarding(settings, library, workers)
    services = Services(
        library, workers, Fetcher(), writer=writer, web_url="", forwarding=forwarding
    )
    shared = settings.database is not None
    key = key_of(settings.data, library.records.settings, shared=shared)
    app = make_app(services, settings, spaces, key, mark)
    host, port = str(settings.web_host), settings.web_port
    is_ipv6 = settings.web_host.version == 6
    try:
        family = socket.AF_INET6 if is_ipv6 else socket.AF_INET
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        # Python adds the address to what the system says.
        reason = os.strerror(error.errno) if error.errno else str(error)
        given = strings.NOT_AN_ADDRESS.format(host=host, port=port, reason=reason)
        raise SettingsError("WEB_PORT", given, strings.FREE_PORT) from error
    # Access logs would hold what people read; forwarded addresses are read by bot.web.access.
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=FINISH_SECONDS,
    )

    # For a moment each time: while the page led, no bot could begin to.
    lock = library.records.database.lock(LEAD)
    beside = [watch_beside_questions(seeds, workers, lock)]
    if settings.metrics_port:
        monitor = Monitor(library, workers, services.metrics, writer=writer)
        beside.append(measure(monitor, settings.metrics_port))

    async def serve() -> None:
        async with _beside(beside):
            name = f"[{host}]" if is_ipv6 else host
            say(strings.serving(settings.web_url or f"http://{name}:{port}", spaces))
            await uvicorn.Server(config).serve([listening])
            if writer:
                await writer.close()

    # Once it has served, uvicorn raises again what ended it; SIGTERM would end the process there.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(serve())
    finally:
        workers.close()
        if forwarding:
            forwarding.close()


@asynccontextmanager
async def _beside(work: Iterable[Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """Do what goes on in the background meanwhile."""
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _session_key(key: bytes, settings: Settings) -> str:
    """Return what sessions are signed with; another password ends all of them."""
    password = settings.web_password.get_secret_value() if settings.web_password else ""
    return hmac.new(key, f"session:{password}".encode(), hashlib.sha256).hexdigest()
