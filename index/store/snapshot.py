"""Reading: everything that one question sees comes from one moment of the database."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from index.errors import UnknownArticle
from index.model import Article, Passage, Space, Span
from index.models.embedder import Codes, Vectors, binary_codes
from index.store.connections import damage

ArticleVersion = tuple[str, str]
"""An article's id and one of its versions."""

Place = tuple[ArticleVersion, int]
"""A passage: its version and number."""

ARTICLE_COLUMNS = (
    "id, space, version, title, source, published, author, language, origin, added, words, passages"
)

VERSIONS_A_QUERY = 400
"""Two parameters each, of SQLite's 32,766."""

IDS_A_QUERY = 1_000

PLACES_A_QUERY = 5_000
"""Three parameters each."""

_NEAR = 3
"""Articles that are suggested where none has the title."""

_LIKE_TITLE = 75.0
"""The similarity (0 to 100) from which on words may be a title misspelt or in another order."""

_TYPO_LETTERS = 5
"""Fewer are like too many titles: kelp, kept."""

_WORD_LETTERS = 4
"""Fewer are no typo of a word that stands beside others."""

_LETTERS_A_TYPO = 8
"""A word may be misspelt once, and once more for each so many letters."""

_WORD = re.compile(r"\w+")

_NEWEST_FIRST = "ORDER BY coalesce(published, substr(added, 1, 10)) DESC, added DESC, id"


@dataclass(frozen=True, slots=True)
class Change:
    """The last that became of an article: `article` is its current version, None if it is gone."""

    generation: int
    article_id: str
    space: Space
    article: Article | None


