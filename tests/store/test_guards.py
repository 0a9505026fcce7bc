"""The database itself keeps what was stored; whoever takes its guards away is noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app.store.database import Database, SqlError
from desktop_app.store.opening import open_folder
from tests.store.examples import made_folder, raw_database

TABLES = ("event", "signed_head")
NEVER = "is never (changed|removed)"


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return raw_database(made_folder(tmp_path))


def misshape(path: Path) -> str:
    folder = open_folder(path, read_only=True)
    found = folder.journal.misshape()
    folder.close()
    return found


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE {} SET hash = zeroblob(32)",
        "DELETE FROM {}",
        "INSERT OR REPLACE INTO {} SELECT * FROM {}",
        "REPLACE INTO {} SELECT * FROM {}",
        "UPDATE OR REPLACE {} SET place = place + 1",
    ],
)
def test_what_was_stored_can_not_be_changed_removed_or_replaced(
    database: Database, table: str, change: str
) -> None:
    statement = change.replace("{}", table)
    if table == "event":
        written = [row[1] for row in database.execute("PRAGMA table_info(event)")]
        columns = ", ".join(written)
        statement = statement.replace("INTO event SELECT *", f"INTO event ({columns}) SELECT {columns}")
    before = database.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a name above
    with pytest.raises(SqlError, match=NEVER):
        database.execute(statement)
    assert database.execute(f"SELECT * FROM {table}").fetchall() == before  # noqa: S608 - as above
    assert before
    database.close()


def test_the_shape_of_a_folder_is_that_of_the_program(tmp_path: Path) -> None:
    assert misshape(made_folder(tmp_path)) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DROP TRIGGER event_is_never_changed", "the guard event_is_never_changed is gone"),
        ("DROP TRIGGER signed_head_is_never_removed", "the guard signed_head_is_never_removed is gone"),
        ("DROP INDEX session_open", "the index session_open is gone"),
        ("CREATE TABLE other (a)", "the table other is none of this program's"),
        (
            "CREATE TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END",
            "the guard t is none of this program's",
        ),
    ],
)
def test_a_guard_that_was_dropped_is_named(tmp_path: Path, change: str, said: str) -> None:
    database = raw_database(made_folder(tmp_path))
    database.execute(change)
    database.close()
    assert misshape(tmp_path) == said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "DELETE FROM sqlite_master WHERE name = 'event_is_never_removed'",
            "the guard event_is_never_removed is gone",
        ),
        (
            "UPDATE sqlite_master SET sql = replace(sql, 'BEFORE UPDATE ON event', 'AFTER DELETE ON event')",
            "the guard event_is_never_changed was changed",
        ),
        (
            "UPDATE sqlite_master SET sql = replace(sql, 'STRICT', '') WHERE name = 'origin'",
            "the table origin was changed",
        ),
    ],
)
def test_a_schema_that_was_written_by_hand_is_named(tmp_path: Path, change: str, said: str) -> None:
    database = raw_database(made_folder(tmp_path))
    database.execute("PRAGMA writable_schema = ON")
    database.execute(change)
    database.close()
    assert misshape(tmp_path) == said
