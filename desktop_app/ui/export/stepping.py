"""Long work in slices: a timer of the window takes its steps, so that the board goes on between them."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from desktop_app.core.ports import JournalError
from desktop_app.ui.billing_ports import ExportFailed

SLICE_MS = 10
"""So long steps are taken before everything else has its turn."""
SLOW_MS = 2000
"""A step that takes longer waits for a disk or a network."""


class Stepping(QObject):
    """Takes the steps of one thing at a time.

    Signals:
        moved(object): what the last step of a slice told.
        ended(object): all is done, and what came of it.
        failed(str): it could not be done, and why in a sentence.
        broke(str): something failed in it that nobody foresaw, and what that is called.
    """

    moved = Signal(object)
    ended = Signal(object)
    failed = Signal(str)
    broke = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: Generator[Any, None, Any] | None = None
        self.is_slow = False
        """Whether a step had to wait long."""
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._take_slice)

    @property
    def is_under_way(self) -> bool:
        """Whether something is being done."""
        return self._steps is not None

    def begin(self, steps: Generator[Any, None, Any]) -> None:
        """Do something, in the place of what is still being done."""
        self.cancel()
        self.is_slow = False
        self._steps = steps
        self._timer.start()

    def cancel(self) -> None:
        """Give up what is being done; it cleans up behind itself."""
        steps = self._let_go()
        if steps is not None:
            steps.close()

    def _let_go(self) -> Generator[Any, None, Any] | None:
        steps, self._steps = self._steps, None
        self._timer.stop()
        return steps

    def _take_slice(self) -> None:
        try:
            told = self._slice()
        except StopIteration as end:
            self._let_go()
            self.ended.emit(end.value)
        except (ExportFailed, JournalError) as fault:
            self._let_go()
            self.failed.emit(str(fault))
        except Exception as fault:
            # It is told elsewhere too; here it must not come again with every slice.
            self._let_go()
            self.broke.emit(type(fault).__name__)
            raise
        else:
            self.moved.emit(told)

    def _slice(self) -> object:
        """Take steps until the slice is over, and return what the last one told."""
        passed = QElapsedTimer()
        passed.start()
        told: object = None
        while self._steps is not None and passed.elapsed() < SLICE_MS:
            told = self._timed()
        return told

    def _timed(self) -> object:
        assert self._steps is not None  # noqa: S101 - the slice has just looked
        passed = QElapsedTimer()
        passed.start()
        told = next(self._steps)
        self.is_slow = self.is_slow or passed.hasExpired(SLOW_MS)
        return told
