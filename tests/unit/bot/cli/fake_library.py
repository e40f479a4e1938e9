"""A library in memory: deterministic, needs no model, answers by common words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from index.errors import SourceError, UnknownArticle
from index.ingest import Fetch, Indexer, Input, Progress
from index.model import (
    PUBLIC,
    THRESHOLDS,
    Added,
    Answer,
    Article,
    Citation,
    Document,
    Failed,
    Health,
    Hit,
    Passage,
    Report,
    Space,
    Span,
    Thresholds,
)
from tests import builders
from tests.fake_models import OverlapReader

READER: Any = Indexer(None, None)  # type: ignore[arg-type]
"""Reads what is not stored."""

HEALTH = Health(1, 1, 1, "fake", "in step", "in step")


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}


class FakeLibrary:
    """Has the methods of Library. Each line of a text is a sentence and a passage."""

    thresholds = THRESHOLDS

    def __init__(self, *documents: Document) -> None:
        self.texts: dict[str, tuple[Article, str]] = {}
        self.asked: list[tuple[str, tuple[Space, ...], str | None]] = []
        self.reindexed: list[tuple[str, bool]] = []
        self.report_health = HEALTH
        self.reader = OverlapReader()
        self.feeds = SimpleNamespace(tally=lambda: (2, 1, 0))
        self.leads = True
        lock = SimpleNamespace(obtain=lambda: self.leads, release=lambda: None)
        database = SimpleNamespace(name="data/footnote.db", lock=lambda _: lock)
        self.records = SimpleNamespace(tokens=None, feeds=self.feeds, database=database)
        self.failure: BaseException | None = None
        self.closed = False
        self.changes = 0
        self.ingest(documents)

    def __enter__(self) -> FakeLibrary:
        return self

    def __exit__(self, *_: object) -> None:
        self.closed = True

    def spaces(self) -> tuple[Space, ...]:
        return tuple(sorted({article.space for article, _ in self.texts.values()}))

    def ingest(
        self,
        inputs: Iterable[Input],
        space: Space = PUBLIC,
        *,
        fetch: Fetch | None = None,
        progress: Progress | None = None,
        force: bool = False,
    ) -> Report:
        self.changes += 1
        added, failed = [], []
        for one in inputs:
            if isinstance(one, Article):
                self.reindexed.append((one.id, force))
                added.append(Added(one, "replaced" if force else "unchanged"))
                continue
            try:
                added.append(self._add(READER.read(one), space))
            except SourceError as error:
                failed.append(Failed(error.name, error.reason))
        if progress:
            passages = sum(one.article.passages for one in added)
            progress(passages, passages)
        return Report(tuple(added), tuple(failed), 0.5)

    def last_change(self, space: Space) -> int:
        return self.changes

    def from_folder(self, folder: Path, space: Space = PUBLIC) -> tuple[Article, ...]:
        below = f"{folder.resolve()}/"
        return tuple(one for one in self.list((space,)) if (one.origin or "").startswith(below))

    def remove(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> Article:
        article = self.get(article_id, spaces)
        self.changes += 1
        del self.texts[article.id]
        return article

    def list(self, spaces: Sequence[Space] = (PUBLIC,), words: str = "") -> tuple[Article, ...]:
        found = (article for article, _ in self._visible(spaces))
        return tuple(one for one in found if words.lower() in one.title.lower())

    def count(self, spaces: Sequence[Space]) -> int:
        return len(self.list(spaces))

    def suggestions(self, spaces: Sequence[Space] = (PUBLIC,)) -> tuple[str, ...]:
        return ("When did the harbour reopen?",) if self.list(spaces) else ()

    def get(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> Article:
        for article, _ in self._visible(spaces):
            if article_id == article.id or article_id.lower() == article.title.lower():
                return article
        raise UnknownArticle(article_id)

    def text(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> str:
        return self.texts[self.get(article_id, spaces).id][1]

    def search(
        self,
        question: str,
        spaces: Sequence[Space] = (PUBLIC,),
        *,
        article_id: str | None = None,
        limit: int = 10,
        rerank: bool = False,
    ) -> tuple[Hit, ...]:
        found = [hit for hit in self._hits(question, spaces, article_id) if hit.score]
        return tuple(sorted(found, key=lambda hit: -hit.score)[:limit])

    def go_on(
        self,
        question: str,
        spaces: Sequence[Space],
        article_ids: Sequence[str],
        *,
        alone: bool,
        earlier: Sequence[str],
        thresholds: Thresholds | None,
    ) -> Answer:
        return self.ask(question, spaces, article_id=article_ids[0], thresholds=thresholds)

    def story(self, article_id: str, spaces: Sequence[Space] = (PUBLIC,)) -> tuple[Article, ...]:
        return (self.get(article_id, spaces),)

    def ask(
        self,
        question: str,
        spaces: Sequence[Space] = (PUBLIC,),
        *,
        article_id: str | None = None,
        thresholds: Thresholds | None = None,
    ) -> Answer:
        if self.failure:
            raise self.failure
        self.asked.append((question, tuple(spaces), article_id))
        hits = self.search(question, spaces, article_id=article_id, limit=1)
        timings = {"search": 1.23456}
        if not hits:
            near = tuple(self._hits(question, spaces, article_id))
            best = near[0] if near else None
            nearest = Citation(1, best.article, best.passage.span, best.text) if best else None
            return builders.refusal(
                *near, question=question, nearest=nearest, timings_ms=timings, no_articles=not near
            )
        hit, words = hits[0], _words(question)
        bold = [m for m in re.finditer(r"\w+", hit.text) if m[0].lower() in words]
        citation = builders.citation(
            hit.text,
            of=hit.article,
            start=hit.passage.span.start,
            highlights=[Span(*m.span()) for m in bold],
        )
        return builders.answer(
            citation, question=question, hits=hits, confidence=0.87654, timings_ms=timings
        )

    def health(self) -> Health:
        return self.report_health

    def _add(self, document: Document, space: Space) -> Added:
        article = builders.article(
            f"{space}-{re.sub(r'[^a-z]+', '-', document.title.lower()).strip('-')}",
            document.title,
            space=space,
            version=f"v{len(document.text)}",
            source=document.source,
            published=document.published,
            author=document.author,
            language=document.language,
            origin=document.origin,
            added="2025-02-15T00:00:00+00:00",
            words=len(document.text.split()),
            passages=len(document.text.splitlines()),
        )
        stored = self.texts.get(article.id)
        status = "added" if not stored else "unchanged" if stored[0] == article else "replaced"
        self.texts[article.id] = (replace(article), document.text)
        return Added(article, status)

    def _visible(self, spaces: Sequence[Space]) -> list[tuple[Article, str]]:
        return [stored for stored in self.texts.values() if stored[0].space in spaces]

    def _hits(
        self, question: str, spaces: Sequence[Space], article_id: str | None
    ) -> Iterator[Hit]:
        words = _words(question)
        for article, text in self._visible(spaces):
            if article_id not in (None, article.id):
                continue
            at = 0
            for n, line in enumerate(text.splitlines(keepends=True)):
                span = Span(at, at + len(line.rstrip("\n")))
                score = len(words & _words(line)) / max(len(words), 1)
                yield Hit(article, Passage(n, span, (span,)), span.of(text), score, score, score)
                at += len(line)
