"""Who bills, where and by whose rules is changed on the page, and the coded lines follow at once."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_app.core.events import TermsChanged
from desktop_app.core.orders import Setting
from desktop_app.core.stay import end_session
from desktop_app.ui.review.terms_model import Terms, in_setting, place_note
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import Ward
from tests.ui.hands import focused, sheet_of
from tests.ui.office import INFLIXIMAB, ONDANSETRON, Office


def two_drugs(office: Office) -> None:
    """Show a visit that an office and a hospital order otherwise: the push came first, the infusion ranks."""
    session = office.start(office.start(office.seat(), ONDANSETRON), INFLIXIMAB)
    office.clock.advance(95)
    office.show(office.end(office.stop(session, "2")))


def test_another_setting_gives_other_lines_at_once_and_is_an_event(office: Office) -> None:
    two_drugs(office)
    before = office.codes()
    terms = office.review.detail.terms
    terms.setting.chip("facility").click()
    (session,) = office.parts.desk.suite.sessions.values()
    assert session.setting is Setting.FACILITY
    assert isinstance(office.parts.desk.history(session.id)[-1].event, TermsChanged)
    assert terms.note.text() == "11 is an office; a hospital's outpatient department is 19 or 22."
    assert terms.payer.text() == "Medicare, hospital outpatient…"
    office.window.undo()
    assert office.codes() == before
    assert terms.setting.taken == "physician"


def test_another_payer_gives_other_lines_at_once(office: Office) -> None:
    two_drugs(office)
    shown: set[tuple[str, ...]] = set()
    for title in ("Commercial payer (example)", "Medicare, physician office"):
        office.review.take_letter("t")
        assert focused() is office.review.detail.terms.setting.chip("physician")
        office.mouse.click(office.review.detail.terms.payer)
        sheet_of(office.window, ChooseSheet).choices[title].click()
        shown.add(tuple(office.codes()))
        assert office.window.toast.text.startswith("Chair 1 · billed as office, place of service 11, ")
    (session,) = office.parts.desk.suite.sessions.values()
    assert session.profile == ""
    kinds = [one.event.KIND for one in office.parts.desk.history(session.id)]
    assert kinds.count("terms-changed") == 2


def test_a_place_of_service_is_typed_and_a_slip_is_said_in_place(office: Office) -> None:
    visit = office.visit()
    office.show(visit)
    terms = office.review.detail.terms
    terms.place.edit.setFocus()
    terms.place.edit.selectAll()
    office.typist.type("2")
    QTest.keyClick(terms.place.edit, Qt.Key.Key_Return)
    assert terms.note.text() == "The place of service must be two digits, such as 11."
    assert terms.place.edit.property("wrong")
    assert office.session(visit.id).place_of_service == "11"
    office.typist.type("2")
    QTest.keyClick(terms.place.edit, Qt.Key.Key_Return)
    assert office.session(visit.id).place_of_service == "22"
    assert terms.note.text() == "22 is a hospital's outpatient department; an office is 11."


def test_a_letter_or_an_arrow_in_the_list_changes_no_terms(office: Office) -> None:
    visit = office.visit()
    office.show(visit)
    office.review.list.setFocus()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right):
        office.typist.press(key)
    assert office.session(visit.id) == visit


def test_a_payer_that_is_not_for_the_other_setting_gives_way_to_the_usual_one() -> None:
    terms = Terms(Setting.FACILITY, "22", "clinic", (("overlap", "majority"),))
    moved = in_setting(terms, Setting.PHYSICIAN, ["", "commercial"])
    assert moved == Terms(Setting.PHYSICIAN, "22", "", (("overlap", "majority"),))
    assert in_setting(terms, Setting.PHYSICIAN, ["", "clinic"]).profile == "clinic"
    assert place_note(moved) == "22 is a hospital's outpatient department; an office is 11."
    assert place_note(Terms(Setting.PHYSICIAN, "12", "")) == ""


@pytest.mark.parametrize("fault", ["refused", "waits"])
def test_terms_that_the_disk_does_not_take_are_not_shown_as_taken(
    ward: Ward, window: MainWindow, fault: str
) -> None:
    session = ward.do(ward.stop(ward.start(ward.seat("1"))), end_session)
    window.show_page("review", session.id)
    ward.journal.unstorable = "terms-changed" if fault == "refused" else ""
    ward.journal.is_full = fault == "waits"
    terms = window.review.detail.terms
    terms.setting.chip("facility").click()
    assert ward.session(session.id).setting is Setting.PHYSICIAN
    assert terms.setting.taken == "physician"
    assert window.not_saved.isVisible() is (fault == "waits")
    ward.journal.is_full = False
    window.touches.retry()
    is_saved = ward.session(session.id).setting is Setting.FACILITY
    assert is_saved is (fault == "waits")
    assert terms.setting.taken == ("facility" if is_saved else "physician")
