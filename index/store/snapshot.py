"""Reading: everything that one question sees comes from one moment of the database."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

import numpy as np
import sqlalchemy as sa

from index.errors import UnknownArticle
from index.model import Article, Passage, Space, Span
from index.models.embedder import Codes, Vectors, binary_codes, similarities
from index.store import likeness, titles
from index.store.queries import Query, Rows, among
from index.store.schema import (
    MOVING,
    articles,
    changed,
    codes,
    counters,
    passages,
    versions,
)
from index.store.selecting import ARTICLES, LAST, NEWEST_FIRST, Selection, last_of_site

ArticleVersion = tuple[str, str]
"""An article's id and one of its versions."""

PassageKey = tuple[ArticleVersion, int]
"""A passage: its version and number."""

VERSIONS_A_QUERY = 400

IDS_A_QUERY = 1_000

PLACES_A_QUERY = 5_000

_NEAR = 3
"""Articles that are suggested where none has the title."""

_OF_SPACE = articles.c.space == sa.bindparam("space")
_OF_SPACES = among(articles.c.space, "spaces")
_WORDS = sa.bindparam("words", type_=sa.Text)
_LAST = sa.bindparam("last", type_=sa.Text)
_GENERATION = sa.bindparam("generation", type_=sa.Integer)
_EMBEDDER = sa.bindparam("embedder", type_=sa.Text)

_COUNTER = Query(sa.select(counters.c.value).where(counters.c.name == "generation"))
_MOVING = Query(sa.select(counters.c.value).where(counters.c.name == MOVING))
_ALL = Query(ARTICLES.where(_OF_SPACES).order_by(*NEWEST_FIRST))
_BY_IDS = Query(ARTICLES.where(among(articles.c.id, "ids")))
_BY_ID = Query(ARTICLES.where(articles.c.id == _WORDS, _OF_SPACES))
_BY_FIRST_OF_ID = Query(
    ARTICLES.where(articles.c.id.between(_WORDS, _LAST), _OF_SPACES).limit(_NEAR)
)
_BY_TITLE = Query(ARTICLES.where(articles.c.folded == _WORDS, _OF_SPACES).limit(1))
_BY_VERSION = Query(ARTICLES.where(articles.c.version == sa.bindparam("version"), _OF_SPACE))
_FROM_FOLDER = Query(
    ARTICLES.where(_OF_SPACE, articles.c.origin > _WORDS, articles.c.origin <= _LAST)
)
_NEXT_SPACE = Query(sa.select(sa.func.min(articles.c.space)).where(articles.c.space > _LAST))
_NEXT_LANGUAGE, _NEXT_SOURCE, _NEXT_AUTHOR = (
    Query(sa.select(sa.func.min(column)).where(_OF_SPACE, column > _LAST))
    for column in (articles.c.language, articles.c.source, articles.c.author)
)
_EMBEDDERS = Query(sa.select(articles.c.embedder).distinct())
_PASSAGES_IN_ALL = sa.func.coalesce(sa.func.sum(articles.c.passages), 0)
_COUNTS = Query(sa.select(sa.func.count(), _PASSAGES_IN_ALL).select_from(articles))

_SAME = sa.and_(articles.c.id == changed.c.article, articles.c.space == changed.c.space)
_LAST_CHANGE = Query(
    sa.select(sa.func.max(changed.c.generation)).where(changed.c.space == sa.bindparam("space"))
)
_CHANGE = (
    sa.select(
        changed.c.generation,
        changed.c.article,
        changed.c.space,
        articles.c.version,
        sa.func.coalesce(articles.c.passages, 0),
    )
    .outerjoin_from(
        changed, articles, _SAME & sa.func.coalesce(articles.c.embedder == _EMBEDDER, sa.true())
    )
    .where(changed.c.generation > _GENERATION)
    .order_by(changed.c.generation, changed.c.article)
)
_CHANGES = Query(_CHANGE)
_CODED = Query(
    _CHANGE.add_columns(codes.c.codes).outerjoin(
        codes, sa.and_(codes.c.article == articles.c.id, codes.c.version == articles.c.version)
    )
)
_CHANGED_PASSAGES = sa.select(_PASSAGES_IN_ALL).select_from(changed.join(articles, _SAME))
_PASSAGES_AFTER = Query(
    _CHANGED_PASSAGES.where(changed.c.generation > _GENERATION, articles.c.embedder == _EMBEDDER)
)
_PASSAGES_UNTIL = Query(
    _CHANGED_PASSAGES.where(
        changed.c.space == sa.bindparam("space"), changed.c.generation <= _GENERATION
    )
)

