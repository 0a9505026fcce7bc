"""The one way a screen asks for something to be recorded.

A touch carries its instant with it. If the journal cannot take it now, the touch is kept, tried
again each second with the same instant, and everything touched after it waits behind it, so
that the order of what happened is never changed. What can never be stored is refused at once
and blocks nothing. Only what is on disk is called saved.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.decisions import Refusal
from desktop_app.core.desk import Outcome, Saved
from desktop_app.core.ports import JournalError, NotSaved

RETRY_MS = 1000


@dataclass(frozen=True, slots=True)
class Touch:
    """Something a person did: how it is told, and how it is recorded."""

    said: str
    """For example: Chair 6 · Infliximab stopped at 10:31:44."""
    record: Callable[[], Outcome]
    can_undo: bool = True
    is_undo: bool = False
    is_look: bool = False
    """Whether somebody only looked: nothing is told of it and nothing can be taken back."""


@dataclass(frozen=True, slots=True)
class Late:
    """What became of a touch that had to wait: saved, or why it was refused."""

    said: str
    refused: str = ""


class Touches(QObject):
    """Records touches and says what became of each.

    Signals:
        saved(Touch, Saved): it is on disk.
        refused(str): it was not taken, and why; nothing was stored.
        waiting(str, str): the journal could not store it; what waits, and why.
        told(str): something to know at once; nothing was recorded.
        settled(tuple[Late, ...]): what waited and waits no longer, oldest first.
    """

    saved = Signal(object, object)
    refused = Signal(str)
    waiting = Signal(str, str)
    told = Signal(str)
    settled = Signal(tuple)

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
            outcome = _record(touch)
        except NotSaved as error:
            self._keep(touch, str(error))
            return None
        if isinstance(outcome, Saved):
            self.saved.emit(touch, outcome)
        else:
            self.refused.emit(outcome.text)
        return outcome

    def retry(self) -> tuple[Late, ...]:
        """Try what waits again, oldest first, until the journal cannot take one; return what is settled."""
        settled: list[Late] = []
        why = ""
        while self._kept and not why:
            touch = self._kept.popleft()
            try:
                settled.append(self._try_again(touch))
            except NotSaved as error:
                why = str(error)
                self._kept.appendleft(touch)
        if not self._kept:
            self._timer.stop()
        if settled:
            self.settled.emit(tuple(settled))
        if why:
            self.waiting.emit(self._kept[0].said, why)
        return tuple(settled)

    def _try_again(self, touch: Touch) -> Late:
        outcome = _record(touch)
        if not isinstance(outcome, Saved):
            return Late(touch.said, outcome.text)
        self.saved.emit(touch, outcome)
        return Late(touch.said)

    def _keep(self, touch: Touch, why: str) -> None:
        self._kept.append(touch)
        self._timer.start()
        self.waiting.emit(touch.said, why)


def _record(touch: Touch) -> Outcome:
    """Record a touch. Raises NotSaved when the journal may take it later; any other fault is a refusal."""
    try:
        return touch.record()
    except NotSaved:
        raise
    except JournalError as error:
        return Refusal(str(error))
