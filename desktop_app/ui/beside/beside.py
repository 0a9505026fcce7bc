"""Everything beside the window, connected: the strip, the tray, the sound, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.ui.beside.leaving import Leaving
from desktop_app.ui.beside.ringing import Ringing
from desktop_app.ui.board.in_short import running_chairs
from desktop_app.ui.on_screen import AfterFirstPaint, bring_to_front

if TYPE_CHECKING:
    from desktop_app.ui.beside.strip import Strip
    from desktop_app.ui.window import MainWindow


class Beside(QObject):
    """Made with the window; the tray and the strip come when they are first needed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._strip: Strip | None = None
        self.leaving = Leaving(window)
        self.ringing = Ringing(window.station, self)
        self.ringing.rang.connect(self._rang)
        window.rail.strip_wanted.connect(self.toggle_strip)
        # No picture waits for the tray, and some desktops are slow to say whether they have one.
        AfterFirstPaint(window, self.open_tray)

    @property
    def strip(self) -> Strip:
        """The small strip, made when it is first wanted."""
        if self._strip is None:
            from desktop_app.ui.beside.strip import Strip  # noqa: PLC0415 - the board comes up first

            self._strip = Strip(self._window.station)
            self._strip.wanted.connect(self.go_to)
            self._window.destroyed.connect(self._strip.deleteLater)
        return self._strip

    def open_tray(self) -> None:
        """Put the icon into the system's tray."""
        from desktop_app.ui.beside.tray import Tray  # noqa: PLC0415 - no picture waits for it

        tray = self.leaving.tray = Tray(self._window.theme, self)
        tray.window_wanted.connect(self.leaving.show_or_hide)
        tray.strip_wanted.connect(self.toggle_strip)
        tray.lock_wanted.connect(self._window.locking.lock)
        tray.quit_wanted.connect(self.leaving.ask_to_quit)

    def toggle_strip(self) -> None:
        """Show the small strip, or hide it."""
        self.strip.toggle()

    def go_to(self, chair: str) -> None:
        """Bring the window to the front, at a chair; a sheet that asks something keeps its place."""
        window = self._window
        bring_to_front(window)
        if not window.locking.is_locked and window.sheets.sheet is None:
            window.show_page("board")
            window.board.focus(chair)

    def tick(self, now_us: int) -> None:
        """Show everything as it is at an instant."""
        if self._strip is not None:
            self._strip.refresh(now_us)
        if (tray := self.leaving.tray) is not None:
            tray.show_running(len(running_chairs(self._window.station.desk.suite)))
            tray.show_window(is_visible=self._window.isVisible() and not self._window.isMinimized())
        self.ringing.tick(now_us)

    def _rang(self, told: str) -> None:
        """Name on screen what the sound is about, where nothing else is being said."""
        window = self._window
        if window.isVisible() and not window.isMinimized():
            if not window.toast.text and not window.locking.is_locked:
                window.toast.say(told)
        elif self.leaving.tray is not None:
            self.leaving.tray.tell(told)
