"""A table from quarter to quarter: what is new, what ends, and what stays for visits of its time."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.cms.faults import ImportRefused
from desktop_app.cms.merging import Merged, merged
from desktop_app.cms.reading import Found
from desktop_app.cms.rows import Pair
from desktop_app.coding.tables import TableKind, TableRow
from tests.coding.imported import row

JANUARY, APRIL, JULY = "2026-01-01", "2026-04-01", "2026-07-01"


def limits(since: str, *said: str) -> Found:
    rows = tuple(row(code, most, since) for code, most in (text.split(": ") for text in said))
    return found(TableKind.MUE_HOSPITAL, since, *rows, dated=False)


def found(
    kind: TableKind, since: str, *rows: TableRow, dated: bool = True, ends: tuple[Pair, ...] = ()
) -> Found:
    return Found(kind, "made-up.csv", rows, date.fromisoformat(since), dated, len(rows), ends)


def counts(table: Merged) -> tuple[int, int, int, int]:
    return table.added, table.changed, table.ended, table.unchanged


def after(*files: Found) -> Merged:
    """Import one file after the other."""
    table, latest = merged((), None, [files[0]]), files[0].since
    for file in files[1:]:
        table, latest = merged(table.rows, latest, [file]), file.since
    return table


def test_a_first_file_only_adds() -> None:
    table = after(limits(JANUARY, "A: 2 3", "B: 1 1"))
    assert table.rows == (row("A", "2 3", JANUARY), row("B", "1 1", JANUARY))
    assert counts(table) == (2, 0, 0, 0)


def test_the_same_again_changes_nothing() -> None:
    file = limits(JANUARY, "A: 2 3")
    table = after(file, file)
    assert table.rows == (row("A", "2 3", JANUARY),)
    assert counts(table) == (0, 0, 0, 1)


def test_the_next_quarter_ends_what_it_no_longer_says_and_goes_on_with_the_rest() -> None:
    table = after(limits(JANUARY, "A: 2 3", "B: 1 1", "C: 5 1"), limits(APRIL, "A: 2 3", "B: 4 1", "D: 9 1"))
    assert table.rows == (
        row("A", "2 3", JANUARY),
        row("B", "1 1", JANUARY, "2026-03-31"),
        row("B", "4 1", APRIL),
        row("C", "5 1", JANUARY, "2026-03-31"),
        row("D", "9 1", APRIL),
    )
    assert counts(table) == (1, 1, 1, 1)


def test_what_comes_back_after_a_quarter_has_a_gap() -> None:
    table = after(limits(JANUARY, "A: 2 3"), limits(APRIL, "B: 1 1"), limits(JULY, "A: 2 3"))
    assert table.rows[:2] == (row("A", "2 3", JANUARY, "2026-03-31"), row("A", "2 3", JULY))


def test_a_corrected_file_of_the_same_quarter_takes_its_place() -> None:
    table = after(limits(JANUARY, "A: 2 3"), limits(APRIL, "A: 3 3", "B: 1 1"), limits(APRIL, "A: 2 3"))
    assert table.rows == (row("A", "2 3", JANUARY),)
    assert counts(table) == (0, 1, 1, 0)


def test_an_older_file_is_refused_so_that_no_newer_one_is_lost() -> None:
    with pytest.raises(
        ImportRefused, match="holds from 2026-01-01, and the table here is from 2026-04-01 already"
    ):
        after(limits(APRIL, "A: 2 3"), limits(JANUARY, "A: 2 3"))


def test_files_of_one_table_must_be_of_one_quarter() -> None:
    with pytest.raises(ImportRefused, match="are not of one quarter; import the older one first"):
        merged((), None, [limits(JANUARY, "A: 2 3"), limits(APRIL, "B: 2 3")])


def test_files_that_say_two_things_of_one_code_are_refused() -> None:
    with pytest.raises(ImportRefused, match="says two things of A"):
        merged((), None, [limits(JANUARY, "A: 2 3"), limits(JANUARY, "A: 3 3")])
    same = merged((), None, [limits(JANUARY, "A: 2 3"), limits(JANUARY, "A: 2 3", "B: 1 1")])
    assert counts(same) == (2, 0, 0, 0)


def test_an_ndc_may_have_two_codes() -> None:
    rows = row("12345678901", "J0001"), row("12345678901", "J0002")
    table = merged((), None, [found(TableKind.CROSSWALK, JANUARY, *rows, dated=False)])
    assert table.rows == rows


def test_rows_with_dates_take_the_place_of_those_before() -> None:
    before = (
        row("J0001", "10 mg", "2020-01-01"),
        row("J0002", "1 mg", "2020-01-01"),
        row("J0003", "1 mg", JANUARY),
    )
    new = (
        row("J0001", "5 mg", "2020-01-01"),
        row("J0002", "1 mg", "2020-01-01", "2026-03-31"),
        row("J0004", "1 g", APRIL),
    )
    table = merged(before, None, [found(TableKind.HCPCS, APRIL, *new)])
    assert table.rows == (*new[:2], row("J0003", "1 mg", JANUARY, "2026-03-31"), new[2])
    assert counts(table) == (1, 1, 2, 0)


def test_rows_that_begin_anew_are_not_lost() -> None:
    before = tuple(row(f"J{number:04}", "1 mg", JANUARY) for number in range(100))
    anew = [row(f"J{number:04}", "1 mg", APRIL) for number in range(100)]
    table = merged(before, None, [found(TableKind.HCPCS, APRIL, *anew)])
    assert (table.held, table.lost, table.shrinks) == (100, 0, False)
    cut = merged(before, None, [found(TableKind.HCPCS, APRIL, *anew[:74])])
    assert (cut.held, cut.lost, cut.shrinks) == (100, 26, True)


def test_a_row_that_had_ended_stays_and_one_that_never_began_goes() -> None:
    before = row("J0001", "10 mg", "2020-01-01", "2025-12-31"), row("J0002", "1 mg", JULY)
    table = merged(before, None, [found(TableKind.HCPCS, APRIL, row("J0003", "1 mg", APRIL))])
    assert table.rows == (before[0], row("J0003", "1 mg", APRIL))
    assert counts(table) == (1, 0, 1, 1)


def test_a_part_of_the_pairs_leaves_the_other_parts_as_they_were() -> None:
    one = found(TableKind.PTP_HOSPITAL, JANUARY, row("A B", "0", JANUARY), ends=(("A", "A"), ("C", "Z")))
    other = found(TableKind.PTP_HOSPITAL, JANUARY, row("M N", "1", JANUARY), ends=(("D", "A"), ("Z", "Z")))
    both = after(one, other)
    assert both.rows == (row("A B", "0", JANUARY), row("M N", "1", JANUARY))
    newer = found(TableKind.PTP_HOSPITAL, APRIL, row("A C", "0", APRIL), ends=(("A", "A"), ("C", "Z")))
    table = merged(both.rows, None, [newer])
    assert table.rows == (
        row("A B", "0", JANUARY, "2026-03-31"),
        row("A C", "0", APRIL),
        row("M N", "1", JANUARY),
    )
    assert counts(table) == (1, 0, 1, 1)


def test_all_parts_at_once_are_one_table() -> None:
    one = found(TableKind.PTP_HOSPITAL, JANUARY, row("A B", "0", JANUARY), ends=(("A", "A"), ("C", "Z")))
    other = found(TableKind.PTP_HOSPITAL, JANUARY, row("M N", "1", JANUARY), ends=(("D", "A"), ("Z", "Z")))
    assert merged((), None, [one, other]).rows == after(one, other).rows
