"""Pages and parts of pages, and the errors that take their place."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.cogs.about import strings as about_strings
from bot.cogs.articles import strings as articles_strings
from bot.cogs.ask import strings as ask_strings
from bot.cogs.ask.views import REASON_MAX
from bot.discord.error_handler import describe
from bot.errors import QueueFull, ShuttingDown, UserError
from bot.places import Places
from bot.web import strings
from bot.web.access import AT_THE_TOP, Access, Right
from bot.web.errors import LogInFirst, PageError
from bot.web.html import Rendered, html, inline_html
from bot.web.messages import PageMessage, Restore, Visitor, Visitors
from index.errors import FootnoteError, ModelError, StorageError, UnknownArticle
from index.model import Article

log = logging.getLogger(__name__)

STATUSES: Mapping[type[Exception], HTTPStatus] = {
    UnknownArticle: HTTPStatus.NOT_FOUND,
    StorageError: HTTPStatus.SERVICE_UNAVAILABLE,
    ModelError: HTTPStatus.SERVICE_UNAVAILABLE,
    TimeoutError: HTTPStatus.SERVICE_UNAVAILABLE,
    QueueFull: HTTPStatus.SERVICE_UNAVAILABLE,
    ShuttingDown: HTTPStatus.SERVICE_UNAVAILABLE,
    UserError: HTTPStatus.BAD_REQUEST,
    FootnoteError: HTTPStatus.BAD_REQUEST,
}
"""Of responses that say why a request failed, by the first kind that fits; others are 500."""


class PageRenderer:
    """Renders templates for whoever makes a request.

    `offers` tells whether the page has the button of a custom_id for those with a right.
    """

    def __init__(
        self, access: Access, offers: Callable[[str, Right], bool], restore: Restore
    ) -> None:
        self.access = access
        self._visitors = Visitors(restore)
        self._offers = offers
        self._tasks: set[asyncio.Task[None]] = set()
        self._templates = Environment(
            loader=PackageLoader("bot.web"), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
        self._templates.globals |= {
            "about": about_strings,
            "articles_strings": articles_strings,
            "ask": ask_strings,
            "html": html,
            "inline_html": inline_html,
            "link": _heading,
            "reason_max": REASON_MAX,
            "strings": strings,
        }

    async def visitor(self, request: Request) -> Visitor:
        """Return who makes a request."""
        return await self._visitors.of(self.access.session_id(request))

    async def message(self, request: Request) -> PageMessage:
        """Return the message that a path names, one of the visitor's own. Raises HTTPException."""
        found = (await self.visitor(request)).message(request.path_params["message"])
        if found is None:
            raise HTTPException(404)
        return found

    def begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Begin what goes on after the response, and shows itself how it went."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    @staticmethod
    def is_partial(request: Request) -> bool:
        """Return whether a script asks, which puts what it gets into the page."""
        return "hx-request" in request.headers

    def render(
        self, request: Request, template: str, status: int = 200, **context: Any
    ) -> HTMLResponse:
        """Return a page or a part of one."""
        return HTMLResponse(self.fragment(request, template, **context), status)

    def fragment(self, request: Request, template: str, **context: Any) -> str:
        """Return the HTML of a template."""
        right = self.access.right(request)

        def offered(shown: Rendered) -> list[Any]:
            return [button for button in shown.buttons if self._offers(button.id, right)]

        return self._templates.get_template(template).render(
            path=request.url.path,
            csrf=request.session.get("csrf", ""),
            may_change=right >= Right.CHANGE,
            may_read=right >= Right.READ,
            has_login=self.access.has_login,
            is_logged_in=bool(request.session.get("in")),
            offered=offered,
            **context,
        )

    async def log_in(self, request: Request) -> Response:
        """Ask for the password, or take it."""
        following, wrong = request.query_params.get("next", "/"), False
        if request.method == "POST":
            try:
                return await self.access.log_in(request)
            except LogInFirst:
                wrong, following = True, str((await request.form()).get("next", "/"))
        status = HTTPStatus.UNAUTHORIZED if wrong else HTTPStatus.OK
        return self.render(request, "login.html", status, next=following, wrong=wrong)

    async def log_out(self, request: Request) -> Response:
        """End the session."""
        request.session.clear()
        return RedirectResponse("/", 303)

    async def show_error(self, request: Request, error: Exception) -> Response:
        """Say why a request failed: in place of the page, or at its top where a script asked."""
        if isinstance(error, LogInFirst):
            where = f"/login?{urlencode({'next': _path_of(request)})}"
            if self.is_partial(request):
                return Response(status_code=204, headers={"HX-Redirect": where})
            return RedirectResponse(where, 303)
        status, words = _described(request, error)
        if self.is_partial(request):
            response = self.render(request, "notice.html", status, words=words)
            response.headers.update(AT_THE_TOP)
            return response
        title = strings.NOT_FOUND_TITLE if status == 404 else strings.ERROR_TITLE
        return self.render(request, "error.html", status, title=title, words=words)


def _heading(article: Article) -> Markup:
    """Return an article's title as a link to where it is read."""
    address = Places("").of(article)
    return Markup('<a href="{}">{}</a>').format(address, " ".join(article.title.split()))


def _path_of(request: Request) -> str:
    """Return where somebody wants to go who has to log in first."""
    if request.method != "GET":
        return "/"
    query = f"?{request.url.query}" if request.url.query else ""
    return request.url.path + query


def _described(request: Request, error: Exception) -> tuple[int, str]:
    """Return the status and the markdown of an error."""
    if isinstance(error, HTTPException):
        missing = error.status_code == 404
        return error.status_code, strings.NOT_FOUND if missing else error.detail
    words = explained(error, f"{request.method} {request.url.path}")
    if isinstance(error, PageError):
        return error.status, words
    return next((one for kind, one in STATUSES.items() if isinstance(error, kind)), 500), words


def explained(error: Exception, where: str) -> str:
    """Log an error and return its message, in words of the page where Discord's would mislead.

    `where` is the request or the id of the message that failed.
    """
    described = describe(error, where, log)
    own = next((text for kind, text in strings.ERRORS.items() if isinstance(error, kind)), None)
    return own or described
