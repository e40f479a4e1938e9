"""The settings of spaces as JSON values by key, and who changed them."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from index.model import Space
from index.store.database import Clock, Database, utc_now

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

KEPT_CHANGES = 1_000
"""Of each space: the newest that were made, and as many of those that were refused, so that nobody
pushes the former out by trying."""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody did to a setting or, `refused`, wanted to do.

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


class SettingsStore:
    """Read anew every time, so that a change counts at once, whichever process made it."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def read(self, space: Space) -> dict[str, Json]:
        """All settings of a space, by key."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT key, value FROM documents WHERE space = ?", (space,))
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
        """Note that somebody wanted to set a value and was not allowed to."""
        with self._database.writing() as connection:
            old = _stored(connection, space, key)
            self._note(connection, (space, key, old, _dump(value), 1, who))

    def changes(self, space: Space, limit: int, *, refused: bool | None = None) -> list[Change]:
        """The newest changes of a space, newest first; with `refused` those that (not) were."""
        which = "space = ? AND refused IN (?, ?) ORDER BY id DESC LIMIT ?"
        kinds = (False, True) if refused is None else (refused, refused)
        return self._changes(which, space, *kinds, limit)

    def changes_by(self, who: str) -> list[Change]:
        """All changes of all spaces that one user made or wanted to make, newest first."""
        return self._changes("who = ? ORDER BY id DESC", who)

    def forget(self, who: str) -> None:
        """Take a user's id out of the changes; that there was a change stays."""
        with self._database.writing() as connection:
            connection.execute("UPDATE changes SET who = '' WHERE who = ?", (who,))

    def _changes(self, which: str, *given: str | int) -> list[Change]:
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT space, key, old, new, refused, who, at FROM changes WHERE {which}",  # noqa: S608
                given,
            )
            return [_change(row) for row in rows]

    def _note(self, connection: sqlite3.Connection, change: tuple[str | int | None, ...]) -> None:
        connection.execute(
            "INSERT INTO changes (space, key, old, new, refused, who, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*change, self._clock().isoformat()),
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


def _change(row: tuple[str, str, str | None, str | None, int, str, str]) -> Change:
    space, key, old, new, refused, who, at = row
    return Change(
        Space(space), key, _load(old), _load(new), bool(refused), who, datetime.fromisoformat(at)
    )
