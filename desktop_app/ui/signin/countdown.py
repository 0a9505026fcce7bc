"""The wait after wrong tries, told second by second."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

SECOND_MS = 1000


class Countdown(QObject):
    """Counts a wait down.

    Signals:
        told(str): what is left, as a sentence; empty once it is over.
    """

    told = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left_s = 0
        self._ticking = QTimer(self)
        self._ticking.setInterval(SECOND_MS)
        self._ticking.timeout.connect(self._tick)

    @property
    def is_on(self) -> bool:
        """Whether nothing is taken yet."""
        return self._left_s > 0

    def start(self, seconds: int) -> None:
        """Count so many seconds."""
        self._left_s = max(1, seconds)
        self._ticking.start()
        self._tell()

    def _tick(self) -> None:
        self._left_s -= 1
        if not self.is_on:
            self._ticking.stop()
        self._tell()

    def _tell(self) -> None:
        minutes, seconds = divmod(self._left_s, 60)
        told = f"Too many wrong tries. The next one can be made in {minutes}:{seconds:02}."
        self.told.emit(told if self.is_on else "")
