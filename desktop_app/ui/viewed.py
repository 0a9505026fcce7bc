"""Every look at a patient's record is on record: who, whose, where; once while they are signed in.

A look is told a moment later and never in the way of a touch; while the disk takes nothing it waits.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from desktop_app.core.decisions import When
from desktop_app.core.desk import Desk
from desktop_app.core.ports import JournalError

LATER_MS = 250
RETRY_MS = 1000


class Viewed(QObject):
    """Keeps the looks at one window until they are told."""

    def __init__(self, desk: Desk, is_seen: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_seen = is_seen
        self._last: tuple[int, str, str] | None = None
        self._pending: dict[tuple[str, str], tuple[str, When]] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)
        if (application := QCoreApplication.instance()) is not None:
            application.aboutToQuit.connect(self.flush)

    @property
    def pending(self) -> int:
        """How many looks are still to be told."""
        return len(self._pending)

    def saw(self, session: str, where: str) -> None:
        """Take down that whoever is here sees a session; nothing while the window is out of sight."""
        look = (self._desk.access.period, self._desk.actor, session)
        if look == self._last or not self._is_seen():
            return
        self._last = look
        key = look[1:]
        if key not in self._pending and not self._desk.access.has_seen(session, self._desk.actor):
            self._pending[key] = (where, self._desk.now())
            self._timer.start(LATER_MS)

    def flush(self) -> None:
        """Tell every look there was; what the journal does not take now is tried again."""
        for (person, session), (where, when) in list(self._pending.items()):
            try:
                self._desk.access.view(session, person, where, when)
            except JournalError:
                self._timer.start(RETRY_MS)
                return
            del self._pending[person, session]