_OF_VERSION = (
    versions.c.article == sa.bindparam("article"),
    versions.c.version == sa.bindparam("version"),
)
TEXT = Query(sa.select(versions.c.text).where(*_OF_VERSION))
_PASSAGE = sa.select(passages.c.n, passages.c.start, passages.c.end, passages.c.sentences)
_PASSAGES = Query(
    _PASSAGE.where(
        passages.c.article == sa.bindparam("article"),
        passages.c.version == sa.bindparam("version"),
    ).order_by(passages.c.n)
)

_KEYS = Rows("keys")
_VECTOR = sa.select(passages.c.article, passages.c.version, passages.c.n, passages.c.vector)
_KEY = (passages.c.article, passages.c.version)
_VECTORS = Query(
    _VECTOR.join_from(_KEYS.table, passages, _KEYS.equal(*_KEY)).order_by(*_KEY, passages.c.n)
)
_PASSAGE_VECTORS = Query(_VECTOR.join_from(_KEYS.table, passages, _KEYS.equal(*_KEY, passages.c.n)))
_SINGLE_PASSAGES = Query(
    _PASSAGE.add_columns(
        *_KEY,
        sa.func.substr(versions.c.text, passages.c.start + 1, passages.c.end - passages.c.start),
    )
    .join_from(_KEYS.table, passages, _KEYS.equal(*_KEY, passages.c.n))
    .join(versions)
)


class Change(NamedTuple):
    """The last that became of an article: its current version, None if it is gone.

    At a start there are as many as articles, so it has no more than every index needs.
    """

    generation: int
    article_id: str
    space: Space
    version: str | None
    passages: int


