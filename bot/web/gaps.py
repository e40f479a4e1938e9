"""What was asked and refused or answered badly, and noting the right answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from bot.errors import BlankQuestion
from bot.places import number_at
from bot.services import Services
from bot.web import strings
from bot.web.errors import NotInArticle
from bot.web.page import PageRenderer
from index.model import Article, Space, Span
from index.store.usage import GAP_DAYS

Mark: TypeAlias = Callable[[str, str, str, str | None], tuple[int, Path]]
"""Notes a question, an article's title and text, and its words that answer (None: none do).

Returns how many questions are noted, and their folder. Raises ValueError if the text has no such
words.
"""

LISTED = 50
"""Questions of each kind."""

PASSAGES = 6
"""In which the right sentence is looked for first."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An article, and its sentences by their numbers."""

    article: Article
    sentences: Sequence[tuple[int, str]]


@dataclass
class Gaps:
    """The questions counted in the first of some spaces."""

    page: PageRenderer
    services: Services
    spaces: Sequence[Space]
    note: Mark

    async def show(self, request: Request) -> Response:
        """List the questions."""
        listed = await self.services.workers.ask(self._listed)
        return self.page.render(request, "gaps.html", **listed)

    def _listed(self) -> dict[str, Any]:
        records, space = self.services.library.records, self.spaces[0]
        gaps = records.questions.gaps
        return {
            "gaps": gaps(space, GAP_DAYS, LISTED),
            "not_found": gaps(space, GAP_DAYS, LISTED, perhaps_there=True),
            "complaints": records.votes.complaints(space, GAP_DAYS, LISTED),
        }

    async def choose(self, request: Request) -> Response:
        """Offer sentences: of the passages nearest to the question, or all of an article."""
        question = request.query_params.get("question", "").strip()
        article = request.query_params.get("article", "").strip()
        if not question:
            raise BlankQuestion
        find = self.services.workers.ask
        choices = await find(self._of_article if article else self._near, question, article)
        titles = await find(self.services.library.list, self.spaces)
        return self.page.render(
            request,
            "mark.html",
            question=question,
            choices=choices,
            articles=titles,
            none=strings.NO_ANSWER,
        )

    def _near(self, question: str, *_: str) -> list[Choice]:
        library = self.services.library
        found: dict[str, tuple[Article, list[tuple[int, str]]]] = {}
        for hit in library.search(question, self.spaces, limit=PASSAGES):
            spans = library.sentences(hit.article.id, self.spaces)
            sentences = found.setdefault(hit.article.id, (hit.article, []))[1]
            start = hit.passage.span.start
            sentences += [
                (number_at(spans, span.start), hit.text[span.start - start : span.end - start])
                for span in hit.passage.sentences
            ]
        return [Choice(article, sorted(sentences)) for article, sentences in found.values()]

    def _of_article(self, _: str, article_id: str) -> list[Choice]:
        article, text, spans = self._read(article_id)
        sentences = [(number, span.of(text)) for number, span in enumerate(spans, start=1)]
        return [Choice(article, sentences)]

    def _read(self, article_id: str) -> tuple[Article, str, Sequence[Span]]:
        library = self.services.library
        article = library.get(article_id, self.spaces)
        return (
            article,
            library.text(article.id, self.spaces),
            library.sentences(article.id, self.spaces),
        )

    async def mark(self, request: Request) -> Response:
        """Note the sentence that was chosen. Raises BlankQuestion, NotInArticle, UnknownArticle."""
        form = await request.form()
        question, choice = (str(form.get(name, "")).strip() for name in ("question", "choice"))
        if not question:
            raise BlankQuestion
        article_id, _, number = choice.rpartition(":")
        # One after the other, as each writes the file anew.
        count, folder = await self.services.workers.index(self._mark, question, article_id, number)
        return self.page.render(
            request, "marked.html", question=question, outcome=strings.marked(count, folder)
        )

    def _mark(self, question: str, article_id: str, number: str) -> tuple[int, Path]:
        article, text, spans = self._read(article_id)
        answer: str | None = None
        if number != strings.NO_ANSWER:
            if not (number.isdecimal() and 0 < int(number) <= len(spans)):
                raise NotInArticle
            # The question set has a paragraph for each line; a sentence may run over several.
            answer = max(spans[int(number) - 1].of(text).split("\n"), key=len).strip()
        try:
            return self.note(question, article.title, text, answer)
        except ValueError as error:
            raise NotInArticle from error
