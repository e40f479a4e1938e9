"""The settings of spaces as JSON values by key, and who changed them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import sqlalchemy as sa

from index.model import Space
from index.store.database import Repository
from index.store.queries import Query, replacing
from index.store.schema import changes, documents

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

KEPT_CHANGES = 1_000
"""Of each space: the newest that were made, and as many of those that were denied, so that nobody
pushes the former out by trying."""


INSTALLATION = Space("")
"""What is settled for all servers together."""


@dataclass(frozen=True, slots=True)
class SettingChange:
    """What a user did to a setting or, `denied`, wanted to do.

    `old` and `new` are None where it had, or was to have, no value; `who` is a user's id, ""
    once they had it forgotten.
    """

    space: Space
    key: str
    old: Json
    new: Json
    denied: bool
    who: str
    at: datetime


_SETTINGS = Query(
    sa.select(documents.c.key, documents.c.value).where(documents.c.space == sa.bindparam("space"))
)


class SettingsStore(Repository):
    """Settings by space and key; each read sees the latest write of any process."""

    def read(self, space: Space) -> dict[str, Json]:
        """Return all settings of a space, by key."""
        with self._database.reading() as connection:
            rows = _SETTINGS.run(connection, space=space).fetchall()
        return {key: json.loads(value) for key, value in rows}

    def write(self, space: Space, key: str, value: Json, who: str) -> None:
        """Set a value, or with None remove it; it and the note of it are one commit."""
        new = _dump(value)
        with self._database.writing() as connection:
            old = _stored(connection, space, key)
            if old == new:
                return
            if new is None:
                connection.execute(
                    sa.delete(documents).where(documents.c.space == space, documents.c.key == key)
                )
            else:
                replacing(documents).run(connection, space=space, key=key, value=new)
            self._note(connection, space, key, old, new, who, denied=False)

    def first(self, space: Space, key: str, value: str) -> str:
        """Set a text where there is none, and return what is set. It is not noted who did so."""
        with self._database.writing() as connection:
            stored = _stored(connection, space, key)
            if stored is None:
                replacing(documents).run(connection, space=space, key=key, value=_dump(value))
            return value if stored is None else str(json.loads(stored))

    def deny(self, space: Space, key: str, value: Json, who: str) -> None:
        """Note that a user wanted to set a value and was not allowed to."""
        with self._database.writing() as connection:
            old = _stored(connection, space, key)
            self._note(connection, space, key, old, _dump(value), who, denied=True)

    def changes(
        self, space: Space, limit: int, *, denied: bool | None = None
    ) -> list[SettingChange]:
        """Return changes of a space, newest first; with `denied` those that were (not) denied."""
        query = sa.select(changes).where(changes.c.space == space)
        if denied is not None:
            query = query.where(changes.c.refused == int(denied))
        return [
            SettingChange(
                Space(row.space),
                row.key,
                _load(row.old),
                _load(row.new),
                bool(row.refused),
                row.who,
                datetime.fromisoformat(row.at),
            )
            for row in self._rows(query.order_by(changes.c.id.desc()).limit(limit))
        ]

    def _note(
        self,
        connection: sa.Connection,
        space: Space,
        key: str,
        old: str | None,
        new: str | None,
        who: str,
        *,
        denied: bool,
    ) -> None:
        made = {"space": space, "key": key, "old": old, "new": new, "refused": int(denied)}
        connection.execute(sa.insert(changes), made | {"who": who, "at": self._now()})
        older = (
            sa.select(changes.c.id)
            .where(changes.c.space == space, changes.c.refused == int(denied))
            .order_by(changes.c.id.desc())
            .offset(KEPT_CHANGES)
        )
        connection.execute(sa.delete(changes).where(changes.c.id.in_(older)))


def _dump(value: Json) -> str | None:
    return None if value is None else json.dumps(value, sort_keys=True, allow_nan=False)


def _load(text: str | None) -> Json:
    value: Json = None if text is None else json.loads(text)
    return value


def _stored(connection: sa.Connection, space: Space, key: str) -> str | None:
    return connection.scalar(
        sa.select(documents.c.value).where(documents.c.space == space, documents.c.key == key)
    )
