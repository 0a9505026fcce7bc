"""The one way a screen asks for something to be recorded.

A touch carries its instant with it. If the journal cannot take it, the touch is kept, tried
again each second with the same instant, and everything touched after it waits behind it, so
that the order of what happened is never changed. Only what is on disk is called saved.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Outcome, Saved
from desktop_app.core.ports import JournalError, StaleVersion

RETRY_MS = 1000


@dataclass(frozen=True, slots=True)
class Touch:
    """Something a person did: how it is told, and how it is recorded."""

    said: str
    """For example: Chair 6 · Infliximab stopped at 10:31:44."""
    record: Callable[[], Outcome]
    can_undo: bool = True
    is_undo: bool = False


class Touches(QObject):
    """Records touches and says what became of each.

    Signals:
        saved(Touch, Saved): it is on disk.
        refused(str): it was not taken, and why; nothing was stored.
        waiting(str, str): the journal could not store it; what waits, and why.
        safe(str): everything that waited is on disk now.
    """

    saved = Signal(object, object)
    refused = Signal(str)
    waiting = Signal(str, str)
    safe = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: deque[Touch] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(RETRY_MS)
        self._timer.timeout.connect(self.retry)

    @property
    def kept(self) -> tuple[Touch, ...]:
        """The touches that are not on disk yet, oldest first."""
        return tuple(self._kept)

    def send(self, touch: Touch) -> Outcome | None:
        """Record a touch; None when it has to wait, because the journal cannot take it now."""
        if self._kept:
            self._kept.append(touch)
            self.waiting.emit(touch.said, "")
            return None
        try:
            outcome = touch.record()
        except StaleVersion as error:
            self.refused.emit(str(error))
            return Refusal(str(error))
        except JournalError as error:
            self._keep(touch, str(error))
            return None
        self._tell(touch, outcome)
        return outcome

    def retry(self) -> None:
        """Try what waits again, oldest first, until the journal refuses again."""
        told = ""
        while self._kept:
            touch = self._kept[0]
            try:
                outcome = touch.record()
            except StaleVersion as error:
                outcome = Refusal(str(error))
            except JournalError as error:
                self.waiting.emit(touch.said, str(error))
                return
            self._kept.popleft()
            told = touch.said
            self._tell(touch, outcome)
        self._timer.stop()
        if told:
            self.safe.emit(told)

    def _keep(self, touch: Touch, why: str) -> None:
        self._kept.append(touch)
        self._timer.start()
        self.waiting.emit(touch.said, why)

    def _tell(self, touch: Touch, outcome: Outcome) -> None:
        if isinstance(outcome, Saved):
            self.saved.emit(touch, outcome)
        else:
            self.refused.emit(outcome.text)
