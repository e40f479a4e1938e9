"""BM25 over passages (tantivy): a copy of what SQLite holds, which can be deleted at any time."""

from __future__ import annotations

import functools
import logging
import math
import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import tantivy

from index.model import Space

if TYPE_CHECKING:
    from index.store.snapshot import ArticleVersion, PassageKey

log = logging.getLogger(__name__)


def open_folder(folder: Path) -> tantivy.Index:
    """Open the index; an unreadable one is deleted, and an unwritable one is made in memory."""
    try:
        return _readable(folder)
    except (ValueError, OSError):  # damaged, or of another release: SQLite has it all
        log.debug("%s cannot be read", folder, exc_info=True)
    try:
        shutil.rmtree(folder)
        return _readable(folder)
    except (ValueError, OSError) as error:
        log.warning("%s cannot be written (%s); BM25 is kept in memory", folder, error)
        return _made(None)


def contents(searcher: tantivy.Searcher) -> dict[ArticleVersion, int]:
    """Return which versions are in the index, with their number of passages."""
    terms = searcher.terms_with_prefix("version", "", filter_query=tantivy.Query.all_query())
    return {key_of(term): count for term, count in terms if count}


def term_of(key: ArticleVersion) -> str:
    """Return the term that all passages of a version have."""
    return f"{key[0]}:{key[1]}"


def key_of(term: str) -> ArticleVersion:
    """Undo `term_of`."""
    article, _, version = term.partition(":")
    return article, version


def _place(version: ArticleVersion, n: int) -> str:
    """Return the term that one passage has."""
    return f"{term_of(version)}:{n}"


def _readable(folder: Path) -> tantivy.Index:
    folder.mkdir(parents=True, exist_ok=True)
    index = _made(str(folder))
    contents(index.searcher())  # opening does not miss every file that is gone
    return index


def _made(path: str | None) -> tantivy.Index:
    index = tantivy.Index(_schema(), path)
    for field in (*_FIELDS, _NAMES):
        index.register_tokenizer(field, _analyzer(field))
    return index


STEMMERS = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hu": "hungarian", "it": "italian",
    "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip

UNSPACED = {"zh", "ja", "th", "lo", "km", "my"}
"""Languages written without spaces: indexed as pairs of characters."""

MAX_TERM_BYTES = 60

UNFILTERED_SHARE = 0.5
"""Of the passages: spaces with more are not searched by a filter at first, as tantivy skips what
cannot be among the best (block-max WAND) only where there is none. That takes a third of the time
with 20,000 passages, and less with more."""

MOST_POSTINGS = 500_000
"""Passages that have a question's words, those of each word added up. Words beyond are left out,
the most frequent first, as they tell the least. Of 1,000,000 passages of which some words were in
all, questions had 3,300,000 and took 67 ms (with a filter; 25 without)."""

_Scored = tuple[float, tantivy.Document]
"""A passage's score and what is stored of it."""

_WRITER_HEAP_BYTES = 32_000_000


@dataclass(frozen=True, slots=True)
class Passages:
    """All passages of one version, in order, as they are to be searched.

    `names` are those of each passage, for misspelt questions; empty where none are known.
    """

    version: ArticleVersion
    space: Space
    language: str
    texts: Sequence[str]
    names: Sequence[Sequence[str]] = ()


