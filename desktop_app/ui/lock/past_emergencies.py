"""Tells an administrator who signs in of every emergency access that nobody has looked into yet.

The reason stays out of the bar, as it does while the access is open: whoever passes sees the bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop_app.core.access import Right
from desktop_app.core.desk import Saved
from desktop_app.core.emergencies import Emergency
from desktop_app.core.events import EMERGENCY_STREAM
from desktop_app.core.ports import JournalError
from desktop_app.ui import words
from desktop_app.ui.theme import Theme
from desktop_app.ui.touches import Touch
from desktop_app.ui.widgets.button import Button
from desktop_app.ui.widgets.labels import label
from desktop_app.ui.widgets.sign import Sign

if TYPE_CHECKING:
    from desktop_app.ui.sheets.emergencies import EmergenciesSheet
    from desktop_app.ui.window import MainWindow

SEEN = "The emergency access was marked as seen"


class PastEmergencyBar(QFrame):
    """One line above every page, until an administrator has marked it as seen, in the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("plate", "clock")
        self._told = label("", heavy=True, wrap=True)
        self.more = Button(theme, "What happened…")
        self.more.setAccessibleName("Show the emergency accesses and why they were opened")
        # It goes with the bar: the keyboard stays where it was, to be there again behind the list.
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 18, 8)
        row.setSpacing(10)
        row.addWidget(Sign(theme, "alert", "pause"))
        row.addWidget(self._told, 1)
        row.addWidget(self.more)
        self.hide()

    @property
    def text(self) -> str:
        """What the bar says; empty where nothing is to be seen."""
        return "" if self.isHidden() else self._told.text()

    def show_unseen(self, unseen: Sequence[Emergency], zone: str) -> None:
        """Say who worked by the last access that nobody has seen; nothing where all were."""
        if unseen:
            self._told.setText(past_words(unseen, zone))
            self.setAccessibleName(self._told.text())
        self.setVisible(bool(unseen))


class PastEmergencies:
    """What one window tells of the emergencies that are over."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._station = window.station
        self._read_for: int | None = None
        self._unseen: tuple[Emergency, ...] = ()
        self._station.touches.saved.connect(self._saved)

    @cached_property
    def bar(self) -> PastEmergencyBar:
        """What is told above every page, made with the first that is to be told."""
        bar = PastEmergencyBar(self._station.theme)
        bar.more.clicked.connect(self.show_all)
        self._window.put_over_pages(bar)
        return bar

    def tick(self) -> None:
        """Read what nobody has seen once for each who signs in and may name people; tell nobody else."""
        desk = self._station.desk
        if Right.PEOPLE not in desk.acting.rights:
            self._read_for, self._unseen = None, ()
            self._show()
        elif self._read_for != desk.access.period:
            self._renew()

    def show_all(self) -> None:
        """Show every emergency access there was, and what it touched."""
        from desktop_app.ui.sheets import emergencies  # noqa: PLC0415 - with the first press

        try:
            told = self._station.desk.access.emergencies()
        except JournalError as fault:
            self._station.touches.refused.emit(str(fault))
            return
        sheet = emergencies.EmergenciesSheet(self._station.theme, told, self._station.zone)
        sheet.touched_wanted.connect(self._show_touched)
        if sheet.unseen:
            # A press of its own: Enter is the way back, and Shift+Enter none.
            sheet.go.clicked.connect(lambda _=False: self._see(sheet))
        self._station.sheets.open(sheet)

    def _see(self, sheet: EmergenciesSheet) -> None:
        """Record that whoever is on has looked into what a list shows, and put the list away."""
        desk, when = self._station.desk, self._station.stamp()
        up_to = sheet.unseen[-1].version
        touch = Touch(SEEN, lambda: desk.access.see_emergencies(up_to, when), can_undo=False)
        self._station.touches.send(touch)
        self._renew()
        # The bar is gone by now, so that the keyboard does not go back to it and on to whatever is next.
        sheet.done.emit()

    def _show_touched(self, access: str) -> None:
        self._station.show_page("history", "")
        self._window.history.look_for(f"by:{access.replace(' ', '')}")

    def _renew(self) -> None:
        """Read them anew; what cannot be read now is read with the next tick."""
        with suppress(JournalError):
            told = self._station.desk.access.emergencies()
            self._read_for = self._station.desk.access.period
            self._unseen = tuple(one for one in told if one.seen is None)
        self._show()

    def _saved(self, _touch: Touch, saved: Saved) -> None:
        """Read them anew once one of them is stored, or that one was seen: either may have waited."""
        if any(recorded.stream == EMERGENCY_STREAM for recorded in saved.recorded):
            self._read_for = None

    def _show(self) -> None:
        if self._unseen or "bar" in vars(self):
            self.bar.show_unseen(self._unseen, self._station.zone)


def past_words(unseen: Sequence[Emergency], zone: str) -> str:
    """Say who worked by the last of them and when, and how many more there are."""
    last = unseen[-1].opened
    at = f"{words.day(last.at_us, zone)} {words.clock(last.at_us, zone)}"
    more = words.count_words(len(unseen) - 1, "other", "others")
    before = f" Before that {more}." if len(unseen) > 1 else ""
    told = f"Emergency access by {last.person}, {at}, on record as {last.access}"
    return f"{told}: not marked as seen yet.{before}"
