"""Closing the window hides it; leaving the program is another thing, and says what still runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication

from desktop_app.ui.application import Application
from desktop_app.ui.board.in_short import running_chairs
from desktop_app.ui.on_screen import bring_to_front

if TYPE_CHECKING:
    from desktop_app.ui.beside.tray import Tray
    from desktop_app.ui.window import MainWindow

HIDDEN = "The window is hidden, timers go on. Show it or quit from this icon."
MINIMISED = "Closing put the window out of sight; timers went on. Ctrl+Q quits, or Settings, Quit."


def _nothing() -> None:
    """Do nothing behind the window."""


def _is_session_over() -> bool:
    application = QCoreApplication.instance()
    return isinstance(application, QGuiApplication) and application.isSavingSession()


class Leaving(QObject):
    """Decides what becomes of a window that is closed, and of the program."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._has_said = False
        self._says_on_return = False
        self.tray: Tray | None = None
        self.is_quitting = False
        window.installEventFilter(self)
        application = QCoreApplication.instance()
        if isinstance(application, Application):
            application.may_quit = self._may_quit

    def ask_to_quit(self) -> None:
        """Leave the program; where something runs, say what, and ask."""
        window = self._window
        chairs = running_chairs(window.station.desk.suite)
        if window.locking.is_locked:
            bring_to_front(window)
            window.locking.screen.say("Unlock first, then quit.", alert=True)
        elif self._tells_loss():
            pass
        elif self._is_sending:
            self._ask_about_sending()
        elif not chairs:
            self._leave()
        else:
            from desktop_app.ui.beside.quitting import QuitSheet  # noqa: PLC0415 - the board comes up first

            bring_to_front(window)
            sheet = QuitSheet(window.theme, chairs)
            sheet.confirmed.connect(lambda _: self.quit())
            window.sheets.open(sheet)

    def quit(self) -> None:
        """Leave the program once everything is on disk; what is not is told, and lost only knowingly."""
        self.quit_then(_nothing)

    def quit_then(self, then: Callable[[], None]) -> None:
        """Leave as ``quit`` does, and say that something is to be done behind it."""
        if not self._tells_loss(then):
            self._leave(then)

    @property
    def _is_sending(self) -> bool:
        """Whether a batch is being written; what sends is made when it is first wanted."""
        return "dispatch" in vars(self._window) and self._window.dispatch.is_under_way

    def _give_up_sending(self) -> None:
        """Leave nothing of a batch that is not whole."""
        if self._is_sending:
            self._window.dispatch.cancel()

    def _ask_about_sending(self) -> None:
        """Ask whether the batch that is being written is to be given up; then go on asking."""
        from desktop_app.ui.beside.quitting import SendingSheet  # noqa: PLC0415 - as above

        def give_up(*_: object) -> None:
            self._give_up_sending()
            sheet.done.emit()
            self.ask_to_quit()

        bring_to_front(self._window)
        sheet = SendingSheet(self._window.theme)
        sheet.confirmed.connect(give_up)
        self._window.sheets.open(sheet)

    def _tells_loss(self, then: Callable[[], None] = _nothing) -> bool:
        """Return whether something is not on disk; it is told then, and a sheet asks whether to lose it.

        What is to be done behind it hangs on that sheet alone, and is given up with it.
        """
        window = self._window
        if window.news.all_settled():
            return False
        window.sheets.close_sheet()
        bring_to_front(window)
        if window.touches.kept:
            from desktop_app.ui.beside.quitting import KeptSheet, LoseSheet  # noqa: PLC0415 - as above

            told = tuple(touch.said for touch in window.touches.kept)
            sheet = (KeptSheet if window.touches.is_safe else LoseSheet)(window.theme, told)
            sheet.confirmed.connect(lambda _: self._leave(then))
            window.sheets.open(sheet)
        return True

    def _leave(self, then: Callable[[], None] = _nothing) -> None:
        self.is_quitting = True
        then()
        self._window.close()
        QCoreApplication.quit()

    def closes(self, event: QCloseEvent) -> bool:
        """Take the window's close event; True when the window goes for good.

        A computer that is shut down or a user who logs out is not held up.
        """
        if self.is_quitting:
            self._give_up_sending()
            return True
        if not self._window.news.all_settled():
            event.ignore()
            return False
        if _is_session_over():
            self._give_up_sending()
            return True
        event.ignore()
        self._hide()
        return False

    def show_or_hide(self) -> None:
        """Hide a window that is seen, else bring it to the front."""
        window = self._window
        if window.isVisible() and not window.isMinimized():
            window.close()
        else:
            bring_to_front(window)

    def _hide(self) -> None:
        if self.tray is not None and self.tray.is_there:
            self._window.hide()
            if not self._has_said:
                self.tray.tell(HIDDEN)
        else:
            self._says_on_return = not self._has_said
            self._window.showMinimized()
        self._has_said = True

    def _may_quit(self) -> bool:
        """Answer the desktop's own way to quit: it asks as every other does."""
        if not self.is_quitting:
            QTimer.singleShot(0, self.ask_to_quit)
        return self.is_quitting

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Say what closing did, once the window is seen again."""
        is_back = event.type() == QEvent.Type.WindowStateChange and not self._window.isMinimized()
        if is_back and self._says_on_return:
            self._says_on_return = False
            self._window.toast.say(MINIMISED)
        return False