class Snapshot:
    """One read transaction. Not thread-safe; short-lived."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        row = connection.execute("SELECT value FROM counters WHERE name = 'generation'").fetchone()
        self.generation: int = row[0]

    def articles(self, spaces: Sequence[Space], title: str = "", limit: int = -1) -> list[Article]:
        """Return articles of the spaces whose title contains `title` (any case), newest first."""
        rows = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE space IN ({_marks(spaces)})"  # noqa: S608
            f" AND instr(casefold(title), casefold(?)) {_NEWEST_FIRST} LIMIT ?",
            (*spaces, title, limit),
        )
        return [article(row) for row in rows]

    def newest(self, spaces: Sequence[Space], limit: int) -> list[Article]:
        """Return the first of `articles`, read from an index whatever their number."""
        found = [
            row
            for space in spaces
            for row in self._connection.execute(
                f"SELECT {ARTICLE_COLUMNS}, coalesce(published, substr(added, 1, 10))"  # noqa: S608
                f" FROM articles WHERE space = ? {_NEWEST_FIRST} LIMIT ?",
                (space, limit),
            )
        ]
        articles = sorted((article(row[:-1]) for row in found), key=lambda a: a.id)
        dates = {row[0]: row[-1] for row in found}
        articles.sort(key=lambda a: (dates[a.id], a.added), reverse=True)
        return articles[:limit]

    def current(
        self, keys: Iterable[ArticleVersion], spaces: Collection[Space]
    ) -> dict[ArticleVersion, Article]:
        """Return those of the versions that are the current ones of articles of the spaces."""
        wanted = set(keys)
        ids = sorted({article_id for article_id, _ in wanted})
        found: dict[ArticleVersion, Article] = {}
        for start in range(0, len(ids), IDS_A_QUERY):
            some = ids[start : start + IDS_A_QUERY]
            rows = self._connection.execute(
                f"SELECT {ARTICLE_COLUMNS} FROM articles"  # noqa: S608
                f" WHERE id IN ({_marks(some)})",
                some,
            )
            for one in map(article, rows):
                if (one.id, one.version) in wanted and one.space in spaces:
                    found[one.id, one.version] = one
        return found

    def is_credited(self, word: str, spaces: Sequence[Space]) -> bool:
        """Tell whether a word stands in the source or author of any article of the spaces."""
        part = f"%{word}%"
        (found,) = self._connection.execute(
            f"SELECT EXISTS (SELECT 1 FROM articles WHERE space IN ({_marks(spaces)})"  # noqa: S608
            " AND (source LIKE ? OR author LIKE ?))",
            (*spaces, part, part),
        ).fetchone()
        return bool(found)

    def languages(self, spaces: Iterable[Space]) -> frozenset[str]:
        """Return the languages (ISO 639-1) of the spaces' articles."""
        return frozenset(
            language
            for space in spaces
            for language in self._distinct(
                "SELECT min(language) FROM articles WHERE space = ? AND language > ?", space
            )
        )

    def _distinct(self, following: str, *given: object) -> Iterator[str]:
        """Yield the values of an index, each found as the one that follows the last.

        DISTINCT would read the index of all articles.
        """
        value: str | None = ""
        while value is not None:
            (value,) = self._connection.execute(following, (*given, value)).fetchone()
            if value is not None:
                yield value

    def last_change(self, space: Space) -> int:
        """Return the generation in which an article of the space was last changed; 0 if never."""
        (generation,) = self._connection.execute(
            "SELECT coalesce(max(generation), 0) FROM changed WHERE space = ?", (space,)
        ).fetchone()
        return int(generation)

    def changes(self, after: int = -1, embedder: str | None = None) -> list[Change]:
        """Return what became of articles after a generation, in order.

        With an embedder, articles whose vectors another model made count as gone.
        """
        columns = ", ".join(f"articles.{name}" for name in ARTICLE_COLUMNS.split(", "))
        rows = self._connection.execute(
            f"SELECT generation, article, changed.space, {columns}"  # noqa: S608
            " FROM changed LEFT JOIN articles ON articles.id = article"
            " AND articles.space = changed.space AND coalesce(embedder = ?, TRUE)"
            " WHERE generation > ? ORDER BY generation, article",
            (embedder, after),
        )
        return [
            Change(number, name, space, article(row) if row[0] else None)
            for number, name, space, *row in rows
        ]

    def passages_after(self, generation: int, embedder: str) -> int:
        """Count the passages of articles that changed after a generation."""
        (count,) = self._connection.execute(
            "SELECT coalesce(sum(passages), 0) FROM changed JOIN articles ON id = article"
            " AND articles.space = changed.space WHERE generation > ? AND embedder = ?",
            (generation, embedder),
        ).fetchone()
        return int(count)

    def passages_until(self, generation: int, space: Space) -> int:
        """Count the passages of a space's articles that did not change after a generation."""
        (count,) = self._connection.execute(
            "SELECT coalesce(sum(passages), 0) FROM changed JOIN articles ON id = article"
            " AND articles.space = changed.space WHERE changed.space = ? AND generation <= ?",
            (space, generation),
        ).fetchone()
        return int(count)

    def article(self, id_or_title: str, spaces: Sequence[Space]) -> Article:
        """Return one article by id, else by its whole title (any case). Raises UnknownArticle."""
        found = f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE space IN ({_marks(spaces)})"  # noqa: S608
        row = (
            self._connection.execute(f"{found} AND id = ?", (*spaces, id_or_title)).fetchone()
            or self._connection.execute(
                f"{found} AND casefold(title) = casefold(?) LIMIT 1", (*spaces, id_or_title)
            ).fetchone()
        )
        if row is None:
            raise UnknownArticle(id_or_title, self._near(id_or_title, spaces))
        return article(row)

    def _near(self, words: str, spaces: Sequence[Space]) -> list[Article]:
        """Return articles with the words in their title or id, else with a title like them."""
        articles = self.articles(spaces)
        sought = words.casefold().strip()
        if not sought:
            return []
        named = [a for a in articles if sought in a.title.casefold() or a.id.startswith(sought)]
        return named[:_NEAR] or _with_titles_like(sought, articles, _NEAR)

    def titles_like(self, words: str, spaces: Sequence[Space], limit: int) -> list[Article]:
        """Return articles whose titles the words may be misspelt, likest first."""
        sought = words.casefold().strip()
        if len(sought) < _TYPO_LETTERS:
            return []
        return _with_titles_like(sought, self.articles(spaces), limit)

    def described(self, words: str, spaces: Sequence[Space]) -> list[Article]:
        """Return articles with all the words in title, source or author, newest first.

        Case and accents do not count. Where there are none, those whose words may be misspelt.
        """
        sought = _WORD.findall(_folded(words))
        if not sought:
            return []
        texts = [(article, _folded(_description(article))) for article in self.articles(spaces)]
        found = [article for article, text in texts if all(word in text for word in sought)]
        if found or sum(map(len, sought)) < _TYPO_LETTERS:
            return found
        return [article for article, text in texts if _may_mean(sought, text)]

    def by_version(self, version: str, space: Space) -> Article | None:
        """Return the article of the space whose current version this is."""
        row = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE version = ? AND space = ?",  # noqa: S608
            (version, space),
        ).fetchone()
        return article(row) if row else None

    def damage(self) -> list[str]:
        """Return what SQLite finds wrong with the file; empty when it is sound."""
        return damage(self._connection)

    def text(self, article: Article) -> str:
        """Return the whole text of the article's version."""
        (text,) = self._connection.execute(
            "SELECT text FROM versions WHERE article = ? AND version = ?",
            (article.id, article.version),
        ).fetchone()
        return str(text)

    def embedders(self) -> set[str]:
        """Return the models that made the vectors of the current versions."""
        return {name for (name,) in self._connection.execute("SELECT embedder FROM articles")}

    def counts(self) -> tuple[int, int]:
        """Count the articles of all spaces, and their passages."""
        articles, passages = self._connection.execute(
            "SELECT count(*), coalesce(sum(passages), 0) FROM articles"
        ).fetchone()
        return articles, passages

    def spaces(self) -> list[Space]:
        """Return all spaces that hold an article."""
        following = "SELECT min(space) FROM articles WHERE space > ?"
        return [Space(name) for name in self._distinct(following)]

    def passages(self, article: Article) -> list[Passage]:
        """Return all passages of the article's version, in reading order."""
        rows = self._connection.execute(
            'SELECT n, start, "end", sentences FROM passages'
            " WHERE article = ? AND version = ? ORDER BY n",
            (article.id, article.version),
        )
        return [_passage(row) for row in rows]

    def passage(self, article: Article, n: int) -> tuple[Passage, str] | None:
        """Return passage `n` and its text, or None where there is none."""
        row = self._connection.execute(
            'SELECT n, start, "end", sentences, substr(text, start + 1, "end" - start)'
            " FROM passages JOIN versions USING (article, version)"
            " WHERE article = ? AND version = ? AND n = ?",
            (article.id, article.version, n),
        ).fetchone()
        return (_passage(row[:4]), str(row[4])) if row else None

    def vectors(self, wanted: Iterable[ArticleVersion]) -> Iterator[tuple[list[Place], Vectors]]:
        """Yield passages of versions with vectors, (n, dimension) float32, some hundreds at a time.

        A version's passages come together and in order.
        """
        remaining = iter(wanted)
        while keys := list(islice(remaining, VERSIONS_A_QUERY)):
            rows = self._connection.execute(
                # Not by IN, for which SQLite reads all passages.
                f"WITH wanted (a, v) AS (VALUES {', '.join(['(?, ?)'] * len(keys))})"  # noqa: S608
                " SELECT article, version, n, vector FROM wanted"
                " JOIN passages ON article = a AND version = v ORDER BY article, version, n",
                [part for key in keys for part in key],
            ).fetchall()
            if rows:
                data = np.frombuffer(b"".join(row[3] for row in rows), dtype="<f2")
                places = [((article, version), n) for article, version, n, _ in rows]
                yield places, data.reshape(len(rows), -1).astype(np.float32)

    def codes(self, articles: Sequence[Article]) -> dict[ArticleVersion, Codes]:
        """Return the binary codes of each article's passages; those that are not stored, computed.

        A database of an earlier release has none.
        """
        found: dict[ArticleVersion, Codes] = {}
        for start in range(0, len(articles), VERSIONS_A_QUERY):
            keys = [(a.id, a.version) for a in articles[start : start + VERSIONS_A_QUERY]]
            rows = self._connection.execute(
                f"WITH wanted (a, v) AS (VALUES {', '.join(['(?, ?)'] * len(keys))})"  # noqa: S608
                " SELECT article, version, codes FROM wanted"
                " JOIN codes ON article = a AND version = v",
                [part for key in keys for part in key],
            )
            found |= {(row[0], row[1]): np.frombuffer(row[2], dtype="<u8") for row in rows}
        for places, vectors in self.vectors(k for a in articles if (k := key_of(a)) not in found):
            of_version = groupby(zip(places, binary_codes(vectors), strict=True), lambda x: x[0][0])
            found |= {key: np.concatenate([c for _, c in rows]) for key, rows in of_version}
        return {k: found[k].reshape(a.passages, -1) for a in articles if (k := key_of(a)) in found}

    def passage_vectors(
        self, wanted: Iterable[Place], space: Space | None = None
    ) -> tuple[list[Place], Vectors]:
        """Return single passages with their vectors, (n, dimension) float32.

        Those that are gone are left out and, with a space, those that are not of the current
        version of one of its articles.
        """
        current = " JOIN articles ON id = article AND articles.version = passages.version"
        rows: list[Sequence[Any]] = []
        remaining = iter(wanted)
        while some := list(islice(remaining, PLACES_A_QUERY)):
            # Not by IN, for which SQLite reads all passages.
            rows += self._connection.execute(
                f"WITH wanted (a, v, k) AS (VALUES {', '.join(['(?, ?, ?)'] * len(some))})"  # noqa: S608
                " SELECT DISTINCT article, passages.version, n, vector FROM wanted"
                " JOIN passages ON article = a AND passages.version = v AND n = k"
                f"{f'{current} WHERE space = ?' if space else ''}",
                [part for key, n in some for part in (*key, n)] + [space] * bool(space),
            )
        if not rows:
            return [], np.empty((0, 0), np.float32)
        vectors = np.frombuffer(b"".join(row[3] for row in rows), dtype="<f2").astype(np.float32)
        return [((row[0], row[1]), row[2]) for row in rows], vectors.reshape(len(rows), -1)


