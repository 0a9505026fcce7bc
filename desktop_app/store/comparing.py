"""Whether the lists say what the events say: they are made again beside the database and compared.

A list is only a short way to an answer, but it decides what is loaded and counted as settled,
and no hash covers it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3  # type: ignore[import-untyped]

from desktop_app.store.database import Database
from desktop_app.store.finding import first_false_word
from desktop_app.store.followed import History
from desktop_app.store.migrations import migrate
from desktop_app.store.tables import LISTS, Tables, session_streams

if TYPE_CHECKING:
    import sqlite3

_WELL = "ok"
Row = tuple[object, ...]


def first_difference(connection: sqlite3.Connection, history: History, path: Path) -> str:
    """Return the first row of a list that the events do not make, as half a sentence, or nothing.

    Reads at one moment of the database, so that a program that works there changes no answer.
    """
    with one_moment(connection):
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if said != _WELL:
            return f"a page of the database {path} is not what was written"
        with closing(sqlcipher3.connect(":memory:", isolation_level=None)) as made:
            migrate(Database(made), Path(":memory:"))
            Tables(made, history).make(session_streams(connection))
            found = next(_differences(connection, made), "")
        return found or _false_word(connection)


def _false_word(connection: sqlite3.Connection) -> str:
    word = first_false_word(connection)
    return (
        f"the words sessions are found by are not what the events make of them, first at {word}"
        if word
        else ""
    )


def _differences(connection: sqlite3.Connection, made: sqlite3.Connection) -> Iterator[str]:
    for name in LISTS:
        found, right = _rows(connection, name), _rows(made, name)
        if found != right:
            row = min(found ^ right, key=str)
            yield f"the list {name} is not what the events make of it, first at {row[0]}"


def _rows(connection: sqlite3.Connection, name: str) -> set[Row]:
    return set(connection.execute(f"SELECT * FROM {name}").fetchall())  # noqa: S608 - a name of ours


@contextmanager
def one_moment(connection: sqlite3.Connection) -> Iterator[None]:
    """Let all that the block reads be of one moment of the database."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