class Snapshot:
    """One read transaction. Not thread-safe; short-lived."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.generation: int = _COUNTER.value(connection)
        self._met: dict[str, Article | None] = {}

    @property
    def is_unfinished(self) -> bool:
        """Tell whether a data folder is being copied into the database."""
        return _MOVING.value(self._connection) is not None

    def articles(self, spaces: Sequence[Space]) -> list[Article]:
        """Return all articles of the spaces, newest first."""
        return self._articles(_ALL, spaces=_rows(spaces))

    def newest(self, spaces: Sequence[Space], limit: int) -> list[Article]:
        """Return the first of `articles`, read from an index whatever their number."""
        return titles.newest(self._connection, spaces, limit)

    def titled(self, words: str, spaces: Sequence[Space], limit: int) -> list[Article]:
        """Return articles whose title contains the words (any case), newest first."""
        return titles.titled(self._connection, words, spaces, limit)

    def select(self, spaces: Sequence[Space], which: Selection, limit: int) -> list[Article]:
        """Return the newest of the articles that meet conditions, newest first."""
        if which == Selection():
            return self.newest(spaces, limit)
        found = self._connection.execute(which.newest(spaces, limit))
        return [Article(*row[:-1]) for row in found]

    def count(self, spaces: Sequence[Space], which: Selection) -> int:
        """Count the articles that meet conditions."""
        return int(self._connection.execute(which.number(spaces)).scalar_one())

    def current(
        self, keys: Iterable[ArticleVersion], spaces: Collection[Space]
    ) -> dict[ArticleVersion, Article]:
        """Return those of the versions that are the current ones of articles of the spaces.

        What was looked up is kept, as a search asks for it three times.
        """
        wanted = dict.fromkeys(keys)
        ids = sorted({article_id for article_id, _ in wanted} - self._met.keys())
        for start in range(0, len(ids), IDS_A_QUERY):
            some = ids[start : start + IDS_A_QUERY]
            self._met |= dict.fromkeys(some)
            self._met |= {one.id: one for one in self._articles(_BY_IDS, ids=_rows(some))}
        met = [one for article_id, _ in wanted if (one := self._met[article_id])]
        return {key: a for a in met if (key := key_of(a)) in wanted and a.space in spaces}

    def sources(self, spaces: Iterable[Space]) -> Iterator[str]:
        """Yield the sources of the spaces' articles, of each website one link."""
        for space in spaces:
            yield from self._distinct(_NEXT_SOURCE, after=last_of_site, space=space)

    def authors(self, spaces: Iterable[Space]) -> Iterator[str]:
        """Yield the authors of the spaces' articles."""
        for space in spaces:
            yield from self._distinct(_NEXT_AUTHOR, space=space)

    def languages(self, spaces: Iterable[Space]) -> frozenset[str]:
        """Return the languages (ISO 639-1) of the spaces' articles."""
        return frozenset(
            language for space in spaces for language in self._distinct(_NEXT_LANGUAGE, space=space)
        )

    def _distinct(
        self, following: Query, after: Callable[[str], str] = str, **given: str
    ) -> Iterator[str]:
        """Yield the values of an index, each found as the one that follows `after` the last.

        DISTINCT would read the index of all articles.
        """
        last = ""
        while (value := following.value(self._connection, **given, last=last)) is not None:
            yield value
            last = after(value)

    def last_change(self, space: Space) -> int:
        """Return the generation in which an article of the space was last changed; 0 if never."""
        return _LAST_CHANGE.value(self._connection, space=space) or 0

    def changes(self, after: int = -1, embedder: str | None = None) -> list[Change]:
        """Return what became of articles after a generation, in order.

        With an embedder, articles whose vectors another model made count as gone.
        """
        rows = _CHANGES.run(self._connection, embedder=embedder, generation=after).fetchall()
        return [Change(*row) for row in rows]

    def coded_changes(self, after: int, embedder: str) -> list[tuple[Change, Codes | None]]:
        """Return `changes`, each with its passages' binary codes; computed where not stored."""
        rows = _CODED.run(self._connection, embedder=embedder, generation=after).fetchall()
        made = self._made_codes((row[1], row[3]) for row in rows if row[3] and not row[-1])
        found = []
        for *change, blob in rows:
            one = Change(*change)
            codes = made.get((one.article_id, one.version or ""))
            if blob:
                codes = np.frombuffer(blob, dtype="<u8").reshape(one.passages, -1)
            found.append((one, codes))
        return found

    def _made_codes(self, versions: Iterable[ArticleVersion]) -> dict[ArticleVersion, Codes]:
        made: dict[ArticleVersion, Codes] = {}
        for places, vectors in self.vectors(versions):
            of_version = groupby(zip(places, binary_codes(vectors), strict=True), lambda x: x[0][0])
            made |= {key: np.stack([codes for _, codes in rows]) for key, rows in of_version}
        return made

    def passages_after(self, generation: int, embedder: str) -> int:
        """Count the passages of articles that changed after a generation."""
        return int(
            _PASSAGES_AFTER.value(self._connection, generation=generation, embedder=embedder)
        )

    def passages_until(self, generation: int, space: Space) -> int:
        """Count the passages of a space's articles that did not change after a generation."""
        return int(_PASSAGES_UNTIL.value(self._connection, generation=generation, space=space))

    def article(self, id_or_title: str, spaces: Sequence[Space]) -> Article:
        """Return one article by id, else by its whole title (any case). Raises UnknownArticle."""
        some = _rows(spaces)
        found = self._articles(_BY_ID, words=id_or_title, spaces=some) or self._articles(
            _BY_TITLE, words=id_or_title.casefold(), spaces=some
        )
        if not found:
            raise UnknownArticle(id_or_title, self._near(id_or_title, spaces))
        return found[0]

    def _articles(self, query: Query, **given: object) -> list[Article]:
        return [Article(*row) for row in query.run(self._connection, **given).fetchall()]

    def _near(self, words: str, spaces: Sequence[Space]) -> list[Article]:
        """Return articles with the words in their title or id, else with a title like them."""
        sought = words.casefold().strip()
        if not sought:
            return []
        ids = {"words": sought, "last": f"{sought}{LAST}", "spaces": _rows(spaces)}
        named = self.titled(sought, spaces, _NEAR) or self._articles(_BY_FIRST_OF_ID, **ids)
        return named or titles.titles_like(self._connection, sought, spaces, _NEAR)

    def titles_like(self, words: str, spaces: Sequence[Space], limit: int) -> list[Article]:
        """Return articles whose titles the words may be misspelt, likest first.

        Of many articles only the newest are compared.
        """
        if len(words.strip()) < likeness.TYPO_LETTERS:
            return []
        return titles.titles_like(self._connection, words, spaces, limit)

    def described(self, words: str, spaces: Sequence[Space]) -> list[Article]:
        """Return articles with all the words in title, source or author, newest first.

        Case and accents do not count. Where there are none, those whose words may be misspelt.
        """
        return likeness.described(words, self.articles(spaces))

    def by_version(self, version: str, space: Space) -> Article | None:
        """Return the article of the space whose current version this is."""
        return next(iter(self._articles(_BY_VERSION, version=version, space=space)), None)

    def from_folder(self, folder: str, space: Space) -> list[Article]:
        """Return the space's articles whose files are in a folder, which ends with a slash."""
        return self._articles(_FROM_FOLDER, space=space, words=folder, last=f"{folder}{LAST}")

    def text(self, article: Article) -> str:
        """Return the whole text of the article's version."""
        return str(TEXT.value(self._connection, article=article.id, version=article.version))

    def embedders(self) -> set[str]:
        """Return the models that made the vectors of the current versions."""
        return {name for (name,) in _EMBEDDERS.run(self._connection).fetchall()}

    def counts(self) -> tuple[int, int]:
        """Count the articles of all spaces, and their passages."""
        ((number, of_passages),) = _COUNTS.run(self._connection).fetchall()
        return number, int(of_passages)

    def spaces(self) -> list[Space]:
        """Return all spaces that hold an article."""
        return [Space(name) for name in self._distinct(_NEXT_SPACE)]

    def passages(self, article: Article) -> list[Passage]:
        """Return all passages of the article's version, in reading order."""
        key = {"article": article.id, "version": article.version}
        return [_passage(row) for row in _PASSAGES.run(self._connection, **key).fetchall()]

    def passage(self, article: Article, n: int) -> tuple[Passage, str] | None:
        """Return passage `n` and its text, or None where there is none."""
        place = (key_of(article), n)
        return self.single_passages([place]).get(place)

    def single_passages(
        self, wanted: Iterable[PassageKey]
    ) -> dict[PassageKey, tuple[Passage, str]]:
        """Return some passages with their texts; those that are gone are left out."""
        keys = [(*key, n) for key, n in wanted]
        rows = _SINGLE_PASSAGES.run(self._connection, keys=keys).fetchall()
        return {((row[4], row[5]), row[0]): (_passage(row[:4]), str(row[6])) for row in rows}

    def vectors(
        self, wanted: Iterable[ArticleVersion]
    ) -> Iterator[tuple[list[PassageKey], Vectors]]:
        """Yield passages of versions with vectors, (n, dimension) float32, some hundreds at a time.

        A version's passages come together and in order.
        """
        remaining = iter(wanted)
        while keys := list(islice(remaining, VERSIONS_A_QUERY)):
            if rows := _VECTORS.run(self._connection, keys=keys).fetchall():
                data = np.frombuffer(b"".join(row[3] for row in rows), dtype="<f2")
                places = [((article, version), n) for article, version, n, _ in rows]
                yield places, data.reshape(len(rows), -1).astype(np.float32)

    def similarities(
        self, wanted: Iterable[PassageKey], question: Vectors
    ) -> dict[PassageKey, float]:
        """Return the cosine similarities of single passages to a question, (dimension,).

        Those that are gone are left out.
        """
        rows: list[Sequence[Any]] = []
        remaining = ((*key, n) for key, n in wanted)
        while keys := list(islice(remaining, PLACES_A_QUERY)):
            rows += _PASSAGE_VECTORS.run(self._connection, keys=keys).fetchall()
        data = np.frombuffer(b"".join(row[3] for row in rows), dtype="<f2").astype(np.float32)
        near = similarities(data.reshape(len(rows), len(question)), question)
        return {((row[0], row[1]), row[2]): one for row, one in zip(rows, near, strict=True)}


def key_of(article: Article) -> ArticleVersion:
    """Return the article's id and version."""
    return article.id, article.version


def _passage(row: Sequence[Any]) -> Passage:
    n, start, end, sentences = row
    numbers = array("i", sentences)
    spans = tuple(map(Span, numbers[::2], numbers[1::2]))
    return Passage(n, Span(start, end), spans)


def pack(sentences: Iterable[Span]) -> bytes:
    """Encode sentence offsets as the `sentences` column holds them: start, end, start, end ..."""
    return array("i", [x for s in sentences for x in (s.start, s.end)]).tobytes()


def _rows(values: Sequence[str]) -> list[list[str]]:
    return [[value] for value in values]
