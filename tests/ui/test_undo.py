"""An undo takes back the newest touch of the suite, and says which chair and which touch that was."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.corrections import not_witnessed
from desktop_app.core.desk import Desk
from desktop_app.core.events import KINDS
from desktop_app.ui.sheets.choose import ChooseSheet
from desktop_app.ui.taken_back import NOUNS, taken_back
from desktop_app.ui.window import MainWindow
from tests.fakes import NEW_YORK, NOT_OF_A_SESSION, SequentialIdentities
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import Mouse, Typist, sheet


def test_each_undo_names_the_chair_and_the_touch_it_took_back(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    ward.start(ward.seat("3", mrn="0003"))
    ward.start(ward.seat("5", mrn="0005"), SALINE)
    window.refresh()
    told = []
    for chair in "5533":
        window.board.focus(chair)
        typist.press("u")
        told.append(window.toast.text)
    assert told == [
        "Chair 5 · Normal saline start taken back · saved",
        "Chair 5 · seating taken back · saved",
        "Chair 3 · Vancomycin start taken back · saved",
        "Chair 3 · seating taken back · saved",
    ]
    typist.press("u")
    assert window.toast.text == "Not done. There is nothing to undo."


def test_the_keys_of_a_redo_take_nothing_back(ward: Ward, window: MainWindow, typist: Typist) -> None:
    session = ward.start(ward.seat("1"))
    window.refresh()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    typist.press(Qt.Key.Key_Z, control | shift)
    assert ward.session(session.id).open_services
    assert window.toast.text.startswith("Not done. There is no redo")
    typist.press("1")
    typist.press(Qt.Key.Key_Z, control)
    assert not ward.session(session.id).open_services


def test_a_mark_is_undone_where_it_is_told(
    ward: Ward, window: MainWindow, typist: Typist, qtbot: QtBot
) -> None:
    session = ward.start(ward.seat("6"))
    typist.press("6")
    typist.press("x")
    typist.press("m")
    assert window.toast.undo_button.isVisible()
    Mouse(qtbot).click(window.toast.undo_button)
    assert window.toast.text == "Chair 6 · mark at 09:00:00 taken back · saved"
    assert ward.desk.suite.open_marks == ()
    assert not ward.session(session.id).open_services


def test_a_dropped_mark_is_undone_too(ward: Ward, window: MainWindow, typist: Typist) -> None:
    typist.press("6")
    typist.press("m")
    (mark,) = ward.desk.suite.open_marks
    window.board.panel.marks.meaning_asked.emit(mark.id)
    opened = sheet(window)
    assert isinstance(opened, ChooseSheet)
    opened.choices["Drop this mark…"].click()
    typist.enter("wrong key")
    assert [one.id for one in ward.desk.suite.open_marks] == []
    typist.press("u")
    assert window.toast.text == "Chair 6 · dropping of the mark at 09:00:00 taken back · saved"
    assert [one.id for one in ward.desk.suite.open_marks] == [mark.id]


def test_after_a_restart_the_touch_is_named_too(ward: Ward) -> None:
    session = ward.start(ward.seat("3"))
    ward.do(session, partial(not_witnessed, service="1"))
    names = SequentialIdentities("later")
    desk = Desk(journal=ward.journal, clock=ward.clock, names=names, chairs=("3",), actor="AK")
    touched = desk.suite.last_touched
    assert touched is not None
    assert taken_back(touched, NEW_YORK) == "Chair 3 · Vancomycin “not witnessed” taken back"


def test_what_is_not_on_disk_yet_is_taken_back_behind_it(
    ward: Ward, window: MainWindow, typist: Typist
) -> None:
    session = ward.start(ward.seat("3"))
    window.refresh()
    ward.journal.is_full = True
    typist.press("3")
    typist.press("x")
    typist.press("u")
    assert "Chair 3 · Vancomycin stop taken back" in window.not_saved.text
    ward.journal.is_full = False
    window.touches.retry()
    assert ward.journal.kinds[-2:] == ["service-stopped", "touch-undone"]
    assert ward.session(session.id).services[0].stop is None


def test_every_touch_of_a_session_has_its_words() -> None:
    of_a_session = {kind for kind in KINDS if not kind.startswith(NOT_OF_A_SESSION)}
    assert of_a_session - set(NOUNS) == {
        "touch-undone",
        "session-reopened",
        "session-signed",
        "patient-shown",
        "timing-noted",
    }
