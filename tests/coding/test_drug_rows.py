"""The drugs known by code: which row holds on a date, and what is refused of a table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.coding.drug_table import COLUMNS, DrugEntry, DrugTable, read_drugs
from desktop_app.coding.refusals import RulebookError
from desktop_app.core.orders import Category

HEAD = ",".join(COLUMNS)
OLD = "J0001,oldamab,10,mg,chemo,yes,yes,2020-01-01,2024-12-31,Source one"
NEW = "J0001,oldamab,1,mg,therapeutic,,,2025-01-01,,Source two"
OTHER = "J0002,otherol,0.5,mL,therapeutic,,,2024-07-01,2024-07-01,Source three"


@pytest.fixture
def table() -> DrugTable:
    return read_drugs("drugs.csv", f"{HEAD}\n{OLD}\n{NEW}\n{OTHER}")


def refusal(text: str) -> str:
    with pytest.raises(RulebookError) as found:
        read_drugs("drugs.csv", text)
    return str(found.value)


def test_a_row_says_what_one_unit_is_and_from_where_that_is_known(table: DrugTable) -> None:
    assert table.by_code["J0001"][0] == DrugEntry(
        hcpcs="J0001",
        drug="oldamab",
        unit_amount=Decimal(10),
        unit="mg",
        category=Category.CHEMO,
        category_varies=True,
        single_dose=True,
        valid_from=date(2020, 1, 1),
        valid_until=date(2024, 12, 31),
        source="Source one",
    )
    assert not table.by_code["J0001"][1].category_varies
    assert not table.by_code["J0001"][1].single_dose
    assert table.by_code["J0001"][1].valid_until is None


@pytest.mark.parametrize(
    ("day", "unit"),
    [
        (date(2019, 12, 31), None),
        (date(2020, 1, 1), Decimal(10)),
        (date(2024, 12, 31), Decimal(10)),
        (date(2025, 1, 1), Decimal(1)),
        (date(2099, 1, 1), Decimal(1)),
    ],
)
def test_a_row_holds_from_its_first_day_to_its_last(
    table: DrugTable, day: date, unit: Decimal | None
) -> None:
    entry = table.find("J0001", day)
    assert (entry.unit_amount if entry else None) == unit


def test_an_unknown_code_has_no_row(table: DrugTable) -> None:
    assert table.find("J9999", date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2024, 6, 30), ["J0001"]),
        (date(2024, 7, 1), ["J0001", "J0002"]),
        (date(2024, 7, 2), ["J0001"]),
        (date(2019, 1, 1), []),
    ],
)
def test_the_table_of_a_day_has_the_rows_that_hold_then(
    table: DrugTable, day: date, codes: list[str]
) -> None:
    assert [entry.hcpcs for entry in table.on(day)] == codes


def with_cell(column: str, value: str) -> str:
    cells = dict(zip(COLUMNS, NEW.split(","), strict=True)) | {column: value}
    return f"{HEAD}\n{OLD}\n" + ",".join(cells.values())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "drugs.csv, line 1: the first line should be the columns " + ", ".join(COLUMNS) + "."),
        (
            HEAD.replace("unit,", "units,"),
            "drugs.csv, line 1: the first line should be the columns " + ", ".join(COLUMNS) + ".",
        ),
        (f"{HEAD}\n{OLD}\n{NEW},more", "drugs.csv, line 3: the row should be 10 columns."),
        (f"{HEAD}\nJ0001,oldamab", "drugs.csv, line 2: the row should be 10 columns."),
        (with_cell("unit_amount", "ten"), "drugs.csv, line 3: unit_amount should be a number over 0."),
        (with_cell("unit_amount", "0"), "drugs.csv, line 3: unit_amount should be a number over 0."),
        (with_cell("unit_amount", "-1"), "drugs.csv, line 3: unit_amount should be a number over 0."),
        (with_cell("unit_amount", "NaN"), "drugs.csv, line 3: unit_amount should be a number over 0."),
        (with_cell("unit_amount", "Infinity"), "drugs.csv, line 3: unit_amount should be a number over 0."),
        (with_cell("single_dose", "no"), "drugs.csv, line 3: single_dose should be yes or empty."),
        (
            with_cell("category", "cheap"),
            f"drugs.csv, line 3: category should be one of {', '.join(Category)}.",
        ),
        (
            with_cell("valid_from", "2025"),
            "drugs.csv, line 3: valid_from should be a date such as 2026-01-01.",
        ),
        (
            with_cell("valid_until", "soon"),
            "drugs.csv, line 3: valid_until should be a date such as 2026-01-01.",
        ),
    ],
)
def test_a_table_that_cannot_be_trusted_is_refused_with_line_and_column(text: str, sentence: str) -> None:
    assert refusal(text) == sentence
