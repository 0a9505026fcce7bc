"""A row of the journal is told in three places, each for its own: they are the same row."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.record.stored import COLUMNS, hash_of, is_whole
from desktop_app.store.chain import EventRow
from desktop_app.store.stored_rows import stored_of
from tests.store.examples import open_here, put, raw_database, seated


def test_the_row_its_record_and_its_table_have_the_same_columns_in_the_same_order(tmp_path: Path) -> None:
    open_here(tmp_path).close()
    database = raw_database(tmp_path)
    # The place is origin and number in one.
    _place, *table = (row[1] for row in database.execute("PRAGMA table_xinfo(event)").fetchall())
    database.close()
    assert EventRow._fields == (*COLUMNS, "previous_hash", "hash") == tuple(table)


def test_the_hash_that_is_stored_is_the_one_anybody_works_out(tmp_path: Path) -> None:
    folder = open_here(tmp_path)
    put(folder.journal, "session/a", seated())
    (row,) = folder.journal.rows()
    folder.close()
    assert hash_of(row.previous_hash.hex(), row[:-2]) == row.hash.hex()
    assert is_whole(stored_of(row))
