"""What is stored of a visitor, and deleting it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.cogs.about import strings as about_strings
from bot.discord.markdown import fit
from bot.services import Services
from bot.web import strings
from bot.web.page import PageRenderer

NAME_MAX = 100


@dataclass
class Privacy:
    """Shows each visitor their own data only."""

    page: PageRenderer
    services: Services

    async def show(self, request: Request) -> Response:
        """Say what is stored, and how much of it is the visitor's."""
        return await self._render(request, "privacy.html", text=self._text())

    async def confirm(self, request: Request) -> Response:
        """Ask before anything is deleted."""
        return await self._render(request, "forget.html", is_gone=False)

    async def forget(self, request: Request) -> Response:
        """Delete it and say how much it was."""
        shown = await self._render(request, "forget.html", is_gone=True)
        visitor = await self.page.visitor(request)
        visitor.begin_anew()
        visitor.indexed.clear()
        await self.services.workers.ask(self.services.library.records.forget, visitor.who)
        return shown

    async def _render(self, request: Request, template: str, **context: Any) -> Response:
        visitor = await self.page.visitor(request)
        held = await self.services.workers.ask(self.services.library.records.held, visitor.who)
        return self.page.render(request, template, held=strings.held(held), **context)

    def _text(self) -> str:
        writer = self.services.writer
        if writer is None:
            return f"{strings.PRIVACY_TEXT}\n{strings.PRIVACY_STAYS}"
        model = about_strings.PRIVACY_MODEL.format(fit(writer.model.name, NAME_MAX))
        return f"{strings.PRIVACY_TEXT}\n{model}"
