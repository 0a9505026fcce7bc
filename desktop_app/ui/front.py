"""One window for a data folder: a second start asks the first to come to the front.

The two talk over a local socket that only this user can open. The name is made from the
folder's path, so that two folders have two windows.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget

_ANSWER_MS = 1_500
_HELLO = b"front\n"
TITLE_BAR = 40
"""Pixels a desktop puts above a window, at most."""


def socket_name(folder: Path) -> str:
    """Return the local socket's name for a data folder; short enough for every system."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return f"chairtime-{digest[:20]}"


def ask_first_window(folder: Path) -> bool:
    """Ask a window that has the folder open to come to the front; False when none answers."""
    socket = QLocalSocket()
    socket.connectToServer(socket_name(folder))
    if not socket.waitForConnected(_ANSWER_MS):
        return False
    socket.write(_HELLO)
    answered = socket.waitForBytesWritten(_ANSWER_MS) and socket.waitForReadyRead(_ANSWER_MS)
    socket.disconnectFromServer()
    return bool(answered)


def open_on_screen(window: QWidget) -> None:
    """Show a window in its own size, or over the whole screen where that has no room for it."""
    room = window.screen().availableGeometry()
    if window.width() > room.width() or window.height() + TITLE_BAR > room.height():
        window.showMaximized()
    else:
        window.show()


def bring_to_front(window: QWidget) -> None:
    """Show a window that may be hidden, minimised or behind others."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


class FrontDoor(QObject):
    """Listens for second starts of the program on the same folder.

    Signals:
        knocked: somebody started the program again; show the window.
    """

    knocked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        # Only the holder of the folder's lock gets here, so a socket left by a crash is nobody's.
        QLocalServer.removeServer(socket_name(folder))
        self._server.listen(socket_name(folder))

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.disconnected.connect(socket.deleteLater)
        socket.write(_HELLO)
        socket.flush()
        self.knocked.emit()
