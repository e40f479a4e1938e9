"""The list of articles, and adding to it: files, links and pasted texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.cogs.articles import strings as articles_strings
from bot.cogs.articles.cards import undone_lines
from bot.cogs.articles.indexing import as_many_as_allowed, index_items, within_limits
from bot.cogs.articles.views import UndoButton
from bot.discord.embeds import Card, Payload, Tone
from bot.discord.markdown import timestamp
from bot.discord.replies import ReplyProgress, following
from bot.services import Item, Services
from bot.web import strings
from bot.web.access import FIELDS, FILES
from bot.web.errors import NothingGiven
from bot.web.messages import PageMessage, Visitor
from bot.web.page import PageRenderer, explained
from index.ingest import Data, Link, Text
from index.model import Article, Space
from index.sources.document import Given

LISTED = 200
"""Articles on the page; others are found by words in title, source or author."""

PROGRESS_SECONDS = 0.5


@dataclass
class Adding:
    """Lists the articles of some spaces; what is added goes into the first."""

    page: PageRenderer
    services: Services
    spaces: Sequence[Space]

    async def show(self, request: Request) -> Response:
        """Show the articles, those with some words in title, source or author or the newest."""
        words = request.query_params.get("words", "").strip()
        library, ask = self.services.library, self.services.workers.ask
        articles: Sequence[Article]
        if words:
            articles = (await ask(library.list, self.spaces, words))[: LISTED + 1]
        else:
            articles = await ask(library.find, "", self.spaces, limit=LISTED + 1)
        return self.page.render(
            request,
            "articles.html",
            articles=articles[:LISTED],
            more=len(articles) > LISTED,
            words=words,
            dates={one.id: timestamp(one.published) for one in articles},
            messages=(await self.page.visitor(request)).indexed,
        )

    async def add(self, request: Request) -> Response:
        """Begin to index; how far it is and what became of it are shown in a message."""
        form = await request.form(max_files=FILES, max_fields=FIELDS)
        items = await _items(form)
        if not items:
            raise NothingGiven
        message = PageMessage()
        message.show(Payload(content=strings.READING))
        (await self.page.visitor(request)).indexed.append(message)
        task = self.page.begin(self._index(message, items))
        if not self.page.is_partial(request):
            await task
            return RedirectResponse(f"/articles#m{message.id}", 303)
        return self.page.render(request, "message.html", message=message)

    async def _index(self, message: PageMessage, items: Sequence[Item]) -> None:
        progress = ReplyProgress(self.services.workers.check, articles_strings.progress)

        async def show(text: str) -> None:
            message.show(Payload(content=text))

        try:
            async with following(progress, show, PROGRESS_SECONDS):
                payload, view = await index_items(
                    self.services, int(message.id), self.spaces[0], self.spaces, items, progress
                )
            message.show(payload, view)
        except Exception as error:  # noqa: BLE001 - it is shown in place of the outcome
            message.show(Payload(content=explained(error, message.id)))
        finally:
            message.end()

    async def undo(self, _: Visitor, message: PageMessage, button: UndoButton, __: str) -> None:
        """Undo what a message says was indexed. Raises UndoExpired, UndoneAlready."""
        undo = self.services.library.records.publications.undo
        undone = await self.services.workers.ask(undo, button.action, self.spaces[0])
        lines = undone_lines(undone)
        card = Card(articles_strings.UNDONE_TITLE, lines, Tone.NEUTRAL)
        message.reply_below(Payload(card=card))


async def _items(form: FormData) -> list[Item]:
    """Return what a form holds: files, a link and a text with its title, source and date."""
    files = [one for one in form.getlist("files") if isinstance(one, UploadFile) and one.filename]
    items: list[Item] = within_limits(
        [(str(one.filename), one.size or 0, await _read(one)) for one in files]
    )
    link, text = (str(form.get(name, "")).strip() for name in ("link", "text"))
    if link:
        items.append(Link(link))
    if text:
        given = (str(form.get(name, "")).strip() or None for name in ("title", "source", "date"))
        items.append(Text(articles_strings.FORM_NAME, text, Given(*given)))
    return as_many_as_allowed(items)


async def _read(file: UploadFile) -> Data:
    """Return a file. It has no origin: that would be a path on this machine."""
    return Data(str(file.filename), await file.read())
