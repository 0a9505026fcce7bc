"""A suite at the end of a day, the page that shows it, and a hand on its lists."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_app.core.session import Session
from desktop_app.core.stay import end_session, hold_session
from desktop_app.ui.export.page import ExportPage
from desktop_app.ui.widgets.row_list import RowList
from desktop_app.ui.widgets.row_model import RowView
from desktop_app.ui.window import MainWindow
from tests.core.chairside import sign as sign_nothing
from tests.ui.billing_day import sign
from tests.ui.conftest import Ward


def treated(ward: Ward, chair: str, mrn: str = "0004821", initials: str = "RM") -> Session:
    """Return an ended session of an hour's infusion."""
    session = ward.start(ward.seat(chair, mrn, initials))
    ward.clock.advance(60)
    return ward.do(ward.stop(session), end_session)


def signed(ward: Ward, window: MainWindow, chair: str, mrn: str = "0004821") -> Session:
    """Return a signed session of an hour's infusion."""
    treated(ward, chair, mrn)
    return sign(ward, window.station, chair)


def one_of_each(ward: Ward, window: MainWindow) -> list[Session]:
    """Return sessions that are running, blocked, waiting, held, ready, and signed without a line."""
    running = ward.start(ward.seat("1"))
    blocked = ward.do(ward.start(ward.seat("2")), end_session)
    waiting = treated(ward, "3")
    held = ward.do(treated(ward, "4"), partial(hold_session, reason="no order yet"))
    ready = signed(ward, window, "5")
    nothing = ward.do(ward.do(ward.seat("6"), end_session), sign_nothing)
    return [ward.session(one.id) for one in (running, blocked, waiting, held, ready, nothing)]


def page_of(window: MainWindow) -> ExportPage:
    """Show the page and return it."""
    window.show_page("export")
    return window.export


def rows(page: ExportPage) -> list[RowView]:
    """Return every row of the day's list, headings included."""
    return [view_at(page.day_card.list, at) for at in range(page.day_card.list.model().rowCount())]


def view_at(of: RowList, at: int) -> RowView:
    return of._rows.view(at)  # noqa: SLF001 - what is drawn


def row_of(page: ExportPage, session: Session) -> RowView:
    """Return the row of a session."""
    return next(row for row in rows(page) if row.key == session.id)


def stand_on(page: ExportPage, session: Session) -> None:
    """Put the keyboard on the row of a session."""
    page.day_card.list.stand_on(session.id)
    page.day_card.list.setFocus()


def press(of: RowList, key: str, deed: str) -> None:
    """Click on the box of a row (``tick``), or on something that can be done with it."""
    at = of._rows.keys().index(key)  # noqa: SLF001 - its rows
    index = of.model().index(at, 0)
    of.scrollTo(index)
    box, view = of.visualRect(index), view_at(of, at)
    if deed == "tick":
        place = of._columns.place(box.width()).tick  # noqa: SLF001 - where it is drawn
    else:
        painter = of._painter  # noqa: SLF001 - where it is drawn
        place = next(place for link, place in painter.links_of(view, box.width()) if link.deed == deed)
    click(of, box.topLeft() + place.center())


def click(of: RowList, at: QPoint) -> None:
    QTest.mouseClick(of.viewport(), Qt.MouseButton.LeftButton, pos=at)