class Bm25Index:
    """A BM25 index in a folder, or (without one) in memory. One writing thread at a time.

    From its first update until it is closed no other may write to the folder.
    """

    def __init__(self, folder: Path | None) -> None:
        """Open the index; one that cannot be read is deleted and starts empty."""
        self._index = open_folder(folder) if folder else _made(None)
        self._searcher = self._index.searcher()
        self._writer: tantivy.IndexWriter | None = None

    def close(self) -> None:
        """Finish what is being merged, and leave the folder to others."""
        writer, self._writer = self._writer, None
        if writer:
            try:
                writer.wait_merging_threads()
            except (ValueError, OSError):  # the folder is gone: the database has it all
                log.debug("BM25 was not closed well", exc_info=True)

    def contents(self) -> dict[ArticleVersion, int]:
        """Return which versions are in the index, with their number of passages."""
        return contents(self._searcher)

    def update(self, stale: Iterable[ArticleVersion], fresh: Iterable[Passages]) -> None:
        """Drop stale versions and add fresh ones, in one commit.

        Raises ValueError or OSError where the folder cannot be written; then nothing changes.
        """
        writer, self._writer = self._writer, None  # dropped with what it was given if this fails
        writer = writer or self._index.writer(_WRITER_HEAP_BYTES, 1)
        _write(writer, self._searcher, stale, fresh)
        self._writer = writer  # it merges in threads, for which every eighth update would wait
        self._index.reload()
        self._searcher = self._index.searcher()

    def leave_folder(self, fresh: Iterable[Passages]) -> None:
        """Go on in memory with these versions alone; searches see all of what was until then."""
        other = Bm25Index(None)
        other.update((), fresh)
        self._index, self._searcher, self._writer = other._index, other._searcher, other._writer

    def search(
        self,
        question: str,
        spaces: Sequence[Space],
        languages: Iterable[str],
        *,
        limit: int,
        article_id: str | None = None,
        versions: Collection[ArticleVersion] = (),
        places: Collection[PassageKey] = (),
    ) -> list[tuple[ArticleVersion, int, float]]:
        """Return passages (version, n, BM25 score) with any word of the question, best first.

        They are of the places, versions or article, where any are given.
        """
        terms = [
            (field, term)
            for field in {field_of(language) for language in languages}
            for term in dict.fromkeys(analyze(question, field))
        ]
        if not terms:
            return []
        wanted = _any_of(self._index.schema, self._telling(terms))
        chosen = [("place", _place(*place)) for place in places]
        chosen = chosen or [("version", term_of(version)) for version in versions]
        found = self._search(wanted, spaces, limit, article_id, chosen)
        return [(key_of(doc["version"][0]), int(doc["n"][0]), score) for score, doc in found]

    def words_from(
        self, beginning: str, spaces: Sequence[Space], languages: Iterable[str], *, limit: int
    ) -> list[str]:
        """Return the most frequent terms of the spaces that begin so."""
        allowed = tantivy.Query.term_set_query(self._index.schema, "space", list(spaces))
        return [
            term
            for field in {field_of(language) for language in languages}
            for term, count in self._searcher.terms_with_prefix(field, beginning, allowed, limit)
            if count
        ]

    def _telling(self, terms: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return the rarest terms, by field, as many as MOST_POSTINGS allows."""
        kept, postings = [], 0
        having = sorted((self._searcher.doc_freq(*term), term) for term in terms)
        for passages, term in having:
            if postings and postings + passages > MOST_POSTINGS:
                break
            kept.append(term)
            postings += passages
        return kept

    def names_like(
        self,
        word: str,
        edits: int,
        spaces: Sequence[Space],
        *,
        limit: int,
        article_id: str | None = None,
    ) -> list[tuple[ArticleVersion, Sequence[str]]]:
        """Return passages that have a name at most `edits` (1 or 2) edits from a folded word.

        Each with all its names as written, in no particular order; a transposition is one edit.
        """
        query = tantivy.Query.fuzzy_term_query(self._index.schema, _NAMES, word, distance=edits)
        found = self._search(query, spaces, limit, article_id)
        return [(key_of(doc["version"][0]), doc.get_all(_NAMES)) for _, doc in found]

    def _search(
        self,
        wanted: tantivy.Query,
        spaces: Sequence[Space],
        limit: int,
        article_id: str | None,
        chosen: Collection[tuple[str, str]] = (),
    ) -> list[_Scored]:
        """Return passages with any chosen term, of one article or the spaces, best first."""
        schema, searcher = self._index.schema, self._searcher
        allowed = tantivy.Query.term_set_query(schema, "space", list(spaces))
        if chosen:
            # Not a set: that reads all of the index's versions, 2.4 ms of 100,000 and not 0.9.
            allowed = _any_of(schema, chosen)
        elif article_id:
            allowed = tantivy.Query.term_query(schema, "article", article_id)
        elif _share(searcher, spaces) > UNFILTERED_SHARE:
            found = _best_of_spaces(searcher, wanted, frozenset(spaces), limit)
            if found is not None:
                return found
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0)),
                (tantivy.Occur.Must, wanted),
            ]
        )
        return _best(searcher, query, limit)

    def idf(self, term: str, field: str) -> float:
        """Return BM25's IDF, ln(1 + (N - n + .5) / (n + .5)), over its maximum (0 to 1).

        1.0 for a term (analysed) that no passage has.
        """
        total = self._searcher.num_docs
        having = min(total, self._searcher.doc_freq(field, term))
        highest = math.log(1 + (total + 0.5) / 0.5)
        return math.log(1 + (total - having + 0.5) / (having + 0.5)) / highest


def _any_of(schema: tantivy.Schema, terms: Iterable[tuple[str, str]]) -> tantivy.Query:
    """Return a query for what has any of the terms, by field."""
    return tantivy.Query.boolean_query(
        [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, field, term))
            for field, term in terms
        ]
    )


def _share(searcher: tantivy.Searcher, spaces: Iterable[Space]) -> float:
    """Return about which share of the passages the spaces have."""
    having = sum(searcher.doc_freq("space", space) for space in set(spaces))
    return having / max(searcher.num_docs, 1)


def _best_of_spaces(
    searcher: tantivy.Searcher, wanted: tantivy.Query, spaces: Collection[Space], limit: int
) -> list[_Scored] | None:
    """Search all spaces and leave out what is of others; None where that leaves too few."""
    for asked in (limit, 4 * limit):
        found = _best(searcher, wanted, asked)
        kept = [(score, doc) for score, doc in found if doc["space"][0] in spaces]
        if len(kept) >= limit or len(found) < asked:
            return kept[:limit]
    return None


def _best(searcher: tantivy.Searcher, query: tantivy.Query, limit: int) -> list[_Scored]:
    hits = searcher.search(query, limit, count=False).hits
    return [(float(score), searcher.doc(address)) for score, address in hits]


def field_of(language: str) -> str:
    """Return the field (and analyser) that texts of a language (ISO 639-1) are indexed in."""
    if language in STEMMERS:
        return f"body_{language}"
    return "body_pairs" if language in UNSPACED else "body_plain"


def analyze(text: str, field: str) -> list[str]:
    """Return the terms of a text as the field indexes them: folded, stemmed, no stop words."""
    return list(_analyzer(field).analyze(text))


def fold(word: str) -> str:
    """Return a word without capitals and accents, as names are compared."""
    return analyze(word, _NAMES)[0]


_WITHOUT_STOP_WORDS = {"arabic", "greek", "romanian", "tamil", "turkish"}
"""tantivy has a stemmer but no list of stop words for them."""

_FIELDS = (*(f"body_{language}" for language in STEMMERS), "body_pairs", "body_plain")

_NAMES = "names"

_ENGLISH_FRAGMENTS = ["s", "t", "d", "ll", "re", "ve", "m"]
"""What is left of Hegseth's, don't, we'll ... once split at the apostrophe."""


@functools.cache
def _analyzer(field: str) -> tantivy.TextAnalyzer:
    language = STEMMERS.get(field.removeprefix("body_"))
    if field == _NAMES:
        whole = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
        return whole.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build()
    if field == "body_pairs":
        tokenizer = tantivy.Tokenizer.ngram(min_gram=2, max_gram=2, prefix_only=False)
        return tantivy.TextAnalyzerBuilder(tokenizer).filter(tantivy.Filter.lowercase()).build()
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(MAX_TERM_BYTES))
        .filter(tantivy.Filter.lowercase())
    )
    if language == "english":
        builder = builder.filter(tantivy.Filter.custom_stopword(_ENGLISH_FRAGMENTS))
    if language and language not in _WITHOUT_STOP_WORDS:
        builder = builder.filter(tantivy.Filter.stopword(language))
    if language:
        builder = builder.filter(tantivy.Filter.stemmer(language))
    return builder.filter(tantivy.Filter.ascii_fold()).build()


