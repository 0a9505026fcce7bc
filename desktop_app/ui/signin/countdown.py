"""The waits after wrong tries, each of one person, told second by second.

What somebody typed wrong keeps nobody else waiting: whoever is looked at is told of their own wait.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

SECOND_MS = 1000


class Countdown(QObject):
    """Counts every wait down and tells the one of whoever is looked at.

    Signals:
        told(str): what is left, as a sentence; empty once it is over, or where there is none.
        over: the wait of whoever is looked at has come to its end.
    """

    told = Signal(str)
    over = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left_s: dict[str, int] = {}
        self._whose = ""
        self._ticking = QTimer(self)
        self._ticking.setInterval(SECOND_MS)
        self._ticking.timeout.connect(self._tick)

    @property
    def is_on(self) -> bool:
        """Whether nothing is taken yet of whoever is looked at."""
        return self._whose in self._left_s

    def start(self, seconds: int, whose: str) -> None:
        """Count so many seconds for somebody, or for what is nobody's, and look at them."""
        self._left_s[whose] = max(1, seconds)
        self._ticking.start()
        self.look_at(whose)

    def look_at(self, whose: str) -> None:
        """Tell the wait of somebody from now on."""
        self._whose = whose
        self._tell()

    def _tick(self) -> None:
        was_on = self.is_on
        self._left_s = {whose: left - 1 for whose, left in self._left_s.items() if left > 1}
        if not self._left_s:
            self._ticking.stop()
        if was_on:
            self._tell()
        if was_on and not self.is_on:
            self.over.emit()

    def _tell(self) -> None:
        if not self.is_on:
            self.told.emit("")
            return
        minutes, seconds = divmod(self._left_s[self._whose], 60)
        self.told.emit(
            f"Too many wrong tries with {self._whose}. The next one can be made in {minutes}:{seconds:02}; "
            "others need not wait."
        )
