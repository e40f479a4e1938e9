"""The articles: their list, and each with its sentences, which have addresses."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.discord.markdown import safe_url, timestamp
from bot.places import signature
from bot.services import Services
from bot.web.page import PageRenderer
from index.model import Article, Space, Span


@dataclass(frozen=True, slots=True)
class SentencePart:
    """Words of a paragraph; `number` is that of their sentence, 0 outside of all."""

    text: str
    number: int = 0


@dataclass
class ArticlePages:
    """Shows the articles of some spaces."""

    page: PageRenderer
    services: Services
    spaces: Sequence[Space]
    key: bytes

    async def show(self, request: Request) -> Response:
        """Show an article. Raises UnknownArticle, HTTPException."""
        article, text, sentences = await self.services.workers.ask(
            self._read, request.path_params["article"], request.query_params.get("key", "")
        )
        source = safe_url(article.source)
        shown = paragraphs(text, sentences)
        if shown[:1] == [[SentencePart(article.title)]]:
            del shown[0]  # the heading says it
        return self.page.render(
            request,
            "article.html",
            article=article,
            source=source,
            host=urlsplit(source or "").hostname,
            published=timestamp(article.published),
            paragraphs=shown,
        )

    def _read(self, article_id: str, given: str) -> tuple[Article, str, Sequence[Span]]:
        library, spaces = self.services.library, self.spaces
        if hmac.compare_digest(given.encode(), signature(self.key, article_id).encode()):
            spaces = library.spaces()  # the link was shown to somebody who may see it
        article = library.get(article_id, spaces)
        if article.id != article_id:  # its title, which is no address
            raise HTTPException(404)
        return article, library.text(article.id, spaces), library.sentences(article.id, spaces)


def paragraphs(text: str, sentences: Sequence[Span]) -> list[list[SentencePart]]:
    """Cut a text into lines and those into sentences; one that goes on over lines is one line.

    What lies between sentences (a caption, a byline) is kept.
    """
    found: list[list[SentencePart]] = [[]]
    at = 0
    for number, span in enumerate(sentences, start=1):
        _between(found, text[at : span.start])
        found[-1].append(SentencePart(" ".join(span.of(text).split()), number))
        at = span.end
    _between(found, text[at:])
    return [pieces for pieces in found if any(piece.text.strip() for piece in pieces)]


def _between(found: list[list[SentencePart]], words: str) -> None:
    """Add words outside of sentences; each end of a line among them begins a new paragraph."""
    first, *others = words.split("\n")
    if first:
        found[-1].append(SentencePart(first))
    found += [[SentencePart(line)] if line else [] for line in others]
