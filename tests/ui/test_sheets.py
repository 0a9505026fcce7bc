"""What holds for every sheet: its stamp and ways on are seen, a refusal is at its field, Tab reads."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop_app.ui.board.card_view import Deed
from desktop_app.ui.commands import perform
from desktop_app.ui.sheets.bag import BagSheet
from desktop_app.ui.sheets.correct import CorrectSheet, ReasonSheet, ask_correction, ask_strike_out
from desktop_app.ui.sheets.dose import DoseSheet, ask_dose
from desktop_app.ui.sheets.move import MoveSheet
from desktop_app.ui.sheets.note import NoteSheet
from desktop_app.ui.sheets.rate import RateSheet
from desktop_app.ui.sheets.seat import SeatSheet
from desktop_app.ui.sheets.sheet import Sheet
from desktop_app.ui.sheets.site import SiteSheet
from desktop_app.ui.sheets.start_sheet import StartSheet
from desktop_app.ui.window import MainWindow
from tests.ui.conftest import SALINE, Ward
from tests.ui.hands import Typist, focused, sheet, sheet_of
from tests.ui.test_accessibility import SHEETS, sheets

STAMPED = (
    Deed.START, Deed.STOP, Deed.PAUSE, Deed.END, Deed.RATE, Deed.BAG, Deed.SITE, Deed.NOTE, Deed.REACTION,
    Deed.MOVE, Deed.KEEP_OPEN,
)  # fmt: skip


@pytest.fixture
def station(ward: Ward, window: MainWindow) -> MainWindow:
    """Two drugs run in chair 1, one was stopped twice, one is planned, and a mark is open."""
    session = ward.start(ward.plan(ward.start(ward.start(ward.seat("1")), SALINE)))
    ward.stop(ward.stop(session, "4"), "4")
    ward.desk.mark(chair="1")
    window.refresh()
    window.board.focus("1")
    return window


@pytest.mark.parametrize("deed", STAMPED)
def test_a_sheet_that_follows_a_touch_says_which_instant_is_stamped(station: MainWindow, deed: Deed) -> None:
    perform(station.station, deed, "1", station.station.stamp())
    assert sheet(station).stamped == "Stamped 09:00:00"


def in_window(widget: QWidget, window: QWidget) -> bool:
    top = widget.mapTo(window, QPoint(0, 0))
    return window.rect().contains(top) and window.rect().contains(top + QPoint(0, widget.height() - 1))


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize(("percent", "size"), [(100, (1024, 640)), (150, (1280, 720))])
def test_the_ways_on_are_seen_in_a_low_window_also_under_a_refusal(
    ward: Ward, station: MainWindow, name: str, percent: int, size: tuple[int, int]
) -> None:
    station.theme.choose(text_percent=percent)
    station.resize(*size)
    sheets(ward, station)[name]()
    opened = sheet(station)
    opened.show_problem("this cannot be, for a reason that is told at some length so that it wraps")
    QApplication.processEvents()
    assert station.rect().contains(opened.geometry())
    last = [widget for widget in opened.last_buttons() if widget.isVisible()]
    assert last
    assert [repr(widget) for widget in last if not in_window(widget, station)] == []
    assert opened.width() <= station.width()


def place_of(widget: QWidget, opened: Sheet) -> int:
    """Return how far down a control is read; the ways on come after all that scrolls."""
    asked = opened.inside.widget()
    if asked is not None and asked.isAncestorOf(widget):
        return widget.mapTo(asked, QPoint(0, widget.height())).y()
    return 10_000 + widget.mapTo(opened, QPoint(0, widget.height())).y()


@pytest.mark.parametrize("name", SHEETS)
def test_tab_goes_through_a_sheet_as_it_is_read(
    ward: Ward, station: MainWindow, typist: Typist, name: str
) -> None:
    sheets(ward, station)[name]()
    opened = sheet(station)
    if isinstance(opened, StartSheet):
        opened.show_more()
    QApplication.processEvents()
    typist.press(Qt.Key.Key_Tab)
    first, tops = focused(), []
    for _ in range(60):
        tops.append(place_of(focused(), opened))
        typist.press(Qt.Key.Key_Tab)
        if focused() is first:
            break
    assert focused() is first, "Tab does not come round"
    upwards = sum(later < earlier - 8 for earlier, later in pairwise(tops))
    assert upwards <= 1, "it goes up once only, from the last control to the first"


def _start(opened: Sheet) -> QLineEdit:
    assert isinstance(opened, StartSheet)
    opened.search.setText("Vancomycin")
    opened.dose.set_text("many")
    return opened.dose.edit


def _note(opened: Sheet) -> QLineEdit:
    assert isinstance(opened, NoteSheet)
    return opened.text.edit


def _site(opened: Sheet) -> QLineEdit:
    assert isinstance(opened, SiteSheet)
    return opened.site.edit


def _rate(opened: Sheet) -> QLineEdit:
    assert isinstance(opened, RateSheet)
    opened.rate.set_text("fast")
    return opened.rate.edit


def _move(opened: Sheet) -> QLineEdit:
    assert isinstance(opened, MoveSheet)
    opened.to.set_text("99")
    return opened.to.edit


def _bag(opened: Sheet) -> QLineEdit:
    assert isinstance(opened, BagSheet)
    opened.earlier.button.click()
    opened.earlier.at.clock.setText("noon")
    opened.earlier.at.clock.textEdited.emit("noon")
    return opened.earlier.at.clock


WRONG: dict[Deed, Callable[[Sheet], QLineEdit]] = {
    Deed.START: _start,
    Deed.NOTE: _note,
    Deed.SITE: _site,
    Deed.RATE: _rate,
    Deed.MOVE: _move,
    Deed.BAG: _bag,
}


@pytest.mark.parametrize("deed", WRONG)
def test_a_refusal_marks_its_field_tells_it_and_puts_the_keyboard_there(
    station: MainWindow, deed: Deed
) -> None:
    perform(station.station, deed, "1", station.station.stamp())
    opened = sheet(station)
    field = WRONG[deed](opened)
    opened.confirm(now=False)
    assert opened.problem
    assert focused() is field
    assert field.property("wrong") is True
    told = QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Description)
    assert told == opened.problem


def test_a_field_that_was_put_right_is_marked_no_more(station: MainWindow, typist: Typist) -> None:
    perform(station.station, Deed.START, "1", station.station.stamp())
    opened = sheet_of(station, StartSheet)
    opened.search.setText("Vancomycin")
    opened.dose.set_text("many")
    opened.confirm(now=False)
    assert focused() is opened.dose.edit
    typist.enter("500")
    assert station.sheets.sheet is None


def test_a_dose_says_which_of_its_fields_is_wrong(ward: Ward, station: MainWindow) -> None:
    session = ward.in_chair("1")
    ask_dose(station.station, session, session.services[0])
    opened = sheet_of(station, DoseSheet)
    opened.amount.set_text("")
    opened.confirm(now=False)
    assert (opened.problem, focused()) == ("Type how much was given.", opened.amount.edit)
    opened.amount.set_text("1000")
    row = opened.containers.rows[0]
    row.holds.set_text("500")
    row.count.set_text("few")
    opened.confirm(now=False)
    assert focused() is row.count.edit
    assert opened.amount.edit.property("wrong") is False


def test_a_correction_says_whether_its_time_or_its_reason_is_wrong(ward: Ward, station: MainWindow) -> None:
    session = ward.in_chair("1")
    ask_correction(station.station, session, session.services[0], "start")
    opened = sheet_of(station, CorrectSheet)
    opened.how.chip("pump").click()
    opened.confirm(now=False)
    assert focused() is opened.reason.edit
    opened.at.go_back(5)
    assert opened.problem
    assert opened.at.clock.property("wrong") is True
    assert opened.reason.edit.property("wrong") is False


def test_nobody_is_asked_for_twice_in_the_wrong_field(station: MainWindow) -> None:
    perform(station.station, Deed.SEAT, "3", station.station.stamp())
    opened = sheet_of(station, SeatSheet)
    opened.protocols.search.setFocus()
    opened.confirm(now=False)
    assert opened.problem == "A patient needs an MRN or initials."
    assert focused() is opened.mrn.edit


def test_a_sheet_that_grows_by_a_refusal_stays_where_it_began(ward: Ward, station: MainWindow) -> None:
    session = ward.in_chair("1")
    ask_strike_out(station.station, session, session.services[0])
    opened = sheet_of(station, ReasonSheet)
    QApplication.processEvents()
    before = opened.geometry()
    opened.confirm(now=False)
    QApplication.processEvents()
    after = opened.geometry()
    assert opened.problem
    assert (after.x(), after.y(), after.width()) == (before.x(), before.y(), before.width())
    assert after.height() > before.height()
    assert opened.inside.verticalScrollBar().maximum() == 0
