"""One window for a data folder: a second start asks the first to come to the front.

The two talk over a local socket that only this user can open. The name is made from the
folder's path, so that two folders have two windows.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_ANSWER_MS = 1_500
_HELLO = b"front\n"
_OF_USER = "/run/user/{}"
_LONGEST_PLACE = 50
"""A socket's whole name may have some hundred signs."""


def socket_name(folder: Path) -> str:
    """Return the local socket's name for a data folder; short enough for every system.

    It stands where the system keeps what lasts as long as somebody is logged in, if it has such a place: a
    program that is ended by a signal leaves it there, and not in the temporary folder for ever.
    """
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    name, place = f"chairtime-{digest[:20]}", os.environ.get("XDG_RUNTIME_DIR") or _usual_place()
    return str(Path(place, name)) if place and len(place) <= _LONGEST_PLACE and Path(place).is_dir() else name


def _usual_place() -> str:
    """Return where that place usually is; a start that was told of none meets the others there."""
    return _OF_USER.format(os.getuid()) if hasattr(os, "getuid") else ""


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
