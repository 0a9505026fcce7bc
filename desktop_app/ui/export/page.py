"""The export page: where each session of a day stands, what goes to billing, and what was sent before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.day import Leftover, Standing, totals_of
from desktop_app.core.day_book import DayPage
from desktop_app.core.desk import Saved
from desktop_app.core.moments import local_date
from desktop_app.core.ports import JournalError
from desktop_app.ui import late
from desktop_app.ui.board.card_names import Names
from desktop_app.ui.export.day_card import DayCard
from desktop_app.ui.export.day_head import DayHead
from desktop_app.ui.export.day_model import Act
from desktop_app.ui.export.day_sheets import ask_day, ask_lock, ask_unlock, hold_or_release
from desktop_app.ui.export.dispatch import Dispatch
from desktop_app.ui.export.send_card import SendCard
from desktop_app.ui.export.sent_list import SentCard
from desktop_app.ui.station import Station
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.scroll import Scroll

SEND_WIDTH, SIDE_BY_SIDE = 372, 960


class ExportPage(QWidget):
    """The day, send, sent.

    Signals:
        sent: a batch was written.
    """

    sent = Signal()

    def __init__(self, station: Station, dispatch: Dispatch) -> None:
        super().__init__()
        self._station = station
        self._days = station.billing.days(station.coder.told)
        self._day: date | None = None
        self._shown: tuple[object, ...] | None = None
        self._left_of: tuple[object, ...] | None = None
        self._leftovers: Sequence[Leftover] = ()
        self._earlier_touched = 0
        self._is_sent = False
        theme = station.theme
        self.head = DayHead(theme)
        self.day_card = DayCard(theme, self._days)
        self.downtime_button = Button(theme, "Downtime…")
        self.print_button = Button(theme, "Print…")
        self.print_button.setAccessibleName("Print the day…")
        for button in (self.downtime_button, self.print_button):
            self.day_card.add_way(button)
        self.card = SendCard(station, dispatch)
        self.sent_card = SentCard(station, self._days)
        self.folder, self.go, self.result = self.card.folder, self.card.go, self.card.result
        self._lay_out()
        self._connect()

    @property
    def day(self) -> date:
        """The day that is shown: today, until another is chosen."""
        return self._day or self._today()

    def show_day(self, day: date) -> None:
        """Show another day; today goes on being today at midnight."""
        self._day = None if day == self._today() else day
        self.refresh(self._station.now_us())

    def refresh(self, _now_us: int) -> None:
        """Draw the day, what is left over and what was sent, when any of it has changed."""
        self.card.refresh()
        shown = (
            self.day,
            self._today(),
            self._station.desk.suite.sessions,
            self._station.desk.day(self.day),
            self._days.version(),
            self._station.settings.get("card-names"),
        )
        if self._shown is None or any(a is not b and a != b for a, b in zip(shown, self._shown, strict=True)):
            self._draw()
            self._shown = shown

    def export(self) -> None:
        """Send what is ticked; where nothing waits, what became of the last export stays readable."""
        if self.day_card.chosen or not self._is_sent:
            self.card.send()

    def take_letter(self, letter: str) -> bool:
        """Do what a letter stands for on this page; False when it has none."""
        deeds = {
            "h": self.day_card.hold_or_release,
            "d": self._ask_day,
            "f": self.day_card.search.setFocus,
            "l": self._ask_lock,
        }
        deed = deeds.get(letter)
        if deed is not None:
            deed()
        return deed is not None

    def press(self, focused: QWidget | None, *, box: bool) -> bool:
        """Do with the row of a list what Enter does, or Space on its ``box``; False where none is focused."""
        for rows in (self.day_card.list, self.sent_card.list):
            if focused is rows:
                (rows.tick_current if box else rows.press_current)()
                return True
        return False

    def news_place(self) -> QWidget:
        """The part above the page's foot."""
        return self._scroll

    def first_focus(self) -> QWidget:
        """The button that sends."""
        return self.card.first_focus()

    def _today(self) -> date:
        return local_date(self._station.now_us(), self._station.zone)

    def _draw(self) -> None:
        station, day, today = self._station, self.day, self._today()
        page = self._days.page(day)
        self.head.show_day(day, today, totals_of(page.entries))
        lock = station.desk.day(day)
        self.head.show_lock(lock, station.zone)
        names = Names(station.settings.get("card-names"))
        leftovers = self._left_over(page, today)
        self.day_card.show_page(page, leftovers, names, is_locked=lock.is_locked)
        self.sent_card.show_batches(tuple(station.billing.sent_batches()))

    def _left_over(self, page: DayPage, today: date) -> Sequence[Leftover]:
        """Return what earlier days left over; a touch of today changes none of it."""
        wanted = (page.day, today, self._days.version(), self._earlier_touched)
        if wanted != self._left_of:
            self._leftovers = self._days.leftovers(today, but=page.day)
            self._left_of = wanted
        return self._leftovers

    def _touched(self, _touch: Touch, saved: Saved) -> None:
        session = self._station.desk.suite.sessions.get(saved.session)
        if session is not None and session.day < self._today():
            self._earlier_touched += 1
            self._draw()

    def _step(self, days: int) -> None:
        self.show_day(min(self._today(), self.day + timedelta(days=days)))

    def _ask_day(self) -> None:
        ask_day(self._station, self._today(), self.show_day)

    def _ask_lock(self) -> None:
        state = self._station.desk.day(self.day)
        if state.is_locked:
            ask_unlock(self._station, self.day, state.by)
        else:
            ask_lock(self._station, self.day, self.day_card.entries, self._days.is_due)

    def _do(self, name: str, act: str) -> None:
        """Open, hold or release a session of the list; one of an earlier day is brought to hand."""
        if act == Act.HISTORY:
            self._station.show_page("history", name)
            return
        try:
            session = self._station.desk.session(name)
        except JournalError as fault:
            self._station.touches.refused.emit(str(fault).rstrip("."))
            return
        if session is None:
            return
        if act == Act.OPEN:
            current = self.day_card.current()
            is_here = current is not None and current[1] is Standing.RUNNING
            self._station.show_page("board" if is_here else "review", name)
        else:
            hold_or_release(self._station, session)

    def _was_sent(self) -> None:
        self._is_sent = True
        self.refresh(self._station.now_us())
        self.sent.emit()

    def _show_outcome(self) -> None:
        """Scroll to what is in the way, once there is room made for it."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._scroll.ensureWidgetVisible(self.card.outcome, 0, 24)

    def _forget(self) -> None:
        self._fit()
        self.day_card.show_anew()

    def _connect(self) -> None:
        station = self._station
        self.head.stepped.connect(self._step)
        self.head.day_wanted.connect(self._ask_day)
        self.head.lock_wanted.connect(self._ask_lock)
        self.day_card.chosen_changed.connect(lambda: self.card.show_chosen(self.day_card.chosen))
        self.day_card.wanted.connect(self._do)
        self.card.sent.connect(self._was_sent)
        self.card.refused.connect(lambda: self.refresh(station.now_us()))
        self.card.left_out.connect(self.day_card.untick)
        self.card.fault_told.connect(self._show_outcome)
        self.sent_card.again_wanted.connect(self.card.send_again)
        self.downtime_button.clicked.connect(lambda: late.ask_downtime(station))
        self.print_button.clicked.connect(lambda: late.print_day(station, self.day))
        station.touches.saved.connect(self._touched)
        station.theme.changed.connect(self._forget)

    def _lay_out(self) -> None:
        top = self._top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.day_card, 1)
        top.addWidget(self.card)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(16)
        column.addLayout(top, 1)
        column.addWidget(self.sent_card)
        self._scroll = Scroll("Export", content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.head)
        outer.addWidget(self._scroll, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the day and where it goes beside each other where both fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._station.theme.px
        beside = self.width() >= px(SIDE_BY_SIDE)
        way = QHBoxLayout.Direction.LeftToRight if beside else QHBoxLayout.Direction.TopToBottom
        self._top.setDirection(way)
        self.card.setMaximumWidth(px(SEND_WIDTH) if beside else self.width())
        self.card.setMinimumWidth(px(SEND_WIDTH) if beside else 0)