def key_of(article: Article) -> ArticleVersion:
    """Return the article's id and version."""
    return article.id, article.version


def article(row: Sequence[object]) -> Article:
    """Make an Article of a row of ARTICLE_COLUMNS."""
    return Article(*row)  # type: ignore[arg-type]


def _passage(row: Sequence[object]) -> Passage:
    n, start, end, blob = row
    assert isinstance(n, int)
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert isinstance(blob, bytes)
    numbers = unpack(blob)
    sentences = tuple(map(Span, numbers[::2], numbers[1::2]))
    return Passage(n, Span(start, end), sentences)


def pack(sentences: Iterable[Span]) -> bytes:
    """Encode sentence offsets as the `sentences` column holds them."""
    return array("i", [x for s in sentences for x in (s.start, s.end)]).tobytes()


def unpack(blob: bytes) -> list[int]:
    """Undo `pack`: start, end, start, end ..."""
    return array("i", blob).tolist()


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _with_titles_like(sought: str, articles: Sequence[Article], limit: int) -> list[Article]:
    titles = [article.title.casefold() for article in articles]
    found = process.extract(
        sought, titles, scorer=fuzz.WRatio, score_cutoff=_LIKE_TITLE, limit=limit
    )
    return [articles[n] for _, _, n in found]


def _description(article: Article) -> str:
    return " ".join(filter(None, (article.title, article.source_or_file, article.author)))


def _folded(text: str) -> str:
    """Return a text without case and accents; the Turkish i without a dot is an i."""
    letters = unicodedata.normalize("NFKD", text.casefold()).replace("ı", "i")
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _may_mean(sought: Iterable[str], text: str) -> bool:
    """Tell whether each word stands in a text, as written or misspelt; both are folded."""
    there = set(_WORD.findall(text))
    return all(word in text or any(_is_typo(word, one) for one in there) for word in sought)


def _is_typo(word: str, meant: str) -> bool:
    most = 1 + len(word) // _LETTERS_A_TYPO
    return len(word) >= _WORD_LETTERS and OSA.distance(word, meant, score_cutoff=most) <= most
