"""Every control has a name and a place in the tab order; a card is one sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.stay import end_session
from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.panel.history_rows import HistoryBlock
from desktop_app.ui.panel.line_rows import LineBlock
from desktop_app.ui.review.terms import ask_payer
from desktop_app.ui.sheets.ask_order import ask_order
from desktop_app.ui.sheets.correct import ask_correction, ask_strike_out
from desktop_app.ui.sheets.describe import ask_description
from desktop_app.ui.sheets.dose import ask_dose
from desktop_app.ui.sheets.later_stop import ask_which_stop
from desktop_app.ui.sheets.moment_history import show_times
from desktop_app.ui.sheets.order_sheet import OrderSheet
from desktop_app.ui.sheets.people import ask_people
from desktop_app.ui.sheets.protocol_sheet import ask_protocol
from desktop_app.ui.sheets.protocols import ask_protocols
from desktop_app.ui.sheets.seating import ask_seating, show_seating
from desktop_app.ui.sheets.started_at import ask_started_at
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import shown
from tests.ui.stand_ins import PROTOCOLS

AMBIGUOUS = "01003123456789061727123110LOT7"

CONTROLS = (QAbstractButton, QLineEdit, QListWidget)
SMALLEST_TARGET = 40
PAGES = ("board", "review", "export", "history", "settings", "welcome")


def controls(root: QWidget) -> list[QWidget]:
    found = [widget for kind in CONTROLS for widget in root.findChildren(kind) if widget.isVisible()]
    return [widget for widget in found if not widget.objectName().startswith("qt_")]


def unnamed(root: QWidget) -> list[str]:
    return [repr(widget) for widget in controls(root) if not name_of(widget)]


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


@pytest.mark.parametrize("page", PAGES)
def test_every_control_of_a_page_has_a_name_and_a_tab_stop(ward: Ward, window: MainWindow, page: str) -> None:
    ward.start(ward.start(ward.seat("1")), SALINE)
    ward.plan(ward.seat("2"))
    window.show_page(page)
    found = controls(window)
    assert found
    assert unnamed(window) == []
    assert [repr(w) for w in found if not w.focusPolicy() & Qt.FocusPolicy.TabFocus] == []


def sheets(ward: Ward, window: MainWindow) -> dict[str, Callable[[], None]]:
    station = window.station
    session = ward.in_chair("1")
    when = station.stamp()
    deeds = {deed.value: deed for deed in (Deed.START, Deed.STOP, Deed.PAUSE, Deed.STOPPED_AT, Deed.END)}
    opened: dict[str, Callable[[], None]] = {
        name: lambda deed=deed: perform(station, deed, "1", when)  # type: ignore[misc]
        for name, deed in deeds.items()
    }
    opened |= {
        deed.value: lambda deed=deed: perform(station, deed, "1", when)  # type: ignore[misc]
        for deed in RUNNING_SHEETS
    }
    opened["seat"] = lambda: perform(station, Deed.SEAT, "3", when)
    opened["correct"] = lambda: ask_correction(station, session, session.services[0], "start")
    opened["seating"] = lambda: show_seating(station, session)
    opened["correct-seating"] = lambda: ask_seating(station, session)
    opened["dose"] = lambda: ask_dose(station, session, session.services[0])
    opened["started-at"] = lambda: ask_started_at(station, session, session.services[2])
    opened["history"] = lambda: show_times(station, session, session.services[0])
    opened["later-stop"] = lambda: ask_which_stop(station, session, session.services[3])
    opened["marks"] = lambda: perform(station, Deed.SAY_MARK, "1", when)
    opened["strike-out"] = lambda: ask_strike_out(station, session, session.services[0])
    opened["plan"] = lambda: perform(station, Deed.PLAN, "1", when)
    opened["protocols"] = lambda: ask_protocols(station)
    opened["protocol"] = lambda: ask_protocol(station, PROTOCOLS[0], lambda: None)
    opened["order"] = lambda: ask_order(station, None, lambda _: True, lambda: None, title="Plan")
    opened["vial"] = lambda: window.search(AMBIGUOUS, scanned=True)
    opened["people"] = lambda: ask_people(station, session)
    opened["describe"] = lambda: ask_description(station, session, session.services[0])
    opened["payer"] = lambda: ask_payer(station, session)
    opened["service"] = lambda: window.board.panel.service_asked.emit(session.id, "1")
    return opened


RUNNING_SHEETS = (
    Deed.MORE, Deed.RATE, Deed.BAG, Deed.SITE, Deed.NOTE, Deed.REACTION, Deed.MOVE, Deed.KEEP_OPEN,
)  # fmt: skip
SHEETS = (
    *(deed.value for deed in RUNNING_SHEETS),
    "start", "stop", "pause", "stopped-at", "started-at", "end", "seat", "correct", "dose", "history",
    "later-stop", "marks", "strike-out", "service", "seating", "correct-seating",
    "plan", "protocols", "protocol", "order", "vial", "people", "describe", "payer",
)  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_every_control_of_a_sheet_has_a_name_and_is_large_enough(
    ward: Ward, window: MainWindow, name: str
) -> None:
    session = ward.start(ward.plan(ward.start(ward.start(ward.seat("1")), SALINE)))
    ward.stop(ward.stop(session, "4"), "4")
    ward.desk.mark(chair="1")
    window.refresh()
    sheets(ward, window)[name]()
    assert window.sheets.sheet is not None
    if isinstance(window.sheets.sheet, OrderSheet):
        window.sheets.sheet.show_more()
        QApplication.processEvents()
    assert unnamed(window.sheets) == []
    small = [repr(w) for w in controls(window.sheets) if w.height() < SMALLEST_TARGET - 2]
    assert small == []
    window.sheets.close_sheet()


def test_a_card_is_one_sentence(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("4", initials="PV"))
    ward.clock.advance(72)
    window.refresh()
    card = window.board.grid.cards[3]
    assert name_of(card) == "Chair 4, P. V., Vancomycin, running 72 minutes, 12 past plan"
    assert name_of(window.board.grid.cards[7]) == "Chair 8, free. Seat a patient"
    assert QAccessible.queryAccessibleInterface(card).role() in {
        QAccessible.Role.Button,
        QAccessible.Role.CheckBox,
        QAccessible.Role.PushButton,
    }


def test_the_buttons_of_a_card_are_large_enough_and_named_with_their_chair(
    ward: Ward, window: MainWindow
) -> None:
    ward.start(ward.seat("1"))
    window.refresh()
    stop, pause = window.board.grid.cards[0].buttons
    assert (name_of(stop), name_of(pause)) == ("Stop, chair 1", "Pause, chair 1")
    assert min(stop.height(), pause.height()) >= SMALLEST_TARGET


def test_tab_goes_through_the_chairs_in_reading_order(ward: Ward, window: MainWindow) -> None:
    ward.start(ward.seat("1"))
    window.refresh()
    first, second = window.board.grid.cards[:2]
    first.setFocus()
    seen = []
    for _ in range(4):
        window.focusNextChild()
        seen.append(window.focusWidget())
    assert seen == [first.buttons[0], first.buttons[1], first.more, second]


def test_every_row_of_the_panel_has_a_name_a_tab_stop_and_is_large_enough(
    ward: Ward, window: MainWindow, qtbot: QtBot
) -> None:
    session = ward.start(ward.start(ward.seat("1")), SALINE)
    ward.stop(ward.stop(session))
    window.board.focus("1")
    window.refresh()
    panel = window.board.panel
    panel.parts.more.click()
    for line in shown(qtbot, panel.parts, LineBlock):
        line.setChecked(True)
    rows = shown(qtbot, panel.parts, HistoryBlock)
    qtbot.waitUntil(lambda: all(row.height() == row.heightForWidth(row.width()) for row in rows))
    found = controls(panel)
    assert unnamed(panel) == []
    assert [repr(w) for w in found if not w.focusPolicy() & Qt.FocusPolicy.TabFocus] == []
    assert [repr(w) for w in found if w.height() < SMALLEST_TARGET - 2] == []


@pytest.mark.parametrize("comparing", [False, True])
def test_every_control_of_the_review_has_a_name_a_tab_stop_and_is_large_enough(
    ward: Ward, window: MainWindow, qtbot: QtBot, *, comparing: bool
) -> None:
    session = ward.do(ward.stop(ward.start(ward.start(ward.seat("1"))), "1"), end_session)
    session = ward.stop(session, "2")
    window.show_page("review", session.id)
    window.review.sign()
    ward.desk.reopen(session.id, "pump log")
    window.review.show_session(session.id)
    if comparing:
        window.review.compare()
    else:
        for row in window.review.detail.lines.rows:
            row.setChecked(True)
    QApplication.processEvents()
    found = controls(window.review)
    assert len(found) >= 5
    assert unnamed(window.review) == []
    assert [repr(w) for w in found if not w.focusPolicy() & Qt.FocusPolicy.TabFocus] == []
    qtbot.waitUntil(lambda: [repr(w) for w in found if w.height() < SMALLEST_TARGET - 2] == [])
    first = window.review.list.sessions.index(0)
    said = first.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "R. M. · ••4821, changed since signed: Version 2 to sign: pump log"
