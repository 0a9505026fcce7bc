"""Rows found in the text of a table: each key as if every row had been read, and none that is not there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.coding.refusals import RulebookError
from desktop_app.coding.table_text import Entry, digest, read_table, sorted_rows, table_text
from desktop_app.coding.tables import Key, Rows, TableKind, TableRow, by_key
from tests.coding.imported import NEW_YEAR, row

PAIRS = TableKind.PTP_HOSPITAL
codes = st.text("019AJ", min_size=5, max_size=5)
rows_of_pairs = st.lists(
    st.builds(
        TableRow,
        st.tuples(codes, codes),
        st.tuples(st.sampled_from("019")),
        st.dates(),
        st.none() | st.dates(),
    ),
    max_size=30,
)


def entry_of(text: str) -> Entry:
    return Entry(file="x", sha256=digest(text), rows=0, since=str(NEW_YEAR), sources=())


def found_in(*rows: TableRow) -> Rows:
    text = table_text(PAIRS, rows)
    return sorted_rows("x", PAIRS, text, entry_of(text))


@given(rows_of_pairs, codes, codes)
def test_every_key_gives_what_reading_every_row_would_give(
    rows: list[TableRow], first: str, second: str
) -> None:
    rows.sort(key=lambda row: (row.key, row.value[:1], row.since))
    text = table_text(PAIRS, rows)
    known, read = found_in(*rows), by_key(read_table("x", PAIRS, text, entry_of(text)))
    assert known == read
    assert len(known) == len(read)
    assert known.get((first, second), ()) == read.get((first, second), ())


def test_neighbours_are_told_apart() -> None:
    rows = row("96365 96374", "1"), row("96365 96375", "0"), row("96365 96375", "1"), row("96366 96374", "9")
    known = found_in(*rows)
    assert known["96365", "96375"] == rows[1:3]
    for missing in (
        ("96365", "96373"),
        ("96365", "9637"),
        ("96366", "96375"),
        ("00000", "0"),
        ("99999", "9"),
    ):
        with pytest.raises(KeyError):
            known[missing]


def test_an_empty_table_has_no_rows() -> None:
    known, key = found_in(), ("96365", "96374")
    assert (len(known), list(known), known.get(key)) == (0, list[Key](), None)


def test_a_text_that_was_touched_is_refused_before_any_row_is_asked_for() -> None:
    text = table_text(PAIRS, [row("96365 96374", "1")])
    with pytest.raises(RulebookError, match="should be as it was imported; import it again, or take it back"):
        sorted_rows("x", PAIRS, text.replace("96374", "96375"), entry_of(text))
