"""A signature that would lose money or truth is asked first; any other takes the one press it took."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.access import Role, Secret
from desktop_app.core.decisions import pressed
from desktop_app.core.moments import MINUTE_US
from desktop_app.core.orders import Order
from desktop_app.core.session import Session, Stage
from desktop_app.core.stay import hold_session
from desktop_app.ui.panel.rows import FindingBlock
from desktop_app.ui.review.left_open import ASKED, LeftOpenSheet
from desktop_app.ui.signin import switch
from desktop_app.ui.touches import Touch
from tests.core.staffed import name_person
from tests.ui.hands import focused, sheet_of
from tests.ui.office import INFLIXIMAB, Office
from tests.ui.test_settling import names_the_coder_gives
from tests.ui.test_unsaved_on_disk import held

assert INFLIXIMAB.dose is not None
NO_DOSE = replace(INFLIXIMAB, dose=replace(INFLIXIMAB.dose, amount=None, containers=()))
NO_VIALS = replace(INFLIXIMAB, dose=replace(INFLIXIMAB.dose, containers=()))
SAID = "Infliximab has the drug code J1745 and no dose, so there is no line for J1745."


def press_s(office: Office, session: Session) -> None:
    office.show(session).list.setFocus()
    office.typist.press("s")


def asked_about(office: Office, order: Order = NO_DOSE) -> tuple[Session, LeftOpenSheet]:
    """Return a session whose signature is asked about, and what asks."""
    session = office.visit(order=order)
    press_s(office, session)
    return session, sheet_of(office.window, LeftOpenSheet)


def told(sheet: LeftOpenSheet) -> list[str]:
    """Return what a sheet says is left open."""
    return [block.row.text for block in sheet.findChildren(FindingBlock)]


def test_a_drug_without_a_dose_is_not_signed_by_one_key(office: Office) -> None:
    session, sheet = asked_about(office)
    assert office.session(session.id).signature is None
    assert told(sheet) == [SAID]
    assert sheet.accessibleName() == "Chair 1 · sign with 1 open warning?"
    assert sheet.on.text() == "Sign with 1 open warning"


@pytest.mark.parametrize("key", ["s", Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_no_second_key_signs_past_it(office: Office, key: str | Qt.Key) -> None:
    session, sheet = asked_about(office)
    assert focused() is sheet.back
    for modifier in (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier):
        office.typist.press(key, modifier)
    assert office.session(session.id).signature is None


def test_who_does_not_know_the_dose_signs_all_the_same_and_the_warning_is_sealed(office: Office) -> None:
    session, _sheet = asked_about(office)
    pressed_us = office.clock.now().wall_us
    office.clock.advance(1)
    office.typist.press(Qt.Key.Key_Tab)
    office.typist.press(Qt.Key.Key_Return)
    assert office.window.sheets.sheet is None
    signature = office.session(session.id).signature
    assert signature is not None
    assert signature.at.at_us == pressed_us
    assert f"warning: {SAID}" in signature.findings
    assert [line.code for line in signature.lines] == ["96413", "96415"]


def test_a_second_stop_and_an_open_mark_are_asked_about_together(office: Office) -> None:
    session = office.start(office.seat())
    office.clock.advance(40)
    office.parts.desk.mark(pressed(office.clock.now().wall_us - 10 * MINUTE_US), chair="1")
    for _ in range(2):
        session = office.stop(session)
        office.clock.advance(5)
    press_s(office, office.end(session))
    sheet = sheet_of(office.window, LeftOpenSheet)
    assert told(sheet) == [
        "Infliximab was stopped at 09:40:00 and again at 09:45:00. The first stands.",
        "09:30:00 was marked at chair 1, and nobody has said yet what it was.",
    ]
    assert sheet.on.text() == "Sign with 2 open warnings"
    office.mouse.click(sheet.on)
    assert office.session(session.id).stage is Stage.SIGNED


def test_a_second_stop_of_a_session_of_another_zone_says_whose_times_it_tells(office: Office) -> None:
    session = office.start(office.seat())
    office.parts.folder.settings.set("zone", "America/Chicago")
    office.clock.advance(40)
    for _ in range(2):
        session = office.stop(session)
        office.clock.advance(5)
    press_s(office, office.end(session))
    assert told(sheet_of(office.window, LeftOpenSheet)) == [
        "Infliximab was stopped at 09:40:00 EST and again at 09:45:00 EST. The first stands.",
    ]


@pytest.mark.parametrize("order", [INFLIXIMAB, NO_VIALS])
def test_what_loses_nothing_is_signed_at_once(office: Office, order: Order) -> None:
    session = office.visit(order=order)
    press_s(office, session)
    assert office.window.sheets.sheet is None
    assert office.session(session.id).stage is Stage.SIGNED


def test_what_cannot_be_signed_is_refused_and_not_asked_about(office: Office) -> None:
    session = office.do(office.visit(order=NO_DOSE), partial(hold_session, reason="order missing"))
    press_s(office, session)
    assert office.window.sheets.sheet is None
    assert office.session(session.id).signature is None


def test_what_waits_for_the_disk_is_refused_before_anybody_shows_a_pin(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = office.visit(order=NO_DOSE)
    office.seat("1", mrn="0009940")
    desk, touches = office.parts.desk, office.window.station.touches
    name_person(desk, "AK", Role.NURSE, Role.ADMINISTRATOR, Role.BILLER)
    desk.access.sign_in("AK", Secret.PIN)
    asked: list[object] = []
    monkeypatch.setattr(switch, "ask_before_signing", lambda *told: asked.append(told))
    office.parts.folder.journal._run("PRAGMA busy_timeout = 1")  # noqa: SLF001 - nobody waits here
    with held(office.parts.folder.path):
        touches.send(Touch("marked", lambda: desk.mark(desk.now(), chair="1")))
        press_s(office, session)
        assert touches.waiting_at("1")
    assert asked == []
    assert "Something of chair 1 is not saved yet; sign it when it is." in office.window.toast.text
    touches.retry()
    press_s(office, session)
    assert told(sheet_of(office.window, LeftOpenSheet)) == [SAID]


def test_what_is_asked_about_is_what_the_coder_finds() -> None:
    assert names_the_coder_gives() | {"open-mark"} >= ASKED
