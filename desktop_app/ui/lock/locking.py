"""Locking and unlocking: by a press, by a key, or after nobody has touched the computer for a while.

Nobody at the keyboard says nothing about a patient: the lock stops no timer and judges none.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Saved
from desktop_app.core.moments import MINUTE_US
from desktop_app.ui import words
from desktop_app.ui.on_screen import still_seen
from desktop_app.ui.touches import Late

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from desktop_app.ui.lock.aside import Aside
    from desktop_app.ui.lock.emergency_bar import EmergencyBar
    from desktop_app.ui.lock.past_emergencies import PastEmergencies
    from desktop_app.ui.lock.screen import LockScreen
    from desktop_app.ui.window import MainWindow

_SOMEBODY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Locking(QObject):
    """Whether one window is locked, and what is out of sight meanwhile."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._station = window.station
        self._before: QWidget | None = None
        self._watched: QWindow | None = None
        self._last_us = self._counting_us()
        self._stamped: list[str] = []
        self._on = self._emergency = ""
        self._marks: frozenset[str] = frozenset()
        self.is_locked = False
        window.rail.lock_wanted.connect(self.lock)
        window.keyboard.gate.lock = self.lock
        window.touches.settled.connect(self._settled)

    @cached_property
    def screen(self) -> LockScreen:
        """What covers the window while it is locked, made when it first is."""
        from desktop_app.ui.lock.screen import LockScreen  # noqa: PLC0415 - the board comes up first

        screen = LockScreen(self._station, self._window)
        screen.touched.connect(self._stamp)
        screen.door.opened.connect(self.unlock)
        return screen

    @cached_property
    def aside(self) -> Aside:
        """The sheets that are not for who is on, and wait for whose they are."""
        from desktop_app.ui.lock.aside import Aside  # noqa: PLC0415 - as the screen

        return Aside(self._station)

    @cached_property
    def emergency_bar(self) -> EmergencyBar:
        """What is told over every page while an emergency access is open, made with the first."""
        from desktop_app.ui.lock.emergency_bar import EmergencyBar  # noqa: PLC0415 - as the screen

        bar = EmergencyBar(self._station.theme)
        bar.lock.clicked.connect(self.lock)
        self._window.put_over_pages(bar)
        return bar

    @cached_property
    def past_emergencies(self) -> PastEmergencies:
        """What is told of emergencies that are over, made once people are named."""
        from desktop_app.ui.lock.past_emergencies import PastEmergencies  # noqa: PLC0415 - as the screen

        return PastEmergencies(self._window)

    def _tell_past_emergencies(self) -> None:
        """Tell of them once there was the first picture, which waits for no journal."""
        if self._station.desk.expected.people.are_named and not self._station.codings.are_awaited:
            self.past_emergencies.tick()

    def _show_emergency(self) -> None:
        """Say that whoever is on works by an emergency access; by whom is asked until it is known."""
        desk = self._station.desk
        access = desk.actor if desk.actor == desk.expected.emergency else ""
        if not access:
            if "emergency_bar" in vars(self):
                self.emergency_bar.hide()
            self._emergency = ""
        elif access != self._emergency:
            from desktop_app.ui.lock.attendance import who_in_emergency  # noqa: PLC0415 - as above

            who = who_in_emergency(self._station, access)
            self.emergency_bar.show_open(access, who or "somebody")
            self._emergency = access if who else ""

    def tick(self, now_us: int) -> None:
        """Draw what is locked; lock when nobody has touched the computer for as long as the suite allows."""
        self._watch()
        self._show_emergency()
        self._tell_past_emergencies()
        minutes = int(self._station.settings.get("lock-minutes"))
        if not self.is_locked and minutes and self._counting_us() - self._last_us >= minutes * MINUTE_US:
            self.lock()
        if self.is_locked:
            self.screen.refresh(now_us)

    def lock(self) -> None:
        """Put everything but the chairs' states out of sight."""
        window = self._window
        is_first_start = window.page == "welcome" and not self._station.desk.expected.people.are_named
        if self.is_locked or is_first_start:
            return
        window.keyboard.reader.settle()
        window.caretaker.look()
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        self.is_locked, self._stamped, self._before = True, [], window.focusWidget()
        window.board.panel.conceal()
        if window.sheets.sheet is not None and window.sheets.sheet.goes_with_lock:
            window.sheets.sheet.done.emit()
        window.keyboard.gate.is_open = False
        self._go_out()
        self.screen.refresh(self._station.now_us())
        for part in self._parts():
            part.hide()
        self.screen.cover(self._on)
        self._tell_waiting()

    def unlock(self, name: str = "", by: str = "") -> None:
        """Show the window as it was left, to who showed who they are; first where a moment was stamped."""
        if not self.is_locked:
            return
        window = self._window
        self.is_locked, self._last_us = False, self._counting_us()
        self._come_in(name, by)
        window.keyboard.gate.is_open = True
        self._floor().show()
        self.screen.hide()
        is_emergency = not name and self._station.desk.expected.people.are_named
        if is_emergency:
            self._open_bare()
        window.refresh()
        if window.toast.stands:
            window.toast.show()
        if not is_emergency:
            self.hand_over(self._on)
        if window.sheets.sheet is not None:
            window.sheets.show()
            (window.sheets.sheet.first_field() or window.sheets.sheet).setFocus()
        elif self._stamped:
            self._tell_stamps()
        elif before := still_seen(self._before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def hand_over(self, was: str = "") -> None:
        """Leave open what is for who is on now, of what ``was`` had open, and show what waited for them."""
        if self._station.desk.expected.people.are_named:
            self.aside.hand_over(was)

    def _open_bare(self) -> None:
        """Show an emergency the board and no patient: what was left open is not theirs to see unasked."""
        window = self._window
        self._before = None
        window.board.choose_none()
        self.aside.keep(self._on)
        window.show_page("board")
        window.rail.button("board").setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_out(self) -> None:
        from desktop_app.ui.lock.attendance import go_out  # noqa: PLC0415 - the board comes up first

        self._on, self._marks = go_out(self._station), frozenset(self._station.desk.expected.marks)

    def _come_in(self, name: str, by: str) -> None:
        """Sign in who unlocks, and put their name to what was stamped meanwhile."""
        if not self._station.desk.expected.people.are_named:
            return
        from desktop_app.core.access import Secret  # noqa: PLC0415 - as above
        from desktop_app.ui.lock.attendance import come_in, sign_marks  # noqa: PLC0415 - as above

        actor = self._station.desk.actor
        if name:
            come_in(self._station, name, Secret(by))
        else:
            self._window.toast.say(f"Emergency access is open: what you touch is on record as {actor}.")
        sign_marks(self._station, self._marks)
        self._window.rail.show_user(self._station.desk.actor)

    def take(self, event: QKeyEvent) -> bool:
        """Take a key that has reached the window; True while it is locked, so that it does nothing else."""
        if self.is_locked:
            self.screen.keyPressEvent(event)
        return self.is_locked

    def _counting_us(self) -> int:
        """Return what the clock shows that counts through sleep and that nobody can set."""
        return self._station.clock.now().counting_us

    def _parts(self) -> tuple[QWidget, ...]:
        return (self._floor(), self._window.toast, self._window.sheets)

    def _floor(self) -> QWidget:
        return self._window.centralWidget() or self._window

    def _stamp(self, chair: str) -> None:
        when = self._station.stamp()
        from desktop_app.ui.panel.marks import stamp_mark  # noqa: PLC0415 - as the screen, and after the stamp

        at = words.clock_s(when.at_us, self._station.zone)
        outcome = stamp_mark(self._station, chair, when)
        self._window.toast.hide()
        if isinstance(outcome, Refusal):
            self.screen.say(f"Not done. {words.sentence(outcome.text)}", alert=True)
            return
        self._stamped.append(chair)
        # The next Enter goes on, and stamps no second time.
        self.screen.door.first_field().setFocus(Qt.FocusReason.OtherFocusReason)
        self.screen.tiles[chair].show_stamp(at)
        if isinstance(outcome, Saved):
            self.screen.say(f"Chair {chair} · {at} stamped · saved")
        else:
            text = (
                f"Not saved yet: chair {chair}, {at}. It is kept with its time and tried again every second."
            )
            self.screen.say(text, alert=True)

    def _tell_waiting(self) -> None:
        kept = self._window.touches.kept
        if kept:
            told = words.count_words(len(kept), "touch is", "touches are")
            self.screen.say(f"Not saved yet: {told} kept and tried again every second.", alert=True)

    def _settled(self, late: tuple[Late, ...]) -> None:
        """Say what became of what waited, but not of whom: it may have been touched before the lock."""
        if not self.is_locked:
            return
        self._window.toast.hide()
        refused = sum(1 for one in late if one.refused)
        if refused:
            told = words.count_words(refused, "touch that waited was", "touches that waited were")
            self.screen.say(f"{told} not taken. Unlock to see which and why.", alert=True)
        elif not self._window.touches.kept:
            self.screen.say("What waited is saved now. Everything is on disk.")

    def _tell_stamps(self) -> None:
        self._window.show_page("board")
        self._window.board.focus(self._stamped[0])
        if self._window.toast.stands:
            return
        told = words.count_words(len(self._stamped), "moment was", "moments were")
        self._window.toast.say(f"{told} stamped while locked. Say what, under open marks: It was…")

    def _watch(self) -> None:
        """Look at what reaches the window's native side: every press, before any control takes it."""
        handle: QWindow | None = self._window.windowHandle()
        if handle is not None and handle is not self._watched:
            self._watched = handle
            handle.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See that somebody is there, and let everything pass."""
        if event.type() in _SOMEBODY:
            self._last_us = self._counting_us()
        return False