@functools.cache
def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("version", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("place", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("space", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("n", stored=True)
    for field in _FIELDS:
        builder.add_text_field(field, tokenizer_name=field, index_option="freq")
    builder.add_text_field(_NAMES, stored=True, tokenizer_name=_NAMES, index_option="basic")
    return builder.build()


def _write(
    writer: tantivy.IndexWriter,
    searcher: tantivy.Searcher,
    stale: Iterable[ArticleVersion],
    fresh: Iterable[Passages],
) -> None:
    for key in stale:
        writer.delete_documents_by_term("version", term_of(key))
    for version in fresh:
        term = term_of(version.version)
        if searcher.doc_freq("version", term):  # deleting what is not there takes 3 ms
            writer.delete_documents_by_term("version", term)
        for document in _documents(version):
            writer.add_document(document)
    writer.commit()


def _documents(version: Passages) -> Iterator[tantivy.Document]:
    for n, (text, names) in enumerate(zip_longest(version.texts, version.names)):
        document = tantivy.Document(
            version=term_of(version.version), article=version.version[0], space=version.space
        )
        document.add_unsigned("n", n)
        document.add_text("place", _place(version.version, n))
        document.add_text(field_of(version.language), text)
        for name in names or ():
            document.add_text(_NAMES, name)
        yield document
