"""Addresses of articles and sentences on the web page: `ROOT/a/ID#s12`."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import UnknownArticle
from index.library import Library
from index.model import PUBLIC, Answer, Article, Citation, Span
from index.store.settings_store import INSTALLATION, SettingsStore


@dataclass(frozen=True, slots=True)
class Places:
    """Makes addresses of articles on the web page.

    `root` is the page's address without a final slash, "" on the page itself. `sentences` maps
    article ids to their sentences; the address of any other article leads to its beginning. With
    a `key`, addresses of private articles are signed, so that whoever has one may open it.
    """

    root: str
    sentences: Mapping[str, Sequence[Span]] = field(default_factory=dict)
    key: bytes | None = field(default=None, repr=False)

    def of(self, article: Article, at: int | None = None) -> str:
        """Return the address of an article, or of its sentence at the character offset `at`."""
        address = f"{self.root}/a/{article.id}"
        if self.key and article.space != PUBLIC:
            address += f"?key={signature(self.key, article.id)}"
        spans = self.sentences.get(article.id)
        return f"{address}#s{number_at(spans, at)}" if spans and at is not None else address

    def numbered(self, citations: Iterable[Citation]) -> dict[int, str]:
        """Return the address of each quote, by the number of its footnote."""
        return {one.number: self.of(one.article, one.span.start) for one in citations}


def number_at(sentences: Sequence[Span], at: int) -> int:
    """Return the number, from 1, of the sentence at or before a character offset."""
    return max(bisect_right(sentences, at, key=lambda span: span.start), 1)


KEY_FILE = "web_key"
"""The file in the data folder with the key that signs sessions and links.

With PostgreSQL, bot and page may have different folders; the key is then in the database."""


def key_in(data: Path) -> bytes:
    """Return the key of a data folder; the first call makes it, readable by its owner only."""
    file = data / KEY_FILE
    with suppress(FileExistsError):
        made = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(made, "w", encoding="ascii") as new:
            new.write(secrets.token_hex(32))
    return file.read_bytes()


def key_of(data: Path, settings: SettingsStore, *, shared: bool) -> bytes:
    """Return the key of a folder, or of the database if others share it. Blocks."""
    own = key_in(data)
    return settings.first(INSTALLATION, KEY_FILE, own.decode()).encode() if shared else own


def signature(key: bytes, article_id: str) -> str:
    """Return the signature that proves that a link to a private article was made here."""
    return hmac.new(key, f"article:{article_id}".encode(), hashlib.sha256).hexdigest()[:32]


def places_in(library: Library, answer: Answer, root: str, key: bytes | None = None) -> Places:
    """Return the addresses of all articles that an answer quotes or found. Blocks."""
    quotes = (*answer.citations, *((answer.nearest,) if answer.nearest else ()))
    found = [*(one.article for one in quotes), *(hit.article for hit in answer.hits)]
    articles = {article.id: article for article in found}
    sentences: dict[str, Sequence[Span]] = {}
    for article in articles.values():
        try:
            sentences[article.id] = library.sentences(article.id, (article.space,))
        except UnknownArticle:  # removed meanwhile; its address will say so
            continue
    return Places(root, sentences, key)
