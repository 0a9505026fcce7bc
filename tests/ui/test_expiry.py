"""Expiry dates are read as dates, in the ways they are typed and printed; what is no date is refused."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.ui.sheets.dose import DoseSheet, ask_dose
from desktop_app.ui.sheets.expiry import Expiry, expiry_problem, read_expiry
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import VANCOMYCIN, Ward
from tests.ui.hands import Typist, sheet_of

DAY = Expiry("2027-12-31", date(2027, 12, 31))
FEBRUARY = Expiry("2028-02", date(2028, 2, 29))


@pytest.mark.parametrize("typed", ["12/31/2027", "12-31-2027", "2027-12-31", "271231", " 12/31/2027 "])
def test_a_day_is_read(typed: str) -> None:
    assert read_expiry(typed) == DAY
    assert expiry_problem(typed) == ""


@pytest.mark.parametrize("typed", ["02/2028", "2/2028", "2028-02", "280200", "02-2028"])
def test_a_month_is_good_to_its_last_day(typed: str) -> None:
    assert read_expiry(typed) == FEBRUARY


def test_a_day_of_one_digit_is_read_as_in_the_us() -> None:
    assert read_expiry("3/4/2027") == Expiry("2027-03-04", date(2027, 3, 4))


@pytest.mark.parametrize(
    "typed",
    ["soon", "31/12/2027", "13/2027", "02/30/2027", "05/27", "2027", "20271231", "12/31/27", "0/2027",
     "1/1/1999", "1/1/2200", "\u0660\u0665/\u0662\u0660\u0662\u0667", "271331"],
)  # fmt: skip
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert read_expiry(typed) is None
    assert expiry_problem(typed) == (
        f"the expiry “{typed}” is no date: write it as 12/31/2027, or as 12/2027 where no day is printed"
    )


def test_nothing_typed_is_no_fault() -> None:
    assert expiry_problem(" ") == ""


def asked(ward: Ward, window: MainWindow) -> DoseSheet:
    session = ward.start(ward.seat("9"), VANCOMYCIN)
    ask_dose(window.station, session, session.services[0])
    return sheet_of(window, DoseSheet)


def test_the_dose_sheet_compares_dates_and_says_which_it_understood(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    opened = asked(ward, window)
    for typed, said in {
        "12/31/2027": "Good until 2027-12-31. ",
        "03/2026": "Good until 2026-03-31. ",
        "03/01/2026": "This vial expired 2026-03-01. ",
        "02/2026": "This vial expired 2026-02-28. ",
        "03/02/2026": "Good until 2026-03-02. ",
    }.items():
        opened.expiry.set_text(typed)
        assert opened.told.text().startswith(said)
        assert opened.told.property("tone") == ("alert" if "expired" in said else "soft")
    opened.expiry.set_text("next year")
    assert opened.told.text().startswith("What is discarded")
    opened.expiry.edit.setFocus()
    opened.expiry.edit.clear()
    typist.enter("never")
    assert opened.problem.startswith("The expiry “never” is no date")
    opened.expiry.edit.clear()
    typist.enter("12/31/2027")
    dose = ward.in_chair("9").services[0].order.dose
    assert dose is not None
    assert dose.expiry == "2027-12-31"
