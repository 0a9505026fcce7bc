"""What Excel cannot count with is a text in its workbook, and a row that is empty is a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.core.layouts import Dates, ExcelDates, Layout, LayoutColumn, Times
from desktop_app.exchange.cells import Cells
from desktop_app.exchange.charges import NO_CHARGES
from desktop_app.exchange.columns import Value
from desktop_app.exchange.excel import ExcelWriter
from desktop_app.exchange.excel_cells import Stored, stored
from desktop_app.exchange.place import Place
from desktop_app.exchange.sending import STANDARD
from tests.exchange.claim_files import SENDING
from tests.exchange.month import first_rows

REAL = replace(STANDARD, excel_dates=ExcelDates.DATES, times=Times.LOCAL, dates=Dates.US)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("layout", "value", "kept"),
    [
        (REAL, date(1900, 3, 1), date(1900, 3, 1)),
        (REAL, date(1900, 2, 28), "02/28/1900"),
        (STANDARD, date(2026, 3, 2), "2026-03-02"),
        (REAL, NOON, NOON),
        (replace(REAL, times=Times.OFFSET), NOON, "03/02/2026 12:00:00+00:00"),
        (STANDARD, Decimal("123456789012.345"), Decimal("123456789012.345")),
        (STANDARD, Decimal("1234567890123.456"), "1234567890123.456"),
        (STANDARD, None, ""),
        (STANDARD, 7, 7),
    ],
)
def test_a_value_is_of_its_kind_only_where_that_says_all_of_it(
    layout: Layout, value: Value, kept: Stored
) -> None:
    assert stored(value, Cells(layout, NO_CHARGES)) == kept


def test_a_row_of_nothing_is_a_row(tmp_path: Path) -> None:
    columns = (LayoutColumn(take="sent_before", head="a"), LayoutColumn(take="replaces", head="b"))
    layout = replace(STANDARD, columns=columns, header=False)
    writer = ExcelWriter(Place(tmp_path), replace(SENDING, layout=layout))
    writer.add(first_rows()[0])
    assert [file.rows for file in writer.close()] == [len(first_rows()[0])]
