"""What was given and from what: typed, or scanned off the vial; several sizes; what is left over is said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.orders import Container, Dose
from desktop_app.core.session import Session
from desktop_app.ui.keys import SEPARATOR
from desktop_app.ui.panel.dose_model import dose_rows
from desktop_app.ui.panel.rows import ServiceButton
from desktop_app.ui.sheets.dose import DoseSheet, ask_dose
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import DIPHENHYDRAMINE, SALINE, VANCOMYCIN, Ward
from tests.ui.hands import Mouse, Typist, focused, sheet, shown

NDC = "12345-6789-01"
SURE = "01003123456789061727053110LOT7"
"""A barcode whose ten digits may be three NDCs."""


@pytest.fixture
def session(ward: Ward) -> Session:
    return ward.start(ward.seat("1"))


def opened(window: MainWindow, session: Session) -> DoseSheet:
    ask_dose(window.station, session, session.services[0])
    found = sheet(window)
    assert isinstance(found, DoseSheet)
    return found


def dose_of(ward: Ward, session: Session) -> Dose:
    dose = ward.session(session.id).services[0].order.dose
    assert dose is not None
    return dose


def test_several_sizes_are_recorded_and_none_is_lost_when_the_sheet_is_opened_again(
    ward: Ward, window: MainWindow, session: Session
) -> None:
    first = opened(window, session)
    first.containers.rows[0].holds.set_text("500")
    first.containers.rows[0].count.set_text("1")
    first.containers.more.click()
    first.containers.rows[1].holds.set_text("750")
    first.containers.rows[1].single.setChecked(False)
    first.lot.set_text("A1")
    first.confirm(now=False)
    kept = (Container(Decimal(500), 1, single_dose=True), Container(Decimal(750), 1, single_dose=False))
    assert dose_of(ward, session).containers == kept
    again = opened(window, ward.session(session.id))
    again.expiry.set_text("2027-05")
    again.confirm(now=False)
    assert dose_of(ward, session).containers == kept
    assert (dose_of(ward, session).lot, dose_of(ward, session).expiry) == ("A1", "2027-05")


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("1000", "Nothing is left over."),
        ("1250.5", "250.5 mg left over: discarded."),
        ("900", "What is left over stays in the vial, or does not follow from these."),
        ("", "What is discarded follows from the vials, and its lines (JW, JZ) from that."),
    ],
)
def test_what_is_left_over_is_said_as_it_is_typed(
    window: MainWindow, session: Session, held: str, told: str
) -> None:
    asked = opened(window, session)
    asked.containers.rows[0].holds.set_text(held)
    assert asked.told.text() == told


def test_a_vial_that_has_expired_is_said_loudly(window: MainWindow, session: Session) -> None:
    asked = opened(window, session)
    for expiry, said in (("2026-02", True), ("2026-03-01", True), ("2026-03", False), ("2026-03-02", False)):
        asked.expiry.set_text(expiry)
        assert asked.told.text().startswith("This vial expired") is said


def test_a_number_that_is_none_is_said_in_place_and_nothing_is_recorded(
    ward: Ward, window: MainWindow, session: Session
) -> None:
    stored = len(ward.journal.kinds)
    asked = opened(window, session)
    for field, text, said in (
        (asked.amount, "lots", "The dose “lots” is not a number over 0."),
        (asked.containers.rows[0].holds, "big", "The size “big” is not a number over 0."),
        (asked.containers.rows[0].count, "0", "How many must be a whole number from 1 to 999."),
    ):
        before = field.text
        field.set_text(text)
        if field is asked.containers.rows[0].count:
            asked.containers.rows[0].holds.set_text("5")
        asked.confirm(now=False)
        assert asked.problem == said
        field.set_text(before)
    assert len(ward.journal.kinds) == stored


def test_a_scan_fills_in_lot_and_expiry_and_asks_which_ndc_the_label_shows(
    ward: Ward, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    asked = opened(window, session)
    assert focused() is asked.scan.edit
    Typist(qtbot, window).scan(SURE)
    assert window.sheets.sheet is asked, "Enter after a scan must not take the sheet"
    assert (asked.lot.text, asked.expiry.text) == ("LOT7", "2027-05-31")
    assert len(asked.vial_part.choices) == 4, "three readings, and that nobody can say"
    qtbot.waitUntil(lambda: all(button.isVisible() for button in asked.vial_part.choices.values()))
    chosen = next(iter(asked.vial_part.choices))
    Mouse(qtbot).click(asked.vial_part.choices[chosen])
    assert asked.ndc.text.replace("-", "") == chosen
    assert asked.containers.rows[0].count.text == "1"
    asked.containers.rows[0].holds.set_text("1000")
    asked.confirm(now=False)
    assert dose_of(ward, session).ndc.replace("-", "") == chosen


def test_the_same_vial_scanned_again_is_one_more(window: MainWindow, session: Session) -> None:
    asked = opened(window, session)
    for _ in range(3):
        asked.take_scan(NDC)
    assert asked.containers.rows[0].count.text == "3"
    assert asked.ndc.text == NDC


def test_a_separator_in_a_scan_is_kept_though_the_field_does_not_show_it(
    window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    asked = opened(window, session)
    Typist(qtbot, window).scan(f"010031234567890610LOT7{SEPARATOR}17270531")
    assert (asked.lot.text, asked.expiry.text) == ("LOT7", "2027-05-31")


def test_what_is_no_vial_is_said_in_one_sentence(window: MainWindow, session: Session) -> None:
    asked = opened(window, session)
    asked.scan.set_text("wristband 7")
    asked.confirm(now=False)
    assert "is no NDC" in asked.problem
    assert (asked.ndc.text, asked.scan.text) == ("", "")
    assert not asked.take_scan("wristband 7")


def test_nothing_is_recorded_while_it_is_asked_which_ndc_the_label_shows(
    ward: Ward, window: MainWindow, session: Session
) -> None:
    stored = len(ward.journal.kinds)
    asked = opened(window, session)
    asked.take_scan(SURE)
    assert focused() is asked.vial_part.way_out()
    asked.confirm(now=False)
    assert asked.problem == "Say first which NDC is printed on the label."
    assert len(ward.journal.kinds) == stored
    asked.vial_part.choices[""].click()
    assert (asked.ndc.text, asked.lot.text, asked.containers.rows[0].count.text) == ("", "LOT7", "")


def test_what_a_label_was_said_to_be_is_known_the_next_time(
    ward: Ward, window: MainWindow, session: Session
) -> None:
    asked = opened(window, session)
    asked.take_scan(SURE)
    asked.vial_part.choices["12345678900"].click()
    assert ward.products.remembered == {"1234567890": "12345678900"}
    asked.take_scan(SURE)
    assert (asked.vial_part.is_asking, asked.containers.rows[0].count.text) == (False, "2")


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (("J3370",), ""),
        ((), ""),
        (("J3380",), "This vial is billed under J3380, the dose under J3370."),
    ],
)
def test_a_vial_of_another_drug_is_said_and_not_refused(
    ward: Ward, window: MainWindow, session: Session, codes: tuple[str, ...], said: str
) -> None:
    ward.products.codes["12345678901"] = codes
    asked = opened(window, session)
    asked.take_scan(NDC)
    assert asked.problem == said
    asked.containers.rows[0].holds.set_text("1000")
    asked.confirm(now=False)
    assert dose_of(ward, session).ndc == NDC


def test_the_panel_tells_doses_and_waste_and_gathers_what_has_none(
    ward: Ward, window: MainWindow, session: Session, qtbot: QtBot
) -> None:
    vials = (Container(Decimal(1500), 1, single_dose=True),)
    dose = replace(VANCOMYCIN.dose or Dose(), containers=vials, lot="A1", ndc=NDC)
    session = ward.start(session, replace(VANCOMYCIN, drug="Cefazolin", dose=dose))
    session = ward.start(ward.start(session, DIPHENHYDRAMINE), SALINE)
    rows = {row.drug: row for row in dose_rows(session)}
    assert set(rows) == {"Vancomycin", "Cefazolin", "Diphenhydramine"}
    assert rows["Cefazolin"].times == "500 mg discarded"
    assert rows["Cefazolin"].notes == (f"from 1 × 1500 mg single-dose · lot A1 · NDC {NDC}",)
    assert rows["Diphenhydramine"].times == "no dose yet"
    window.refresh()
    told = [row.row.drug for row in shown(qtbot, window.board.panel.parts.doses, ServiceButton)]
    assert told == ["Vancomycin", "Cefazolin", "No dose"]


def test_a_row_of_the_panel_opens_the_dose(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    window.refresh()
    Mouse(qtbot).click(shown(qtbot, window.board.panel.parts.doses, ServiceButton)[0])
    assert isinstance(sheet(window), DoseSheet)
    assert session.services[0].order.dose is not None


def test_a_dose_typed_where_a_scan_would_land_is_the_dose(
    ward: Ward, window: MainWindow, session: Session, typist: Typist
) -> None:
    first = opened(window, session)
    typist.type("750")
    typist.press(Qt.Key.Key_Tab)
    assert (first.scan.text, first.amount.text) == ("", "750")
    first.confirm(now=False)
    assert dose_of(ward, session).amount == 750
