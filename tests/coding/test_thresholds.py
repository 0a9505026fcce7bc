"""Every number the rules stand on: the minute below it, on it and above it, for every family."""

from __future__ import annotations

from dataclasses import fields

import pytest

from desktop_app.coding.rulebook import Thresholds
from tests.coding.given import RULES, coded, infusion, units
from tests.coding.threshold_rows import TABLE, Row

COUNTS = [field.name for field in fields(Thresholds) if field.type == "int"]
IN_TABLE = {(row.about, row.number) for row in TABLE}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.about} {row.number}: {row.family}")
def test_the_minute_below_on_and_above_a_threshold(row: Row) -> None:
    assert tuple(row.gist(row.visit(minutes)) for minutes in row.minutes) == row.answers


def test_every_number_of_the_rulebook_has_a_row() -> None:
    numbers = {(name, getattr(era.thresholds, name)) for era in RULES.rulebook.eras for name in COUNTS}
    limits = {(f"limit of {role}", most) for era in RULES.rulebook.eras for role, most in era.limits.items()}
    assert len(COUNTS) >= 6
    assert (numbers | limits) - IN_TABLE == set()


def test_every_value_of_an_option_that_is_a_number_has_a_row() -> None:
    numbers = {
        (name, int(value))
        for name, option in RULES.rulebook.options.items()
        for value in option.values
        if value.isdigit() and not option.roles and not name.endswith("_modifier")
    }
    assert {name for name, _number in numbers} >= {"concurrent_min", "sequential_min", "hydration_min"}
    assert numbers - IN_TABLE == set()


def test_every_row_is_about_a_number_that_is_there() -> None:
    era = RULES.rulebook.eras[-1]
    for row in TABLE:
        if row.about in COUNTS:
            assert row.number == getattr(era.thresholds, row.about), row.family
        elif row.about.endswith("_min"):
            assert str(row.number) in RULES.rulebook.options[row.about].values, row.family


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        ("09:15:59.999999", {"96374": 1}),
        ("09:16:00", {"96365": 1}),
        ("10:30:59", {"96365": 1}),
        ("10:31:00", {"96365": 1, "96366": 1}),
    ],
)
def test_seconds_never_round_up_to_a_unit(stop: str, expected: dict[str, int]) -> None:
    assert units(coded(infusion("drug", "09:00", stop))) == expected


@pytest.mark.parametrize(("basis", "expected"), [("elapsed", {"96374": 1}), ("charted", {"96365": 1})])
def test_stamps_may_be_cut_to_the_minute_first(basis: str, expected: dict[str, int]) -> None:
    answer = coded(infusion("drug", "09:00:50", "09:16:10"), options={"minute_basis": basis})
    assert units(answer) == expected
