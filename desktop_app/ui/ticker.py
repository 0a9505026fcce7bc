"""One timer for the whole window. It says that a second has begun; it never counts.

What runs is always now minus its stored start, so a late tick draws a late but right time.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.core.moments import SECOND_US

_AFTER_THE_SECOND_MS = 4
"""Fire just behind the turn of the second, so that the seconds shown never skip."""


class Ticker(QObject):
    """Emits ``ticked`` with the present instant once in each second."""

    ticked = Signal(object)

    def __init__(self, present_us: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._present_us = present_us
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.tick)

    def start(self) -> None:
        """Begin to tick with the next second; what is shown by then was drawn when it was shown."""
        self._wait()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()

    def tick(self) -> None:
        """Say what time it is and wait for the next second."""
        now_us = self._present_us()
        self.ticked.emit(now_us)
        self._wait()

    def _wait(self) -> None:
        left_us = SECOND_US - self._present_us() % SECOND_US
        self._timer.start(left_us // 1000 + _AFTER_THE_SECOND_MS)
