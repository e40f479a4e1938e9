"""The folder of the BM25 index: opened where it is sound, made anew where it is not."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import tantivy

from index.catalog import ArticleVersion

log = logging.getLogger(__name__)


def open_folder(folder: Path, schema: tantivy.Schema) -> tantivy.Index:
    """Open the index; an unreadable one is deleted, and an unwritable one is made in memory."""
    try:
        return _readable(folder, schema)
    except (ValueError, OSError):  # damaged, or of another release: SQLite has it all
        log.debug("%s cannot be read", folder, exc_info=True)
    try:
        shutil.rmtree(folder)
        return _readable(folder, schema)
    except (ValueError, OSError) as error:
        log.warning("%s cannot be written (%s); BM25 is kept in memory", folder, error)
        return tantivy.Index(schema)


def contents(searcher: tantivy.Searcher) -> dict[ArticleVersion, int]:
    """Which versions are in the index, with their number of passages."""
    terms = searcher.terms_with_prefix("version", "", filter_query=tantivy.Query.all_query())
    return {key_of(term): count for term, count in terms if count}


def term_of(key: ArticleVersion) -> str:
    """The term that all passages of a version have."""
    return f"{key[0]}:{key[1]}"


def key_of(term: str) -> ArticleVersion:
    """Undo `term_of`."""
    article, _, version = term.partition(":")
    return article, version


def _readable(folder: Path, schema: tantivy.Schema) -> tantivy.Index:
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema, path=str(folder))
    contents(index.searcher())  # opening does not miss every file that is gone
    return index
