"""The board page: the suite's bar over the grid of chairs, the chosen session beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.moments import ClockReading
from desktop_app.core.session import Session
from desktop_app.ui.board.card_model import card_view
from desktop_app.ui.board.card_names import Names
from desktop_app.ui.board.card_view import CardState, CardView
from desktop_app.ui.board.day_keeper import DayKeeper
from desktop_app.ui.board.density import Density
from desktop_app.ui.board.due import with_due
from desktop_app.ui.board.fault_card import uncoded, undrawn
from desktop_app.ui.board.grid import Grid
from desktop_app.ui.board.suite_bar import SuiteBar
from desktop_app.ui.board.suite_model import ClockWatch, Need, SuiteView, needs, suite_view
from desktop_app.ui.board.unsaved import with_waiting
from desktop_app.ui.isolated import fault_of
from desktop_app.ui.panel.refill import is_same_row
from desktop_app.ui.panel.width import panel_width
from desktop_app.ui.station import Station
from desktop_app.ui.widgets.labels import plate

if TYPE_CHECKING:
    from desktop_app.ui.board.downtime_bar import DowntimeBar
    from desktop_app.ui.panel.panel import Panel

FOOT = 60
"""The strip under the chairs where the last touch and its undo are told; it is there while they are."""


class BoardPage(QWidget):
    """Chairs, suite and the chosen session, drawn from the desk's suite.

    Signals:
        asked(str, str): a deed, at a chair.
        service_asked(str, str): the actions of a service, in a session.
        meaning_asked(str): what a mark was.
        downtime_asked: whether the downtime is over.
    """

    asked = Signal(str, str)
    service_asked = Signal(str, str)
    meaning_asked = Signal(str)
    downtime_asked = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._watch = ClockWatch(station.desk.taken_up_from)
        self._days = DayKeeper(station.codings)
        self._at_marks = False
        self._chair = station.desk.suite.chairs[0]
        self._is_drawing = False
        self.bar = SuiteBar(station.theme)
        self.grid = Grid(station.theme)
        self._chairs = QWidget()
        self._foot = QWidget()
        self._foot.hide()
        chairs = QVBoxLayout(self._chairs)
        chairs.setContentsMargins(0, 0, 0, 0)
        chairs.setSpacing(0)
        chairs.addWidget(self.grid, 1)
        chairs.addWidget(self._foot)
        self._panel_place = plate("panel")
        self._beside = beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._chairs, 1)
        beside.addWidget(self._panel_place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addLayout(beside, 1)
        self.grid.asked.connect(self.asked)
        self.grid.chosen.connect(self.choose)
        self.grid.carried.connect(self._carried)
        self.bar.next_wanted.connect(self.go_to_next_need)
        self._column = column
        station.theme.changed.connect(self._size)
        self._size()

    @cached_property
    def panel(self) -> Panel:
        """The panel beside the chairs, made with the second picture or when it is first wanted."""
        from desktop_app.ui.panel.panel import Panel  # noqa: PLC0415 - the board comes up first

        panel = Panel(self._station)
        panel.asked.connect(self.asked)
        panel.service_asked.connect(self.service_asked)
        panel.marks.meaning_asked.connect(self.meaning_asked)
        panel.fit(self.width())
        self._beside.replaceWidget(self._panel_place, panel)
        self._panel_place.deleteLater()
        return panel

    @cached_property
    def downtime(self) -> DowntimeBar:
        """The bar of a downtime, made with the first that lasts."""
        from desktop_app.ui.board.downtime_bar import DowntimeBar  # noqa: PLC0415 - most days have none

        bar = DowntimeBar(self._station.theme)
        bar.over_wanted.connect(self.downtime_asked)
        self._column.insertWidget(1, bar)
        return bar

    @property
    def _has_panel(self) -> bool:
        return "panel" in vars(self)

    @property
    def chair(self) -> str:
        """The chosen chair; empty while none is."""
        return self._chair

    def session(self) -> Session | None:
        """Return the session the chosen chair shows."""
        return self._station.desk.suite.shown_in(self._chair)

    def choose(self, chair: str) -> None:
        """Choose a chair and show its session beside the board."""
        if self._is_drawing:
            return
        self._chair = chair
        self._at_marks = False
        self.grid.select(chair)
        with self._keyboard_kept():
            self._show_in_panel(self._station.now_us())

    def choose_none(self) -> None:
        """Show nobody's session beside the board until somebody chooses a chair."""
        # Qt gives a page that is shown again the keyboard where it was, and a card is chosen with it.
        if (was := self.focusWidget()) is not None:
            was.clearFocus()
        self.choose("")

    @contextmanager
    def _keyboard_kept(self) -> Iterator[None]:
        """Choose no other chair while something is drawn.

        Qt hands the keyboard of a button that goes dead to the next control, which may be a card.
        """
        if self._is_drawing:
            yield
            return
        before: QWidget | None = self.window().focusWidget()
        self._is_drawing = True
        try:
            yield
        finally:
            self._is_drawing = False
        card, now = self.grid.card(self._chair), self.window().focusWidget()
        if now is before or is_same_row(before, now):
            return
        if card is not None and before is not None and self.isAncestorOf(before):
            card.setFocus()

    def focus(self, chair: str) -> None:
        """Choose a chair and put the keyboard on it; a window that is not active tells of no focus."""
        card = self.grid.card(chair)
        if card is not None:
            self.choose(chair)
            card.setFocus()

    def go_to_next_need(self) -> None:
        """Go to the next chair that needs someone; after the last one to a mark of no chair, then round."""
        suite = self._station.desk.suite
        found = needs(suite, self._station.now_us(), self._station.zone, self._station.reminding.due)
        wanted = {need.chair for need in found} | set(self._undrawn())
        chairs = [chair for chair in suite.chairs if chair in wanted]
        at = suite.chairs.index(self._chair) if self._chair else -1
        later = [chair for chair in chairs if suite.chairs.index(chair) > at]
        lone = [mark.id for mark in suite.open_marks if mark.chair not in suite.chairs]
        lone_mark = self.panel.marks.buttons.get(lone[0]) if lone else None
        if lone_mark is not None and not later and not self._at_marks:
            self._at_marks = True
            lone_mark.setFocus(Qt.FocusReason.TabFocusReason)
        elif chairs:
            self._at_marks = False
            self.focus((later or chairs)[0])

    def first_focus(self) -> QWidget:
        """The chosen chair's card."""
        return self.grid.card(self._chair) or self.grid

    def news_place(self) -> QWidget:
        """The chairs, with a strip at their foot while there is news: it hides no button."""
        return self._chairs

    def make_room_for_news(self, height: int) -> None:
        """Give so many pixels of the foot to the news, or all back to the chairs; no card moves for it."""
        least = self._station.theme.px(FOOT)
        if not height:
            self.grid.leave_room(least)
        self._foot.setFixedHeight(max(least, height))
        self._foot.setVisible(height > 0)
        # The strip stands before its room is given up, else what is scrolled to its end would move.
        if height:
            self.grid.leave_room(0)

    def refresh(self, now_us: int) -> None:
        """Draw everything as it is at an instant."""
        suite = self._station.desk.suite
        if self._chair and self._chair not in suite.chairs:
            self._chair = suite.chairs[0]
        get = self._station.settings.get
        self.grid.stand(Density(get("density")))
        names = Names(get("card-names"))
        with self._keyboard_kept():
            self.grid.show_views([self._card(chair, now_us, names) for chair in suite.chairs])
            self._station.isolation.do("drawing the suite's bar", lambda: self._show_suite(now_us))
            if suite.open_outage is not None or "downtime" in vars(self):
                self.downtime.show_outage(suite.open_outage, self._station.zone)
            self.grid.mark(self._chair)
            self._show_in_panel(now_us)

    def _show_in_panel(self, now_us: int) -> None:
        if self._has_panel:
            self.panel.show_chair(self._chair, now_us)

    def _show_suite(self, now_us: int) -> None:
        desk, codings, zone = self._station.desk, self._station.codings, self._station.zone
        suite = desk.suite
        reading = self._station.clock.now()
        clock = self._watch.judge(reading, behind=desk.is_clock_behind)
        view = suite_view(suite, codings, now_us, zone, clock, self._station.reminding.due)
        needed = (*view.attention, *(Need(chair, "cannot be drawn") for chair in self._undrawn()))
        self.bar.show_view(self._by_true_time(replace(view, attention=needed), reading))
        if view.is_coded:
            self.bar.day.show_day(self._days.day(suite, view, now_us, zone))

    def _by_true_time(self, view: SuiteView, reading: ClockReading) -> SuiteView:
        """Let the clock be told by the true time, where somebody told it."""
        desk = self._station.desk
        if desk.suite.clock.told is None or desk.is_clock_behind:
            return view
        from desktop_app.ui.board.true_time import true_time  # noqa: PLC0415 - on most days nobody does

        true = true_time(desk.suite.clock.told, reading, self._station.now_us())
        if true is None:
            return view
        return replace(view, clock_words=true.short, clock_is_good=true.is_good, clock_told=true.sentence)

    def _undrawn(self) -> list[str]:
        """Return the chairs whose card could not be made."""
        return [card.view.chair for card in self.grid.cards if card.view.state is CardState.FAULT]

    def _card(self, chair: str, now_us: int, names: Names) -> CardView:
        suite = self._station.desk.suite
        session = suite.shown_in(chair)
        if session is None:
            return self._plain_card(chair, None, now_us, names)
        return self._station.isolation.ask(
            "drawing a card",
            lambda: self._taken_card(chair, session, now_us, names),
            lambda fault: undrawn(suite, chair, session, fault),
            session.id,
            str(session.version),
        )

    def _taken_card(self, chair: str, session: Session, now_us: int, names: Names) -> CardView:
        view = self._plain_card(chair, session, now_us, names)
        return uncoded(view, fault_of(self._station.codings.now(session, now_us)))

    def _plain_card(self, chair: str, session: Session | None, now_us: int, names: Names) -> CardView:
        view = card_view(self._station.desk.suite, self._station.codings, chair, now_us, names)
        view = with_due(view, session, self._station.reminding.for_card(session, now_us))
        return with_waiting(view, self._station, now_us)

    def _carried(self, here: str, there: str) -> None:
        from desktop_app.ui.sheets.move import carry_over  # noqa: PLC0415 - the board comes up first

        carry_over(self._station, here, there)

    def _size(self) -> None:
        self.make_room_for_news(0 if self._foot.isHidden() else self._station.theme.px(FOOT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between the chairs and the session."""
        super().resizeEvent(event)
        if self._has_panel:
            self.panel.fit(self.width())
        else:
            self._panel_place.setFixedWidth(panel_width(self._station.theme, self.width()))
