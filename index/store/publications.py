"""What actions published or removed, and how it is undone."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from index.changes import Changes, compare
from index.errors import UndoExpired, UndoneAlready
from index.model import Article, Space
from index.store.articles import DELETE, ID, note_changed, put_article, same_article, values_of
from index.store.database import Repository
from index.store.queries import Query, among, inserting
from index.store.schema import articles, codes, passages, publications, versions
from index.store.snapshot import TEXT, Snapshot

_EMBEDDER = Query(sa.select(articles.c.embedder).where(articles.c.id == sa.bindparam("key")))
_VERSION = Query(sa.select(articles.c.version).where(articles.c.id == sa.bindparam("key")))
_UNDONE = Query(
    sa.update(publications).where(publications.c.id == sa.bindparam("key")).values(undone=1)
)

UNDO = timedelta(minutes=10)
"""How long an action can be undone. What it replaced is kept until the next publication,
removal or undo after that."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of one article of an action.

    `status` is "removed" (it was new), "restored" (its earlier version is the current one again),
    "returned" (it was removed), "left" (it was changed or removed since) or "there" (it was
    removed, and indexed anew since).
    """

    title: str
    status: str

    @property
    def done(self) -> bool:
        """Whether anything was undone."""
        return self.status not in ("left", "there")


class Publications(Repository):
    """What each action (one command, named by the caller) published or removed."""

    def until(self, action: str) -> datetime | None:
        """Return when the action can no longer be undone; None where it did nothing."""
        query = sa.select(sa.func.max(publications.c.at)).where(publications.c.action == action)
        ((at,),) = self._rows(query)
        return datetime.fromisoformat(at) + UNDO if at else None

    def undo(self, action: str, space: Space) -> tuple[Undone, ...]:
        """Undo all of an action that was not changed since, in one commit.

        What was left can be tried again. Raises UndoExpired, also for an action of another space
        or none at all; UndoneAlready.
        """
        with self._database.writing() as connection:
            forget_expired(connection, self._clock())
            rows = connection.execute(
                sa.select(publications)
                .where(publications.c.action == action, publications.c.space == space)
                .order_by(publications.c.id.desc())
            ).all()
            # One article twice in an action: the earlier of its states is what remains.
            undone = {row.article: _undo(connection, row) for row in rows if not row.undone}
            if changed := [name for name, one in undone.items() if one.done]:
                note_changed(connection, space, changed)
        if not rows:
            raise UndoExpired
        if not undone:
            raise UndoneAlready
        return tuple(reversed(undone.values()))

    def changes(self, before: Article, after: Article) -> Changes | None:
        """Compare two versions of an article; None where one of them is no longer kept."""
        with self._database.reading() as connection:
            texts = [_sentences(connection, article) for article in (before, after)]
        old, new = texts
        return None if old is None or new is None else compare((before, old), (after, new))


def note(
    connection: sa.Connection, action: str, article: Article, before: Article | None, at: str
) -> None:
    """Note what an action publishes, before it replaces the row of `before`."""
    replaced = json.dumps(_kept(connection, before)) if before else None
    _note(connection, action, article, replaced, at)


def note_removed(connection: sa.Connection, action: str, article: Article, at: str) -> None:
    """Note what an action removes, with all that belongs to it, before it goes."""
    rows = {
        table.name: query.run(connection, article=article.id).fetchall()
        for table, query in _OF_ARTICLE.items()
    }
    removed = json.dumps(_kept(connection, article) | {"rows": rows}, default=_encoded)
    _note(connection, action, article, removed, at)


_OF_ARTICLE = {
    table: Query(sa.select(table).where(table.c.article == sa.bindparam("article")))
    for table in (versions, passages, codes)
}
"""What belongs to an article, in an order in which it can be put back."""


def _kept(connection: sa.Connection, article: Article) -> dict[str, object]:
    embedder = _EMBEDDER.value(connection, key=article.id)
    return {"article": values_of(article), "embedder": embedder}


def _encoded(value: bytes) -> dict[str, str]:
    """Return a BLOB as JSON."""
    return {"base64": b64encode(value).decode()}


def _decoded(value: dict[str, Any]) -> Any:
    """Undo `_encoded`."""
    return b64decode(value["base64"]) if value.keys() == {"base64"} else value


def _note(
    connection: sa.Connection, action: str, article: Article, before: str | None, at: str
) -> None:
    inserting(publications).run(
        connection,
        action=action,
        space=article.space,
        article=article.id,
        version=article.version,
        title=article.title,
        before=before,
        at=at,
        undone=0,
    )


_EACH = publications.alias()
_ACTIONS = sa.select(sa.func.min(_EACH.c.action).label("action")).cte(recursive=True)
_NEXT_ACTION = sa.select(sa.func.min(_EACH.c.action)).where(_EACH.c.action > _ACTIONS.c.action)
# Each found as the one that follows the last: GROUP BY would read all that an import published.
_ACTIONS = _ACTIONS.union_all(
    sa.select(_NEXT_ACTION.scalar_subquery()).where(_ACTIONS.c.action.is_not(None))
)
_LAST_TIME = sa.select(sa.func.max(_EACH.c.at)).where(_EACH.c.action == _ACTIONS.c.action)
_EXPIRED = sa.select(_ACTIONS.c.action).where(
    _LAST_TIME.scalar_subquery() <= sa.bindparam("oldest", type_=sa.Text)
)
_FORGET = Query(
    sa.delete(publications)
    .where(publications.c.action.in_(_EXPIRED))
    .returning(publications.c.article)
)


def forget_expired(connection: sa.Connection, now: datetime) -> None:
    """Drop actions that can no longer be undone, and the versions that were kept for them."""
    gone = _FORGET.run(connection, oldest=(now - UNDO).isoformat()).fetchall()
    for (article_id,) in set(gone):
        drop_unkept(connection, article_id)


_UNDOABLE = Query(
    sa.select(publications.c.before).where(
        publications.c.article == sa.bindparam("id"),
        publications.c.before.is_not(None),
        publications.c.undone == 0,
    )
)
_DROP = Query(
    sa.delete(versions).where(
        versions.c.article == sa.bindparam("id"),
        versions.c.version.not_in(
            sa.select(articles.c.version).where(articles.c.id == sa.bindparam("id"))
        ),
        ~among(versions.c.version, "kept"),
    )
)


def drop_unkept(connection: sa.Connection, article_id: str) -> None:
    """Drop the versions of an article that are neither current nor kept for an undo."""
    rows = _UNDOABLE.run(connection, id=article_id).fetchall()
    kept = [[json.loads(before)["article"]["version"]] for (before,) in rows]
    _DROP.run(connection, id=article_id, kept=kept)


def _undo(connection: sa.Connection, published: sa.Row[Any]) -> Undone:
    article_id = published.article
    kept = json.loads(published.before, object_hook=_decoded) if published.before else {}
    if "rows" in kept:
        return _return(connection, published, kept)
    if _VERSION.value(connection, key=article_id) != published.version:
        return Undone(published.title, "left")
    _UNDONE.run(connection, key=published.id)
    if not kept:
        DELETE.run(connection, key=article_id)
        return Undone(published.title, "removed")
    article = Article(**kept["article"])
    put_article(connection, article, kept["embedder"])
    drop_unkept(connection, article_id)
    return Undone(article.title, "restored")


def _return(connection: sa.Connection, removed: sa.Row[Any], kept: dict[str, Any]) -> Undone:
    """Put back what was removed, unless the same article was indexed since."""
    article = Article(**kept["article"])
    texts = {version: text for _, version, text in kept["rows"]["versions"]}
    document = article.document(texts[article.version])
    taken = ID.value(connection, key=article.id)
    if taken or same_article(connection, document, article.space):
        return Undone(article.title, "there")
    _UNDONE.run(connection, key=removed.id)
    put_article(connection, article, kept["embedder"])
    for table in _OF_ARTICLE:
        names = table.columns.keys()
        rows = [dict(zip(names, row, strict=True)) for row in kept["rows"][table.name]]
        inserting(table).run_each(connection, rows)
    drop_unkept(connection, article.id)
    return Undone(article.title, "returned")


def _sentences(connection: sa.Connection, article: Article) -> list[str] | None:
    text = TEXT.value(connection, article=article.id, version=article.version)
    if text is None:
        return None
    passages = Snapshot(connection).passages(article)
    return [sentence.of(text) for passage in passages for sentence in passage.sentences]
