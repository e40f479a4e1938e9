"""The settings of spaces as JSON values by key, and who changed them."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from index.model import Space
from index.store.database import Table

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

KEPT_CHANGES = 1_000
"""Of each space: the newest that were made, and as many of those that were refused, so that nobody
pushes the former out by trying."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a user did to a setting or, `refused`, wanted to do.

    `old` and `new` are None where it had, or was to have, no value; `who` is a user's id, ""
    once they had it forgotten.
    """

    space: Space
    key: str
    old: Json
    new: Json
    refused: bool
    who: str
    at: datetime


class SettingsStore(Table):
    """Settings by space and key; each read sees the latest write of any process."""

    def read(self, space: Space) -> dict[str, Json]:
        """Return all settings of a space, by key."""
        rows = self._rows("SELECT key, value FROM documents WHERE space = ?", space)
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
                    "DELETE FROM documents WHERE space = ? AND key = ?", (space, key)
                )
            else:
                connection.execute("REPLACE INTO documents VALUES (?, ?, ?)", (space, key, new))
            self._note(connection, (space, key, old, new, 0, who))

    def refuse(self, space: Space, key: str, value: Json, who: str) -> None:
        """Note that a user wanted to set a value and was not allowed to."""
        with self._database.writing() as connection:
            old = _stored(connection, space, key)
            self._note(connection, (space, key, old, _dump(value), 1, who))

    def changes(self, space: Space, limit: int, *, refused: bool | None = None) -> list[Change]:
        """Return changes of a space, newest first; with `refused` those that (not) were refused."""
        kinds = (False, True) if refused is None else (refused, refused)
        rows = self._rows(
            "SELECT space, key, old, new, refused, who, at FROM changes"
            " WHERE space = ? AND refused IN (?, ?) ORDER BY id DESC LIMIT ?",
            *(space, *kinds, limit),
        )
        return [
            Change(space, key, _load(old), _load(new), bool(n), who, datetime.fromisoformat(at))
            for space, key, old, new, n, who, at in rows
        ]

    def _note(self, connection: sqlite3.Connection, change: tuple[str | int | None, ...]) -> None:
        connection.execute(
            "INSERT INTO changes (space, key, old, new, refused, who, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*change, self._now()),
        )
        space, _, _, _, refused, _ = change
        connection.execute(
            "DELETE FROM changes WHERE id IN (SELECT id FROM changes"
            " WHERE space = ? AND refused = ? ORDER BY id DESC LIMIT -1 OFFSET ?)",
            (space, refused, KEPT_CHANGES),
        )


def _dump(value: Json) -> str | None:
    return None if value is None else json.dumps(value, sort_keys=True, allow_nan=False)


def _load(text: str | None) -> Json:
    value: Json = None if text is None else json.loads(text)
    return value


def _stored(connection: sqlite3.Connection, space: Space, key: str) -> str | None:
    row = connection.execute(
        "SELECT value FROM documents WHERE space = ? AND key = ?", (space, key)
    ).fetchone()
    return None if row is None else str(row[0])
