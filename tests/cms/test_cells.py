from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desktop_app.cms.cells import Wanted, day_in, number_in, ordinal_day_in, text_of
from desktop_app.cms.editions import edition_in
from desktop_app.cms.faults import CellFault, shown
from desktop_app.cms.unit_amounts import unit_amount


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Injection, made up, 10 mg", ("10", "mg")),
        ("Injection, made up, not otherwise specified, per 0.50 mg", ("0.5", "mg")),
        ("Injection, made up, up to 50 mg", ("50", "mg")),
        ("Injection, made up, 1,000 units", ("1000", "units")),
        ("Injection, made up, 1 I.U.", ("1", "units")),
        ("Infusion, made up, 250 cc", ("250", "ml")),
        ("Injection, made up, per 1 gm.", ("1", "g")),
        ("Injection, made up, each .25 mcg", ("0.25", "mcg")),
        ("Injection, made up (10 mg)", ("10", "mg")),
        ("10 mg", ("10", "mg")),
        ("Injection, made up 10 mg", ("", "")),
        ("Injection, made up, 10 mg, in a bag", ("", "")),
        ("Injection, made up, 0 mg", ("", "")),
        ("Injection, made up, per dose", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_unit_is_taken_only_where_it_stands_alone_at_the_end(name: str, expected: tuple[str, str]) -> None:
    assert unit_amount(name) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("January 2026 ASP NDC-HCPCS Crosswalk", "2026-01-01"),
        ("in effect from April 1, 2026 to June 30, 2026", "2026-04-01"),
        ("july_2025_crosswalk.csv", "2025-07-01"),
        ("MCR_MUE_PractitionerServices_Eff_10-01-2026.csv", "2026-10-01"),
        ("Effective 01/01/2026", "2026-01-01"),
        ("medicare-ncci-2026-q2-mue.zip", "2026-04-01"),
        ("medicare-ncci-2026q3-mue.zip", "2026-07-01"),
        ("copyright 2025 of its owner", None),
        ("updated December 12, 2025", None),
        ("January 15, 2026", None),
        ("Effective 02/01/2026", None),
        ("2026q5", None),
    ],
)
def test_a_quarter_is_found_and_no_other_date_is_taken_for_one(text: str, expected: str | None) -> None:
    assert edition_in(["a notice", text]) == (date.fromisoformat(expected) if expected else None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        (96365, "96365"),
        (20260101.0, "20260101"),
        (0.5, "0.5"),
        (datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "20260102"),
        (date(2026, 1, 2), "20260102"),
        (" J0001 ", "J0001"),
    ],
)
def test_a_cell_of_a_spreadsheet_is_the_text_a_text_file_has(value: object, expected: str) -> None:
    assert text_of(value) == expected


def test_dates_are_of_the_calendar() -> None:
    assert day_in("x", "20240229") == date(2024, 2, 29)
    assert ordinal_day_in("x", "2024366") == date(2024, 12, 31)
    for read, text in (
        (day_in, "20250229"),
        (day_in, "2024"),
        (ordinal_day_in, "2025366"),
        (ordinal_day_in, "x"),
    ):
        with pytest.raises(CellFault, match="x should be a"):
            read("x", text)


def test_numbers_are_whole_and_not_endless() -> None:
    assert number_in("x", "0") == 0
    for text in ("", "-1", "1.5", "9" * 10):
        with pytest.raises(CellFault):
            number_in("x", text)


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("96365", True),
        ("J9312", True),
        ("Q5103", True),
        ("C9399", True),
        ("99202", True),
        ("99211", True),
        ("G0463", True),
        ("99499", True),
        ("99201", False),
        ("99500", False),
        ("A0425", False),
        ("11111", False),
    ],
)
def test_codes_that_can_stand_on_a_visit_are_wanted(code: str, *, wanted: bool) -> None:
    assert (code in Wanted(["96365"])) == wanted


def test_what_a_cell_holds_can_stand_in_a_sentence() -> None:
    assert shown("") == "empty"
    assert shown("a\tb\n") == "“a?b?”"
    assert shown("x" * 50) == f"“{'x' * 40}...”"
