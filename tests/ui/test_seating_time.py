"""When the patient sat down is put right as any moment: with a reason, the first value one press away."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.core.corrections import correct_seating
from desktop_app.core.moments import HowKnown
from desktop_app.core.session import Session
from desktop_app.ui.panel.history_rows import HistoryBlock
from desktop_app.ui.sheets.correct import CorrectSheet
from desktop_app.ui.sheets.moment_history import ValueRow
from desktop_app.ui.sheets.seating import SeatingSheet
from desktop_app.ui.window import MainWindow
from tests.fakes import at
from tests.ui.conftest import Ward
from tests.ui.hands import Mouse, Typist, sheet_of, shown


@pytest.fixture
def session(ward: Ward, window: MainWindow) -> Session:
    """Seated at 09:00, Vancomycin since 09:30, the chair chosen at 09:40."""
    seated = ward.seat("1")
    ward.clock.advance(30)
    begun = ward.start(seated)
    ward.clock.advance(10)
    window.refresh()
    window.board.focus("1")
    return begun


def asked(window: MainWindow, mouse: Mouse) -> CorrectSheet:
    mouse.click(window.board.panel.parts.seating)
    mouse.click(sheet_of(window, SeatingSheet).correct)
    return sheet_of(window, CorrectSheet)


def values(window: MainWindow) -> list[str]:
    return [row.accessibleName() for row in sheet_of(window, SeatingSheet).findChildren(ValueRow)]


def test_a_wrong_seating_is_corrected_from_the_panel_and_touches_nothing_else(
    ward: Ward, window: MainWindow, mouse: Mouse, typist: Typist, session: Session
) -> None:
    opened = asked(window, mouse)
    mouse.click(opened.at.back_5)
    mouse.click(opened.at.back_5)
    mouse.click(opened.how.chip("chart"))
    assert not opened.problem
    mouse.click(opened.usual["Pressed late"])
    typist.press(Qt.Key.Key_Return)
    after = ward.session(session.id)
    assert (after.seated.at_us, after.seated.how) == (at("2026-03-02T08:50"), HowKnown.CHARTED)
    assert after.services == session.services
    assert window.toast.text == "Chair 1 · seating corrected to 08:50:00 · saved"
    assert "seated 08:50 by AK, corrected" in window.board.panel.under.text()


def test_the_first_value_is_one_press_from_the_panel(
    ward: Ward, window: MainWindow, mouse: Mouse, session: Session
) -> None:
    correct = partial(correct_seating, to_us=at("2026-03-02T08:50"), how=HowKnown.CHARTED, reason="list")
    ward.do(session, correct)
    window.refresh()
    mouse.click(window.board.panel.parts.seating)
    assert mouse.touches == 1
    assert values(window) == [
        "08:50:00, from the chart · “list”, by AK, recorded 09:40:00",
        "09:00:00, no longer holds, pressed · corrected, by AK, recorded 09:00:00",
    ]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("09:31", "The patient would sit down after what happened first, at 09:30:00."),
        ("09:30", ""),
        ("08:00", ""),
    ],
)
def test_a_seating_after_the_first_start_is_refused_in_place_before_a_reason_is_written(
    window: MainWindow, mouse: Mouse, typist: Typist, session: Session, typed: str, why: str
) -> None:
    assert session.services
    opened = asked(window, mouse)
    opened.at.clock.setFocus()
    opened.at.clock.selectAll()
    typist.type(typed)
    assert opened.problem == why


def test_a_row_of_the_history_leads_there_too(
    window: MainWindow, session: Session, qtbot: QtBot, mouse: Mouse
) -> None:
    assert session.services
    window.board.panel.parts.more.click()
    rows = shown(qtbot, window.board.panel.parts.history, HistoryBlock)
    row = next(one for one in rows if one.row.what == "Seated in chair 1")
    row.click()
    assert values(window) == ["09:00:00, pressed, by AK, recorded 09:00:00"]
    assert mouse.touches == 0


def test_one_undo_takes_the_correction_back(
    ward: Ward, window: MainWindow, typist: Typist, session: Session
) -> None:
    correct = partial(correct_seating, to_us=at("2026-03-02T08:50"), how=HowKnown.PUMP, reason="list")
    ward.do(session, correct)
    typist.press("u")
    assert ward.session(session.id).seated.at_us == at("2026-03-02T09:00")
    assert "correction taken back" in window.toast.text
