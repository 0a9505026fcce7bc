"""A drug from the list has its code even without a dose, so that the line that is lost is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_app.app import session_coder
from desktop_app.coding.case import read_case
from desktop_app.coding.case_out import case_of
from desktop_app.coding.reasons import Finding
from desktop_app.coding.sessions import visit_of
from desktop_app.core.orders import Dose
from desktop_app.core.session import Session
from desktop_app.ui.panel.dose_model import NO_DOSE, dose_rows
from desktop_app.ui.panel.settling import way_of
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import Typist, sheet_of


def started(ward: Ward, window: MainWindow, typist: Typist, letters: str) -> Session:
    """Start a drug from the list by its letters, and give no dose."""
    session = ward.seat("1")
    window.board.focus("1")
    typist.press("a")
    sheet_of(window, StartSheet)
    typist.enter(letters)
    if window.sheets.sheet is not None:
        # A name of no table is asked about once.
        typist.press(Qt.Key.Key_Return)
    assert window.sheets.sheet is None
    return ward.session(session.id)


def findings(session: Session, now_us: int) -> list[Finding]:
    return [f for f in session_coder().if_stopped(session, now_us).findings if f.level == "warning"]


@pytest.mark.parametrize(("letters", "code"), [("diph", "J1200"), ("iron", "J1756"), ("normal", "J7040")])
def test_a_drug_from_the_list_without_a_dose_is_a_finding_with_its_way_out(
    ward: Ward, window: MainWindow, typist: Typist, letters: str, code: str
) -> None:
    session = started(ward, window, typist, letters)
    (service,) = session.services
    assert service.order.dose is not None
    assert (service.order.dose.hcpcs, service.order.dose.amount) == (code, None)
    ward.clock.advance(40)
    (found,) = findings(session, ward.clock.now().wall_us)
    assert found.name == "drug-dose-missing"
    lost = f"the drug code {code} and no dose, so there is no line for {code}."
    assert found.text == f"{service.order.drug} has {lost}"
    way = way_of(found.name, service)
    assert way is not None
    assert way.text == "Dose…"
    assert [row.times for row in dose_rows(session)] == [NO_DOSE]


def test_what_is_typed_by_its_name_alone_has_no_code_and_no_finding(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = started(ward, window, typist, "zzz made up")
    assert session.services[0].order.dose is None
    ward.clock.advance(40)
    assert findings(session, ward.clock.now().wall_us) == []


def test_a_code_without_a_dose_is_a_case_that_can_be_read(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    visit = visit_of(started(ward, window, typist, "diph"))
    read = read_case(case_of(visit), session_coder().rulebook)
    assert [one.order.dose for one in read.services] == [one.order.dose for one in visit.services]


def test_a_dose_that_is_given_still_makes_its_line(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.seat("1")
    window.board.focus("1")
    typist.press("a")
    asked = sheet_of(window, StartSheet)
    typist.type("diph")
    asked.dose.set_text("25")
    typist.press(Qt.Key.Key_Return)
    dose = ward.session(session.id).services[0].order.dose
    assert dose is not None
    assert dose == Dose(hcpcs="J1200", unit_amount=dose.unit_amount, unit="mg", amount=dose.amount)
    coding = session_coder().if_stopped(ward.session(session.id), ward.clock.now().wall_us)
    assert "J1200" in [line.code for line in coding.lines]
