"""The drug table: dated row by row, and refused where its dates leave a day open or say it twice."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.coding.drug_table import COLUMNS, read_drugs
from desktop_app.coding.refusals import RulebookError
from tests.coding.given import RULES

HEAD = ",".join(COLUMNS)
FIRST = "J0001,drug,10,mg,therapeutic,,,2024-01-01,2024-12-31,made up"
NEXT = "J0001,drug,5,mg,therapeutic,,,2025-01-01,,made up"
OTHER = "J0002,other,1,mg,chemo,yes,,2024-06-01,,made up"


def table(*rows: str) -> str:
    return "\n".join((HEAD, *rows)) + "\n"


def test_a_code_may_have_rows_whose_dates_follow_each_other() -> None:
    drugs = read_drugs("drugs.csv", table(FIRST, OTHER, NEXT))
    found = [drugs.find("J0001", day) for day in (date(2024, 12, 31), date(2025, 1, 1))]
    assert [entry.unit_amount for entry in found if entry] == [Decimal(10), Decimal(5)]
    assert drugs.find("J0001", date(2023, 12, 31)) is None


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (NEXT.replace("2025-01-01", "2025-01-02"), "line 3: valid_from should be 2025-01-01, the day after"),
        (NEXT.replace("2025-01-01", "2024-12-31"), "line 3: valid_from should be 2025-01-01, the day after"),
        (NEXT.replace("2025-01-01", ""), "line 3: valid_from should be a date such as"),
        (NEXT.replace("01-01,,", "01-01,2024-12-31,"), "line 3: valid_until should be 2025-01-01 or later"),
        (NEXT.replace("J0001", "J001"), "line 3: hcpcs should be a drug code such as J1745"),
        (NEXT.replace("J0001", "96365"), "line 3: hcpcs should be a drug code such as J1745"),
        (NEXT.replace(",mg,", ", ,"), "line 3: unit should be there"),
        (NEXT.replace("made up", ""), "line 3: source should be there"),
        (NEXT.replace(",drug,", ",,"), "line 3: drug should be there"),
        (NEXT.replace("therapeutic,,", "therapeutic,no,"), "line 3: category_varies should be yes or empty"),
        (NEXT.replace("therapeutic,,", "therapeutic,,no"), "line 3: single_dose should be yes or empty"),
    ],
)
def test_a_gap_an_overlap_and_a_row_without_its_facts_are_refused(row: str, said: str) -> None:
    with pytest.raises(RulebookError) as caught:
        read_drugs("drugs.csv", table(FIRST, row))
    assert str(caught.value).startswith(f"drugs.csv, {said}")
    assert str(caught.value).endswith(".")


def test_a_row_follows_the_row_right_above_it_of_the_same_code() -> None:
    last = NEXT.replace("2025-01-01", "2025-07-01")
    middle = NEXT.replace("2025-01-01,", "2025-01-01,2025-06-30")
    assert len(read_drugs("drugs.csv", table(FIRST, middle, last)).by_code["J0001"]) == 3
    with pytest.raises(RulebookError) as caught:
        read_drugs("drugs.csv", table(FIRST, middle, NEXT.replace("2025-01-01", "2025-08-01")))
    wanted = "2025-07-01, the day after the row above it of J0001 has ended"
    assert str(caught.value) == f"drugs.csv, line 4: valid_from should be {wanted}."


def test_a_row_without_an_end_is_the_last_of_its_code() -> None:
    said = "should be no second row of J0001: the row above it of that code has no end"
    with pytest.raises(RulebookError, match=f"line 3: valid_from {said}"):
        read_drugs("drugs.csv", table(NEXT, NEXT.replace("2025-01-01", "2026-01-01")))


def test_every_row_of_the_program_has_a_date_and_names_its_source() -> None:
    rows = [entry for entries in RULES.rulebook.drugs.by_code.values() for entry in entries]
    assert len(rows) == 203
    assert {entry.valid_from for entry in rows} == {date(2025, 10, 1)}
    assert all(entry.source.startswith("HCPCS 2025-10") for entry in rows)
