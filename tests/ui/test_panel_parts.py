"""The panel: a line opens to its reasons, asked only then; the history tells every touch; the focus stays."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.coding.one_minute import OF_A_DOSE
from desktop_app.core import events as e
from desktop_app.core.care import add_note
from desktop_app.core.corrections import correct_moment
from desktop_app.core.later_stops import leave_first_stop
from desktop_app.core.moments import HowKnown
from desktop_app.core.session import Session
from desktop_app.ui.isolated import IsolatedCoder
from desktop_app.ui.panel.history_model import _WORDS, history_rows
from desktop_app.ui.panel.history_rows import HistoryBlock
from desktop_app.ui.panel.line_rows import LineBlock
from desktop_app.ui.panel.rows import ServiceButton
from desktop_app.ui.panel.session_parts import PLAN, SessionParts
from desktop_app.ui.sheets.moment_history import MomentHistorySheet
from desktop_app.ui.window import MainWindow
from tests.fakes import NOT_OF_A_SESSION, at
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import Mouse, Typist, focused, sheet, shown
from tests.ui.stand_ins import StandInCoder

CORRECTION = "Vancomycin start corrected 09:00:00 → 09:05:00, as on the pump · “pump log”"


@pytest.fixture
def session(ward: Ward, window: MainWindow) -> Session:
    """Vancomycin, 20 minutes on, in the chosen chair."""
    session = ward.start(ward.seat("1"))
    ward.clock.advance(20)
    window.board.focus("1")
    window.refresh()
    return session


@pytest.fixture
def parts(window: MainWindow, session: Session) -> SessionParts:
    assert session.services
    return window.board.panel.parts


def coder_of(window: MainWindow) -> StandInCoder:
    coder = window.station.coder
    assert isinstance(coder, IsolatedCoder)
    assert isinstance(coder.inner, StandInCoder)
    return coder.inner


def line(qtbot: QtBot, parts: SessionParts, code: str) -> LineBlock:
    return next(block for block in shown(qtbot, parts, LineBlock) if block.row.code == code)


def test_a_line_opens_to_its_minutes_rules_sources_and_what_one_minute_would_change(
    window: MainWindow, parts: SessionParts, session: Session, qtbot: QtBot
) -> None:
    block = line(qtbot, parts, "96365")
    assert (block.told, coder_of(window).asked_minutes) == ("", 0)
    Mouse(qtbot).click(block)
    now_us = window.station.now_us()
    assert block.told.splitlines() == [
        f"One minute of {session.id} 1 {now_us}.",
        "Minutes: 20",
        "Rules: Stand in",
        "Sources: Test",
    ]
    assert coder_of(window).asked_minutes == 1
    assert block.facts.isVisible()
    Mouse(qtbot).click(block)
    assert (block.told, block.facts.isVisible()) == ("", False)


def test_a_dose_does_not_go_by_minutes_and_the_coder_is_not_asked(
    window: MainWindow, parts: SessionParts, qtbot: QtBot
) -> None:
    block = line(qtbot, parts, "J3370")
    Mouse(qtbot).click(block)
    assert block.told.startswith(OF_A_DOSE)
    assert coder_of(window).asked_minutes == 0


def test_what_one_minute_would_change_can_be_hidden(
    ward: Ward, window: MainWindow, parts: SessionParts, qtbot: QtBot
) -> None:
    ward.settings.values["one-minute"] = "no"
    block = line(qtbot, parts, "96365")
    Mouse(qtbot).click(block)
    assert block.told.startswith("Minutes: 20")
    assert coder_of(window).asked_minutes == 0


def shows(qtbot: QtBot, parts: SessionParts, text: str) -> bool:
    return text in line(qtbot, parts, "96365").told


def test_an_open_line_stays_open_as_the_minutes_go_on_and_is_told_anew(
    ward: Ward, window: MainWindow, parts: SessionParts, qtbot: QtBot
) -> None:
    Mouse(qtbot).click(line(qtbot, parts, "96365"))
    ward.clock.advance(1)
    window.refresh()
    qtbot.waitUntil(partial(shows, qtbot, parts, "Minutes: 21"))
    ward.seat("2")
    window.board.focus("2")
    window.board.focus("1")
    window.refresh()
    assert line(qtbot, parts, "96365").told == ""


def test_the_lines_at_the_planned_end_tell_the_minute_there(
    parts: SessionParts, session: Session, qtbot: QtBot
) -> None:
    Mouse(qtbot).click(parts.choice.chip(PLAN))
    Mouse(qtbot).click(line(qtbot, parts, "96365"))
    assert f"One minute of {session.id} 1 at plan end." in line(qtbot, parts, "96365").told


def test_what_is_not_billed_opens_too(ward: Ward, window: MainWindow, session: Session, qtbot: QtBot) -> None:
    ward.start(session, SALINE)
    window.refresh()
    block = line(qtbot, window.board.panel.parts, "Normal saline")
    Mouse(qtbot).click(block)
    assert "Rules: Stand in" in block.told


def test_a_row_is_opened_by_keyboard_and_keeps_the_focus_when_rows_are_made_anew(
    ward: Ward, window: MainWindow, parts: SessionParts, qtbot: QtBot
) -> None:
    typist = Typist(qtbot, window)
    line(qtbot, parts, "96365").setFocus()
    typist.press(Qt.Key.Key_Space)
    assert line(qtbot, parts, "96365").told
    for minutes in (1, 2):
        ward.clock.advance(1)
        window.refresh()
        qtbot.waitUntil(partial(shows, qtbot, parts, f"Minutes: {20 + minutes}"))
        assert focused() is line(qtbot, parts, "96365")
    typist.press(Qt.Key.Key_Return)
    assert line(qtbot, parts, "96365").told == ""


def test_a_service_keeps_the_focus_when_another_is_added(
    ward: Ward, window: MainWindow, parts: SessionParts, session: Session, qtbot: QtBot
) -> None:
    shown(qtbot, parts.services, ServiceButton)[0].setFocus()
    ward.start(session, SALINE)
    window.refresh()
    now = focused()
    assert isinstance(now, ServiceButton)
    assert now.row.drug == "Vancomycin"
    qtbot.waitUntil(lambda: len(shown(qtbot, parts.services, ServiceButton)) == 2)


def corrected(ward: Ward, session: Session) -> Session:
    keys = {"what": "start", "to_us": at("2026-03-02T09:05"), "how": HowKnown.PUMP, "reason": "pump log"}
    return ward.do(session, partial(correct_moment, service="1", **keys))  # type: ignore[arg-type]  # by keyword


def test_the_history_tells_every_touch_newest_first_and_what_was_taken_back(
    ward: Ward, window: MainWindow, session: Session
) -> None:
    session = corrected(ward, session)
    session = ward.stop(session)
    ward.desk.undo(session.id)
    told = history_rows(session, ward.desk.history(session.id))
    assert [row.spoken for row in told] == [
        "09:20:00, Last touch taken back, pressed · AK · recorded 09:20:00",
        "taken back: 09:20:00, Vancomycin stopped, pressed · AK · recorded 09:20:00",
        f"09:20:00, {CORRECTION}, pressed · AK · recorded 09:20:00",
        "09:00:00, Vancomycin started, pressed · AK · recorded 09:00:00",
        "09:00:00, Seated in chair 1, pressed · AK · recorded 09:00:00",
    ]
    assert window.page == "board"


def test_the_history_is_shown_when_asked_goes_on_with_each_touch_and_opens_the_times(
    ward: Ward, window: MainWindow, parts: SessionParts, session: Session, qtbot: QtBot
) -> None:
    assert parts.history.findChildren(HistoryBlock) == []
    Mouse(qtbot).click(parts.more)
    assert len(shown(qtbot, parts.history, HistoryBlock)) == 2
    ward.do(session, partial(add_note, text="itching", service="1"))
    window.refresh()
    qtbot.waitUntil(lambda: len(shown(qtbot, parts.history, HistoryBlock)) == 3)
    note, start, seated = shown(qtbot, parts.history, HistoryBlock)
    assert note.row.what == "Vancomycin note “itching”"
    assert note.heightForWidth(90) > note.heightForWidth(400)
    qtbot.waitUntil(lambda: note.heightForWidth(400) == start.height())
    assert not note.isEnabled()
    assert seated.isEnabled()
    Mouse(qtbot).click(start)
    assert isinstance(sheet(window), MomentHistorySheet)
    window.sheets.close_sheet()
    Mouse(qtbot).click(parts.more)
    qtbot.waitUntil(lambda: parts.history.findChildren(HistoryBlock) == [])


def test_every_event_of_a_session_has_words_in_its_history(ward: Ward, session: Session) -> None:
    told_apart = {e.MomentCorrected, e.ProposalsSettled, e.TimingNoted}
    of_a_session = {k for name, k in e.KINDS.items() if not name.startswith(NOT_OF_A_SESSION)}
    assert of_a_session == set(_WORDS) | told_apart
    ward.clock.advance(1)
    session = ward.stop(ward.stop(session))
    session = ward.do(session, partial(leave_first_stop, service="1", reason="pressed twice"))
    told = history_rows(session, ward.desk.history(session.id))
    assert [row.what for row in told][:2] == [
        "Vancomycin the first stop stands · “pressed twice”",
        "Vancomycin stopped again; the first stop stands",
    ]


def test_another_chair_is_shown_from_its_top(ward: Ward, window: MainWindow, session: Session) -> None:
    for _ in range(12):
        session = ward.start(session)
    ward.seat("2")
    window.refresh()
    bar = window.board.panel._place.verticalScrollBar()  # noqa: SLF001 - nothing else shows where it stands
    window.resize(1280, 720)
    bar.setValue(bar.maximum())
    window.board.focus("2")
    assert bar.value() == 0


def test_a_note_of_one_long_word_pushes_nothing_out_of_the_panel(ward: Ward, window: MainWindow) -> None:
    session = ward.seat("1")
    ward.do(session, partial(add_note, text="9" * 2000))
    window.refresh()
    window.board.focus("1")
    QApplication.processEvents()
    panel = window.board.panel
    right = panel.more.mapTo(window, QPoint(panel.more.width(), 0)).x()
    assert right <= window.width()
